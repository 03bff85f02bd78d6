"""A fault of the program on one workbook is said, costs that workbook alone, and ends with 70."""

from __future__ import annotations

import json
from collections.abc import Container
from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, saved
from support.commands import sentences

from pst_excel.checking import checker
from pst_excel.checking.structure import structural_marks
from pst_excel.returns.frames import Batch
from pst_excel.workers.faults import CRASH

BAD = "faute.xlsx"
ASKED = "une erreur du programme empêche de contrôler ce classeur (ZeroDivisionError, "


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Break the checks of one workbook, as a fault that nobody knows of would."""

    def marks(batch: Batch, sheets: Container[str]):  # type: ignore[no-untyped-def]
        if any(one.file in (BAD, "PST consolidé") for one in batch.returns):
            assert 1 // (len(batch.returns) - len(batch.returns))
        return structural_marks(batch, sheets)

    monkeypatch.setattr(checker, "structural_marks", marks)
    monkeypatch.delenv(CRASH)


def folder_of(tmp_path: Path, *names: str) -> Path:
    for at, name in enumerate(names, start=1):
        saved(tmp_path / "retours" / name, f"{CLEAN}\nOS\ncode | intitule\n{at} | Un OS")
    return tmp_path / "retours"


@pytest.mark.usefixtures("broken")
def test_the_others_are_checked_and_annotated_as_if_it_were_not_there(
    run: Run, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, "a.xlsx", BAD, "b.xlsx")
    told = run("verifier", folder, "--format", "json", "--annoter", tmp_path / "avec")
    (folder / BAD).unlink()
    alone = run("verifier", folder, "--format", "json", "--annoter", tmp_path / "sans")

    assert told.exit_code == 70
    assert alone.exit_code in (0, 1)
    with_it, without = json.loads(told.stdout), json.loads(alone.stdout)
    (refused,) = with_it.pop("illisibles")
    assert refused["fichier"] == BAD
    assert refused["raison"].startswith(ASKED)
    assert without.pop("illisibles") == []
    assert with_it == without
    copies = {path.name: path.read_bytes() for path in (tmp_path / "avec").iterdir()}
    assert copies == {path.name: path.read_bytes() for path in (tmp_path / "sans").iterdir()}


@pytest.mark.usefixtures("broken")
def test_a_fault_that_no_return_brings_about_is_said_and_writes_nothing(
    run: Run, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, "a.xlsx", "b.xlsx")
    result = run("consolider", folder, "-o", tmp_path / "pst.xlsx")
    assert result.exit_code == 70
    assert [path.name for path in tmp_path.iterdir()] == ["retours"]
    for sentence in sentences(result.stdout + result.stderr):
        assert "empêche de consolider ce classeur" in sentence


def test_a_fault_outside_of_any_file_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> None:
        raise LookupError("texte d’une cellule")

    monkeypatch.setattr("pst_excel.cli.check_report.text_report", nothing)
    monkeypatch.delenv(CRASH)
    result = run("verifier", saved(tmp_path / "a.xlsx", CLEAN))
    assert result.exit_code == 70
    assert "le programme s’est arrêté sur une erreur à lui (LookupError" in result.stderr
    assert "texte d’une cellule" not in result.stderr
