"""The patcher checks itself: a file that was made differs by what was asked, and no more.

Sources: ECMA-376 part 2 (parts, relations, content types).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from urllib.parse import unquote

from pst_excel.ooxml.errors import PatchError, UnexpectedChange
from pst_excel.ooxml.package.names import R_ID, TYPES, main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.package.parts import CONTENT_TYPES, Relation
from pst_excel.ooxml.proof import parts
from pst_excel.ooxml.proof.expected_changes import ExpectedChanges
from pst_excel.ooxml.proof.parts import PartDifference, unexpected
from pst_excel.ooxml.proof.sheet import worksheet

COMPARISONS: dict[str, Callable[[PartDifference], None]] = {
    "officeDocument": parts.workbook,
    "worksheet": worksheet,
    "styles": parts.styles,
    "sharedStrings": parts.untouchable,
    "comments": parts.notes,
    "vmlDrawing": parts.note_shapes,
}
"""How a part that changed is compared, by the kind of relation that leads to it."""
FOLLOWING = frozenset({
    "officeDocument", "worksheet", "comments", "threadedComment", "vmlDrawing", "drawing", "chart",
    "chartEx", "table", "tableSingleCells", "namedSheetView", "pivotCacheDefinition", "pivotTable",
    "ctrlProp",
})  # fmt: skip
"""The kinds of parts that refer to cells: one that is as it was may have had to follow rows."""
_NOTES = ("comments", "vmlDrawing")
_RELS = ".rels"
_ESCAPED = re.compile(r"[^\w .-]")


def prove(original: bytes, patched: bytes, expected: ExpectedChanges) -> None:
    """Check that a file made from a workbook differs from it by the expected changes only.

    Raises: UnexpectedChange, whose sentence names what differs.
    """
    try:
        _Proof(Package(original), Package(patched), expected).run()
    except UnexpectedChange:
        raise
    except PatchError as error:
        raise UnexpectedChange(f"le fichier produit ne se relit pas : {error}") from error


class _Parts:
    """The parts of one of the two packages: what leads to each, and to which sheet it belongs."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.links: dict[str, list[Relation]] = {
            package.name(source): package.relations(source)
            for source in map(_source, filter(_is_rels, package.names()))
        }
        self.kinds = {
            relation.target: relation.kind
            for source in self.links for relation in self.links[source] if not relation.external
        }  # fmt: skip
        book = package.workbook
        targets = {relation.id: relation.target for relation in self.links.get(book, [])}
        self.sheets = {
            targets[sheet.get(R_ID, "")]: sheet.get("name", "")
            for sheet in package.tree(book).iter(main("sheet")) if sheet.get(R_ID, "") in targets
        }  # fmt: skip
        self.owners = {
            relation.target: sheet
            for sheet in self.sheets for relation in self.links.get(sheet, [])
            if not relation.external
        }  # fmt: skip

    def reached(self, starts: Iterable[str], without: Iterable[str] = ()) -> set[str]:
        """Return the parts that these lead to, themselves too, without passing by some."""
        found, waiting = set(without), list(starts)
        apart = set(found)
        while waiting:
            part = waiting.pop()
            if part not in found:
                found.add(part)
                waiting += [to.target for to in self.links.get(part, []) if not to.external]
        return found - apart

    def owned(self, titles: set[str]) -> set[str]:
        """Return the parts that the sheets of these titles alone lead to, themselves too."""
        own = [part for part, title in self.sheets.items() if title.casefold() in titles]
        return self.reached(own) - self.reached([""], own) if own else set()


def _called(source: str) -> str:
    return f"« {source} »" if source else "tout le fichier"


def _needle(title: str) -> bytes:
    """Return what a part that names a sheet holds, whatever the escapes and quotes."""
    return max(_ESCAPED.split(title), key=len).encode()


def _is_rels(name: str) -> bool:
    name = name.lower()
    return name.endswith(_RELS) and posixpath.basename(posixpath.dirname(name)) == "_rels"


def _source(rels: str) -> str:
    """Return the part whose relations a part holds: the inverse of `rels_of`."""
    folder, base = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), base[: -len(_RELS)])


