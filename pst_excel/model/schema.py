"""Words for declaring the sheets of a plan: kinds, columns, sheets.

Everything else is derived from these declarations: the template, its lists and help, parsing,
structural checks, the words of messages, the reference documentation and the test strategies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from pst_excel.model.formulas import Expression
from pst_excel.model.words.colors import Shade
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Kind, Layout, Need, Where
from pst_excel.model.words.plausible import Plausible
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.thresholds import Threshold
from pst_excel.model.words.unknown import unknown
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.model.words.wording import plural, shortened
from pst_excel.model.words.writing import Elsewhere, Writing
from pst_excel.text.brief import brief
from pst_excel.text.spelling import fold

T = TypeVar("T")

SEPARATOR = "; "
TITLED = 3  # rows for a title among the fields of a form: a blank, the title, what it says
HEADING_ROW = 4  # counted from 1; the title and the question of the sheet stand above
COMPANION = " (texte reçu)"  # after a label: the column of the texts that were not understood
PARTNER, REFERENCE = "Partenaire", "Référence"  # why a row is lent
NAMED = 48  # characters of its name by which a record is known among the others
ALL = "Toutes"  # in place of codes: a waiver of every row


@dataclass(frozen=True)
class Column:
    """One column of a sheet, and all that is said of it anywhere.

    `refers` names the sheets one of whose codes the cell must hold; where there are several,
    `chosen_by` is the column whose list says which, its labels in the order of `refers`; `many`
    allows several values separated by `; `; `private` columns name agents and stay out of regional
    outputs; a code of so many `digits` may have lost its first zeros, and `prefixes` are the words
    that people write before one; `where` says in which
    workbooks the column stands; `since` is the version of the
    template in which it appeared: older workbooks may lack it; `stage` is the one from which a
    blank in an obligatory column is blamed; `role` is what the program uses the column for;
    `elsewhere` are words that another column says, `writing` how texts of a form are written;
    `meanwhile` says what the figures do as long as the cell says nothing that they can use; a
    `helper` is computed only where something is counted; a `threshold` is what the field changes.
    A value that is not `plausible` is none: its text is kept, and it is told. `band` names what it
    stands among, side by side; in the workbook of a service that has rows, what `folds` is folded.
    `year` is the one whose value it holds: it is to be filled when that year is told.
    `help` and `example` may have holes that the type of the institution fills (`Plan.terms`).
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
    prefixes: tuple[str, ...] = ()
    since: str = ""
    stage: Stage = Stage.DRAFT
    role: Role | None = None
    formula: Expression | None = None
    helper: bool = False
    meanwhile: str = ""
    threshold: Threshold | None = None
    elsewhere: Elsewhere | None = None
    writing: Writing | None = None
    plausible: Plausible | None = None
    band: str = ""
    folds: bool = False
    year: int = 0

    def __post_init__(self) -> None:
        if (self.kind is Kind.CHOICE) != (self.vocabulary is not None):
            raise ValueError(f"{self.key}: a list needs a vocabulary, and only a list has one")
        if (self.need is Need.COMPUTED) != (self.formula is not None):
            raise ValueError(f"{self.key}: a computed column needs a formula, and only it has one")

    def __repr__(self) -> str:
        return brief(self, self.key, f"« {self.label} »", self.kind, self.need)

    @property
    def expression(self) -> Expression:
        """The formula of a computed column."""
        assert self.formula is not None, f"{self.key} is not computed"
        return self.formula

    def stands(self, where: Where) -> bool:
        """Tell whether the column stands in a kind of workbook."""
        return self.where in (where, Where.BOTH)

    @property
    def asked(self) -> Need:
        """How much the workbook asks for it: what a blank says by itself is not asked for."""
        defaulted = self.need is Need.REQUIRED and self.default is not None
        return Need.OPTIONAL if defaulted else self.need

    @cached_property
    def headings(self) -> frozenset[str]:
        """The comparison keys of every heading under which this column is recognised.

        A hidden one of the program is known by its label alone.
        """
        if self.hidden and self.need is Need.COMPUTED and self.where is Where.WHOLE:
            return frozenset((fold(self.label),))
        return frozenset(fold(word) for word in (self.label, self.key, *self.aliases))


