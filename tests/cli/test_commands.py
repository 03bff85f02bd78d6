"""The commands write their results where they may, with the exit code that says how it went."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, listing, saved
from support.commands import ENGLISH, sentences


def wrong_usage(run: Run, *arguments: str | Path) -> str:
    """Return the one sentence of a wrong usage, after proving that it is one."""
    result = run(*arguments)
    (sentence,) = sentences(result.stderr)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert sentence.startswith("Erreur : ")
    assert sentence.endswith(".")
    assert not ENGLISH.search(sentence)
    return sentence


@pytest.mark.parametrize("command", ["verifier", "consolider", "comparer"])
def test_a_path_that_does_not_exist_is_a_wrong_usage(
    run: Run, tmp_path: Path, command: str
) -> None:
    more = () if command == "verifier" else ("-o", tmp_path / "PST.xlsx")
    assert "n’existe pas" in wrong_usage(run, command, tmp_path / "absent.xlsx", *more)


@pytest.mark.parametrize("command", ["verifier", "consolider", "comparer"])
def test_a_folder_without_returns_is_a_wrong_usage(run: Run, tmp_path: Path, command: str) -> None:
    saved(tmp_path / "retours" / "notes.txt", b"x")
    more = () if command == "verifier" else ("-o", tmp_path / "PST.xlsx")
    sentence = wrong_usage(run, command, tmp_path / "retours", *more)
    assert "ne contient aucun classeur" in sentence


def test_a_folder_that_has_the_name_of_a_workbook_is_a_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "retour.xlsx").mkdir()
    assert "ne contient aucun classeur" in wrong_usage(run, "verifier", tmp_path / "retour.xlsx")


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Return a folder with one good return, ready to be consolidated or compared."""
    saved(tmp_path / "retours" / "a.xlsx", CLEAN)
    return tmp_path / "retours"


@pytest.mark.parametrize("command", ["consolider", "comparer"])
class TestOutput:
    """What is refused as a target, by the commands that write a result; nothing is written."""

    def test_in_no_folder(self, run: Run, returns: Path, tmp_path: Path, command: str) -> None:
        before = listing(tmp_path)
        sentence = wrong_usage(run, command, returns, "-o", tmp_path / "absent" / "PST.xlsx")
        assert "n’existe pas" in sentence
        assert listing(tmp_path) == before

    def test_open_in_excel(self, run: Run, returns: Path, tmp_path: Path, command: str) -> None:
        saved(tmp_path / "PST.xlsx", b"ancien")
        saved(tmp_path / "~$PST.xlsx", b"x")
        before = listing(tmp_path)
        assert "est ouvert" in wrong_usage(run, command, returns, "-o", tmp_path / "PST.xlsx")
        assert listing(tmp_path) == before

    def test_also_an_input(self, run: Run, returns: Path, tmp_path: Path, command: str) -> None:
        before = listing(tmp_path)
        sentence = wrong_usage(run, command, returns, "-o", returns / "a.xlsx")
        assert "donné à lire" in sentence
        assert listing(tmp_path) == before

    def test_a_folder(self, run: Run, returns: Path, tmp_path: Path, command: str) -> None:
        before = listing(tmp_path)
        assert "est un dossier" in wrong_usage(run, command, returns, "-o", tmp_path)
        assert listing(tmp_path) == before

    def test_of_an_unknown_suffix(
        self, run: Run, returns: Path, tmp_path: Path, command: str
    ) -> None:
        before = listing(tmp_path)
        sentence = wrong_usage(run, command, returns, "-o", tmp_path / "PST.pdf")
        assert "doit se terminer par .xlsx" in sentence
        assert listing(tmp_path) == before

    def test_when_no_file_can_be_read(self, run: Run, tmp_path: Path, command: str) -> None:
        saved(tmp_path / "retours" / "a.xlsx", b"")
        before = listing(tmp_path)
        result = run(command, tmp_path / "retours", "-o", tmp_path / "PST.xlsx")
        assert result.exit_code == 3
        assert "a.xlsx : le fichier est vide" in result.output
        assert listing(tmp_path) == before


def test_a_template_in_no_folder_is_refused(run: Run, tmp_path: Path) -> None:
    assert "n’existe pas" in wrong_usage(run, "modele", tmp_path / "absent" / "m.xlsx")
    assert listing(tmp_path) == {}


def test_a_template_open_in_excel_is_left_where_it_is(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "m.xlsx", b"ancien")
    saved(tmp_path / "~$m.xlsx", b"x")
    before = listing(tmp_path)
    assert "est ouvert" in wrong_usage(run, "modele", tmp_path / "m.xlsx")
    assert listing(tmp_path) == before


def test_a_template_is_a_workbook(run: Run, tmp_path: Path) -> None:
    assert ".xlsx" in wrong_usage(run, "modele", tmp_path / "modele.pdf")
    assert listing(tmp_path) == {}


@pytest.mark.parametrize(
    ("options", "fragment"),
    [
        (("--legislature", "2024"), "n’est pas une législature"),
        (("--legislature", "2030-2024"), "n’est pas une législature"),
        (("--legislature", "2024-2100"), "n’est pas une législature"),
        (("--legislature", "9998-9999"), "n’est pas une législature"),
        (("--ins", "929"), "n’est pas un code INS"),
    ],
)
def test_an_option_of_the_template_that_cannot_be_is_a_wrong_usage(
    run: Run, tmp_path: Path, options: tuple[str, ...], fragment: str
) -> None:
    assert fragment in wrong_usage(run, "modele", tmp_path / "m.xlsx", *options)
    assert listing(tmp_path) == {}


def test_a_template_is_written_and_passes_its_own_check(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "modele.xlsx"
    written = run(
        "modele", target, "--institution", "Valbruyère", "--ins", "92951", "--type", "commune"
    )
    assert written.exit_code == 0
    assert str(target) in written.stdout
    checked = run("verifier", target)
    assert checked.exit_code == 0
    assert "Aucune ligne remplie pour le moment." in checked.stdout


def test_the_previous_template_is_kept(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "m.xlsx", b"ancien")
    result = run("modele", tmp_path / "m.xlsx")
    assert result.exit_code == 0
    assert (tmp_path / "m.precedent-1.xlsx").read_bytes() == b"ancien"
    assert "m.precedent-1.xlsx" in result.stdout


@pytest.mark.parametrize("name", ["PST.xlsx", "PST.json"])
def test_a_consolidation_is_written_in_the_form_of_its_suffix(
    run: Run, returns: Path, tmp_path: Path, name: str
) -> None:
    result = run("consolider", returns, "-o", tmp_path / name)
    assert result.exit_code == 0
    assert str(tmp_path / name) in result.stdout
    assert (tmp_path / name).stat().st_size > 0


def test_a_consolidation_goes_on_without_the_file_that_cannot_be_read(
    run: Run, returns: Path, tmp_path: Path
) -> None:
    saved(returns / "b.xlsx", b"")
    result = run("consolider", returns, "-o", tmp_path / "PST.xlsx")
    assert result.exit_code == 3
    assert "✖ b.xlsx : " in result.stdout
    assert (tmp_path / "PST.xlsx").is_file()


def test_a_comparison_is_written(run: Run, returns: Path, tmp_path: Path) -> None:
    result = run("comparer", returns, "-o", tmp_path / "comparaison.xlsx")
    assert result.exit_code == 0
    assert "Valbruyère" in result.stdout
