"""The ways of writing a number that all numeric kinds share: thousands, euros, signs, units."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from pst_excel.cells.parsers.patterns import Context, Pattern, Read, Understood, understand
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind
from pst_excel.text.spelling import fold

_LONGEST = 64
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-"})
_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_THOUSANDS = re.compile(
    r"([+-]?[1-9][0-9]{0,2}(?:(?: [0-9]{3})+|(?:['’][0-9]{3})+))(?:[.,]([0-9]+))?"
    r"|([+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)"
    r"|([+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})"
)
_ENGLISH = re.compile(
    r"([+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)|([+-]?[1-9][0-9]{0,2}(?:,[0-9]{3}){2,})"
)
_ONE_MARK = re.compile(r"([+-]?[1-9][0-9]{0,2})([.,])([0-9]{3})")
_DISPLAYED = re.compile(r"([+-]?[0-9](?:[.,][0-9]+)?)[Ee]([+-][0-9]{2,3})")
_SPACED = re.compile(r"([+-]) (?=[0-9])")


def texted(cell: RawCell) -> str:
    """Return a text without space after its sign, its minus a plain one; empty for another cell.

    No number is long: one that is undressed again and again would be.
    """
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return ""
    return _SPACED.sub(r"\1", cell.translate(_MINUS))


def plain(cell: RawCell, context: Context) -> Value:
    """Return the number that a text is, a mark of decimals at most; None for another text."""
    text = texted(cell)
    if not _PLAIN.fullmatch(text):
        return None
    if _ONE_MARK.fullmatch(text) and (context.column.kind in _COUNTED or "." in text):
        return None
    return float(text.replace(",", "."))


def _grouped(cell: RawCell, context: Context) -> Value:
    match = _THOUSANDS.fullmatch(texted(cell))
    if match is None:
        return None
    spaced, decimals, dotted, cents, long = match.groups()
    whole = re.sub(r"[ .'’]", "", spaced or dotted or long)
    return float(f"{whole}.{decimals or cents or 0}")


def _english(cell: RawCell, context: Context) -> Value:
    match = _ENGLISH.fullmatch(texted(cell))
    return float(match[0].replace(",", "")) if match else None


def _grouping(cell: RawCell, context: Context) -> Value:
    """Return a number of one mark and three figures that can be thousands alone.

    What is counted in whole units has no decimals; else the other numbers of the column tell.
    """
    match = _ONE_MARK.fullmatch(texted(cell))
    if match is None:
        return None
    whole = context.column.kind is Kind.INTEGER and match[2] == "."
    return float(match[1] + match[3]) if whole or context.habits.groups(match[2]) else None


def _parting(cell: RawCell, context: Context) -> Value:
    """Return a number of one mark and three figures where that mark is one of decimals."""
    match = _ONE_MARK.fullmatch(texted(cell))
    if match is None or context.column.kind in _COUNTED or not context.habits.parts(match[2]):
        return None
    return float(f"{match[1]}.{match[3]}")


def _one_mark(cell: RawCell, context: Context) -> Value:
    match = _ONE_MARK.fullmatch(texted(cell))
    return float(match[1] + match[3]) if match else None


def _displayed(cell: RawCell, context: Context) -> Value:
    match = _DISPLAYED.fullmatch(texted(cell))
    return float(f"{match[1].replace(',', '.')}e{match[2]}") if match else None


_COUNTED = (Kind.AMOUNT, Kind.INTEGER)
"""Kinds whose values hardly have three decimals: one mark and three digits may be thousands."""

_WRITTEN = (
    Pattern("nombre écrit en texte", Confidence.SURE, plain,
         (("40", 40), ("12,5", 12.5), ("12.5", 12.5), ("-3", -3), ("+4", 4), ("−7", -7),
          ("- 3", -3), ("007", 7))),
    Pattern("milliers séparés", Confidence.SURE, _grouped,
         (("12 500", 12_500), ("1 234 567", 1_234_567), ("12 500,00", 12_500),
          ("12 500.50", 12_500.5), ("12\u00a0500", 12_500), ("12\u202f500,25", 12_500.25),
          ("12\u2009500", 12_500), ("12.500,00", 12_500), ("1.234.567", 1_234_567),
          ("1'250,75", 1250.75), ("12’500", 12_500))),
    Pattern("écriture anglaise", Confidence.LIKELY, _english,
         (("12,500.00", 12_500), ("1,234,567", 1_234_567), ("1,234,567.89", 1_234_567.89))),
    Pattern("point ou virgule des milliers", Confidence.LIKELY, _grouping, (("12.500", 12_500),),
         Column("x", "X", Kind.INTEGER, "")),
    Pattern("point des décimales, comme dans la colonne", Confidence.LIKELY, _parting, ()),
    Pattern("virgule ou point, milliers ou décimales ?", Confidence.TO_CONFIRM, _one_mark,
         (("12,500", 12_500), ("20,143", 20_143), ("1.234", 1_234), ("12.500 €", 12_500)),
         Column("x", "X", Kind.AMOUNT, "")),
    Pattern("nombre tel qu’Excel l’affiche", Confidence.LIKELY, _displayed,
         (("1,25E+06", 1_250_000), ("2E+05", 200_000))),
)  # fmt: skip


Inside = Callable[[str], str | None]


def _dressed(*patterns: str) -> Inside:
    """Return what reads the number that stands inside a dressing, its sign or multiple applied."""
    compiled = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]

    def inside(text: str) -> str | None:
        for pattern in compiled:
            if match := pattern.fullmatch(text):
                return next(group for group in match.groups() if group is not None)
        return None

    return inside


def _undressed(inside: Inside, factor: float) -> Read:
    """Return a form's reading: what is inside a dressing, by the other forms, times a factor."""

    def read(cell: RawCell, context: Context) -> Value | Understood:
        text = inside(texted(cell))
        found = understand(text, NUMBERS, context) if text else None
        if found is None or not isinstance(found.value, float):
            return None
        return found._replace(value=round(found.value * factor, 6) + 0.0)

    return read


