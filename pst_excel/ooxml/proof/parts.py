"""What may differ in each kind of part of a workbook that was changed, the sheets apart.

Sources: ECMA-376 part 1, §18.2 (workbook), §18.7 (comments), §18.8 (styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pst_excel.ooxml.errors import PatchError, UnexpectedChange
from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import Element, local, main, to_plain
from pst_excel.ooxml.package.package import Package, parsed
from pst_excel.ooxml.proof.expected_changes import ExpectedChanges
from pst_excel.ooxml.proof.reduced import reduced
from pst_excel.ooxml.proof.trees import Following, among, difference, elements, same_attributes
from pst_excel.ooxml.references.addresses import CellPosition, address, cell_of

_GROWING = frozenset({
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles",
})  # fmt: skip
_SHAPE = re.compile(rb"<(?=(?:[A-Za-z0-9_]+:)?shape[\s>])")
_ON_ROWS = re.compile(rb"(<(?:\w+:)?(?:Anchor|Row|Fmla\w+)\s*>)[^<]*")
_IN_NOTE = re.compile(rb"<(?:\w+:)?(Row|Column)\s*>\s*(\d{1,7})\s*<")


@dataclass(frozen=True)
class PartDifference:
    """A part that is in both packages and differs; `title` is that of the sheet it belongs to."""

    part: str
    before: Package
    after: Package
    expected: ExpectedChanges
    title: str = ""
    sheet: str = ""

    @cached_property
    def old(self) -> Element:
        """The root that the part had, which the comparison may alter."""
        return parsed(self._states[0], f"la partie « {self.part} »")

    @cached_property
    def new(self) -> Element:
        """The root that the part has, which the comparison may alter."""
        return parsed(self._states[1], f"la partie « {self.part} »")

    @cached_property
    def _states(self) -> tuple[bytes, bytes]:
        old = _plain(self.before, self.part)
        new = _plain(self.after, self.part) if self.part in self.after else b""
        return (old, new) if self.expected.moves else reduced(old, new)

    @property
    def following(self) -> Following:
        """How the part follows the rows that moved."""
        return Following(self.expected.shifts, self.title)

    def unexpected(self, place: str = "") -> UnexpectedChange:
        """Return the error that names a place of the part."""
        where = f"{place} de la partie" if place else "la partie"
        return unexpected(f"{where} « {self.part} »")

    def same_root(self) -> None:
        """Check the attributes and namespaces of the root. Raises: UnexpectedChange."""
        old, new = self.old, self.new
        kept = old.nsmap.items() <= new.nsmap.items()
        if old.tag != new.tag or dict(old.attrib) != dict(new.attrib) or not kept:
            raise self.unexpected("la racine")


def unexpected(place: str) -> UnexpectedChange:
    """Return the error that names a place which differs."""
    return UnexpectedChange(f"{place} change sans que ce soit demandé")


def _plain(package: Package, part: str) -> bytes:
    content = package.content(part)
    return to_plain(content) if package.strict else content


def untouchable(change: PartDifference) -> None:
    """Refuse any difference. Raises: UnexpectedChange."""
    raise change.unexpected()


def by_tag(root: Element) -> dict[str, list[Element]]:
    """Return the children of an element by their local name, in their order."""
    found: dict[str, list[Element]] = {}
    for child in elements(root):
        found.setdefault(local(child), []).append(child)
    return found


def compare_children(change: PartDifference, tag: str, how: Following, olds: list[Element],
                     news: list[Element]) -> None:  # fmt: skip
    """Compare the children of a name of the root of a part. Raises: UnexpectedChange."""
    found = among(olds, news, how)
    if found is not None:
        inner = local(found)
        place = f"l’élément « {tag} »" if inner == tag else f"l’élément « {tag}/{inner} »"
        ref = found.get("ref") or found.get("sqref")
        raise change.unexpected(f"{place} ({ref})" if ref else place)


def styles(change: PartDifference) -> None:
    """Check that what the styles held has kept its numbers. Raises: UnexpectedChange."""
    change.same_root()
    olds, news = by_tag(change.old), by_tag(change.new)
    for tag in {**olds, **news}:
        before, after = olds.get(tag, []), news.get(tag, [])
        if tag in _GROWING and len(before) <= len(after) == 1:
            kept = list(elements(before[0])) if before else []
            if before and not same_attributes(before[0], after[0], Following()):
                raise change.unexpected(f"l’élément « {tag} »")
            for old, new in zip(kept, elements(after[0]), strict=False):
                if difference(old, new, Following()) is not None:
                    raise change.unexpected(f"une entrée de « {tag} »")
            if len(kept) > len(after[0]):
                raise change.unexpected(f"une entrée de « {tag} »")
        else:
            compare_children(change, tag, Following(), before, after)


def workbook(change: PartDifference) -> None:
    """Check the list of sheets, the names and the settings. Raises: UnexpectedChange."""
    change.same_root()
    olds, news = by_tag(change.old), by_tag(change.new)
    _sheets(change)
    _names(change)
    for tag in {**olds, **news}:
        how, before, after = change.following, olds.get(tag, []), news.get(tag, [])
        if tag in ("sheets", "definedNames"):
            continue
        if change.expected.has_child(change.part, tag):
            if tag != "calcPr":
                continue
            how = how.adapted(adding=True, free=frozenset({"fullCalcOnLoad"}))
        compare_children(change, tag, how, before, after)


def _sheets(change: PartDifference) -> None:
    kept = [
        [sheet for sheet in root.iter(main("sheet"))
         if sheet.get("name", "").casefold() not in change.expected.titles]
        for root in (change.old, change.new)
    ]  # fmt: skip
    compare_children(change, "sheets", Following(), *kept)


def _names(change: PartDifference) -> None:
    olds, news = dict(_named(change.old)), dict(_named(change.new))
    how, expected = change.following, change.expected
    free = expected.has_child(change.part, "definedNames")
    for key in {**olds, **news}:
        old, new = olds.get(key), news.get(key)
        if key[1].casefold() in expected.titles or (free and old is None):
            continue
        if old is not None and new is not None and expected.has_name(*key):
            continue
        if old is None or new is None or difference(old, new, how) is not None:
            raise change.unexpected(f"le nom défini « {key[0]} »")


def _named(root: Element) -> Iterator[tuple[tuple[str, str], Element]]:
    titles = [sheet.get("name", "") for sheet in root.iter(main("sheet"))]
    for defined in root.iter(main("definedName")):
        text = defined.attrib.pop("localSheetId", "")
        number = number_of(text)
        known = number is not None and number < len(titles)
        yield (defined.get("name", ""), titles[number or 0] if known else text), defined


def notes(change: PartDifference) -> None:
    """Check that the other notes are as they were. Raises: UnexpectedChange."""
    how, expected = change.following, change.expected.notes_of(change.part, change.sheet).single
    olds = [note for note in _comments(change.old) if _moved(note, how) not in expected]
    news: list[Element] = []
    if change.part in change.after:
        change.same_root()
        news = [
            note for note in _comments(change.new) if _position(note.get("ref")) not in expected
        ]
    found = among(olds, news, how)
    if found is not None:
        holder = next(found.iterancestors(main("comment")), found)
        raise change.unexpected(f"la note {holder.get('ref')}")


def _comments(root: Element) -> list[Element]:
    authors = [author.text or "" for author in root.iter(main("author"))]
    found = list(root.iter(main("comment")))
    for comment in found:
        number = number_of(comment.get("authorId"))
        if number is not None and number < len(authors):
            comment.set("authorId", authors[number])  # the list of authors may change, not he
    return found


def _position(ref: str | None) -> CellPosition | None:
    try:
        return cell_of(ref or "")
    except ValueError:
        return None


def _moved(comment: Element, how: Following) -> CellPosition | None:
    return _after(_position(comment.get("ref")), how)


def _after(position: CellPosition | None, how: Following) -> CellPosition | None:
    moved = how.areas(address(*position)) if position else []
    return (moved[0].top, moved[0].left) if moved else None


def note_shapes(change: PartDifference) -> None:
    """Check that the shapes of the other notes, and the controls, are as they were.

    The part is compared as bytes: some writers make it ill-formed. Raises: UnexpectedChange.
    """
    parts = {part for package in (change.before, change.after)
             for part in package.related(change.sheet, "comments")}  # fmt: skip
    expected = set().union(*(change.expected.notes_of(part, change.sheet).single for part in parts))
    olds, how = change.before.content(change.part), change.following
    news = iter(_shapes(change.after.content(change.part), how))
    for position, shape in _shapes(olds, how):
        at = _after(position, how)
        if (position and at is None) or at in expected:
            continue
        kept = next((other for other in news if other[0] not in expected), None)
        if kept != (at, shape):
            raise change.unexpected(f"le cadre de {address(*position)}" if position else "un cadre")
    if any(position not in expected for position, _ in news):
        raise change.unexpected("un cadre")


def _shapes(content: bytes, how: Following) -> Iterator[tuple[CellPosition | None, bytes]]:
    for shape in _SHAPE.split(content)[1:]:
        end = shape.rfind(b"shape>")
        shape = shape[: end + 6] if end > 0 else shape
        found = {key: int(value) + 1 for key, value in _IN_NOTE.findall(shape)}
        noted = b"Note" in shape and len(found) == 2
        position = (found[b"Row"], found[b"Column"]) if noted else None
        yield position, _ON_ROWS.sub(rb"\1", shape) if how.shifts else shape


def others(change: PartDifference) -> None:
    """Check that a part changed as the rows that moved ask, and no more. Raises: UnexpectedChange.

    The children expected to change apart: those may be added to, and have other priorities.
    """
    expected, how = change.expected, change.following
    if not expected.moves and not expected.has_children(change.part):
        raise change.unexpected()
    try:
        olds, news = by_tag(change.old), by_tag(change.new)
    except PatchError:
        raise change.unexpected() from None
    for tag in {**olds, **news}:
        if expected.has_child(change.part, tag):
            asked = how.adapted(adding=True, free=frozenset({"priority"}))
            compare_children(change, tag, asked, olds.get(tag, []), news.get(tag, []))
            for root, known in ((change.old, olds), (change.new, news)):
                for child in known.get(tag, []):
                    root.remove(child)
    found = difference(change.old, change.new, how)
    if found is not None:
        raise change.unexpected(f"l’élément « {local(found)} »")
