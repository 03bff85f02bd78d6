"""The few questions that several rules of the PST ask."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from pst_excel.model.expressions.core import Param
from pst_excel.model.formulas import Scope
from pst_excel.model.joins import exploded, fetch, found, mapped, source_of
from pst_excel.model.rules import Marks, RuleView
from pst_excel.model.schema import SEPARATOR
from pst_excel.model.series import SOURCE, Frame, Series
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.pst import vocabularies as v
from pst_excel.text.spelling import as_code, fold

ROW = [SOURCE, "row"]

FEW = 3
"""Blanks of one column that hints point at one by one; of more, the column is spoken of."""


def running(actions: Frame) -> Series:
    """Return the actions of type PST that are neither finished nor abandoned."""
    return actions["type_lu"].eq(v.TYPE_PST) & ~actions["statut"].isin(v.CLOS)


def followed(actions: Frame) -> Series:
    """Return the actions of type PST that are not abandoned: those that rates are made of."""
    return actions["type_lu"].eq(v.TYPE_PST) & actions["statut"].ne(v.ABANDONNE)


def blank_beside(view: RuleView, key: str) -> Series:
    """Mark the blank cells of which another of the row is filled."""
    return view.here[key].notna() & view.cells.isna()


def blank_while(view: RuleView, key: str, *labels: str) -> Series:
    """Mark the blank cells of which another of the row is one of the labels."""
    return view.here[key].isin(labels) & view.cells.isna()


def differing(written: Series, meant: Series) -> Series:
    """Mark where two values are there and are not the same."""
    return written.notna() & meant.notna() & written.ne(meant)


def many_times(now: Series, before: Series, times: Series) -> Series:
    """Mark the amounts that are so many times above or below what was more than nothing."""
    ratio = now / before.where(before > 0)
    return ratio.ge(times) | ratio.le(1 / times)


def matching(texts: Series, pattern: str) -> Series:
    """Mark the texts in whose comparison key a pattern is found; each distinct text once."""
    searched = re.compile(pattern)
    return telling(texts, lambda key: bool(searched.search(key)))


def telling(texts: Series, told: Callable[[str], bool]) -> Series:
    """Mark the texts whose comparison key tells something; each distinct text once."""
    return mapped(texts, lambda text: float(told(fold(text))), "float64").eq(1)


def lacking(texts: Series, pattern: str) -> Series:
    """Mark the texts in whose comparison key a pattern is not found."""
    return texts.notna() & ~matching(texts, pattern)


def compared(codes: Series) -> Series:
    """Return codes as they are compared: a7 is A7."""
    return mapped(codes, as_code, "str")


def words_in(texts: Series, word: re.Pattern[str]) -> Series:
    """Return how many words each text has; nothing for a blank."""
    return mapped(texts, lambda text: float(len(word.findall(text))), "float64")


def at_level(rows: Frame, level: str) -> Frame:
    """Return the rows of Indicateurs or Budget that belong to a level."""
    return rows[rows["niveau"].eq(level)]


def of_action(view: RuleView, value: str) -> Series:
    """Return a value of the action to which each row of Indicateurs or Budget belongs."""
    codes = view.here["code_lie"].where(view.here["niveau"].eq(v.NIVEAU_ACTION))
    return fetch(codes, view["actions"], value)


def action_is(view: RuleView, status: str) -> Series:
    """Mark the rows of Indicateurs or Budget whose action has a status."""
    return of_action(view, "statut").eq(status)


def served(view: RuleView, *columns: str) -> Frame:
    """Return one row for each OO that an action serves: its `oo` code and columns of the action."""
    codes = exploded(view["actions"]["code_oo"])
    return view["actions"][list(columns)].reindex(codes.index).assign(oo=codes)


def earlier(view: RuleView, value: str) -> Series:
    """Return what a column held before, on the row of the same id.

    A code that was that of two rows says nothing of either.
    """
    known = view.once(("earlier", view.sheet), lambda: _of_one_code(view.before))
    return fetch(view.here["id"], known, value, "id")


def _of_one_code(before: Frame) -> Frame:
    codes = pd.DataFrame({"source": source_of(before), "code": compared(before["code"]).array})
    twice = codes.duplicated(keep=False).to_numpy() & before["code"].notna().to_numpy()
    return before[~twice]


def day(view: RuleView) -> Series:
    """Return the date of observation on each row."""
    return Param("date_observation").evaluate(Scope(view.frames, view.sheet, view.parameters))


def this_year(view: RuleView) -> Series:
    """Return the year of the date of observation on each row."""
    return day(view).dt.year


def exercice_of(column: str) -> int:
    """Return the exercice of a column of readings."""
    return int(column.rpartition("_")[2])


def said_year(years: Series) -> Series:
    """Return years as sentences say them: without decimals."""
    return years.astype("Int64").astype("str")


def repeated(values: Series) -> Series:
    """Return the second and later occurrences of a code in its source; blanks never repeat."""
    keys = pd.DataFrame({"source": source_of(values), "value": compared(values).array})
    return pd.Series(keys.duplicated().to_numpy(), index=values.index) & values.notna()


def any_piece(marks: Series, rows: Frame) -> Series:
    """Mark the rows of which one exploded value at least is marked."""
    return marks.groupby(level=ROW).any().reindex(rows.index, fill_value=False)


def named_nowhere(codes: Series, other: Frame, key: str) -> Series:
    """Mark the codes that no row of another sheet names."""
    return codes.notna() & ~found(codes, other, key)


def unknown(cells: Series, *sheets: Frame) -> Series:
    """Return the codes of several-valued cells, one a row, that are in none of the sheets."""
    codes = exploded(cells)
    for sheet in sheets:
        codes = codes[~found(codes, sheet)]
    return codes


def naming(values: Series, **words: str) -> Marks:
    """Mark the rows from which exploded values come, these joined again as `inconnus`."""
    if values.empty:  # grouping nothing takes as long as grouping all
        return Marks(values.index)
    joined = values.astype("str").groupby(level=ROW).agg(SEPARATOR.join)
    return Marks(joined.index, {"inconnus": joined.astype("str"), **words})


def own_list(view: RuleView, vocabulary: Vocabulary) -> Frame:
    """Return each institution's list, one `valeur` a row; the usual list where Listes has none."""
    labels: Frame = view.once(("own_list", vocabulary.key), lambda: _own_list(view, vocabulary))
    return labels


def _own_list(view: RuleView, vocabulary: Vocabulary) -> Frame:
    pairs = [
        (source, label)
        for source, lists in enumerate(view.parameters["lists"])
        for label in lists.get(vocabulary.key) or vocabulary.labels
    ]
    sources, labels = [source for source, _ in pairs], [label for _, label in pairs]
    index = pd.MultiIndex.from_arrays([sources, range(len(pairs))], names=ROW)
    return pd.DataFrame({"valeur": pd.array(labels, dtype="str")}, index=index)
