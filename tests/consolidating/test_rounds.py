"""The ledger of the rounds, as the consolidated workbook keeps it from one run to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import damaged, office, opened, read, workbook
from support.consolidated import PLAN, sent_by
from support.updated import KEYS, NAME, action

import pst_excel
from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.evolution import rounds_of, steps
from pst_excel.consolidating.remarks import foreign_sheets
from pst_excel.consolidating.rounds import columns, rounds_in
from pst_excel.excel.books.consolidated import write
from pst_excel.pst import PST
from pst_excel.updating.update import Updated, updated

DAYS = [dt.date(2027, month, 1) for month in (1, 4, 7, 10)]
HEADINGS = [name for name, _ in columns(PST)]
PROGRESS = HEADINGS.index("Taux moyen de réalisation")
LATE = HEADINGS.index("Actions en retard")
EVOLUTION, SINCE = "Évolution", "Depuis la dernière fois"


def text_of(number: int) -> str:
    """Return what the service sends in a round: each brings progress to two actions."""
    rows = "\n".join(action(at, progress=10 * number) for at in (1, 2))
    return f"{sent_by('Travaux')}{PLAN}\nActions\n{KEYS}\n{rows}\n"


def run(number: int, previous: bytes | None, written: bytes | None = None) -> Consolidation:
    """Return the consolidation of a round."""
    before = None if previous is None else read(previous, NAME)
    archive = Archive(written=None if written is None else read(written, NAME))
    sent = [read(workbook(text_of(number)), "retour.xlsx")]
    return consolidate(sent, PST, DAYS[number - 1], previous=before, archive=archive)


def brought(data: bytes, number: int, written: bytes | None = None) -> Updated:
    """Return a workbook after another round."""
    return updated(data, read(data, NAME), run(number, data, written))


@pytest.fixture(scope="module")
def three() -> list[bytes]:
    """The workbook after each of three rounds."""
    first = write(run(1, None))
    second = brought(first, 2).data
    return [first, second, brought(second, 3).data]


def shown(data: bytes, *at: int) -> list[tuple[Any, ...]]:
    """Return some columns of the lines of the sheet, as their cells hold them."""
    rows = opened(data)[EVOLUTION].iter_rows(min_row=5, values_only=True)
    lines = [row for row in rows if row[0] is not None]
    return [tuple(row[one] for one in at) for row in lines]


def test_each_round_adds_a_line_under_those_before(three: list[bytes]) -> None:
    days = [dt.datetime.combine(day, dt.time()) for day in DAYS]
    expected = [(1, days[0], 10), (2, days[1], 20), (3, days[2], 30)]
    for number, data in enumerate(three, start=1):
        assert shown(data, 0, 1, PROGRESS) == expected[:number]


def test_the_headings_of_the_ledger_are_distinct() -> None:
    assert len(set(HEADINGS)) == len(HEADINGS)


def test_the_figures_before_are_those_of_the_line_before(three: list[bytes]) -> None:
    (step,) = [one for one in steps(run(3, three[1])) if one.figure.key == "taux_moyen"]
    assert (step.before, step.after, step.difference) == (20, 30, 10)


def test_the_history_and_the_ledger_number_rounds_alike(three: list[bytes]) -> None:
    result = run(4, three[2])
    assert {line[0] for line in result.history[-2:]} == {"4"}
    assert rounds_of(result)[-1][0] == 4


def test_a_round_that_finds_nothing_new_adds_no_line_and_changes_no_byte(tmp_path: Path) -> None:
    sent, target = tmp_path / "retours", tmp_path / NAME
    sent.mkdir()
    for number in (1, 2, 2):
        (sent / "retour.xlsx").write_bytes(workbook(text_of(number)))
        before = target.read_bytes() if target.exists() else b""
        result = pst_excel.consolidate(pst_excel.read_files(sent), DAYS[number - 1], target)
        pst_excel.write(result, target)
    assert target.read_bytes() == before
    assert shown(before, 0, PROGRESS) == [(1, 10), (2, 20)]


def test_the_same_rounds_give_the_same_bytes(three: list[bytes]) -> None:
    assert brought(three[1], 3).data == three[2]


def test_what_the_last_round_changed_stays_told_when_nothing_is_new(three: list[bytes]) -> None:
    touched = damaged(three[2], lambda book: book["Actions"].__setitem__("ZZ1", "vu"))
    again = brought(touched, 3)
    told = [[cell.value for row in opened(data)[SINCE] for cell in row]
            for data in (touched, again.data)]  # fmt: skip
    assert told[1] == told[0]
    assert "2\u00a0avancements en hausse" in told[1]


def overtyped(data: bytes, *cells: Any) -> bytes:
    """Return a workbook in whose lines a person wrote over the mean progress."""

    def over(book: Any) -> None:
        for at, typed in enumerate(cells):
            cell = book[EVOLUTION].cell(5 + at, PROGRESS + 1)
            cell.value = typed
            if isinstance(typed, str):
                cell.data_type = "s"

    return damaged(data, over)


def test_what_a_person_wrote_over_a_figure_stays(three: list[bytes]) -> None:
    data = overtyped(three[2], "environ 50", "=1+1", 55)
    after = brought(data, 4).data
    assert [line[0] for line in shown(after, PROGRESS)] == ["environ 50", "=1+1", 55, 40]
    assert opened(after)[EVOLUTION].cell(6, PROGRESS + 1).data_type == "s"


@pytest.mark.parametrize(("typed", "before"), [(55, 55), ("environ 50", None), (None, None)])
def test_a_figure_that_was_written_over_is_that_of_the_round_before(
    three: list[bytes], typed: Any, before: float | None
) -> None:
    data = overtyped(three[2], 10, 20, typed)
    assert rounds_in(read(data, NAME)).last(PST)["taux_moyen"] == before


def test_a_line_that_a_person_takes_away_is_gone(three: list[bytes]) -> None:
    data = damaged(three[2], lambda book: book[EVOLUTION].delete_rows(6))
    assert shown(brought(data, 4, three[2]).data, 0, PROGRESS) == [(1, 10), (3, 30), (4, 40)]


def _without(title: str) -> Callable[[Any], None]:
    return lambda book: book.remove(book[title])


def test_a_sheet_that_is_taken_away_comes_back_as_it_was_written(three: list[bytes]) -> None:
    data = damaged(three[2], _without(EVOLUTION))
    after = brought(data, 4, three[2]).data
    assert shown(after, 0, PROGRESS) == [(1, 10), (2, 20), (3, 30), (4, 40)]


def test_an_older_workbook_without_the_two_sheets_gets_them_in_their_places(
    three: list[bytes],
) -> None:
    def older(book: Any) -> None:
        for title in (EVOLUTION, SINCE):
            _without(title)(book)

    after = brought(damaged(three[1], older), 3)
    assert after.in_place, after.reason
    assert opened(after.data).sheetnames == opened(three[1]).sheetnames
    assert shown(after.data, 0, PROGRESS) == [(3, 30)]
    (step,) = [one for one in steps(run(3, damaged(three[1], older)))
               if one.figure.key == "taux_moyen"]  # fmt: skip
    assert step.before == 20  # of the plan itself, where no line says it


def test_the_figures_are_drawn_from_three_rounds_on(three: list[bytes]) -> None:
    assert [len(opened(data)[EVOLUTION]._charts) for data in three] == [0, 0, 2]


def test_the_last_line_stands_out_and_the_run_is_not_shown(three: list[bytes]) -> None:
    sheet = opened(three[2])[EVOLUTION]
    assert [sheet.cell(row, 1).font.bold for row in (5, 6, 7)] == [False, False, True]
    run_column = sheet.cell(4, len(HEADINGS)).column_letter
    assert sheet.column_dimensions[run_column].hidden


def test_a_sheet_of_that_title_in_the_workbook_of_a_service_is_its_own() -> None:
    titles = (EVOLUTION, "Calendrier", "Contrôles", "Lisez-moi")
    sent = replace(read(workbook(text_of(1))), foreign=titles)
    assert foreign_sheets(sent) == [EVOLUTION, "Calendrier"]


@office.libreoffice
@pytest.mark.libreoffice
def test_the_ledger_survives_libreoffice(three: list[bytes], tmp_path: Path) -> None:
    saved = office.recalculated({"x.xlsx": three[2]}, tmp_path, "fr-FR")["x.xlsx"]
    result = run(4, saved, three[2])
    assert [(line[0], line[PROGRESS], line[LATE]) for line in rounds_of(result)] == [
        (1, 10, 0), (2, 20, 0), (3, 30, 0), (4, 40, 0),
    ]  # fmt: skip
