"""What a way of writing a value is: its name in the journal, how sure it is, its examples.

A kind reads a cell literally, else by the first of its forms that understands it. The examples of a
form are its tests and its lines in the reference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pst_excel.cells.known_codes import KnownCodes
from pst_excel.cells.parsers.column_habits import Habits, fractions_in, habits_of
from pst_excel.cells.readings import NO_VALUE, Confidence, Reading
from pst_excel.cells.values import RawCell, ShownText, Value, as_text, is_date, is_number
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import say
from pst_excel.text.spelling import fold, in_digits, tidy

ORDER = tuple(Confidence)
UNSEEN = (Confidence.SURE, "espaces ou signes que l’on ne voit pas")
NO_CODES = KnownCodes()
SIGN = 5  # characters at most
LONGEST = 400  # characters; a code and its title are the longest thing that a form reads


class Understood(NamedTuple):
    """What a cell means, how surely, and by which way of writing; a None is a value not known."""

    value: Value
    confidence: Confidence
    rule: str


@dataclass(frozen=True)
class Context:
    """What a form may look at beside its cell: the column, the words of its list, its other cells.

    `words` gives the label by each spelling of a list; `last_year` is the end of the legislature;
    `known` are the codes that the column may name.
    """

    column: Column
    words: Mapping[str, str] = field(default_factory=dict)
    cells: Sequence[RawCell] = ()
    last_year: int | None = None
    known: KnownCodes = NO_CODES

    @cached_property
    def texts(self) -> frozenset[str]:
        """The texts of the column, each once."""
        return frozenset(
            cell
            for cell in self.cells
            if isinstance(cell, str) and not (isinstance(cell, ShownText) and is_date(cell.held))
        )

    @cached_property
    def signs(self) -> frozenset[str]:
        """The short texts of the column, tidied."""
        return frozenset(tidy(text) for text in self.texts if len(text) <= SIGN)

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """The digits of each part of most dotted codes of the column: (2, 1, 2) for 05.1.01."""
        parts = [text.split(".") for text in self.texts]
        dotted = [p for p in parts if len(p) > 1 and all(map(in_digits, p))]
        if not dotted:
            return ()
        count = Counter(map(len, dotted)).most_common(1)[0][0]
        shapes = (tuple(map(len, p)) for p in dotted if len(p) == count)
        return Counter(shapes).most_common(1)[0][0]

    @cached_property
    def zeros_by_habit(self) -> bool:
        """Whether a format of the whole column adds zeros: 1.1 shows 1.10, and so does 1.2 1.20."""
        with_zeros = {cell for cell in self.cells if isinstance(cell, ShownText) and cell.padded}
        return len(with_zeros) > 1 and not any(
            _ONE_FIGURE.fullmatch(as_text(cell))
            for cell in self.cells
            if cell not in with_zeros and (isinstance(cell, str) or is_number(cell))
        )

    @cached_property
    def in_fractions(self) -> bool:
        """Whether the numbers of the column are all from 0 to 1, some of them between."""
        numbers = [float(cell) for cell in self.cells if is_number(cell)]
        return all(0 <= x <= 1 for x in numbers) and any(0 < x < 1 for x in numbers)

    @cached_property
    def fractions(self) -> int:
        """How many cells are between 0 and 1, texts too; none where the column has per cents."""
        return fractions_in(self.cells)

    @cached_property
    def habits(self) -> Habits:
        """How the numbers of the column are written."""
        return habits_of(self.cells, self.texts)


_ONE_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)*\.[0-9]")
Literal = Callable[[RawCell, Context], Value]
Read = Callable[[RawCell, Context], Value | Understood]


@dataclass(frozen=True)
class Pattern:
    """One way of writing a value; `read` returns None where a cell is not written so.

    `examples` pair a cell with its value, read in `column`, or in one of the form's kinds.
    """

    rule: str
    confidence: Confidence
    read: Read
    examples: tuple[tuple[RawCell, Value], ...]
    column: Column | None = None


@dataclass(frozen=True)
class KindReader:
    """How the cells of a kind are read: `literal` as the template asks, then the forms in order.

    `words` say what the kind holds; `refused` gives cells that nobody should guess, and why.
    """

    words: str
    literal: Literal
    forms: tuple[Pattern, ...] = ()
    refused: tuple[tuple[RawCell, str], ...] = ()

    def understand(self, cell: RawCell, context: Context) -> Understood | None:
        """Return what a cell that is not literal means, None where no form understands it."""
        if isinstance(cell, str) and len(cell) > LONGEST:
            return None
        return understand(cell, self.forms, context)


def understand(cell: RawCell, forms: Sequence[Pattern], context: Context) -> Understood | None:
    """Return what the first form that understands a cell makes of it.

    Where a form undresses a cell and another reads the rest, the less sure of the two is told.
    """
    for form in forms:
        found = form.read(cell, context)
        if found is None:
            continue
        if not isinstance(found, Understood):
            return Understood(found, form.confidence, form.rule)
        if ORDER.index(found.confidence) > ORDER.index(form.confidence):
            return found
        return Understood(found.value, form.confidence, form.rule)
    return None


def reading_of(cell: RawCell, found: Understood, kind: Kind) -> Reading:
    """Return the reading of a cell that was understood."""
    understood = NO_VALUE if found.value is None else say(found.value, kind, 32_767)
    return Reading(_held(cell), understood, found.confidence, found.rule)


def refused(cell: RawCell, rule: str = "") -> Reading:
    """Return the reading of a cell that was not understood."""
    return Reading(_held(cell), "", Confidence.NONE, rule)


def _held(cell: RawCell) -> str:
    """Return what a cell holds as a French Excel shows it."""
    cell = cell.held if isinstance(cell, ShownText) else cell
    text = as_text(cell)
    return text.replace(".", ",") if is_number(cell) else text


_UNKNOWN = frozenset(
    fold(word)
    for word in (
        "pm", "p.m.", "pour mémoire", "à déterminer", "à définir", "à préciser", "à fixer",
        "à chiffrer", "à estimer", "à évaluer", "à compléter", "à désigner", "à confirmer",
        "en cours de chiffrage", "en cours d’estimation", "inconnu", "inconnue", "non connu",
        "non déterminé", "non déterminée", "non défini", "non définie", "indéterminé",
        "indéterminée", "non disponible", "non communiqué", "pas encore connu", "n.d.", "nd", "n/d",
        "n/a", "na", "n.a.", "so", "s.o.", "sans objet", "néant", "tbd", "?", "??",
        "???", "-", "--", "–", "—", "/", "…", "...", "_",
    )
)  # fmt: skip


def _not_known(cell: RawCell, context: Context) -> Value | Understood:
    if isinstance(cell, str) and (fold(cell) in _UNKNOWN or not cell.strip(" .…?_-–—/")):
        return Understood(None, Confidence.SURE, NOT_KNOWN.rule)
    return None


NOT_KNOWN = Pattern(
    "mention qui dit « pas encore connu »", Confidence.SURE, _not_known,
    tuple((text, None) for text in (
        "pm", "à déterminer", "À définir", "en cours de chiffrage", "n.d.", "N/A", "?", "-", "–",
        "pour mémoire", "Sans objet", "…",
    )),
)  # fmt: skip


def of_another(cell: RawCell, context: Context) -> Understood | None:
    """Return that a cell holds nothing, and the question, where another column says its words."""
    elsewhere = context.column.elsewhere
    if elsewhere is None or not isinstance(cell, str) or fold(cell) not in elsewhere.spellings:
        return None
    return Understood(None, Confidence.TO_CONFIRM, elsewhere.question)
