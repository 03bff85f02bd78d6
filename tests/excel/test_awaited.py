"""Rows that were sent wait for their update: Saisie says it, Lisez-moi counts it, a date ends it."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from support import OBSERVED, read, workbook
from support.engines import FORMUALIZER_BY_CELLS, IRONCALC, Engine, opened
from support.sharing import LISTS

from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.template import write_template
from pst_excel.model.row_status import AWAITED, DOUBTS, STATE, TO_UPDATE
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return, geometry

ACTIONS = """
Actions
code  | intitule   | type_action | statut     | service_pilote | date_maj
1.1.1 | Boucher    |             | En cours   | Travaux        | 15/03/2026
1.1.2 | Balayer    | Pérenne     |            | Travaux        |
1.1.3 | Peindre    |             | Terminé    | Travaux        | 15/03/2026
1.1.4 | Rêver      | Hors champ  | En cours   | Travaux        |
1.1.5 | Chanter    |             | En cours   | Culture        | 15/03/2026
"""
AWAITED_FIRST = [True, True, False, False]
LETTERS = geometry(PST["actions"], where=Where.RETURN)
UPDATED = dt.date(2026, 10, 12)


@cache
def sent() -> Return:
    """The workbook of a service that pilots four actions of five."""
    (one,) = prepare(read(workbook(LISTS + ACTIONS)), ["Travaux"]).workbooks
    return one.content


def place(key: str, at: int) -> str:
    return f"{LETTERS[key]}{HEADING_ROW + 1 + at}"


def test_what_goes_on_and_was_not_updated_since_it_was_sent_is_awaited() -> None:
    frame = Batch([sent()], PST, OBSERVED, Where.RETURN).frames["actions"]
    assert frame["code"].tolist() == ["1.1.1", "1.1.2", "1.1.3", "1.1.4"]
    assert [state == TO_UPDATE for state in frame[STATE]] == AWAITED_FIRST
    assert frame[AWAITED].tolist() == [float(awaited) for awaited in AWAITED_FIRST]


@pytest.mark.parametrize("engine", [IRONCALC, FORMUALIZER_BY_CELLS])
def test_a_new_date_or_an_end_makes_it_wait_no_more(engine: type[Engine]) -> None:
    book = opened(engine, write_template(sent()))
    cells = [place(STATE, at) for at in range(4)]
    book.calculate()
    assert [book.value("Actions", cell) == TO_UPDATE for cell in cells] == AWAITED_FIRST
    book.put("Actions", place("date_maj", 0), (UPDATED - dt.date(1899, 12, 30)).days)
    book.put("Actions", place("statut", 1), v.TERMINE)
    book.calculate()
    assert TO_UPDATE not in [book.value("Actions", cell) for cell in cells]


def test_a_row_that_the_service_adds_is_not_awaited() -> None:
    returned = read(workbook(LISTS + ACTIONS))
    assert not Batch([returned], PST, OBSERVED, Where.RETURN).frames["actions"][AWAITED].gt(0).any()


def test_the_date_that_was_sent_is_no_work_of_the_service() -> None:
    back = read(write_template(sent()))
    assert back.findings == []
    assert back.tables["actions"].columns["maj_recue"][0] == dt.date(2026, 3, 15)
    assert "maj_recue" not in {c.key for c in PST["actions"].columns if c.stands(Where.WHOLE)}


INDICATORS = """
Indicateurs
code | niveau | code_lie | libelle | frequence  | realise_2025 | realise_2026
I1   | Action | 1.1.1    | Trous   | Annuelle   | 4            |
I2   | Action | 1.1.1    | Bosses  |            |              | 7
I3   | Action | 1.1.1    | Enquête | Ponctuelle | 4            |
"""


@pytest.mark.parametrize("engine", [IRONCALC, FORMUALIZER_BY_CELLS])
@pytest.mark.parametrize(
    ("day", "awaited"),
    [(dt.date(2026, 12, 31), [True, False, False]), (dt.date(2026, 11, 30), [False] * 3)],
)
def test_the_value_of_a_year_that_is_over_is_awaited(
    engine: type[Engine], day: dt.date, awaited: list[bool]
) -> None:
    plan = read(workbook(LISTS + ACTIONS + INDICATORS))
    (one,) = prepare(plan, ["Travaux"], day).workbooks
    frame = Batch([one.content], PST, day, Where.RETURN).frames["indicateurs"]
    assert [state == TO_UPDATE for state in frame[STATE]] == awaited
    book = opened(engine, write_template(one.content))
    book.calculate()
    letters = geometry(PST["indicateurs"], where=Where.RETURN)[STATE]
    found = [book.value("Indicateurs", f"{letters}{HEADING_ROW + at}") for at in (1, 2, 3)]
    assert [state == TO_UPDATE for state in found] == awaited


@pytest.mark.parametrize("engine", [IRONCALC, FORMUALIZER_BY_CELLS])
def test_words_where_a_number_is_meant_are_in_doubt_at_once(engine: type[Engine]) -> None:
    text = (
        f"{LISTS}\nActions\ncode | intitule | etp\n1.1 | Boucher | une demie\n1.2 | Balayer | 0,5\n"
    )
    returned = read(workbook(text))
    frame = Batch([returned], PST, OBSERVED, Where.RETURN).frames["actions"]
    said, literal = frame[DOUBTS].tolist()
    assert said == literal + 1
    book = opened(engine, write_template(returned))
    book.calculate()
    assert [book.value("Actions", place(DOUBTS, at)) for at in (0, 1)] == [said, literal]
