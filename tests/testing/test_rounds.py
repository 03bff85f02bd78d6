"""Rounds of returns: readable, told, each made of what was sent; and the gestures on a return."""

from __future__ import annotations

from functools import cache

import pytest
from support.another_plan import PLAN as INVENTORY

from pst_excel import difference, merge
from pst_excel.testing import Round, read_back, rounds, some, workbook_of
from pst_excel.testing.rounds import GESTURES, SORT


@cache
def drawn() -> list[Round]:
    return some(rounds(), 25)


def test_several_services_answer_and_every_gesture_is_made() -> None:
    told = [word for one in drawn() for answer in one.answers for word in answer.told]
    assert max(len(one.answers) for one in drawn()) > 1
    assert {word.split()[0] for word in told} == set(GESTURES)


def test_every_workbook_of_a_round_is_written_and_read_as_it_is() -> None:
    told = max(drawn(), key=lambda one: sum(len(answer.told) for answer in one.answers))
    for one in (told.then, told.now, *(answer.back for answer in told.answers)):
        back = read_back(workbook_of(one), one.file)
        assert back.findings == []
        assert {k: t.columns for k, t in back.tables.items()} == {
            k: t.columns for k, t in one.tables.items()
        }


def test_what_came_back_differs_from_what_was_sent_where_something_was_done() -> None:
    answers = [answer for one in drawn() for answer in one.answers]
    for answer in answers:
        if not answer.told:
            assert difference(answer.sent, answer.back).changes == []
    edited = [one for one in answers if any(not word.startswith(SORT) for word in one.told)]
    assert sum(bool(difference(one.sent, one.back).changes) for one in edited) > 0.8 * len(edited)


def test_a_round_is_what_a_merge_is_given() -> None:
    for one in drawn():
        for answer in one.answers:
            assert merge(answer.sent, answer.back, one.now).plan.plan is one.now.plan


def test_only_the_gestures_that_are_asked_are_made() -> None:
    made = some(rounds(INVENTORY, gestures=(SORT,), most=2), 10)
    told = [word for one in made for answer in one.answers for word in answer.told]
    assert {word.split()[0] for word in told} == {SORT}
    for one in made:
        for answer in one.answers:
            assert difference(answer.sent, answer.back).changes == []


@pytest.mark.parametrize("name", ["then", "now"])
def test_a_failure_shows_what_was_done_in_a_few_words(name: str) -> None:
    one = next(one for one in drawn() if one.told and one.answers)
    assert getattr(one, name).file in repr(one)
    assert one.told[0] in repr(one)
