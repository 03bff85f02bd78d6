"""Which message a cell that was not read literally deserves, and what messages say of a column."""

from __future__ import annotations

from pst_excel.cells.grid import ErrorCell, ImageCell, UncalculatedCell
from pst_excel.cells.parsing import IN_WORDS
from pst_excel.cells.readings import (
    IMPLAUSIBLE,
    NO_LEGISLATURE,
    NO_VALUE,
    Confidence,
    Reading,
)
from pst_excel.model.plausible import expected
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.terms import Terms, filled
from pst_excel.model.words.wording import listed, number, plain

_UNREAD = {
    ErrorCell.rule: "V07", UncalculatedCell.rule: "V08", ImageCell.rule: "V10",
    IMPLAUSIBLE: "V12", NO_LEGISLATURE: "V13",
}  # fmt: skip


def message_of(reading: Reading, column: Column) -> str:
    """Return the message that a reading deserves, none where nobody needs to look at the cell."""
    if reading.confidence is Confidence.NONE:
        return _UNREAD.get(reading.rule, "V02")
    if reading.confidence is Confidence.TO_CONFIRM:
        return "V06"
    if reading.understood == NO_VALUE:
        required = column.need is Need.REQUIRED and column.default is None
        return "V09" if required else ""
    return ""


def as_read(reading: Reading | None, value: str) -> str:
    """Return what a finding says was read: what the cell holds where its value is not certain."""
    if reading is None or value == reading.read:
        return value
    if reading.understood == NO_VALUE:
        return reading.read
    return value if reading.confidence is Confidence.SURE else f"{reading.read} (compris : {value})"


def column_words(column: Column, terms: Terms) -> dict[str, str]:
    """Return what a message may say of a column to an institution."""
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
    example = filled(f", par exemple « {column.example} »", terms) if column.example else ""
    return {
        "label": column.label,
        "wanted": shown or f"{kind}{example}",
        "kind": kind,
        "choices": f"{shown}, …" if len(labels) > 8 else shown,
        "bounds": f"un nombre {bounds}" if bounds else "",
        "plausible": expected(column),
        "longest": "",
        "limit": number(column.max_length or 0),
        "guess": "",
        "meanwhile": f" En attendant, {column.meanwhile}." if column.meanwhile else "",
        "read": "",
        "understood": "",
        "reading": "",
    }
