"""What cells may hold, drawn from the declaration: a new column is drawn like the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from hypothesis import strategies as st

from pst_excel.cells.values import Value
from pst_excel.model.plan import Plan
from pst_excel.model.plausible import limits_of
from pst_excel.model.schema import SEPARATOR, Column
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.plausible import Days, Shape
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.text.spelling import fold, tidy, verbatim

Lists = Mapping[str, tuple[str, ...]]
"""The institution's own lists: their labels by the key of the vocabulary."""

_TRAPS = (
    "=1+1", "+32 81 22 33 44", "-12 %", "@commune", "'apostrophe", '="a"&"b"', "=SOMME(A1:A9)",
    "0042", "1.10", "1E5", "31/12/2026", "TRUE", "#N/A", "nan", "null", "http://exemple.be/?a=1&b=2",
    "mailto:pst@exemple.be", "« Où ? », dit l’œuvre n° 1", 'guillemets "droits"', "<b>&amp;</b>",
    "première ligne\nseconde ligne", "deux  espaces", "👨\u200d👩\u200d👧", "🚲 vélo 🌳", "a;b",
    "_x000D_", "x" * 255, "Ça\nva ?", "ƒ ✱ *",
)  # fmt: skip
"""What programs mistake for something else: it is a text, and stays one."""
_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"),
    include_characters="\n",
)  # fmt: skip
_CODES = st.from_regex(r"[1-9][0-9]?(\.(0?[1-9]|[1-9]0)){0,2}|[CI][1-9][0-9]?", fullmatch=True)
_TITLES = st.sampled_from(
    ("Travaux", "Finances", "Mobilité", "Ressources humaines", "État civil", "DUPONT Marie",
     "LAMBERT Julie", "Œuvres sociales", "Petite enfance")
)  # fmt: skip
_FIRST, _LAST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)


def texts(limit: int | None = None) -> st.SearchStrategy[str]:
    """Return texts that a person may write, without space around, never blank to the eye.

    Among them are those that programs mistake: formulas, numbers, dates, tags, any sign.
    """
    longest = limit or 300
    written = st.text(_CHARACTERS, min_size=1, max_size=longest)
    either = st.one_of(st.sampled_from(_TRAPS), written)
    return either.map(verbatim).filter(lambda text: len(text) <= longest and tidy(text) != "")


def cells(column: Column, lists: Lists) -> st.SearchStrategy[Value]:
    """Return what a cell of a column may hold: a valid value, several, or nothing.

    A code and what has a default are never blank. A percentage of 1 or less may be a fraction, so
    only 0 is drawn of these. `lists` are the institution's own.
    """
    if column.many:
        if column.kind is Kind.INTEGER:
            piece: st.SearchStrategy[str] = st.integers(1, 99).map(str)
        else:
            piece = _one(column, lists).map(str)
        several = st.lists(piece, min_size=1, max_size=3, unique=True).map(SEPARATOR.join)
        return st.one_of(st.none(), several)
    one = _one(column, lists)
    return one if column.default is not None or column.key == CODE else st.one_of(st.none(), one)


def own_lists(
    plan: Plan, known: Lists | None = None
) -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    """Return the institution's own lists of a plan, after the labels that are `known` of them."""
    begun = known or {}
    keys = [v.key for v in plan.vocabularies if v.local and not v.labels]
    return st.fixed_dictionaries({key: _labels(begun.get(key, ())) for key in keys})


def _labels(begun: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    known = set(map(fold, begun))
    drawn = st.lists(_TITLES, min_size=0 if begun else 1, max_size=4, unique_by=fold)
    return drawn.map(lambda more: (*begun, *(label for label in more if fold(label) not in known)))


def _decimals(low: float, high: float, decimals: int) -> st.SearchStrategy[float]:
    scale = 10**decimals
    whole = st.integers(round(low * scale), round(high * scale))
    return whole.map(lambda value: value / scale)


def _choices(vocabulary: Vocabulary, lists: Lists) -> st.SearchStrategy[str]:
    return st.sampled_from(lists.get(vocabulary.key) or vocabulary.labels)


def _days(column: Column) -> st.SearchStrategy[dt.date]:
    limits = limits_of(column)
    known = limits if isinstance(limits, Days) else Days(_FIRST, _LAST)
    return st.dates(max(known.first, _FIRST), min(known.last, _LAST))


def _one(column: Column, lists: Lists) -> st.SearchStrategy[Value]:
    low = column.low if column.low is not None else -1_000_000
    high = column.high if column.high is not None else 1_000_000
    if column.vocabulary is not None:
        return _choices(column.vocabulary, lists)
    if isinstance(column.plausible, Shape):
        return st.from_regex(column.plausible.pattern, fullmatch=True)
    if column.digits:
        return st.from_regex(rf"[0-9]{{{column.digits}}}", fullmatch=True)
    by_kind: dict[Kind, st.SearchStrategy[Value]] = {
        Kind.TEXT: texts(column.max_length),
        Kind.CODE: _CODES,
        Kind.DATE: _days(column),
        Kind.YEAR: st.integers(round(low), round(high)).map(float),
        Kind.INTEGER: st.integers(round(low), round(high)).map(float),
        Kind.PERCENT: st.one_of(st.just(0.0), _decimals(max(2, low), high, 1)),
        Kind.NUMBER: _decimals(low, high, 3),
        Kind.AMOUNT: _decimals(low, high, 2),
    }
    return by_kind[column.kind]
