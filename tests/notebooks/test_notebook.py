"""The notebook of the documentation runs on the samples, from its first cell to its last."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, SAMPLES

nbclient = pytest.importorskip("nbclient", reason="no nbclient: the notebook is not run")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("matplotlib", reason="no matplotlib: the notebook cannot draw")

NOTEBOOK = ROOT / "docs" / "notebooks" / "premiers-pas.ipynb"
LARGEST = 200_000  # characters that one cell may show: pictures are the most


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("demo-pst")
    for name in ("retours", "institutions"):
        shutil.copytree(SAMPLES / name, folder / name)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    assert (folder / "PST_carnet.xlsx").is_file()
    return notebook


def outputs(outcome: Any) -> list[list[Any]]:
    return [cell["outputs"] for cell in outcome["cells"] if cell["cell_type"] == "code"]


def test_every_cell_shows_something_and_no_warning(outcome: Any) -> None:
    for shown in outputs(outcome)[:-1]:
        assert shown
        assert not [one for one in shown if one["output_type"] in ("error", "stream")]


def test_no_cell_floods_the_page(outcome: Any) -> None:
    for shown in outputs(outcome):
        assert len(str(shown)) < LARGEST


def test_charts_are_drawn(outcome: Any) -> None:
    pictures = [
        one for shown in outputs(outcome) for one in shown if "image/png" in one.get("data", {})
    ]
    assert len(pictures) == 2


def test_the_notebook_is_committed_without_what_it_showed() -> None:
    notebook = nbformat.read(Path(NOTEBOOK), as_version=4)
    nbformat.validate(notebook)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
