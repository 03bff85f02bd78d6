"""The rule book of the PST, and the few questions that several of its rules ask."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pst_excel.joins import Frame, source_of
from pst_excel.pst import vocabularies as v
from pst_excel.rulebook import Book, RuleBook
from pst_excel.schema import SEPARATOR, Vocabulary

RULES = RuleBook()

ROW = ["source", "row"]


def running(actions: Frame) -> pd.Series[Any]:
    """Return the actions of type PST that are neither finished nor abandoned."""
    return actions["type_action"].eq(v.TYPE_PST) & ~actions["statut"].isin(v.CLOS)


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
    pairs = [
        (source, label)
        for source, lists in enumerate(book.parameters["lists"])
        for label in lists.get(vocabulary.key) or vocabulary.labels
    ]
    sources, labels = [source for source, _ in pairs], [label for _, label in pairs]
    index = pd.MultiIndex.from_arrays([sources, range(len(pairs))], names=ROW)
    return pd.DataFrame({"valeur": pd.array(labels, dtype="str")}, index=index)
