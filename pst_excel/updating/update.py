"""A consolidated workbook brought up to date in place; where that cannot be, written anew."""

from __future__ import annotations

from dataclasses import dataclass

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.model.words.wording import plural
from pst_excel.ooxml.errors import NotAWorkbook, PatchError
from pst_excel.ooxml.package.active import active_in
from pst_excel.ooxml.package.macros import without_macros
from pst_excel.ooxml.workbook import Workbook
from pst_excel.returns.tables import Return
from pst_excel.text.brief import brief
from pst_excel.updating.anew import written_anew
from pst_excel.updating.data_sheets import patch_data
from pst_excel.updating.form_and_lists import patch_footers, patch_form, patch_lists
from pst_excel.updating.leads import lead_to_conflicts
from pst_excel.updating.plan import PlanLayout, data_titles, laid_out
from pst_excel.updating.program_sheets import replace_program_sheets
from pst_excel.upgrading.original import STUMBLES, UNUSUAL

_OTHER_FORMAT = "seul un classeur .xlsx ou .xlsm se met à jour sur place"


@dataclass(frozen=True)
class Updated:
    """A workbook brought up to date: the file, and what became of what people had put in it.

    Where it was not done `in_place`, `reason` says why. `kept` are the things of people that are
    still there, `lost` those that are not, in words. `consolidation` is the plan as the file has
    it: what is said of its cells is said of those of the file.
    """

    data: bytes
    in_place: bool
    consolidation: Consolidation
    reason: str = ""
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def __repr__(self) -> str:
        how = "sur place" if self.in_place else "refait"
        return brief(self, how, plural(len(self.data), "octet"))


def updated(previous: bytes, before: Return, consolidation: Consolidation) -> Updated:
    """Return a consolidated workbook that holds a plan, all that people put in it being kept.

    `before` is that workbook as it was read. Done twice, it changes nothing more.
    """
    try:
        return _in_place(previous, before, consolidation)
    except NotAWorkbook:
        reason = _OTHER_FORMAT
    except PatchError as error:
        reason = str(error)
    except STUMBLES:  # the file is read, and holds what its reader does not look at
        reason = UNUSUAL
    anew = written_anew(previous, before, consolidation)
    return Updated(anew.data, False, anew.consolidation, reason, tuple(anew.kept), tuple(anew.lost))


def _in_place(previous: bytes, before: Return, consolidation: Consolidation) -> Updated:
    plain = without_macros(previous)  # what is written is an .xlsx
    book, old = Workbook(plain), Workbook(previous)
    plan = laid_out(before, consolidation, book)
    notes = _notes(book, plan)
    patch_data(book, plan)
    gone = notes - _notes(book, plan)
    patch_form(book, plan.consolidation)
    patch_lists(book, plan.consolidation)
    patch_footers(book, plan.consolidation)
    titles, again = replace_program_sheets(book, old, plan, before)
    lead_to_conflicts(book, plan)
    active = active_in(book.package.told_of(book.package.workbook))
    kept = [*_kept(old, plan, titles), *again, *active]
    words = plural(gone, "note partie", "notes parties")
    lost = [f"{words} avec des lignes retirées"] if gone else []
    lost += [words for words in before.active if words not in active]
    return Updated(book.to_bytes(), True, plan.consolidation, "", tuple(kept), tuple(lost))


def _notes(book: Workbook, plan: PlanLayout) -> int:
    sheets = (book[found.sheet.title] for found in plan.sheets.values())
    return sum(len({*sheet.notes, *sheet.conversations}) for sheet in sheets)


def _kept(old: Workbook, plan: PlanLayout, titles: list[str]) -> list[str]:
    """Say what people put in the workbook, besides the sheets of these titles."""
    ours = {*data_titles(plan.consolidation), *titles}
    own = [title for title in old.titles if title not in ours]
    columns = sum(
        len(found.columns.added.keys() - {*found.columns.fresh, *found.columns.received()})
        for found in plan.sheets.values()
    )
    notes = _notes(old, plan)
    counts = (
        (len(own), ("feuille", "feuilles")),
        (columns, ("colonne ajoutée", "colonnes ajoutées")),
        (notes, ("note", "notes")),
    )
    return [plural(count, *words) for count, words in counts if count]
