"""A campaign whose first sends are out, made once and copied for each test: it works anywhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.year import begun

from pst_excel import Campaign


@pytest.fixture(scope="session")
def sent_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a campaign whose first sends are out; nobody changes it."""
    started = begun(tmp_path_factory.mktemp("campagne") / "départ")
    started.send()
    return started.layout.folder


@pytest.fixture
def campaign(sent_out: Path, tmp_path: Path) -> Campaign:
    """Return a campaign whose first sends are out."""
    return Campaign(shutil.copytree(sent_out, tmp_path / "Campagne d’été"))
