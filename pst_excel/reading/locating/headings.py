"""Which column stands under which heading, however the headings are laid out and spelt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pst_excel.cells.grid import COMPUTED_SIGN, Grid, UnreadCell, filled, heading_row
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell, as_text
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding, Subject
from pst_excel.model.schema import COMPANION, Column, Sheet
from pst_excel.model.words.free_columns import is_free
from pst_excel.model.words.kinds import Need, Where
from pst_excel.model.words.wording import column_letter
from pst_excel.reading.locating.signs import nameless
from pst_excel.reading.locating.tolerances import (
    HEADING_NEAR,
    HEADING_ON_TWO_ROWS,
    candidates,
    rows_in_words,
)
from pst_excel.returns.tables import Table
from pst_excel.text.spelling import fold, nearest, tidy, version_order

SIGNS = f" ✱{COMPUTED_SIGN}"
_COMPANION = fold(COMPANION)


@dataclass
class Headings:
    """The headings of a sheet: the rows they take, and the place of each column, from 0.

    `companions` are the columns that hold what was not understood of another, by its key;
    `unnamed` those at the right of the first heading that have none, or only a sign; `repeated`
    those whose heading another column has already.
    """

    first: int
    last: int
    texts: list[str]
    places: dict[str, int] = field(default_factory=dict)
    local: dict[str, int] = field(default_factory=dict)
    companions: dict[str, int] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)
    repeated: dict[int, Column] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    layout: list[Reading] = field(default_factory=list)


def headings_of(sheet: Sheet, grid: Grid, strict: bool, at: int | None = None) -> Headings | None:
    """Return the headings of a sheet, which stand in a row if one is told; None without any."""
    known = sheet.by_heading
    at = heading_row(grid.rows, known) if at is None else at
    if at is None:
        return None
    found = Headings(at, at, [_text(cell) for cell in grid.rows[at]])
    if not strict:
        _complete(found, grid, known)
    _place(found, sheet, known)
    if not strict and found.local:
        _approach(found, sheet, grid.title)
        _between(found, sheet, grid.title)
    _keep_repeated(found, sheet, grid)
    _free_columns(found, sheet, grid)
    bare = [nameless(text.strip()) for text in found.texts]
    found.unnamed = [p for p in range(bare.index(False) + 1, len(bare)) if bare[p]]
    return found


def _text(cell: RawCell) -> str:
    return "" if isinstance(cell, UnreadCell) else as_text(cell)


def _complete(found: Headings, grid: Grid, known: Mapping[str, Column]) -> None:
    """Complete the headings of a row from the row below or above, where they take two."""
    at = found.last
    named = [fold(text) in known for text in found.texts]
    for other in (at + 1, at - 1):
        row = grid.rows[other] if 0 <= other < len(grid.rows) else ()
        here = [p for p, cell in enumerate(row) if cell != ""]
        texts = [_text(cell) for cell in row]
        upper, lower = (found.texts, texts) if other > at else (texts, found.texts)
        # What stands under a heading is a value, unless the two make one heading together.
        if other > at and any(named[p] and _joined(upper[p], lower[p]) not in known for p in here):
            continue
        both = _both(upper, lower, known) if here else found.texts
        if _count(both, known) == sum(named) or (other > at and not _all_known(both, here, known)):
            continue
        found.texts = both
        found.first, found.last = min(at, other), max(at, other)
        rows = rows_in_words((found.first + 1, found.last + 1))
        cell, understood = f"A{found.first + 1}", HEADING_ON_TWO_ROWS.understood
        found.layout.append(
            HEADING_ON_TWO_ROWS.reading(Subject(title=grid.title, cell=cell), rows, understood)
        )
        return


def _all_known(texts: Sequence[str], here: Sequence[int], known: Mapping[str, Column]) -> bool:
    return all(fold(texts[p]) in known for p in here)


def _count(texts: Sequence[str], known: Mapping[str, Column]) -> int:
    return sum(1 for text in texts if text and fold(text) in known)


def _joined(group: str, text: str) -> str:
    return fold(f"{group} {text}")


def _both(upper: Sequence[str], lower: Sequence[str], known: Mapping[str, Column]) -> list[str]:
    """Return the headings that two rows make: a heading below, alone or after that of its group."""
    both: list[str] = []
    group = ""
    for over, under in zip(upper, lower, strict=True):
        group = over if over or not under else group
        if not under:
            both.append(over)
        elif fold(under) not in known and _joined(group, under) in known:
            both.append(f"{group} {under}")
        else:
            both.append(over if fold(over) in known and fold(under) not in known else under)
    return both


def _place(found: Headings, sheet: Sheet, known: Mapping[str, Column]) -> None:
    """Give each column its place: by its label as it is written, by its label, by another name."""
    places = found.places
    cells = list(enumerate(found.texts))[::-1]
    labels = {fold(text): p for p, text in cells}
    # The heading as the template writes it wins over another spelling of it.
    exact = {text.rstrip(SIGNS): p for p, text in cells}
    for column in sheet.columns:
        if fold(column.label) in labels:
            places[column.key] = exact.get(column.label, labels[fold(column.label)])
    taken = set(places.values())
    for position, cell in enumerate(found.texts):
        text = tidy(cell)
        if nameless(text) or position in taken:
            continue
        key = fold(text)
        declared = known.get(key)
        if declared is None:
            declared = known.get(key.removesuffix(_COMPANION).rstrip(SIGNS))
            if declared is not None and key.endswith(_COMPANION):
                found.companions[declared.key] = position
            elif COMPUTED_SIGN not in text:  # what the program computes, it will compute again
                found.local[_free(text, position, found.local)] = position
        elif declared.key in places:
            found.repeated[position] = declared
        else:
            places[declared.key] = position
    for orphan in found.companions.keys() - places.keys():
        position = found.companions.pop(orphan)
        found.local[_free(tidy(found.texts[position]), position, found.local)] = position


def _keep_repeated(found: Headings, sheet: Sheet, grid: Grid) -> None:
    """Say which headings stand twice; keep what the second column holds and the first does not."""
    for position, column in found.repeated.items():
        if column.need is Need.COMPUTED:
            continue  # neither is read
        first, letters = found.places[column.key], column_letter(position)
        rows = grid.rows[found.last + 1 :]
        text, kept = tidy(found.texts[position]), ""
        if any(filled(row[position]) and row[position] != row[first] for row in rows):
            name = f"{text.rstrip(SIGNS)} ({letters})"
            found.local[name] = position
            kept = f" Ce que l’autre contient est gardé à part, sous « {name} »."
        cell = f"{letters}{found.last + 1}"
        found.findings.append(structural(sheet.key, "S04", {"label": text, "kept": kept}, cell))


def _free_columns(found: Headings, sheet: Sheet, grid: Grid) -> None:
    """Leave out the free columns that nobody has used; ask for the names of the others."""
    for name in [name for name in found.local if is_free(name)]:
        position = found.local[name]
        if any(filled(row[position]) for row in grid.rows[found.last + 1 :]):
            found.findings.append(untitled(sheet, found, name, position))
        else:
            del found.local[name]


def untitled(sheet: Sheet, found: Headings, name: str, position: int) -> Finding:
    """Return what asks for the title of a column that is filled."""
    cell = f"{column_letter(position)}{found.last + 1}"
    return structural(sheet.key, "S13", {"label": name}, cell)


def _free(text: str, position: int, local: Mapping[str, int]) -> str:
    return text if text not in local else f"{text} ({column_letter(position)})"


def _approach(found: Headings, sheet: Sheet, title: str) -> None:
    """Read as a missing column the one heading that can be its own, when it can be no other's."""
    claims: dict[str, list[str]] = {}
    for name, position in found.local.items():
        text = found.texts[position]
        near = [] if fold(text).endswith(_COMPANION) else candidates(text, sheet)
        if len(near) == 1:
            claims.setdefault(near[0].key, []).append(name)
    for key, names in claims.items():
        if len(names) == 1:
            _take(found, sheet, title, key, names[0])


