"""Rules are declared in books, joined in one order, and mark the rows of which the engine speaks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from support import toy, verdict

from pst_excel.model.findings import Severity
from pst_excel.model.rules import Check, Rule, RuleBook, RuleView, joined
from pst_excel.model.words.stages import Stage

ROWS = "Choses\ncode | intitule | montant\nA | un | 50\nB | deux | 500"
WORDS: dict[str, Any] = {
    "expected": "peu",
    "remedy": "Baissez.",
    "source": "usage",
    "good": "",
    "bad": "",
    "stage": Stage.DRAFT,
    "since": "1",
}


def dear(book: RuleView) -> pd.Series[Any]:
    return book.cells > 100


def book_of(*codes: str, check: Check = dear, at: str = "choses.montant", **more: Any) -> RuleBook:
    """Return a book of rules that differ by their codes alone."""
    book = RuleBook()
    for code in codes:
        book.rule(
            code, Severity.ERROR, "Trop cher", at=at, sentence="{code} est cher.", **WORDS, **more
        )(check)
    return book


def one_rule(check: Check, at: str = "choses.montant") -> Rule:
    return book_of("X01", check=check, at=at).rules[0]


def test_the_rules_of_several_books_come_in_the_order_of_the_books() -> None:
    first, second = book_of("X02", "X04"), book_of("X01", "X03")
    assert [rule.code for rule in joined((first, second))] == ["X02", "X04", "X01", "X03"]
    assert [rule.code for rule in joined((second, first))] == ["X01", "X03", "X02", "X04"]


def test_a_code_taken_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="X01: two rules have this code"):
        joined([book_of("X01", "X01")])


def test_a_code_taken_in_another_book_is_refused() -> None:
    with pytest.raises(ValueError, match="X02: two rules have this code"):
        joined([book_of("X01", "X02"), book_of("X03", "X02")])


def test_a_rule_that_follows_one_declared_later_is_refused() -> None:
    follower, followed = book_of("X02", after=("X01",)), book_of("X01")
    with pytest.raises(ValueError, match="X02: it comes after rules that are not declared before"):
        joined([follower, followed])
    assert [rule.code for rule in joined([followed, follower])] == ["X01", "X02"]


def test_a_rule_that_follows_itself_or_nothing_declared_is_refused() -> None:
    for after in ("X01", "X99"):
        with pytest.raises(ValueError, match="not declared before"):
            joined([book_of("X01", after=(after,))])


def test_a_rule_marks_rows_and_the_engine_says_the_rest() -> None:
    (finding,) = verdict(ROWS, plan=toy(one_rule(dear))).findings
    assert (finding.message, finding.cell, finding.row) == ("B est cher.", "C6", 6)


def test_an_exception_in_a_rule_crashes() -> None:
    def broken(book: RuleView) -> pd.Series[Any]:
        return book["nulle part"]["code"].isna()

    with pytest.raises(KeyError, match="nulle part"):
        verdict(ROWS, plan=toy(one_rule(broken)))


def test_marks_that_do_not_follow_the_rows_crash() -> None:
    def shifted(book: RuleView) -> pd.Series[Any]:
        return dear(book).reset_index(drop=True)

    with pytest.raises(ValueError, match="do not follow the rows"):
        verdict(ROWS, plan=toy(one_rule(shifted)))


def test_a_rule_that_points_nowhere_crashes() -> None:
    with pytest.raises(ValueError, match="nothing is declared"):
        verdict(ROWS, plan=toy(one_rule(dear, at="choses.couleur")))
