"""`comparer-versions` and `dou` answer on the screen or in a file, with the exit codes of all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, listing, opened, saved
from support.commands import ENGLISH, sentences
from support.versions import PLAN, edited

AFTER = edited(("31/12/2026", "30/06/2027"), ("10000", "12000"))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Return two states of a plan."""
    return saved(tmp_path / "a.xlsx", PLAN), saved(tmp_path / "b.xlsx", AFTER)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_changes_are_counted_then_listed_by_sheet(run: Run, files: tuple[Path, Path]) -> None:
    result = run("comparer-versions", *files)

    assert result.exit_code == 0
    assert plain(result.stdout).splitlines() == [
        "a.xlsx → b.xlsx, Valbruyère",
        "2 changements : 2 valeurs changées.",
        "",
        "Actions (1)",
        "  Action 1.1.1 : échéance 31/12/2026 → 30/06/2027",
        "",
        "Budget (1)",
        "  Budget de l’action 1.1.1, 2027, Subside : prévu 10 000 € → 12 000 €",
    ]


def test_the_same_file_twice_has_no_change(run: Run, files: tuple[Path, Path]) -> None:
    result = run("comparer-versions", files[0], files[0])

    assert (result.exit_code, result.stdout) == (0, "Aucun changement.\n")


def test_json_is_the_same_on_the_screen_and_in_a_file(
    run: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    screen = run("comparer-versions", *files, "--format", "json", "-o", tmp_path / "c.json")

    assert screen.exit_code == 0
    assert json.loads(screen.stdout) == json.loads((tmp_path / "c.json").read_bytes())


def test_a_workbook_is_written_and_inputs_stay(
    run: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    before = listing(tmp_path)
    result = run("comparer-versions", *files, "-o", tmp_path / "c.xlsx")
    after = listing(tmp_path)

    assert str(tmp_path / "c.xlsx") in result.stdout
    assert "Changements" in opened((tmp_path / "c.xlsx").read_bytes()).sheetnames
    assert {name: data for name, data in after.items() if name in before} == before


@pytest.mark.parametrize("name", ["a.xlsx", "c.pdf", "absent/c.xlsx"])
def test_a_target_that_cannot_be_is_a_wrong_usage(
    run: Run, files: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    before = listing(tmp_path)
    result = run("comparer-versions", *files, "-o", tmp_path / name)

    assert result.exit_code == 2
    assert len(sentences(result.stderr)) == 1
    assert listing(tmp_path) == before


def test_two_institutions_are_a_wrong_usage(
    run: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    other = saved(tmp_path / "autre.xlsx", PLAN.replace("92951", "92952"))
    result = run("comparer-versions", files[0], other)

    assert result.exit_code == 2
    assert "ne sont pas deux états" in result.stderr
    assert len(sentences(result.stderr)) == 1


@pytest.mark.parametrize(
    "arguments", [("comparer-versions", "x.xlsx", "a.xlsx"), ("dou", "x.xlsx", "Actions!A5")]
)
def test_a_file_that_cannot_be_read_is_named(
    run: Run, files: tuple[Path, Path], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    saved(tmp_path / "x.xlsx", b"rien")
    command, *rest = arguments
    result = run(command, *(tmp_path / one if one.endswith("xlsx") else one for one in rest))

    assert result.exit_code == 3
    assert result.stderr.startswith("✖ x.xlsx : ")
    assert len(sentences(result.stderr)) == 1


def test_where_a_value_comes_from_is_told_and_that_it_was_corrected_since(
    run: Run, tmp_path: Path
) -> None:
    saved(tmp_path / "retours" / "plan.xlsx", CLEAN)
    target = tmp_path / "PST.xlsx"
    run("consolider", tmp_path / "retours", "-o", target)
    told = run("dou", target, "Identification!A1")
    assert told.exit_code == 0

    book = opened(target.read_bytes())
    page = book["Actions"]
    place = next(
        c for row in page.iter_rows() for c in row if c.value == "Aménager une piste cyclable"
    )
    found = run("dou", target, f"actions!{place.coordinate}")
    assert found.exit_code == 0
    assert "Lu dans plan.xlsx · Actions!" in found.stdout
    assert not ENGLISH.search(found.stdout)

    place.value = "Aménager deux pistes"
    book.save(target)
    again = run("dou", target, f"Actions!{place.coordinate}")
    assert "Corrigé dans ce classeur depuis la consolidation" in again.stdout
    assert "Aménager une piste cyclable" in again.stdout


@pytest.mark.parametrize("cell", ["A5", "Absente!A5"])
def test_a_cell_that_is_none_is_a_wrong_usage(run: Run, tmp_path: Path, cell: str) -> None:
    saved(tmp_path / "retours" / "plan.xlsx", CLEAN)
    run("consolider", tmp_path / "retours", "-o", tmp_path / "PST.xlsx")
    result = run("dou", tmp_path / "PST.xlsx", cell)

    assert result.exit_code == 2
    assert len(sentences(result.stderr)) == 1


def test_a_return_is_no_consolidated_workbook(run: Run, files: tuple[Path, Path]) -> None:
    result = run("dou", files[0], "Actions!A5")

    assert result.exit_code == 2
    assert "consolidé" in result.stderr