def _between(found: Headings, sheet: Sheet, title: str) -> None:
    """Read as a missing column the one heading that stands where it did, between its neighbours."""
    order = [column.key for column in sheet.columns if column.stands(Where.RETURN)]
    at = {position: key for key, position in found.places.items()}
    for name, position in list(found.local.items()):
        before, after = at.get(position - 1), at.get(position + 1)
        if before in order and after in order:
            here = order[order.index(before) + 1 : order.index(after)]
            if len(here) == 1:
                _take(found, sheet, title, here[0], name)


def _take(found: Headings, sheet: Sheet, title: str, key: str, name: str) -> None:
    """Read a heading as that of a column that lacks its own, and ask."""
    column = sheet[key]
    if key in found.places or column.hidden or column.need is Need.COMPUTED:
        return
    position = found.places[key] = found.local.pop(name)
    read, cell = tidy(found.texts[position]), f"{column_letter(position)}{found.last + 1}"
    words = {"label": column.label, "read": read}
    found.findings.append(structural(sheet.key, "S08", words, cell))
    found.layout.append(HEADING_NEAR.reading(Subject(title=title, cell=cell), read, column.label))


def lacking_columns(
    sheet: Sheet, table: Table, version: str, headings: Sequence[str] = ()
) -> Iterator[Finding]:
    """Give what says which columns lack their heading; not those newer than the workbook."""
    for column in sheet.inputs:
        if column.key not in table.missing or column.need is Need.OPTIONAL:
            continue
        if version and version_order(column.since) > version_order(version):
            continue
        code = "S02" if column.need is Need.REQUIRED else "S03"
        near = nearest(column.label, [h for h in headings if h in table.locals])
        words = {"label": column.label, "guess": _guess(near, table.locals)}
        yield structural(sheet.key, code, words)


def _guess(near: str | None, unknown: Iterable[str]) -> str:
    """Return what a message adds of a heading that misses: the nearest, or those of no column."""
    if near:
        return f" Est-ce « {near} » ?"
    named = [f"« {name} »" for name in list(unknown)[:6]]
    return f" Titres qui ne sont pas du modèle : {', '.join(named)}." if named else ""
