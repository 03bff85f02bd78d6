"""What settles a figure when somebody disputes it: its terms in words, its sum on a small plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """What a figure counts, in the words of its readers.

    `rows` are those that it rests on, `level` what a row is, `missing` what a blank does and which
    rows know the figure, `aside` what becomes of the rows that are not followed, `signs` what a
    negative amount does.
    """

    rows: str
    level: str
    missing: str
    aside: str
    signs: str = ""


@dataclass(frozen=True)
class Example:
    """What a figure is on the plan of the workings, worked out by hand.

    `sum` is arithmetic, in French, that ends with the result as people are shown it: a per cent
    where the figure is one. `base` and `known` are its two counts, `why` says which rows they are.
    """

    sum: str
    base: int
    known: int
    why: str


@dataclass(frozen=True)
class Workings:
    """What holds for all figures, and the small plan on which each is worked out, by its key.

    `plan` is a workbook as small tables of text, observed at a date. `common` are subjects, each
    with what is said of it.
    """

    common: tuple[tuple[str, str], ...]
    plan: str
    observed: dt.date
    examples: Mapping[str, Example]
