"""The few questions that several rules of the PST ask."""

from __future__ import annotations

import re

import pandas as pd

from pst_excel.model.expressions.core import Param
from pst_excel.model.formulas import Scope
from pst_excel.model.joins import exploded, fetch, mapped, source_of
from pst_excel.model.rules import Marks, RuleView
from pst_excel.model.schema import SEPARATOR
from pst_excel.model.series import SOURCE, Frame, Series
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.pst import vocabularies as v
from pst_excel.text.spelling import fold

ROW = [SOURCE, "row"]


def running(actions: Frame) -> Series:
    """Return the actions of type PST that are neither finished nor abandoned."""
    return actions["type_action"].eq(v.TYPE_PST) & ~actions["statut"].isin(v.CLOS)


def matching(texts: Series, pattern: str) -> Series:
    """Mark the texts in whose comparison key a pattern is found; each distinct text once."""
    found = re.compile(pattern)
    return mapped(texts, lambda text: float(bool(found.search(fold(text)))), "float64").eq(1)


def of_action(view: RuleView, value: str) -> Series:
    """Return a value of the action to which each row of Indicateurs or Budget belongs."""
    codes = view.here["code_lie"].where(view.here["niveau"].eq(v.NIVEAU_ACTION))
    return fetch(codes, view["actions"], value)


def served(view: RuleView, *columns: str) -> Frame:
    """Return one row for each OO that an action serves: its `oo` code and columns of the action."""
    codes = exploded(view["actions"]["code_oo"])
    return view["actions"][list(columns)].reindex(codes.index).assign(oo=codes)


def earlier(view: RuleView, value: str) -> Series:
    """Return what a column held before, on the row of the same id.

    A code that was that of two rows says nothing of either.
    """
    before = view.before
    codes = pd.DataFrame({"source": source_of(before), "code": before["code"].array})
    twice = codes.duplicated(keep=False).to_numpy() & before["code"].notna().to_numpy()
    return fetch(view.here["id"], before[~twice], value, "id")


def day(view: RuleView) -> Series:
    """Return the date of observation on each row."""
    return Param("date_observation").evaluate(Scope(view.frames, view.sheet, view.parameters))


def repeated(values: Series) -> Series:
    """Return the second and later occurrences of a value in its source; blanks never repeat."""
    keys = pd.DataFrame({"source": source_of(values), "value": values.array})
    return pd.Series(keys.duplicated().to_numpy(), index=values.index) & values.notna()


def naming(values: Series, **words: str) -> Marks:
    """Mark the rows from which exploded values come, these joined again as `inconnus`."""
    if values.empty:  # grouping nothing takes as long as grouping all
        return Marks(values.index)
    joined = values.astype("str").groupby(level=ROW).agg(SEPARATOR.join)
    return Marks(joined.index, {"inconnus": joined.astype("str"), **words})


def own_list(view: RuleView, vocabulary: Vocabulary) -> Frame:
    """Return each institution's list, one `valeur` a row; the usual list where Listes has none."""
    made: Frame = view.once(("own_list", vocabulary.key), lambda: _own_list(view, vocabulary))
    return made


def _own_list(view: RuleView, vocabulary: Vocabulary) -> Frame:
    pairs = [
        (source, label)
        for source, lists in enumerate(view.parameters["lists"])
        for label in lists.get(vocabulary.key) or vocabulary.labels
    ]
    sources, labels = [source for source, _ in pairs], [label for _, label in pairs]
    index = pd.MultiIndex.from_arrays([sources, range(len(pairs))], names=ROW)
    return pd.DataFrame({"valeur": pd.array(labels, dtype="str")}, index=index)