_EURO = r"(?:€|EUR|EUROS?)"
_currency = _dressed(rf"(.+?) ?{_EURO}\.?", rf"{_EURO} ?(.+)")
_percent_sign = _dressed(r"(.+?) ?(?:%|pour ?cents?|p\.c\.)")
_without_cents = _dressed(rf"(?:{_EURO} ?)?(.+?),-{{1,2}}(?: ?{_EURO})?")
_taxed = _dressed(r"(.+?) ?(?:TVAC|HTVA|TTC|HT|hors TVA|TVA comprise)")
_parentheses = _dressed(r"\( ?(.+?) ?\)", rf"\( ?(.+?) ?\) ?{_EURO}")
_right_minus = _dressed(r"([0-9].*?) ?-")
_thousands = _dressed(rf"(.+?) ?(?:k ?{_EURO}|milliers? d['’]{_EURO}|mille(?: {_EURO})?)")
_millions = _dressed(
    rf"(.+?) ?(?:M ?{_EURO}|mios?(?: {_EURO})?|millions?(?: d['’]?{_EURO}| {_EURO})?)"
)
_billions = _dressed(rf"(.+?) ?(?:Mds? ?{_EURO}|milliards?(?: d['’]?{_EURO}| {_EURO})?)")


def _bare_multiple(cell: RawCell, context: Context) -> Value:
    match = re.fullmatch(r"([0-9]+(?:[.,][0-9]+)?) ?([kKM])", texted(cell))
    if match is None:
        return None
    return round(float(match[1].replace(",", ".")) * (1e6 if match[2] == "M" else 1e3), 6)


def _no_cents(text: str) -> str | None:
    """Return « 12.500,00 » for « 12.500,- »: what stands before the dash is in whole euros."""
    whole = _without_cents(text)
    return f"{whole},00" if whole else None


def _nil(cell: RawCell, context: Context) -> Value:
    return 0.0 if isinstance(cell, str) and fold(cell) in ("neant", "nihil", "zero") else None


def _zero(cell: RawCell, context: Context) -> Value:
    return 0.0 if re.fullmatch(rf"- ?{_EURO}|{_EURO} ?-", texted(cell), re.IGNORECASE) else None


_ABOUT = re.compile(
    r"environ|env|approx|approximativement|ca|circa|plus|moins|max|min|maximum|minimum|ou|et|a|de"
)
_UNIT = re.compile(r"(.*?[0-9]) ?([^\W\d_][^\d?!+=<>~()]{0,24})")


def _unit(cell: RawCell, context: Context) -> Value | Understood:
    match = _UNIT.fullmatch(texted(cell))
    if match is None or any(_ABOUT.fullmatch(fold(word)) for word in match[2].split()):
        return None
    return understand(match[1], _WRITTEN, context)


def _own_unit(cell: RawCell, context: Context) -> Value | Understood:
    match = _UNIT.fullmatch(texted(cell))
    own = fold(f"{context.column.label} {context.column.unit}").split()
    return _unit(cell, context) if match and fold(match[2]) in own else None


