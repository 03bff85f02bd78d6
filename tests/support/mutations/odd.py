"""What nobody types, and some do: numbers, dates, texts of each alphabet, references, names."""

from __future__ import annotations

from random import Random
from xml.sax.saxutils import escape

CELL = 32_767  # the longest text of a cell

NUMBERS = (
    "1e308", "-1e308", "1.7976931348623157E+308", "5e-324", "-0", "0", "-1", "0.1", "1e12", "1e15",
    "999999999999", "-999999999999", "1e21", "123456789012345678901234567890", "1900", "1899", "1989",
    "1990", "2024", "2030", "2100", "2101", "9998", "9999", "10000", "1e999", "-1e999", "nan", "inf",
    "2958465", "2958466", "2958465.99999999", "60", "61", "0.5", "1.1", "1.10", "11", "1e-7", "45000",
    "46000.5", "-45000", "4294967296", "9007199254740993", "18446744073709551616", "1_000", "１２", "٣",
)  # fmt: skip
DATES = (
    "0000-00-00", "0001-01-01", "1899-12-31", "1900-02-29", "2026-02-30", "9999-12-31", "10000-01-01",
    "2026-13-01", "2026-10-31T25:61:61", "9999-12-31T23:59:59.999", "-0001-01-01", "2026-10-31",
    "31/12/9999", "01/01/0001", "1/1/1", "T5 2027", "fin 99999", "32/13/2026", "31/12/10000", "juin 0000",
    "mi-9999", "fin de législature 20300", "00/00/0000", "12.2026.31", "99999999/1/1", "été 2²",
)  # fmt: skip
ALPHABETS = (
    "0123456789", ".", "1.", "1-", "-", ";", "; ", "\n", ",", "@", "a@a.", "²", "1²", "٠١٢٣٤٥٦٧٨٩", "１２３", "①",
    "😀", "\u202e", "\u200f\u200e", "e\u0301", "\u0301", "\u00a0", " ", "\t", "é", "œ", "’", "'", '"',
    "«»", "(", ")", "((", "[", "=", "+", "#", "%", "€", "/", "\\", "|", "*", "~", "?", "_x000D_", "_x0041_",
    "A", "aA", "ß", "İ", "ﬁ", "Ω", "中", "\u2028", "\ufeff", "\u200b", "&", "<", ">", "0x", "e", "E+",
    "1.1.1; ", "1;1\n", "http://a.b/", "04/12 34 56 ", "Travaux; ", "M. ", "-1 ", "1 000,00 € ",
)  # fmt: skip
WORDS = (
    "1²1", "1" * 5_000, "٣.١", "１.１", "1.1.1.1.1.1.1.1.1", "1..1", ".1", "1.", "-1", "+1", "=1+1", "@SUM(1)",
    "#REF!", "#N/A", "NaN", "nan", "infini", "inf", "-inf", "1e999", "1e308", "1e400", "0x1F", "1_000", "True",
    "None", "null", "Total", "Sous-total OS 1", "OS 1 : Être", "OO 1.1 - x", "(texte reçu)",
    "Statut (texte reçu)", "2024-2030", "2030-2024", "-3", "5", "9998", "2024.5", "99999.9", "2026.3", "2026.99999",
    "9" * 400, "²", "2026.²", "٢٠٢٦", "1.1.1", "1.1", "1", "1.10", "1.1; 1.1; 1.1", ";", ";;;", "; 1.1", "Oui", "Non",
    "Commune", "CPAS", "Province", "00000", "92951", "92951.0", "999999", "-92951", "Valbruyère", "Travaux", "Finances",
    "Terminé", "terminé ", "TERMINÉ", "En cours", "100 %", "1000 %", "-5%", "%", "50 pc", "1/2", "12 500,00 €",
    "1.234.567,89", "1,234,567.89", "1 000 000 000 000 000 €", "1'000", "a@b.c", "0" * 300 + "1", "x" * 300,
    "\u202eabc", "a\u0301" * 40, "A:\\x", "../../etc", "CON", "a/b", "[1]x!A1", "'", "''", "\u0085",
    "𝟏.𝟏", "½", "௧", "Ⅷ", "1\u00a0000", "1\u202f000", "–5", "−5", "5−", "(5)", "5-", "5e5", "٪", "،",
)  # fmt: skip
REFERENCES = (
    "", "A0", "0", "A", "1", "XFE1", "XFD1048576", "A1048577", "ZZZZZZZZ1", "A99999999999999999999", "a1", "$A$1",
    "A1:A0", "B2:A1", "A1:", ":A1", ":", "A1:B2:C3", "A1 B2", "A1,B2", "A:A", "1:1", "A1:XFD1048576", "BAD", "#REF!",
    "-A1", "A-1", "R1C1", "Feuil1!A1", "'x'!A1", "A１", "A٣", "A²", "É1", "A1.5", "A1\u00a0", " A1", "A1 ", "A5:A5000",
)  # fmt: skip
INTEGERS = (
    "", "-1", "0", "1", "2", "99", "999999", "2147483648", "4294967296", "18446744073709551616", "1.5", "1e3", "x",
    "0x1", "٣", "²", " 1", "1 ", "nan", "9" * 5_000, "-0", "+1", "true", "NaN", "1_0", "１",
)  # fmt: skip
TARGETS = (
    "", "/", ".", "..", "../..", "../../../../../etc/passwd", "/xl/workbook.xml", "workbook.xml", "xl/workbook.xml",
    "sheet1.xml", "worksheets/sheet1.xml", "../worksheets/sheet1.xml", "worksheets/absent.xml", "NULL", "#A1",
    "file:///etc/passwd", "http://a.b/", "\\\\a\\b", "C:\\a.xlsx", "worksheets//sheet1.xml", "./worksheets/sheet2.xml",
    "worksheets/sheet1.xml#x", "worksheets/sheet1.xml?x", "worksheets%2Fsheet1.xml", "%", "é.xml", "../tables/table1.xml",
    "../comments1.xml", "../drawings/drawing1.xml", "../drawings/vmlDrawing1.vml", "a\nb", " x ", "_rels/.rels",
)  # fmt: skip
_EVERY = (NUMBERS, DATES, WORDS)


