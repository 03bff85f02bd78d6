"""Words for declaring a plan: kinds, vocabularies, columns, sheets. Standard library only.

Everything else is derived from these declarations: the template, its lists and help, parsing,
structural checks, the words of messages, the reference documentation and the test strategies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from pst_excel.spelling import fold
from pst_excel.stages import Stage

SEPARATOR = "; "
SHOWN = " · "  # in a drop-down list, between a code and what it names
HEADING_ROW = 4  # counted from 1; the title and the question of the sheet stand above
COMPANION = " (texte reçu)"  # after a label: the column of the texts that were not understood
SHOWN_CODE = "choix"  # the computed column that holds what such a list shows of its sheet


class Kind(StrEnum):
    """What a cell holds, named as the data dictionary names it."""

    TEXT = "texte"
    CODE = "code"
    CHOICE = "liste"
    INTEGER = "entier"
    NUMBER = "nombre"
    PERCENT = "pourcentage"
    AMOUNT = "montant"
    YEAR = "année"
    DATE = "date"

    @property
    def is_number(self) -> bool:
        """Tell whether values of this kind are numbers in a frame (float64)."""
        return self in _NUMBERS

    @property
    def is_text(self) -> bool:
        """Tell whether values of this kind are texts in a frame (str)."""
        return self in (Kind.TEXT, Kind.CODE, Kind.CHOICE)


_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.PERCENT, Kind.AMOUNT, Kind.YEAR})


class Need(StrEnum):
    """How much a column is needed in a row that has been started."""

    REQUIRED = "obligatoire"
    ADVISED = "recommandé"
    OPTIONAL = "facultatif"
    COMPUTED = "calculé"


class Where(StrEnum):
    """In which workbooks a column stands: in those that people fill, in the whole plan, in both."""

    BOTH = "partout"
    RETURN = "retour"
    WHOLE = "PST consolidé"


class Layout(StrEnum):
    """How a sheet is laid out."""

    TABLE = "tableau"
    FORM = "fiche"
    LISTS = "listes"


@dataclass(frozen=True)
class Choice:
    """One entry of a list: the label that cells show, the words also understood, what it means."""

    label: str
    synonyms: tuple[str, ...] = ()
    help: str = ""
    code: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """A list of choices; `local` when the institution may change it in Listes.

    An `explained` list shows what each of its labels, a number or a letter, means; a list of
    `persons` names them as « NOM Prénom ».
    """

    key: str
    label: str
    choices: tuple[Choice, ...]
    local: bool = False
    help: str = ""
    private: bool = False
    explained: bool = False
    persons: bool = False

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """What a drop-down list shows of each choice, in order."""
        if not self.explained:
            return self.labels
        return tuple(f"{choice.label}{SHOWN}{choice.help}" for choice in self.choices)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels, in order."""
        return tuple(choice.label for choice in self.choices)

    @cached_property
    def by_spelling(self) -> dict[str, str]:
        """Label by the comparison key of each label, code and synonym."""
        known: dict[str, str] = {}
        for choice, shown in zip(self.choices, self.shown, strict=True):
            for word in (choice.label, shown, choice.code, *choice.synonyms):
                if word and known.setdefault(fold(word), choice.label) != choice.label:
                    raise ValueError(f"{self.key}: « {word} » names two choices")
        return known


