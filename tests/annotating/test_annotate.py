"""Every return is handed back under its name, in another folder, or it is said why it is not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from conftest import Run
from support import CLEAN, WRITTEN, listing, saved
from support.annotated import FAULTY

from pst_excel import annotate, check, read_files

OBSERVED = dt.date(2026, 10, 31)


def test_the_command_hands_back_every_return_under_its_name(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "retours" / "faux.xlsx", FAULTY)
    saved(tmp_path / "retours" / "bon.xlsx", CLEAN)
    before = listing(tmp_path / "retours")
    ran = run("verifier", tmp_path / "retours", "--annoter", tmp_path / "rendus")
    assert ran.exit_code == 1
    assert "2\xa0classeurs annotés" in ran.stdout
    assert "rien à corriger" in ran.stdout
    assert listing(tmp_path / "retours") == before
    assert sorted(listing(tmp_path / "rendus")) == ["bon.xlsx", "faux.xlsx"]
    again = run("verifier", tmp_path / "rendus", "--annoter", tmp_path / "deux", "--format", "json")
    assert [annotation["copie"] for annotation in json.loads(again.stdout)["annotes"]] == [
        "bon.xlsx",
        "faux.xlsx",
    ]
    assert listing(tmp_path / "deux") == listing(tmp_path / "rendus")


def test_the_inputs_are_never_where_the_copies_go(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "faux.xlsx", FAULTY)
    before = listing(tmp_path)
    ran = run("verifier", tmp_path / "faux.xlsx", "--annoter", tmp_path)
    assert ran.exit_code == 2
    assert "choisissez un autre dossier" in ran.stderr
    assert listing(tmp_path) == before


def test_the_copies_do_not_go_among_what_is_read(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "faux.xlsx", FAULTY)
    before = listing(tmp_path)
    ran = run("verifier", tmp_path, "--annoter", tmp_path / "rendus")
    assert ran.exit_code == 2
    assert "choisissez un dossier à côté" in " ".join(ran.stderr.split())
    assert listing(tmp_path) == before


def test_a_return_that_comes_back_as_it_was_is_told(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "r" / "faux.xlsx", FAULTY)
    first = run("verifier", tmp_path / "r", "--annoter", tmp_path / "un")
    again = run("verifier", tmp_path / "un", "--annoter", tmp_path / "deux")
    words = "rien n’a changé depuis la dernière annotation"
    assert [words in ran.stdout for ran in (first, again)] == [False, True]


def test_what_cannot_be_annotated_is_named_and_the_others_are(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "r" / "faux.xlsx", FAULTY)
    written = WRITTEN
    for name in ("libreoffice.ods", "libreoffice.xls"):
        saved(tmp_path / "r" / name, (written / name).read_bytes())
    ran = run("verifier", tmp_path / "r", "--annoter", tmp_path / "rendus")
    assert ran.exit_code == 3
    assert ran.stdout.count("pas annoté") == 2
    assert "enregistrez-le en .xlsx" in ran.stdout
    assert list(listing(tmp_path / "rendus")) == ["faux.xlsx"]


def test_two_returns_of_one_name_are_handed_back_under_two(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        saved(tmp_path / folder / "retour.xlsx", FAULTY)
    loaded = read_files(tmp_path)
    annotations = annotate(loaded, check(loaded), tmp_path / "rendus")
    assert [annotation.name for annotation in annotations] == ["a - retour.xlsx", "b - retour.xlsx"]


def test_a_file_changed_meanwhile_is_not_annotated(tmp_path: Path) -> None:
    path = saved(tmp_path / "r" / "faux.xlsx", FAULTY)
    loaded = read_files(path)
    saved(path, CLEAN)
    (annotation,) = annotate(loaded, check(loaded), tmp_path / "rendus")
    assert "a changé" in annotation.reason
    assert not list((tmp_path / "rendus").iterdir())


def test_no_two_copies_have_one_name_nor_that_of_a_device(tmp_path: Path) -> None:
    named = {
        "a - x.xlsx": "a - x (2).xlsx",
        "a/x.xlsx": "a - x.xlsx",
        "b/x.xlsx": "b - x.xlsx",
        "bis.xlsx": "bis.xlsx",
        "c/Bis.xlsx": "Bis (2).xlsx",
        "e\u0301.xlsx": "e\u0301.xlsx",
        "nul.xlsx": "_nul.xlsx",
        "\u00e9.xlsx": "\u00e9 (2).xlsx",
    }
    for name in named:
        saved(tmp_path / "retours" / name, CLEAN)
    loaded = read_files(tmp_path / "retours")
    made = annotate(loaded, check(loaded, OBSERVED), tmp_path / "rendus")
    where = {
        loaded.files[copy.file].relative_to(tmp_path / "retours").as_posix(): copy.name
        for copy in made
    }
    assert where == named
    assert sorted(named.values()) == sorted(listing(tmp_path / "rendus"))