def text(chance: Random) -> str:
    """Return a word, or a text of one alphabet or of several, now and then as long as may be."""
    kind = chance.random()
    if kind < 0.55:
        return str(chance.choice(chance.choice(_EVERY)))
    if kind < 0.85:
        pieces = chance.sample(ALPHABETS, chance.randint(1, 4))
        return "".join(chance.choice(pieces) for _ in range(chance.randint(1, 60)))[:CELL]
    unit = "".join(chance.sample(ALPHABETS, chance.randint(1, 2)))
    end = chance.choice(("", "!", "x", "é", "@"))
    return (unit * (chance.choice((1_000, 5_000, CELL)) // len(unit)))[: CELL - 1] + end


def attribute(chance: Random, held: str = "") -> str:
    """Return an odd value for an attribute, more often of the kind of the one that it holds."""
    if chance.random() < 0.1:
        return text(chance)[:2_000]
    if held.isdigit() and chance.random() < 0.7:
        return chance.choice((*INTEGERS, str(int(held[:9]) + chance.choice((-1, 1, 1_000)))))
    kinds = (REFERENCES, INTEGERS, TARGETS, WORDS, NUMBERS)
    if ":" in held or held[:1].isupper():
        kinds = (REFERENCES, *kinds)
    return chance.choice(chance.choice(kinds))


def xml(value: str) -> bytes:
    """Return a text as it stands in XML, in an element or an attribute."""
    clean = "".join(c for c in value if c in "\t\n\r" or c >= " ")
    named = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
    return escape(clean, named).encode("utf-8", "replace")
