"""The boards at the sizes that communes have: from nothing to 546 actions, each page is a page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from support import GOLDEN, engines, office
from support.board_dump import FOLDER, NAMES, TITLES, board_dump, path_of
from support.engines import FORMUALIZER, IRONCALC, Engine
from support.sized import book_of

from pst_excel.excel.boards.panels import EMPTY, MOST_BARS
from pst_excel.excel.xlsx import A4

each_size = pytest.mark.parametrize("name", NAMES)


@cache
def shown(name: str) -> str:
    return board_dump(book_of(name))


@each_size
def test_the_boards_say_what_is_committed(name: str) -> None:
    """`python -m support.board_dump`, in `tests`, writes them again."""
    assert shown(name) == (FOLDER / path_of(name)).read_text(encoding="utf-8")


def test_every_text_committed_is_that_of_a_size() -> None:
    assert {path.name for path in (GOLDEN / "boards").iterdir()} == {*map(path_of, NAMES)}


@each_size
def test_no_chart_holds_more_lines_than_can_be_told_apart(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(book_of(name))) as package:
        charts = [package.read(part).decode() for part in package.namelist()
                  if part.startswith("xl/charts/chart")]  # fmt: skip
    drawn = [
        re.findall(r"<c:cat>.*?<c:f>[^<]*\$(\d+):\$[A-Z]+\$(\d+)</c:f>", one) for one in charts
    ]
    counts = [int(last) - int(first) + 1 for one in drawn for first, last in one]
    assert all(0 < count <= MOST_BARS for count in counts)
    assert bool(counts) == (name != "vide")


@each_size
def test_each_board_prints_on_one_page_of_a4(name: str) -> None:
    with office.opened(book_of(name)) as book:
        for title in TITLES:
            set_up = book[title].page_setup
            assert int(set_up.paperSize) == A4
            assert (set_up.fitToWidth or 1, set_up.fitToHeight or 1) == (1, 1)


def test_an_empty_plan_has_sentences_and_no_row_of_zeros() -> None:
    visible = [line for line in shown("vide").splitlines() if not line.startswith("· ")]
    assert visible.count(EMPTY) > 5
    assert not [line for line in visible if line.startswith(("Total", "Sans volet", "Sans OS"))]
    assert "#" not in shown("vide")


@pytest.mark.parametrize("engine", [IRONCALC, FORMUALIZER])
@pytest.mark.parametrize("name", ["presque vide", "petit", "grand"])
def test_each_engine_gives_every_formula_of_a_size_its_value(
    name: str, engine: Callable[[Path], Engine]
) -> None:
    data = book_of(name)
    formulas, values = office.formulas(data), engines.expected(office.values(data))
    found = engines.found(engines.opened(engine, data), formulas)
    assert office.differences(formulas, values, found) == []
    assert len(formulas) > 3000


@pytest.mark.libreoffice
@office.libreoffice
def test_libreoffice_gives_every_formula_of_the_largest_plan_its_value(tmp_path: Path) -> None:
    data = book_of("grand")
    again = office.recalculated({"a.xlsx": data}, tmp_path, "fr-FR")["a.xlsx"]
    formulas, values = office.formulas(data), office.values(data)
    assert office.differences(formulas, values, office.values(again)) == []


@each_size
def test_a_count_of_actions_has_no_decimal(name: str) -> None:
    assert not re.search(r"\d[.,]\d+ actions?\b", shown(name))


def test_a_budget_that_nobody_filled_is_said_so() -> None:
    lines = shown("presque vide").splitlines()
    labels = next(line for line in lines if line.startswith("Budget prévu | "))
    assert lines[lines.index(labels) + 1].startswith("non renseigné | non renseigné | ")