def _shown_as_date(cell: RawCell, context: Context) -> Value:
    """Return the number of a cell in a date format, where it is no date of our time.

    Serial numbers count from 1900, in whose calendar Excel has a 29 February.
    """
    if isinstance(cell, dt.time):
        cell = dt.datetime.combine(_DAY_ONE, cell)
    elif isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        cell = dt.datetime.combine(cell, dt.time())
    if not isinstance(cell, dt.datetime) or (cell.time() == dt.time() and cell.year in _OURS):
        return None
    days = (cell - dt.datetime.combine(_DAY_ONE, dt.time())) / dt.timedelta(days=1)
    return round(days - (1 < days <= 60), 6)


_DAY_ONE = dt.date(1899, 12, 30)
_OURS = range(1980, 2101)

_DRESSED = (
    Pattern("milliers d’euros", Confidence.SURE, _undressed(_thousands, 1e3),
         (("12 k€", 12_000), ("150 kEUR", 150_000), ("2,5 k €", 2_500),
          ("150 mille euros", 150_000))),
    Pattern("millions", Confidence.SURE, _undressed(_millions, 1e6),
         (("1 M€", 1_000_000), ("1,5 M€", 1_500_000), ("2 mio €", 2_000_000),
          ("1,2 million", 1_200_000),
          ("3 millions d’euros", 3_000_000), ("3 millions d'euros", 3_000_000))),
    Pattern("milliards", Confidence.SURE, _undressed(_billions, 1e9),
         (("1 milliard d’euros", 1_000_000_000), ("1,2 Md€", 1_200_000_000))),
    Pattern("tiret à la place des centimes", Confidence.SURE, _undressed(_no_cents, 1),
         (("12 500,-", 12_500), ("12.500,- €", 12_500), ("€ 12 500,--", 12_500))),
    Pattern("symbole de l’euro", Confidence.SURE, _undressed(_currency, 1),
         (("12 500,00 €", 12_500), ("12500€", 12_500), ("12 500 EUR", 12_500),
          ("€ 12.500,00", 12_500),
          ("12 500 euros", 12_500), ("1 euro", 1), ("12,5 €", 12.5))),
    Pattern("avec ou sans la TVA ?", Confidence.TO_CONFIRM, _undressed(_taxed, 1),
         (("12 500 € TVAC", 12_500), ("12500 HTVA", 12_500), ("12 500 EUR TTC", 12_500),
          ("12 500 € hors TVA", 12_500))),
    Pattern("néant : zéro", Confidence.LIKELY, _nil, (("néant", 0), ("Nihil", 0), ("zéro", 0))),
    Pattern("parenthèses comptables", Confidence.LIKELY, _undressed(_parentheses, -1),
         (("(500)", -500), ("(12 500,00 €)", -12_500), ("(500) €", -500))),
    Pattern("signe moins à droite", Confidence.LIKELY, _undressed(_right_minus, -1),
         (("500-", -500), ("12 500,00 -", -12_500))),
    Pattern("tiret comptable", Confidence.LIKELY, _zero, (("- €", 0), ("-€", 0), ("€ -", 0))),
)  # fmt: skip
MULTIPLE = Pattern("k ou M sans unité", Confidence.LIKELY, _bare_multiple,
                 (("12k", 12_000), ("12 K", 12_000), ("1,5M", 1_500_000)),
                 Column("x", "X", Kind.AMOUNT, ""))  # fmt: skip
PERCENT_SIGN = Pattern(
    "signe % à côté du nombre", Confidence.SURE, _undressed(_percent_sign, 1),
    (("50%", 50), ("50 %", 50), ("12,5 pour cent", 12.5), ("0,5 %", 0.5)),
)  # fmt: skip
WITH_UNIT = (
    Pattern("nombre suivi de son unité", Confidence.SURE, _own_unit, (("3 ETP", 3), ("1 etp", 1)),
         Column("x", "ETP", Kind.NUMBER, "")),
    Pattern("nombre suivi d’un mot", Confidence.TO_CONFIRM, _unit,
         (("12 mètres", 12), ("1 200 m²", 1_200), ("40 h", 40))),
)  # fmt: skip
FROM_DATE = Pattern(
    "nombre montré comme une date", Confidence.TO_CONFIRM, _shown_as_date,
    ((dt.date(1900, 2, 19), 50), (dt.date(1900, 4, 9), 100), (dt.datetime(1900, 1, 1), 1),
     (dt.date(2584, 6, 21), 250_000), (dt.datetime(1934, 3, 22, 12), 12_500.5)),
)  # fmt: skip
NUMBERS = (*_WRITTEN, *_DRESSED)