def banded(name: str, *columns: Column, seen: int | None = None) -> tuple[Column, ...]:
    """Return columns that stand side by side under a name; those after the `seen` ones fold."""
    return tuple(
        replace(column, band=name, folds=seen is not None and at >= seen)
        for at, column in enumerate(columns)
    )


@dataclass(frozen=True)
class Naming:
    """How a record is called in a sentence: its word (else that of `records`), its gender.

    `by` are the columns that tell it to a person; else its code, else what identifies it.
    """

    word: str = ""
    masculine: bool = False
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook and its columns; `program` when the program writes it.

    A `spare` sheet may be missing without a remark; the `main` one holds the records that the plan
    is about. `shade` is the colour of its tab and title.
    `identity` names the columns that tell a record from another when it has no id yet (an
    institution, in the form: the one that no two of them share comes last), `named_by`
    the one that names it to a person, `owner` the one that says which service answers for it,
    `partners` the one that says which others take part; `records` is what one and several of them
    are called, `naming` how a sentence names one. Columns up to `kept` (else the `leading` one)
    stay in sight when others pass; a row that was sent waits for its update while it is `due`.
    """

    key: str
    title: str
    question: str
    columns: tuple[Column, ...]
    layout: Layout = Layout.TABLE
    aliases: tuple[str, ...] = ()
    shade: Shade | None = None
    program: bool = False
    spare: bool = False
    main: bool = False
    identity: tuple[str, ...] = (CODE,)
    named_by: str = CODE
    owner: str = ""
    partners: str = ""
    records: tuple[str, str] = ("ligne", "lignes")
    naming: Naming = Naming()
    kept: str = ""
    due: Expression | None = None

    def __post_init__(self) -> None:
        if len(self.by_role) < sum(column.role is not None for column in self.columns):
            raise ValueError(f"{self.key}: two columns have the same role")

    def __repr__(self) -> str:
        return brief(self, self.key, f"« {self.title} »", plural(len(self.columns), "colonne"))

    def __getitem__(self, key: str) -> Column:
        try:
            return self._by_key[key]
        except (KeyError, TypeError):
            told = [c.key for c in self.columns if not (c.hidden or c.helper)]
            raise unknown(key, f"une colonne de « {self.title} »", self._by_key, told) from None

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @property
    def leading(self) -> str:
        """The key of the column by which people know a row: its code, else what identifies it."""
        return CODE if CODE in self else self.identity[0]

    @property
    def last_kept(self) -> str:
        """The key of the last column that stays in sight when others pass."""
        return self.kept or self.leading

    @cached_property
    def by_role(self) -> dict[Role, Column]:
        """The columns by what the program uses them for."""
        return {column.role: column for column in self.columns if column.role is not None}

    def called(self, code: str, name: str = "", row: int = 0) -> str:
        """Say one of its records in words, as people know it: « action 2.2.1 · Réaliser … ».

        One that has neither code nor name is that of its row.
        """
        known = f"{self.records[0]} {code}".rstrip()
        if not name or name == code:
            return known if code else f"{known}, ligne {row}" if row else ""
        return f"{known} · {shortened(name, NAMED)}"

    def keyed(self, values: Mapping[Role, T]) -> dict[str, T]:
        """Return values by the keys of the columns that have the roles; the others are left out."""
        known = self.by_role
        return {known[role].key: value for role, value in values.items() if role in known}

    @cached_property
    def bands(self) -> frozenset[str]:
        """The names of its bands."""
        return frozenset(column.band for column in self.columns if column.band)

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
    def field_rows(self) -> dict[str, int]:
        """The row of each field of a form, from 1; thresholds stand under a title of their own."""
        return {
            column.key: HEADING_ROW + 1 + at + (TITLED if column.threshold is not None else 0)
            for at, column in enumerate(self.inputs)
        }

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The thresholds that its fields change."""
        return tuple(c.threshold for c in self.columns if c.threshold is not None)

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