class _Proof:
    def __init__(self, before: Package, after: Package, expected: ExpectedChanges) -> None:
        self.before, self.after, self.expected = before, after, expected
        self.old, self.new = _Parts(before), _Parts(after)
        self.left = self.old.owned(expected.titles)
        self.come = self.new.owned(expected.titles)

    def run(self) -> None:
        kept = [name for name in self.before.names() if name in self.after.entries]
        if kept != [name for name in self.after.names() if name in self.before.entries]:
            raise UnexpectedChange("l’ordre des parties change sans que ce soit demandé")
        for name in self.before.names():
            if name not in self.after.entries:
                self._gone(name)
            elif self.before.entries[name] != self.after.entries[name]:
                self._changed(name)
            elif self.expected.moves:
                self._left_behind(name)
        for name in self.after.names():
            if name not in self.before.entries and name not in self.allowed:
                raise unexpected(f"la partie « {name} », ajoutée,")
        self._types()
        self._relations()

    @cached_property
    def allowed(self) -> set[str]:
        """The parts that may be new, or be others than they were."""
        fresh = [name for name in self.after.names() if name not in self.before.entries]
        asked = self.new.reached(name for name in fresh if self.expected.has_part(name))
        if not any(kind == "styles" for kind in self.old.kinds.values()):
            asked |= {part for part, kind in self.new.kinds.items() if kind == "styles"}
        asked = self.come | {name for name in asked if name not in self.before.entries}
        asked &= self.new.reached([""])
        holding = {name for name in fresh if _is_rels(name)}
        return asked | {name for name in holding if self._may_hold(_source(name), asked)}

    def _may_hold(self, source: str, asked: set[str]) -> bool:
        return source in asked or source in self.after  # its relations are compared one by one

    def _gone(self, name: str) -> None:
        if _is_rels(name) or name in self.left:
            return
        if not self.expected.has_part(name):
            raise unexpected(f"la partie « {name} », perdue,")
        if self.old.kinds.get(name) == "comments":
            parts.notes(self._change(name))

    def _change(self, name: str) -> PartDifference:
        sheet = self.old.owners.get(name, "")
        title = self.old.sheets.get(name) or self.old.sheets.get(sheet, "")
        return PartDifference(name, self.before, self.after, self.expected, title, sheet)

    def _changed(self, name: str) -> None:
        old, new = self.before.entries[name], self.after.entries[name]
        same = (old.size, old.checksum) == (new.size, new.checksum)
        if same and old.inflated() == new.inflated():
            raise unexpected(f"la compression de « {name} »")
        if _is_rels(name) or name.lower() == CONTENT_TYPES.lower() or name in self.left | self.come:
            return
        kind = self.old.kinds.get(name, "")
        if self.expected.has_part(name) and kind not in _NOTES:
            return
        COMPARISONS.get(kind, parts.others)(self._change(name))

    def _left_behind(self, name: str) -> None:
        kind, change = self.old.kinds.get(name, ""), self._change(name)
        if kind not in FOLLOWING or name in self.left or self.expected.has_part(name):
            return
        titles = {shift.title for shift in self.expected.shifts}
        content = self.before.content(name)
        if change.title in titles or any(_needle(title) in content for title in titles):
            COMPARISONS.get(kind, parts.others)(change)

    def _relations(self) -> None:
        for source in {**self.old.links, **self.new.links}:
            old, new = self.old.links.get(source, []), self.new.links.get(source, [])
            if source in self.before and source not in self.after and new:
                raise UnexpectedChange(f"{_called(source)} a disparu en laissant ses relations")
            for relation in new:
                lost = not relation.external and relation.target not in self.after
                if lost and (relation not in old or relation.target in self.before):
                    raise UnexpectedChange(
                        f"{_called(source)} renvoie à « {relation.target} », qui n’existe pas"
                    )
            if old == new or source in self.left or source in self.come:
                continue
            if len({relation.id for relation in new}) < len(new) > len(old):
                raise UnexpectedChange(f"deux relations de « {source} » ont le même nom")
            for relation in old:
                if relation not in new and not self._may_lose(source, relation):
                    raise unexpected(f"la relation {relation.id} de {_called(source)}, perdue,")
            for relation in new:
                if relation not in old and not self._may_gain(source, relation):
                    raise unexpected(f"la relation {relation.id} de {_called(source)}, ajoutée,")

    def _may_lose(self, source: str, relation: Relation) -> bool:
        if source not in self.after:
            return True
        if relation.external:
            return relation.kind == "hyperlink" and any(
                move.count < 0 and part == source.lower() for part, move in self.expected.moves
            )
        return relation.target in self.left or self.expected.has_part(relation.target)

    def _may_gain(self, source: str, relation: Relation) -> bool:
        if source in self.allowed:
            return True
        if relation.external:
            return self.expected.has_child(source, "hyperlinks") and relation.kind == "hyperlink"
        return relation.target in self.allowed or self.expected.has_part(relation.target)

    def _types(self) -> None:
        old, new = _types_of(self.before), _types_of(self.after)
        used = {name.rpartition(".")[2].lower() for name in self.after.names()}
        for key, content_type in old.items():
            if key not in new and not key.startswith("/") and key not in used:
                continue
            name = self.before.name(key.lstrip("/"))
            if key.startswith("/") and key not in new and name not in self.after.entries:
                continue  # the part is gone: whether it may be was judged before
            if new.get(key) != content_type and not self._may_retype(key, name):
                raise unexpected(f"le type de contenu de « {name} »")
        for name in self.after.names():
            content_type = _type_of(new, name)
            if not content_type and _type_of(old, name) == content_type and name in self.before:
                continue
            if not content_type:
                raise UnexpectedChange(f"la partie « {name} » n’a pas de type de contenu")
        for key in new.keys() - old.keys():
            name = self.after.name(key.lstrip("/"))
            if key.startswith("/") and name not in self.allowed and not self._may_retype(key, name):
                raise unexpected(f"le type de contenu de « {name} »")

    def _may_retype(self, key: str, name: str) -> bool:
        if not key.startswith("/"):
            return False
        if _is_rels(name):  # some programs tell the type of each part of relations
            name = self.after.name(_source(name))
        return name in self.left or name in self.come or self.expected.has_part(name)


def _types_of(package: Package) -> dict[str, str]:
    """Return the content types told: by `/name` of a part, or by the extension of a file."""
    found: dict[str, str] = {}
    for element in package.tree(CONTENT_TYPES).iter(f"{{{TYPES}}}Default", f"{{{TYPES}}}Override"):
        key = element.get("Extension") or unquote(element.get("PartName", ""))
        found.setdefault(key.lower(), element.get("ContentType", ""))
    return found


def _type_of(types: dict[str, str], name: str) -> str:
    return types.get(f"/{name.lower()}") or types.get(name.rpartition(".")[2].lower(), "")
