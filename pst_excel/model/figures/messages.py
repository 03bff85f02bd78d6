"""Sentences made from figures, said twice: by Python, and as a formula that follows edits.

Numbers in them are whole, so that no locale writes them otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pst_excel.model.expressions.core import COMPARE, DUST, quoted
from pst_excel.model.figures.lines import PanelTable
from pst_excel.model.figures.measures import FormulaNames, Quantity
from pst_excel.model.series import Frames
from pst_excel.model.words.wording import NBSP

_SCALES = {"%": 100.0, "% de 100": 1.0, "points": 1.0, "nombre": 1.0, "jours": 1.0}
_UNITS = {"%": f"{NBSP}%", "% de 100": f"{NBSP}%"}


class Told(Protocol):
    """What a sentence is made from."""

    @property
    def frames(self) -> Frames:
        """The frames by which figures count."""

    def panel(self, key: str) -> PanelTable:
        """Return the table of a panel that stands on the same page."""


class Page(Protocol):
    """Where a sentence is written as a formula."""

    @property
    def names(self) -> FormulaNames:
        """The names of the workbook."""

    def labels(self, panel: str) -> str:
        """Return the cells of the lines' names of a panel, without the last."""

    def figures(self, panel: str, column: str) -> str:
        """Return the cells of a column of a panel on the same lines."""


class Sentence(Protocol):
    """A text made from figures."""

    def evaluate(self, told: Told) -> str:
        """Return the text."""

    def render(self, page: Page) -> str:
        """Return the formula, without its equal sign."""


@dataclass(frozen=True)
class Say:
    """Texts and sentences, one after the other."""

    parts: tuple[str | Sentence, ...]

    def evaluate(self, told: Told) -> str:
        """Return the whole."""
        return "".join(p if isinstance(p, str) else p.evaluate(told) for p in self.parts)

    def render(self, page: Page) -> str:
        """Return the pieces joined."""
        pieces = [quoted(p) if isinstance(p, str) else p.render(page) for p in self.parts]
        return "&".join(pieces) or '""'


def say(*parts: str | Sentence) -> Say:
    """Return texts and sentences as one sentence."""
    return Say(parts)


def is_text(sentence: Sentence) -> bool:
    """Tell whether a sentence is a text that no figure changes."""
    return isinstance(sentence, Say) and all(isinstance(part, str) for part in sentence.parts)


@dataclass(frozen=True)
class Number:
    """A quantity as a whole number with its unit."""

    quantity: Quantity
    unit: str = "nombre"

    def evaluate(self, told: Told) -> str:
        """Return the number."""
        value = _whole(self.quantity.evaluate(told.frames) * _SCALES[self.unit])
        return f"{value}{_UNITS.get(self.unit, '')}"

    def render(self, page: Page) -> str:
        """Return the same."""
        number = _rounded(self.quantity, self.unit, page)
        return f"{number}&{quoted(_UNITS.get(self.unit, ''))}"


@dataclass(frozen=True)
class Millions:
    """An amount in millions of euros with a decimal, whose comma no locale changes."""

    quantity: Quantity

    def evaluate(self, told: Told) -> str:
        """Return the amount."""
        tenths = _whole(self.quantity.evaluate(told.frames) / 100_000)
        sign = "-" if tenths < 0 else ""
        return f"{sign}{abs(tenths) // 10},{abs(tenths) % 10}{NBSP}M€"

    def render(self, page: Page) -> str:
        """Return the same."""
        value = f"N({self.quantity.render(page.names)})"
        tenths = f"ABS(ROUND(ROUND({value}/100000,{DUST}),0))"
        sign = f'IF(ROUND({value}/100000,0)<0,"-","")'
        return f'{sign}&INT({tenths}/10)&","&MOD({tenths},10)&{quoted(f"{NBSP}M€")}'


@dataclass(frozen=True)
class Plural:
    """A count with what is counted, in the plural from two on; with `none` in place of zero."""

    quantity: Quantity
    one: str
    many: str
    unit: str = "nombre"
    none: str = ""

    def evaluate(self, told: Told) -> str:
        """Return the count and the word."""
        value = abs(_whole(self.quantity.evaluate(told.frames) * _SCALES[self.unit]))
        if self.none and value == 0:
            return self.none
        return f"{value} {self.many if value >= 2 else self.one}"

    def render(self, page: Page) -> str:
        """Return the same."""
        number = f"ABS({_rounded(self.quantity, self.unit, page)})"
        words = f"IF({number}>=2,{quoted(' ' + self.many)},{quoted(' ' + self.one)})"
        text = f"{number}&{words}"
        return f"IF({number}=0,{quoted(self.none)},{text})" if self.none else text


@dataclass(frozen=True)
class Choose:
    """One sentence where a quantity compares so with a number, else another; unknown is 0."""

    quantity: Quantity
    sign: str
    value: float
    then: str | Sentence
    otherwise: str | Sentence

    def evaluate(self, told: Told) -> str:
        """Return the sentence that holds."""
        found = self.quantity.evaluate(told.frames)
        number = round(0.0 if found != found else found, DUST)
        return say(
            self.then if COMPARE[self.sign](number, self.value) else self.otherwise
        ).evaluate(told)

    def render(self, page: Page) -> str:
        """Return the same."""
        number = f"ROUND(N({self.quantity.render(page.names)}),{DUST})"
        test = f"{number}{self.sign}{quoted(self.value)}"
        return f"IF({test},{say(self.then).render(page)},{say(self.otherwise).render(page)})"


@dataclass(frozen=True)
class Most:
    """The name of the line of a panel that has most of a column; the first of those that have."""

    panel: str
    column: str

    def evaluate(self, told: Told) -> str:
        """Return the name."""
        table = told.panel(self.panel)
        values = _on_lines(table, self.column)
        return table.lines[values.index(max(values))].label_shown

    def render(self, page: Page) -> str:
        """Return the look-up."""
        cells, labels = page.figures(self.panel, self.column), page.labels(self.panel)
        return f'INDEX({labels},MATCH(MAX({cells}),{cells},0))&""'


@dataclass(frozen=True)
class MostOf:
    """How much the line that has most of a column has."""

    panel: str
    column: str

    def evaluate(self, told: Told) -> str:
        """Return the whole number."""
        return str(_whole(max(_on_lines(told.panel(self.panel), self.column))))

    def render(self, page: Page) -> str:
        """Return the same."""
        return f"ROUND(MAX({page.figures(self.panel, self.column)}),0)"


def _on_lines(table: PanelTable, column: str) -> Sequence[float]:
    values = table.values[[c.label for c in table.columns].index(column)]
    return [value or 0.0 for value in values[:-1] or values]


def _whole(value: float) -> int:
    """Round as a spreadsheet does: halves away from zero; unknown is 0."""
    if value != value:
        return 0
    rounded = math.floor(abs(round(value, DUST)) + 0.5)
    return int(math.copysign(rounded, value))


def _rounded(quantity: Quantity, unit: str, page: Page) -> str:
    scale = _SCALES[unit]
    text = f"N({quantity.render(page.names)})"
    scaled = text if scale == 1 else f"{text}*{quoted(scale)}"
    return f"ROUND(ROUND({scaled},{DUST}),0)"
