"""How a campaign went, told from its records alone, and how that is said."""

from __future__ import annotations

import datetime as dt

import pytest
from support.remembered import AT, COLUMNS, consolidated, row, told

from pst_excel.campaign.entries import Consolidated
from pst_excel.campaign.history import History, Since, history
from pst_excel.campaign.memory import Memory, Round
from pst_excel.campaign.telling import difference, held, phrase, shift
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.units import figure
from pst_excel.text.errors import UsageError


def of(*gave: Consolidated) -> History:
    rounds = tuple(Round(at, AT, one) for at, one in enumerate(gave, 1))
    memory = Memory("Valbruyère", rounds=rounds)
    return history(memory, [(one.number, each) for one in rounds for each in one.gave.followed])


def since(found: History) -> Since:
    assert found.since is not None
    return found.since


def test_a_line_tells_of_a_consolidation_what_it_gave() -> None:
    (line,) = of(consolidated(3)).lines
    assert (line.number, line.observed, line.returns) == (1, dt.date(2026, 3, 28), 1)
    assert (line.absent, line.rows, line.findings, line.conflicts) == (
        ("Culture",),
        3,
        (4, 5, 6),
        2,
    )
    assert line.figures["progress"] == 43


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_changed_since_where_there_is_nothing_before(count: int) -> None:
    assert told(count).since is None


def test_a_row_is_followed_by_its_id_whatever_its_code() -> None:
    before = row("1.1", "En cours", "40", "2027-06-30", ident="aaaaaaaaaaaa")
    after = row("1.2", "En cours", "60", "2027-12-31", ident="aaaaaaaaaaaa")
    found = of(consolidated(1, [before]), consolidated(2, [after]))
    (change,) = since(found).changes
    assert phrase(change, 50) == (
        "1.2 Boucher les trous : avancement 40\u00a0% → 60\u00a0%, échéance 30/06/2027 → 31/12/2027"
    )
    assert found.of("1.2") == found.of("1.1") == list(found.tracks)
    assert [found.tracks[0].stood[at].code for at in (1, 2)] == ["1.1", "1.2"]


def test_what_came_and_what_went_is_told_in_the_order_of_codes() -> None:
    stays, goes, comes = (row(code, "", "10", "") for code in ("1.9", "1.10", "1.2"))
    found = of(consolidated(1, [stays, goes]), consolidated(2, [comes, stays]))
    assert [phrase(change, 50) for change in since(found).changes] == [
        "1.2 Boucher les trous : ajout", "1.10 Boucher les trous : n’y est plus",
    ]  # fmt: skip


def test_the_values_of_a_consolidation_that_followed_other_columns_stand_under_theirs() -> None:
    older = consolidated(1, [row("1.1", "40", "En cours")], columns=(COLUMNS[1], COLUMNS[0]))
    found = of(older, consolidated(2, [row("1.1", "En cours", "40", "2027-06-30")]))
    assert found.tracks[0].stood[1].values == ("En cours", "40", "")
    (change,) = since(found).changes
    assert [column.heading for column, *_ in change.moved] == ["Échéance"]


def test_a_figure_that_came_later_was_unknown_before() -> None:
    found = of(consolidated(1, figures={"late": 2.0}), consolidated(2))
    assert [one.key for one in found.measures][:2] == ["progress", "late"]
    assert found.lines[0].figures.get("progress") is None


def test_a_code_that_never_was_is_refused_with_those_near_it() -> None:
    with pytest.raises(UsageError, match=r"le code « 1\.11 » \(est-ce « 1\.1"):
        told(3).of("1.11")


@pytest.mark.parametrize(
    ("before", "after", "unit", "said", "moved"),
    [
        (48.59, 51.84, "% de 100", "51,8\u00a0%", "+3,2\u00a0points"),  # of what is shown
        (0.242, 0.232, "%", "23,2\u00a0%", "-1,0\u00a0point"),
        (0.5, 0.5, "%", "50,0\u00a0%", "="),
        (13, 12, "nombre", "12", "-1"),
        (1000000, 1012500.4, "€", "1\u202f012\u202f500\u00a0€", "+12\u202f500\u00a0€"),
        (None, 5.0, "nombre", "5", ""),
        (5.0, None, "nombre", "–", ""),
    ],
)  # fmt: skip
def test_figures_are_said_as_people_read_them(
    before: float | None, after: float | None, unit: str, said: str, moved: str
) -> None:
    assert figure(after, unit) == said
    assert difference(before, after, unit) == moved


@pytest.mark.parametrize(
    ("kind", "before", "after", "said", "moved"),
    [
        (Kind.DATE, "2027-06-30", "2027-07-31", "31/07/2027", "+31\u00a0jours"),
        (Kind.PERCENT, "40", "12.5", "12,5\u00a0%", "-27,5\u00a0points"),
        (Kind.CHOICE, "En cours", "Terminé", "Terminé", ""),
        (Kind.DATE, "2027-06-30", "", "(vide)", ""),
        (Kind.PERCENT, "40", "environ", "environ", ""),
        ("", "40", "60", "60", ""),  # of a record that did not say what its columns hold
    ],
)
def test_values_are_said_by_their_kind(
    kind: str, before: str, after: str, said: str, moved: str
) -> None:
    assert held(after, kind) == said
    assert shift(before, after, kind) == moved
