"""Which message a cell that was not read literally deserves, and what messages say of a column."""

from __future__ import annotations

from string import Formatter

from pst_excel.grids import CellError, Uncalculated
from pst_excel.parsing import IN_WORDS, NO_VALUE, Confidence, Note
from pst_excel.schema import Column, Kind, Need
from pst_excel.wording import listed, number, plain


def message_of(note: Note, column: Column) -> str:
    """Return the message that a note deserves, none where nobody needs to look at the cell."""
    if note.confidence is Confidence.NONE:
        return {CellError.rule: "V07", Uncalculated.rule: "V08"}.get(note.rule, "V02")
    if note.understood == NO_VALUE:
        required = column.need is Need.REQUIRED and column.default is None
        return "V09" if required else ""
    return "V06" if note.confidence is Confidence.TO_CONFIRM else ""


def as_read(note: Note | None, value: str) -> str:
    """Return what a finding says was read: what the cell holds where its value is not certain."""
    if note is None or value == note.read:
        return value
    if note.understood == NO_VALUE:
        return note.read
    return value if note.confidence is Confidence.SURE else f"{note.read} (compris : {value})"


def holes(text: str) -> set[str]:
    """Return the names of the holes of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def facts(column: Column) -> dict[str, str]:
    """Return what a message may say of a column."""
    labels = column.vocabulary.labels if column.vocabulary else ()
    shown = listed(labels[:8], "ou") if labels else ""
    low = plain(column.low) if column.low is not None else ""
    high = plain(column.high) if column.high is not None else ""
    if column.kind is Kind.YEAR:
        low, high = (text.replace("\u202f", "") for text in (low, high))
    bounds = f"entre {low} et {high}" if low and high else f"d’au moins {low}" if low else ""
    kind = IN_WORDS[column.kind]
    if column.many:
        kind += ", ou plusieurs séparés par un point-virgule"
    example = f", par exemple « {column.example} »" if column.example else ""
    return {
        "label": column.label,
        "wanted": shown or f"{kind}{example}",
        "kind": kind,
        "choices": f"{shown}, …" if len(labels) > 8 else shown,
        "bounds": f"un nombre {bounds}" if bounds else "",
        "limit": number(column.max_length or 0),
        "guess": "",
        "read": "",
        "understood": "",
    }
