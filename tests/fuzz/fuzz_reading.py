"""Fuzz the reader with atheris: any input gives a return or one clean refusal, and nothing else.

    pip install -c constraints.txt -e ".[test,fuzz]"
    python tests/fuzz/fuzz_reading.py -max_total_time=3600 CORPUS_FOLDER

Five targets share the input: raw bytes, a workbook with bytes changed, a workbook with the XML of
a part changed, sheets of odd rows, and single cells. A find becomes a test under `tests`.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["pst_excel"]):
    from support import CLEAN, workbook

    from pst_excel.cells.parsing import parse
    from pst_excel.cells.values import Value
    from pst_excel.model.schema import Column
    from pst_excel.pst import PST
    from pst_excel.reading.reader import read_bytes
    from pst_excel.text.errors import UnreadableFile

Fuzz = atheris.FuzzedDataProvider
BASE = workbook(CLEAN)
with zipfile.ZipFile(io.BytesIO(BASE)) as _package:
    PARTS = {name: _package.read(name) for name in _package.namelist()}
NAMES = sorted(PARTS)
COLUMNS = [column for sheet in PST for column in sheet.inputs]
SPELLINGS = {one.key: one.by_spelling for one in PST.vocabularies}
TOKENS = (
    b'<c r="XFD1048576"><v>1</v></c>', b'<row r="1048576">', b"<!DOCTYPE x>", b"<v>", b"</v>",
    b' t="e"', b' t="s"', b' t="d"', b' t="b"', b"<f>1+1</f>", b"<is><t>", b"&#0;", b"&amp;", b"\xff\xfe",
    b'hidden="1"', b'<mergeCell ref="A1:XFD1048576"/>', b'r="A0"', b'r=""', b"-1", b"1E999", b"nan",
)  # fmt: skip
WORDS = [
    *(column.label for column in COLUMNS), *(label for v in PST.vocabularies for label in v.labels),
    "Total", "Sous-total OS 1", "OS 1 : Être une commune", "OO 1.1 - Doubler", "1.1", "1.1.1", "", "x",
    "12 500,00 €", "31/12/26", "fin 2026", "T3 2027", "#REF!", "(texte reçu)", "Statut (texte reçu)",
]  # fmt: skip


def raw(fuzz: Fuzz) -> None:
    """Read bytes that begin as a file of a known kind may."""
    starts = (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"<?xml")
    read(fuzz.PickValueInList(list(starts)) + fuzz.ConsumeBytes(4096))


def changed_bytes(fuzz: Fuzz) -> None:
    """Read a workbook some bytes of which were changed."""
    data = bytearray(BASE)
    for _ in range(fuzz.ConsumeIntInRange(1, 8)):
        data[fuzz.ConsumeIntInRange(0, len(data) - 1)] = fuzz.ConsumeIntInRange(0, 255)
    read(bytes(data))


def changed_part(fuzz: Fuzz) -> None:
    """Read a workbook with the XML of a part changed, its archive in order."""
    name = fuzz.PickValueInList(NAMES)
    part = PARTS[name]
    for _ in range(fuzz.ConsumeIntInRange(1, 4)):
        at = fuzz.ConsumeIntInRange(0, len(part))
        cut = fuzz.ConsumeIntInRange(0, 64)
        new = fuzz.PickValueInList(list(TOKENS)) if fuzz.ConsumeBool() else fuzz.ConsumeBytes(24)
        part = part[:at] + new + part[at + cut :]
    read(archive(PARTS | {name: part}))


def odd_sheet(fuzz: Fuzz) -> None:
    """Read a workbook whose sheets hold rows of headings, totals, sections and anything."""
    sheets = {}
    for _ in range(fuzz.ConsumeIntInRange(1, 3)):
        title = fuzz.PickValueInList(
            [sheet.title for sheet in PST] + ["Feuil1", "Actions (2)", "Bugdet"]
        )
        rows = []
        for _ in range(fuzz.ConsumeIntInRange(0, 12)):
            cells = [word(fuzz) for _ in range(fuzz.ConsumeIntInRange(0, 10))]
            inline = (f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in cells)
            rows.append(f"<row>{''.join(inline)}</row>")
        sheets[title] = "".join(rows)
    read(plain_book(sheets))


def word(fuzz: Fuzz) -> str:
    """Return a word of the template, or a text that no sheet would hold."""
    if fuzz.ConsumeIntInRange(0, 3):
        return str(fuzz.PickValueInList(WORDS))
    text = fuzz.ConsumeUnicodeNoSurrogates(12)
    return "".join(c for c in text if c.isprintable() or c == "\n")


def cell(fuzz: Fuzz) -> None:
    """Parse one cell of any column, tolerant then strict."""
    column = fuzz.PickValueInList(COLUMNS)
    kind = fuzz.ConsumeIntInRange(0, 4)
    held: object = (
        fuzz.ConsumeUnicodeNoSurrogates(60) if kind < 2
        else fuzz.ConsumeRegularFloat() if kind == 2
        else dt.date.fromordinal(fuzz.ConsumeIntInRange(1, 3_000_000)) if kind == 3
        else fuzz.ConsumeBool()
    )  # fmt: skip
    if isinstance(held, str) and fuzz.ConsumeBool():
        held = (held * fuzz.ConsumeIntInRange(1, 3_000))[:32_767]
    for strict in (False, True):
        parsed = parse([held], column, SPELLINGS, strict=strict, last_year=2030)
        typed(parsed.values[0], column)


def typed(value: Value, column: Column) -> None:
    """Require a value of the column's kind, or none."""
    if value is None:
        return
    text = column.many or column.kind.is_text
    expected = str if text else float if column.kind.is_number else dt.date
    assert type(value) is expected, (column.key, value)


def read(data: bytes) -> None:
    """Read bytes: a return, or a refusal with its sentence."""
    try:
        one = read_bytes(data, "fuzz.xlsx", PST)
    except UnreadableFile:
        return
    for key, table in one.tables.items():
        assert all(len(values) == len(table) for values in table.columns.values()), key


def archive(parts: dict[str, bytes]) -> bytes:
    """Return the parts as a package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


def plain_book(sheets: dict[str, str]) -> bytes:
    """Return the smallest workbook that holds rows written as XML, by sheet title."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    listed = "".join(
        f'<sheet name="{title}" sheetId="{at}" r:id="r{at}"/>' for at, title in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="r{at}" Type="{office}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    root = f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}">{root}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{related}</Relationships>',
    } | {
        f"xl/worksheets/sheet{at}.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
        for at, rows in enumerate(sheets.values(), 1)
    }
    return archive({name: text.encode() for name, text in parts.items()})


TARGETS = (raw, changed_bytes, changed_part, odd_sheet, cell)


def one_input(data: bytes) -> None:
    """Give an input to the target that its first byte names."""
    fuzz = Fuzz(data)
    TARGETS[fuzz.ConsumeIntInRange(0, len(TARGETS) - 1)](fuzz)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
