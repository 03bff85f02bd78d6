"""Small pieces of the boards: what a quarter is, how a sentence says a number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from support import office

from pst_excel.excel.boards.calendar import DONE, GONE, TO_COME, state
from pst_excel.excel.boards.page import serial
from pst_excel.excel.paper import A4, upright
from pst_excel.model.figures.fields import Setting
from pst_excel.model.figures.messages import Choose, Millions, Number, Plural, say
from pst_excel.model.series import Frames
from pst_excel.pst.thresholds import LOANS

BEGIN, TODAY, END = (serial(dt.date(year, 1, 1)) for year in (2025, 2027, 2029))
QUARTERS = [
    serial(dt.date(year, month, 1)) for year in range(2025, 2029) for month in (1, 4, 7, 10)
]


def states(done: float, gap: float | None, today: float = TODAY) -> str:
    found = (state(quarter, BEGIN, END, done, gap, today) for quarter in QUARTERS)
    return "".join({DONE: "#", GONE: "!", TO_COME: ".", None: " "}[one] for one in found)


@pytest.mark.parametrize(
    ("done", "gap", "today", "shown"),
    [
        (50, 0, TODAY, "########........"),  # on time: what is done ends today
        (25, -25, TODAY, "####!!!!........"),  # a quarter of four years late: one year
        (75, 25, TODAY, "############...."),
        (100, 50, TODAY, "################"),
        (80, None, TODAY, "########........"),  # nobody knows its gap
        (0, 0, BEGIN - 400, "................"),  # nothing is asked yet
        (60, -40, END + 400, "##########!!!!!!"),  # all its time has gone
    ],
)
def test_what_is_done_ends_where_the_gap_says(
    done: float, gap: float | None, today: float, shown: str
) -> None:
    assert states(done, gap, today) == shown


def test_a_record_without_both_its_days_has_no_place_on_a_calendar() -> None:
    assert state(QUARTERS[0], None, END, 50, 0, TODAY) is None
    assert state(QUARTERS[0], BEGIN, 0.0, 50, 0, TODAY) is None
    assert state(END + 1, BEGIN, END, 50, 0, TODAY) is None


@dataclass(frozen=True)
class Fixed:
    """A quantity that is always the same."""

    value: float

    def evaluate(self, frames: Frames) -> float:
        return self.value


@dataclass(frozen=True)
class Nowhere:
    """What a sentence is made from, where nothing is needed."""

    frames: Frames


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (Plural(Fixed(0), "action", "actions"), "0 action"),
        (Plural(Fixed(1), "action", "actions"), "1 action"),
        (Plural(Fixed(2), "action", "actions"), "2 actions"),
        (Plural(Fixed(0), "action", "actions", none="aucune"), "aucune"),
        (Plural(Fixed(-4.9), "point", "points", "points"), "5 points"),
        (Number(Fixed(0.125), "%"), "13\u00a0%"),  # halves away from zero, as in a spreadsheet
        (Number(Fixed(float("nan")), "% de 100"), "0\u00a0%"),
        (Millions(Fixed(18_739_470)), "18,7\u00a0M€"),
        (Millions(Fixed(-250_000)), "-0,3\u00a0M€"),
        (Choose(Fixed(float("nan")), "=", 0.0, "rien", "tout"), "rien"),
        (say("a", Choose(Fixed(1), ">", 0.0, "b", "c"), "d"), "abd"),
    ],
)
def test_a_sentence_says_its_numbers(sentence: object, said: str) -> None:
    assert sentence.evaluate(Nowhere({})) == said  # type: ignore[attr-defined]


def test_a_threshold_is_the_usual_one_unless_the_form_says_another() -> None:
    frames = dict(office.sample().batch.counted)
    setting = Setting("identification", LOANS)
    assert setting.evaluate(frames) == LOANS.default
    frames["identification"] = frames["identification"].assign(seuil_emprunts=125.0)
    assert setting.evaluate(frames) == 125
    frames["identification"] = frames["identification"].assign(seuil_emprunts=-1.0)
    assert setting.evaluate(frames) == LOANS.default


def test_a_page_stands_where_it_is_clearly_larger_so() -> None:
    wide = [10.0] * 18
    assert upright(A4, wide, [15.0] * 90)
    assert not upright(A4, wide, [15.0] * 30)
