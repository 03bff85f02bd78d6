"""The rule book of the PST, and the few questions that several of its rules ask."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from pst_excel.expressions import Param, Scope
from pst_excel.joins import Frame, exploded, fetch, mapped, source_of
from pst_excel.pst import vocabularies as v
from pst_excel.rulebook import Book, RuleBook
from pst_excel.schema import SEPARATOR, Vocabulary
from pst_excel.spelling import fold

RULES = RuleBook()

ROW = ["source", "row"]


def running(actions: Frame) -> pd.Series[Any]:
    """Return the actions of type PST that are neither finished nor abandoned."""
    return actions["type_action"].eq(v.TYPE_PST) & ~actions["statut"].isin(v.CLOS)


def matching(texts: pd.Series[Any], pattern: str) -> pd.Series[Any]:
    """Mark the texts in whose comparison key a pattern is found; each distinct text once."""
    found = re.compile(pattern)
    return mapped(texts, lambda text: float(bool(found.search(fold(text)))), "float64").eq(1)


def of_action(book: Book, value: str) -> pd.Series[Any]:
    """Return a value of the action to which each row of Indicateurs or Budget belongs."""
    codes = book.here["code_lie"].where(book.here["niveau"].eq(v.NIVEAU_ACTION))
    return fetch(codes, book["actions"], value)


def served(book: Book, *columns: str) -> Frame:
    """Return one row for each OO that an action serves: its `oo` code and columns of the action."""
    codes = exploded(book["actions"]["code_oo"])
    return book["actions"][list(columns)].reindex(codes.index).assign(oo=codes)


def earlier(book: Book, value: str) -> pd.Series[Any]:
    """Return what a column held before, on the row of the same id.

    A code that was that of two rows says nothing of either.
    """
    before = book.before
    codes = pd.DataFrame({"source": source_of(before), "code": before["code"].array})
    twice = codes.duplicated(keep=False).to_numpy() & before["code"].notna().to_numpy()
    return fetch(book.here["id"], before[~twice], value, "id")


def day(book: Book) -> pd.Series[Any]:
    """Return the date of observation on each row."""
    return Param("date_observation").evaluate(Scope(book.frames, book.sheet, book.parameters))


def repeated(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return the second and later occurrences of a value in its source; blanks never repeat."""
    keys = pd.DataFrame({"source": source_of(values), "value": values.array})
    return pd.Series(keys.duplicated().to_numpy(), index=values.index) & values.notna()


def naming(rows: Frame, values: pd.Series[Any], **words: str) -> Frame:
    """Return the rows from which exploded values come, these joined again as `inconnus`."""
    joined = values.astype("str").groupby(level=ROW).agg(SEPARATOR.join)
    marked = rows[rows.index.isin(values.index)]
    return marked.assign(inconnus=joined.astype("str"), **words)


def own_list(book: Book, vocabulary: Vocabulary) -> Frame:
    """Return each institution's list, one `valeur` a row; the usual list where Listes has none."""
    made: Frame = book.once(("own_list", vocabulary.key), lambda: _own_list(book, vocabulary))
    return made


def _own_list(book: Book, vocabulary: Vocabulary) -> Frame:
    pairs = [
        (source, label)
        for source, lists in enumerate(book.parameters["lists"])
        for label in lists.get(vocabulary.key) or vocabulary.labels
    ]
    sources, labels = [source for source, _ in pairs], [label for _, label in pairs]
    index = pd.MultiIndex.from_arrays([sources, range(len(pairs))], names=ROW)
    return pd.DataFrame({"valeur": pd.array(labels, dtype="str")}, index=index)
