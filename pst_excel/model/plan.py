"""A whole declaration: from it follow the template, the checks, the boards, the documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from pst_excel.model.figures.boards import Board, Breakdown, Evaluation, Tile
from pst_excel.model.figures.figures import Figure
from pst_excel.model.figures.workings import Workings
from pst_excel.model.following import Told
from pst_excel.model.registry import Registry
from pst_excel.model.rules import Rule
from pst_excel.model.schema import Sheet
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.terms import Terms
from pst_excel.model.words.unknown import unknown
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.text.brief import brief

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

    from pst_excel.schemas.plans import Schemas


@dataclass(frozen=True, repr=False)
class Plan:
    """A whole declaration: sheets, lists, rules, figures and boards, for one legislature.

    `short` is what people call it, « le PST » for instance, `compared` the title of several side by
    side.
    `comparison` are the figures that are compared, `breakdown` those that part the records,
    `workings` where each is worked out by hand.
    `waivers` is the key of the sheet whose rows waive rules; `sources` explains where rules come
    from.
    `registry` says of an institution whether what it says of itself agrees; without one, nobody
    knows. `terms` are what texts call the organs and the law of an institution, by its type, and
    under the empty one where that is not known. `fixed` says which numbers of rules nobody changes,
    and why. `longest` is the most years that a legislature lasts, where there is a most.
    `followed` are the columns of the main sheet that are kept over time, `told` what is said of its
    records from one consolidation to the next, `trends` the figures that are drawn over them all.
    `family` returns the same declaration for another legislature.
    """

    name: str
    version: str
    sheets: tuple[Sheet, ...]
    vocabularies: tuple[Vocabulary, ...]
    first_year: int
    last_year: int
    rules: tuple[Rule, ...] = ()
    figures: tuple[Figure, ...] = ()
    boards: tuple[Board | Evaluation, ...] = ()
    comparison: tuple[Figure, ...] = ()
    breakdown: Breakdown | None = None
    workings: Workings | None = None
    short: str = "plan"
    compared: str = "Comparaison"
    sources: str = ""
    welcome: tuple[tuple[str, str], ...] = ()
    welcome_service: tuple[tuple[str, str], ...] = ()
    welcome_whole: tuple[tuple[str, str], ...] = ()
    waivers: str = ""
    registry: Registry | None = None
    terms: Mapping[str, Terms] = field(default_factory=dict)
    fixed: tuple[tuple[str, str], ...] = ()
    longest: int | None = None
    followed: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    trends: tuple[Figure, ...] = ()
    family: Callable[[int, int], Plan] | None = None

    def __getitem__(self, key: str) -> Sheet:
        try:
            return self._by_key[key]
        except (KeyError, TypeError):
            raise unknown(key, f"une feuille du {self.short}", self._by_key) from None

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __repr__(self) -> str:
        years = f"{self.first_year}-{self.last_year}"
        return brief(self, self.name, f"modèle {self.version}", years)

    def __reduce__(self) -> tuple[Callable[[int, int], Plan], tuple[int, int]]:
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
    def _lists_by_key(self) -> dict[str, Vocabulary]:
        return {vocabulary.key: vocabulary for vocabulary in self.vocabularies}

    @cached_property
    def waivable(self) -> frozenset[str]:
        """The codes of the rules that can be waived."""
        return frozenset(rule.code for rule in self.rules if not rule.not_waivable)

    @cached_property
    def tables(self) -> tuple[Sheet, ...]:
        """The data sheets: one row a record."""
        return tuple(sheet for sheet in self.sheets if sheet.layout is Layout.TABLE)

    @cached_property
    def main(self) -> Sheet:
        """The sheet of the records that the plan is about: the first of all unless one is said."""
        return next((sheet for sheet in self.tables if sheet.main), self.tables[0])

    @cached_property
    def headline(self) -> tuple[Figure, ...]:
        """The figures of the first page, each once: the big one of a tile, then the one beside."""
        shown = (figure for tile in self._tiles for figure in (tile.figure, tile.beside))
        return tuple({figure.key: figure for figure in shown}.values())

    @cached_property
    def biggest(self) -> tuple[Figure, ...]:
        """The big figures of the first page, each once: what is to be read first."""
        return tuple({tile.figure.key: tile.figure for tile in self._tiles}.values())

    @property
    def _tiles(self) -> list[Tile]:
        boards = (one for one in self.boards if isinstance(one, Board))
        return [tile for one in islice(boards, 1) for tile in one.tiles]

    @cached_property
    def services(self) -> Vocabulary | None:
        """The list of those who share the plan; None where a workbook is always a whole plan."""
        column = self.form.by_role.get(Role.SERVICE)
        return column.vocabulary if column is not None else None

    @cached_property
    def form(self) -> Sheet:
        """The sheet that says who the workbook belongs to."""
        return next(sheet for sheet in self.sheets if sheet.layout is Layout.FORM)

    def schema(
        self, key: str, stage: Stage = Stage.EVALUATION, *, labels: bool = False
    ) -> DataFrameSchema:
        """Return the pandera schema of the table of a sheet, as the library gives it.

        `stage` says which blanks are blamed; with `labels` columns have their French headings.
        """
        from pst_excel.schemas.sheets import sheet_schema

        return sheet_schema(self, key, Stage.of(stage), labels)

    def schemas(self, stage: Stage = Stage.EVALUATION) -> Schemas:
        """Return the schema of each sheet, with the links between them."""
        from pst_excel.schemas.plans import Schemas

        return Schemas(self, Stage.of(stage))

    def terms_of(self, institution: str = "") -> Terms:
        """Return what texts call things for an institution of a type, or for all of them."""
        return self.terms.get(institution) or self.terms.get("", {})

    @cached_property
    def lists(self) -> Sheet:
        """The sheet of the institution's own lists."""
        return next(sheet for sheet in self.sheets if sheet.layout is Layout.LISTS)

    def vocabulary(self, key: str) -> Vocabulary:
        """Return a vocabulary by its key. Raises: UnknownName."""
        try:
            return self._lists_by_key[key]
        except (KeyError, TypeError):
            raise unknown(key, f"une liste du {self.short}", self._lists_by_key) from None

    def may_last(self, first_year: int, last_year: int) -> bool:
        """Tell whether there is a legislature between the elections of these years."""
        years = last_year - first_year
        return years > 0 and (self.longest is None or years <= self.longest)

    def for_legislature(self, first_year: int, last_year: int) -> Plan:
        """Return the same declaration for another legislature."""
        if self.family is None or (first_year, last_year) == (self.first_year, self.last_year):
            return self
        return self.family(first_year, last_year)