@dataclass(frozen=True)
class Column:
    """One column of a sheet, and all that is said of it anywhere.

    `refers` names the sheets one of whose codes the cell must hold; where there are several,
    `chosen_by` is the column whose list says which, its labels in the order of `refers`; `many`
    allows several values separated by `; `; `private` columns name agents and stay out of regional
    outputs; a code of so many `digits` may have lost its first zeros; `where` says in which
    workbooks the column stands; `since` is the version of the
    template in which it appeared: older workbooks may lack it; `stage` is the one from which a
    blank in an obligatory column is blamed.
    """

    key: str
    label: str
    kind: Kind
    help: str
    need: Need = Need.OPTIONAL
    vocabulary: Vocabulary | None = None
    refers: tuple[str, ...] = ()
    chosen_by: str = ""
    many: bool = False
    low: float | None = None
    high: float | None = None
    max_length: int | None = None
    default: str | None = None
    aliases: tuple[str, ...] = ()
    example: str = ""
    width: int = 14
    hidden: bool = False
    private: bool = False
    where: Where = Where.BOTH
    unit: str = ""
    digits: int = 0
    since: str = ""
    stage: Stage = Stage.DRAFT
    formula: Any = None

    def __post_init__(self) -> None:
        if (self.kind is Kind.CHOICE) != (self.vocabulary is not None):
            raise ValueError(f"{self.key}: a list needs a vocabulary, and only a list has one")
        if (self.need is Need.COMPUTED) != (self.formula is not None):
            raise ValueError(f"{self.key}: a computed column needs a formula, and only it has one")

    def stands(self, where: Where) -> bool:
        """Tell whether the column stands in a kind of workbook."""
        return self.where in (where, Where.BOTH)

    @cached_property
    def headings(self) -> frozenset[str]:
        """The comparison keys of every heading under which this column is recognised."""
        return frozenset(fold(word) for word in (self.label, self.key, *self.aliases))


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook and its columns; `program` when the program writes it.

    A `spare` sheet may be missing without a remark.
    `identity` names the columns that tell a record from another when it has no id yet, `named_by`
    the one that names it to a person, `owner` the one that says which service answers for it,
    `partners` the one that says which others take part; `records` is what one and several of them
    are called.
    """

    key: str
    title: str
    question: str
    columns: tuple[Column, ...]
    layout: Layout = Layout.TABLE
    aliases: tuple[str, ...] = ()
    level: str = ""
    program: bool = False
    spare: bool = False
    identity: tuple[str, ...] = ("code",)
    named_by: str = "intitule"
    owner: str = ""
    partners: str = ""
    records: tuple[str, str] = ("ligne", "lignes")

    def __getitem__(self, key: str) -> Column:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def names(self) -> frozenset[str]:
        """The comparison keys of every title under which this sheet is recognised."""
        return frozenset(fold(word) for word in (self.title, *self.aliases))

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """The columns by the comparison keys of their headings; a label wins over an alias."""
        known = {heading: c for c in reversed(self.columns) for heading in c.headings}
        return known | {fold(c.label): c for c in self.columns}

    @cached_property
    def inputs(self) -> tuple[Column, ...]:
        """The columns that people fill."""
        return tuple(c for c in self.columns if c.need is not Need.COMPUTED)

    @cached_property
    def computed(self) -> tuple[Column, ...]:
        """The columns that the program fills."""
        return tuple(c for c in self.columns if c.need is Need.COMPUTED)

    @cached_property
    def counted(self) -> tuple[Column, ...]:
        """The columns that count for completeness: obligatoire and recommandé."""
        return tuple(c for c in self.columns if c.need in (Need.REQUIRED, Need.ADVISED))


@dataclass(frozen=True, repr=False)
class Plan:
    """A whole declaration: sheets, lists, rules, figures and boards, for one legislature.

    `rules`, `figures` and `boards` are opaque here: their own modules give them meaning.
    `waivers` is the key of the sheet whose rows waive rules.
    `family` returns the same declaration for another legislature.
    """

    name: str
    version: str
    sheets: tuple[Sheet, ...]
    vocabularies: tuple[Vocabulary, ...]
    first_year: int
    last_year: int
    rules: tuple[Any, ...] = ()
    figures: tuple[Any, ...] = ()
    boards: tuple[Any, ...] = ()
    comparison: tuple[Any, ...] = ()
    welcome: tuple[tuple[str, str], ...] = ()
    welcome_service: tuple[tuple[str, str], ...] = ()
    welcome_whole: tuple[tuple[str, str], ...] = ()
    waivers: str = ""
    family: Callable[[int, int], Plan] | None = None

    def __getitem__(self, key: str) -> Sheet:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __repr__(self) -> str:
        return f"Plan({self.name}, {self.version}, {self.first_year}-{self.last_year})"

    def __reduce__(self) -> tuple[Any, ...]:
        # Rules are functions, which cannot travel between processes: the legislature does.
        if self.family is None:
            raise TypeError("a plan without a family cannot travel between processes")
        return self.family, (self.first_year, self.last_year)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)

    @cached_property
    def years(self) -> range:
        """The exercices of the legislature: from the year after the elections to the last."""
        return range(self.first_year + 1, self.last_year + 1)

    @cached_property
    def _by_key(self) -> dict[str, Sheet]:
        return {sheet.key: sheet for sheet in self.sheets}

    @cached_property
    def tables(self) -> tuple[Sheet, ...]:
        """The data sheets: one row a record."""
        return tuple(sheet for sheet in self.sheets if sheet.layout is Layout.TABLE)

    @cached_property
    def form(self) -> Sheet:
        """The sheet that says who the workbook belongs to."""
        return next(sheet for sheet in self.sheets if sheet.layout is Layout.FORM)

    @cached_property
    def lists(self) -> Sheet:
        """The sheet of the institution's own lists."""
        return next(sheet for sheet in self.sheets if sheet.layout is Layout.LISTS)

    def vocabulary(self, key: str) -> Vocabulary:
        """Return a vocabulary by its key."""
        return next(v for v in self.vocabularies if v.key == key)

    def for_legislature(self, first_year: int, last_year: int) -> Plan:
        """Return the same declaration for another legislature."""
        if self.family is None or (first_year, last_year) == (self.first_year, self.last_year):
            return self
        return self.family(first_year, last_year)
