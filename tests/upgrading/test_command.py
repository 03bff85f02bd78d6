"""The command and the function: what they say, write, refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run
from support import damaged, grid, listing, read, saved
from support.modernised import OLD, modernised
from support.stirred import stirred

from pst_excel import PstError
from pst_excel.pst import PST


def test_the_command_says_it_in_french_and_writes_the_workbook(run: Run, tmp_path: Path) -> None:
    source, target = saved(tmp_path / "ancien.xlsx", OLD), tmp_path / "nouveau.xlsx"
    result = run("moderniser", source, "-o", target)
    said = result.stdout.replace("\u00a0", " ").splitlines()
    assert result.exit_code == 0
    assert said[0] == f"ancien.xlsx : modèle 2026.1 → {PST.version}."
    assert said[1] == "✔ Repris : 8 OS, 30 OO, 13 actions, 6 indicateurs et 28 lignes de budget."
    assert said[-1] == f"Écrit : {target}"
    assert not any("Non repris" in line for line in said)
    assert source.read_bytes() == OLD


def test_a_workbook_made_already_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    once = saved(tmp_path / "une.xlsx", modernised(OLD)[1])
    before = listing(tmp_path)
    result = run("moderniser", once, "-o", tmp_path / "deux.xlsx")
    assert result.exit_code == 0
    assert f"déjà à la version actuelle du modèle, {PST.version}" in result.stdout
    assert listing(tmp_path) == before


def test_the_screen_says_the_worst_first_and_stays_short(run: Run, tmp_path: Path) -> None:
    source = saved(tmp_path / "a.xlsx", stirred())
    result = run("moderniser", source, "-o", tmp_path / "b.xlsx")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[2] == "⚠ Non repris :"
    assert len(lines) < 60
    assert any(re.fullmatch(r"  Actions, « Avancement % » : [A-Z]+6 \(trente.*", x) for x in lines)


def test_a_newer_workbook_is_refused(run: Run, tmp_path: Path) -> None:
    newer = damaged(OLD, lambda book: book["Identification"].__setitem__("C5", "2099.1"))
    source = saved(tmp_path / "a.xlsx", newer)
    before = listing(tmp_path)
    result = run("moderniser", source, "-o", tmp_path / "b.xlsx")
    assert result.exit_code == 2
    assert "plus récent que celui de ce programme" in result.stderr
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("source", "target", "code", "said"),
    [
        ("a.xlsx", "a.xlsx", 2, "est aussi un fichier donné à lire"),
        ("a.xlsx", "b.pdf", 2, "doit se terminer par .xlsx"),
        ("absent.xlsx", "b.xlsx", 2, "n’existe pas"),
        (".", "b.xlsx", 2, "est un dossier"),
        ("vide.xlsx", "b.xlsx", 3, "le fichier est vide"),
        ("autre.xlsx", "b.xlsx", 3, "pas un classeur PST"),
        ("a.xlsx", "nulle/part.xlsx", 2, "n’existe pas"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_written(
    run: Run, tmp_path: Path, source: str, target: str, code: int, said: str
) -> None:
    saved(tmp_path / "a.xlsx", OLD)
    saved(tmp_path / "vide.xlsx", b"")
    saved(tmp_path / "autre.xlsx", grid({"Feuil1": [["Bonjour"]]}))
    before = listing(tmp_path)
    result = run("moderniser", tmp_path / source, "-o", tmp_path / target)
    (sentence, *_) = result.stderr.splitlines()
    assert result.exit_code == code
    assert said in sentence
    assert sentence.endswith(".")
    assert listing(tmp_path) == before


def test_a_previous_result_is_kept_beside_the_new_one(run: Run, tmp_path: Path) -> None:
    source, target = saved(tmp_path / "a.xlsx", OLD), saved(tmp_path / "b.xlsx", b"ancien")
    result = run("moderniser", source, "-o", target)
    assert result.exit_code == 0
    assert (tmp_path / "b.precedent-1.xlsx").read_bytes() == b"ancien"
    assert "b.precedent-1.xlsx" in result.stdout


def test_from_python_it_is_one_line(tmp_path: Path) -> None:
    from pst_excel import modernise as renew

    source = saved(tmp_path / "a.xlsx", OLD)
    result, kept = renew(source, str(tmp_path / "b.xlsx"))
    assert (result.before, result.needed, kept) == ("2026.1", True, None)
    assert read((tmp_path / "b.xlsx").read_bytes()).identity("version") == PST.version
    with pytest.raises(PstError):
        renew(source, source)
