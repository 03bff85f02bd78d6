"""Budget articles are read in one form, whatever the screen that they are copied from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cell_readings import SURE, at, reading

from pst_excel.pst.accounts import ARTICLE, economic


@pytest.mark.parametrize(("text", "article"), ARTICLE.examples)
def test_an_article_is_written_as_budgets_write_it(text: str, article: str) -> None:
    value, note = reading(text, at("budget.article"))
    assert value == article
    assert note is not None
    assert (note.read, note.understood, note.confidence) == (text, article, SURE)


@pytest.mark.parametrize("text", ["731-60 voirie", "421/731-60 Travaux", "421/731-60; 421/723-60",
                                  "421/731-601", "421/7316", "421/731-60/26"])  # fmt: skip
def test_what_is_more_or_less_than_an_article_stands(text: str) -> None:
    assert reading(text, at("budget.article")) == (text, None)


def test_an_article_is_not_rewritten_when_strict() -> None:
    assert reading("421 / 73160", at("budget.article"), strict=True) == ("421 / 73160", None)


PARTS = st.tuples(
    st.from_regex(r"[0-9]{3,5}", fullmatch=True), st.from_regex(r"[1-9][0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{2}", fullmatch=True), st.integers(2000, 2035), st.integers(0, 9999),
)  # fmt: skip
FORMS = (
    "{f}/{g}-{n}{y}",
    "{f} / {g}{n}{y}",
    "{f}/{g} - {n}{y}",
    "{f}/{g}.{n}{y}",
    "art. {f}/{g}-{n}{y}",
)
YEARS = ("/{y}", ".{y}", ":{y}", " ({y})", " {y}", " ex. {y}")


@given(PARTS, st.sampled_from(FORMS), st.sampled_from(YEARS))
def test_the_exercice_of_origin_never_vanishes(
    parts: tuple[str, str, str, int, int], form: str, year: str
) -> None:
    function, group, nature, exercice, _ = parts
    text = form.format(f=function, g=group, n=nature, y=year.format(y=exercice))
    value, _ = reading(text, at("budget.article"))
    assert value == f"{function}/{group}-{nature}/{exercice}"
    assert economic(str(value)) == f"{group}-{nature}"
