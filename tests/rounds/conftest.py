"""A campaign whose first sends are out, made once and copied for each test: it works anywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.campaign_folders import SMALL
from support.kept_work import KeptWork
from support.killed import Files, files_in, put
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


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder in which the same work is done once."""
    root = tmp_path_factory.mktemp("ground")
    with KeptWork(root).used():
        yield root / "ici"


@pytest.fixture(scope="module")
def started(ground: Path) -> Files:
    """Return the folder of a campaign that was begun: its plan, its first sends."""
    put(ground, {})
    begun(ground / "camp", SMALL).send()
    return files_in(ground)
