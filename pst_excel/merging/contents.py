"""What a cell holds when plans are merged: a value, a text not understood, or named records.

A cell that names records holds them by their ids, so that it follows them when a code changes.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from pst_excel.cells.long_texts import alike
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell, as_text, is_date, is_number
from pst_excel.model.schema import SEPARATOR, Sheet
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import say
from pst_excel.returns.shared_rows import LOCAL as LOCAL

WHOLE = 10**9  # a value set aside is said whole: a cell that cannot hold it says that it is cut


@dataclass(frozen=True)
class Unread:
    """A text that somebody wrote and that was not understood."""

    text: str
    reading: Reading | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Piece:
    """A record that a cell names: its sheet and id; only a text where no record has that code."""

    sheet: str
    id: str
    text: str = field(compare=False)


@dataclass(frozen=True)
class Linked:
    """The records that a cell names, in its order."""

    pieces: tuple[Piece, ...]


Content: TypeAlias = RawCell | Unread | Linked
Rename = Callable[[str, str], str | None]
"""The code that a record has now, by its sheet and id; None where there is no such record."""


def relinked(content: Content, ids: Mapping[tuple[str, str], str]) -> Content:
    """Return a content that names records by other ids, by sheet and id; others stay."""
    if not ids or not isinstance(content, Linked):
        return content
    named = (replace(p, id=ids.get((p.sheet, p.id), p.id)) for p in content.pieces)
    return Linked(tuple(named))


def blank(content: Content) -> bool:
    """Tell whether a cell holds nothing."""
    return content is None or content == ""


def same(one: Content, other: Content) -> bool:
    """Tell whether two contents say the same; blanks are alike, and a text with what fits of it."""
    return one == other or (blank(one) and blank(other)) or alike(one, other)


def plain(content: Content, rename: Rename | None = None) -> RawCell:
    """Return what a cell holds as a value or a text, named records by the codes they have now."""
    if isinstance(content, Unread):
        return content.text
    if isinstance(content, Linked):
        named = ((rename(p.sheet, p.id) if rename and p.sheet else None) or p.text
                 for p in content.pieces)  # fmt: skip
        return SEPARATOR.join(named)
    return content


def said(content: Content, sheet: Sheet, field: str, rename: Rename | None = None) -> str:
    """Say what a cell holds, whole, as messages do."""
    kind = (
        sheet[field].kind if field in sheet and not isinstance(content, Unread | Linked) else None
    )
    return say(plain(content, rename), kind, WHOLE)


def label_of(sheet: Sheet, field: str) -> str:
    """Return the heading of a field as people see it."""
    return sheet[field].label if field in sheet else field.removeprefix(LOCAL)


def fits(content: Content, sheet: Sheet, field: str) -> bool:
    """Tell whether a field may hold a content: of the kind of its column, of people's own any."""
    value = plain(content)
    if blank(value):
        return True
    if field in sheet and not (sheet[field].many or sheet[field].kind.is_text):
        return is_date(value) if sheet[field].kind is Kind.DATE else _finite(value)
    if is_number(value):
        return field not in sheet and _finite(value)
    return isinstance(value, str) or field not in sheet


def _finite(value: RawCell) -> bool:
    return is_number(value) and math.isfinite(value)


def packed(content: Content) -> Any:
    """Return a cell's content in a form that JSON holds; `unpacked` gives it back."""
    if isinstance(content, Unread):
        return {"text": content.text}
    if isinstance(content, Linked):
        return {"links": [[p.sheet, p.id, p.text] for p in content.pieces]}
    if isinstance(content, dt.datetime):
        return {"moment": content.isoformat()}
    if isinstance(content, dt.date):
        return {"date": content.isoformat()}
    if content is None or isinstance(content, str | bool | int | float):
        return content
    return as_text(content)


def unpacked(form: Any) -> Content:
    """Return the content that JSON holds. Raises: ValueError for what `packed` never gives."""
    if not isinstance(form, dict):
        if form is None or isinstance(form, str | bool | int | float):
            return form
        raise ValueError("no content has this form")
    try:
        ((kind, held),) = form.items()
        if kind == "links":
            return Linked(tuple(Piece(*map(str, piece)) for piece in held))
        makers: dict[str, Callable[[str], Content]] = {
            "text": Unread, "moment": _moment, "date": dt.date.fromisoformat,
        }  # fmt: skip
        return makers[kind](str(held))
    except (KeyError, TypeError) as error:
        raise ValueError("no content has this form") from error


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError("no cell holds a moment of a time zone")
    return moment


def as_json(form: Any) -> str:
    """Return a form as compact JSON, the same for the same form."""
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
