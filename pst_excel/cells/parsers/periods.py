"""How a period is read: its last day, the one after which one is late."""

from __future__ import annotations

import calendar
import datetime as dt

from pst_excel.cells.parsers.days import (
    DAY_FORMS,
    MONTH,
    MONTHS,
    SHORT,
    TO,
    YEAR,
    day,
    matching,
    on,
)
from pst_excel.cells.parsers.patterns import Context, Literal, Pattern, Read, Understood
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value, is_number

_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("premier premiere i", "deuxieme second seconde ii", "troisieme iii",
         "quatrieme dernier derniere iv"), start=1,
    )
    for word in words.split()
}  # fmt: skip


def _end(year: str | int, month: int) -> dt.date | None:
    number = int(year) + (2000 if int(year) < 100 else 0)
    return day(number, month, calendar.monthrange(number, month)[1])


HALF = "début ou milieu d’une période"
_FIN = r"(?:(?:la )?fin (?:de |du |d'|de l')?|courant |en |au |du |mois de )?"
MONTH_FORMS = (
    matching(rf"{_FIN}{MONTH}{TO}?{SHORT}", lambda m: _end(m[2], MONTHS[m[1]])),
    matching(rf"{_FIN}(0?[1-9]|1[0-2])[/.-]{YEAR}", lambda m: _end(m[2], int(m[1]))),
    matching(rf"{YEAR}[/-](0[1-9]|1[0-2])", lambda m: _end(m[1], int(m[2]))),
)
_WORDS = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_ORDER = rf"([1-4]|{_WORDS})(?: ?(?:er|ere|re|e|eme|ieme|nd|nde|d|de|°))?"
_OF = r"(?: de l'(?:annee|exercice)| de| d'|[ ,]*+)[ /-]*"


def _part(months: int, letters: str, word: str) -> tuple[Literal, ...]:
    """Return the readings of a part of the year: T3 2027, 2027-T3, 3e trimestre 2027."""

    def last(year: str, rank: str) -> dt.date | None:
        month = months * (_ORDINALS[rank] if rank in _ORDINALS else int(rank))
        if rank.startswith("dernier"):
            month = 12
        return _end(year, month) if month <= 12 else None

    letter = rf"(?:{letters})"
    ranked = rf"(?:le )?{_ORDER} {word}\.?"
    return (
        matching(rf"{_FIN}{letter} ?([1-4]){_OF}{YEAR}", lambda m: last(m[2], m[1])),
        matching(rf"{_FIN}([1-4]) ?{letter}[ /-]*{YEAR}", lambda m: last(m[2], m[1])),
        matching(rf"{YEAR}[ /-]*{letter} ?([1-4])", lambda m: last(m[1], m[2])),
        matching(rf"{_FIN}{ranked}{_OF}{SHORT}", lambda m: last(m[2], m[1])),
        matching(rf"{YEAR}[ ,:/(-]+{ranked}\)?", lambda m: last(m[1], m[2])),
    )


_QUARTERS = _part(3, "t|q|trim|trimestre", "trim(?:estre)?")
_HALFYEARS = _part(6, "s|sem|semestre", "(?:sem(?:estre)?|moitie)")


_THIRDS = _part(4, "quadrimestre", "quadri(?:mestre)?")


def _any(*reads: Read) -> Read:
    def first(cell: RawCell, context: Context) -> Value | Understood:
        return next((value for form in reads if (value := form(cell, context)) is not None), None)

    return first


_year_text = matching(
    rf"(?:(?:la )?fin (?:de |d'|de l')?|courant (?:de )?|en |exercice |annee |(?:a l')?horizon )*"
    rf"{YEAR}",
    lambda m: day(m[1], 12, 31),
)


def _whole_year(cell: RawCell, context: Context) -> Value:
    if is_number(cell) and 1990 <= cell <= 2100 and float(cell).is_integer():
        return dt.date(int(cell), 12, 31)
    return _year_text(cell, context)


_half = _any(
    matching(rf"mi[ -]{YEAR}|milieu (?:de )?{YEAR}", lambda m: day(m[1] or m[2], 6, 30)),
    matching(rf"debut (?:de )?{YEAR}", lambda m: day(m[1], 3, 31)),
    matching(rf"mi[ -]{MONTH} {YEAR}", lambda m: day(m[2], MONTHS[m[1]], 15)),
)
_span = matching(
    rf"(?:de |entre )?{YEAR} ?(?:-|/|a|et) ?{YEAR}",
    lambda m: day(m[2], 12, 31) if int(m[2]) > int(m[1]) else None,
)
PERIODS = (
    *DAY_FORMS,
    Pattern("mois : son dernier jour", Confidence.LIKELY, _any(*MONTH_FORMS),
         (("mars 2026", on(2026, 3, 31)), ("fin mars 2026", on(2026, 3, 31)),
          ("févr. 2028", on(2028, 2, 29)),
          ("03/2026", on(2026, 3, 31)), ("2026-03", on(2026, 3, 31)), ("mars-26", on(2026, 3, 31)),
          ("courant juin 2026", on(2026, 6, 30)))),
    Pattern("trimestre : son dernier jour", Confidence.LIKELY, _any(*_QUARTERS),
         (("T3 2027", on(2027, 9, 30)), ("T1/2026", on(2026, 3, 31)), ("2027-T3", on(2027, 9, 30)),
          ("Q4 2026", on(2026, 12, 31)), ("3e trimestre 2027", on(2027, 9, 30)),
          ("3ème trimestre 2027", on(2027, 9, 30)), ("premier trimestre 2026", on(2026, 3, 31)),
          ("fin du 2e trimestre 2026", on(2026, 6, 30)), ("1er trim. 2026", on(2026, 3, 31)),
          ("2027, 1er trimestre", on(2027, 3, 31)), ("IIIe trimestre 2027", on(2027, 9, 30)),
          ("1er trimestre de l’année 2027", on(2027, 3, 31)))),
    Pattern("quadrimestre : son dernier jour", Confidence.LIKELY, _any(*_THIRDS),
         (("1er quadrimestre 2027", on(2027, 4, 30)), ("fin du 2e quadri 2027", on(2027, 8, 31)))),
    Pattern("semestre : son dernier jour", Confidence.LIKELY, _any(*_HALFYEARS),
         (("S2 2025", on(2025, 12, 31)), ("S1-2026", on(2026, 6, 30)),
          ("2e semestre 2025", on(2025, 12, 31)),
          ("1 er semestre 2016", on(2016, 6, 30)), ("second semestre 2025", on(2025, 12, 31)),
          ("1 e sem. 2027", on(2027, 6, 30)), ("fin du premier semestre 2027", on(2027, 6, 30)),
          ("première moitié de 2027", on(2027, 6, 30)))),
    Pattern("année : son dernier jour", Confidence.LIKELY, _whole_year,
         (("2026", on(2026, 12, 31)), (2026, on(2026, 12, 31)), ("fin 2026", on(2026, 12, 31)),
          ("Fin d’année 2026", on(2026, 12, 31)), ("courant 2026", on(2026, 12, 31)),
          ("en 2027", on(2027, 12, 31)), ("horizon 2030", on(2030, 12, 31)))),
    Pattern(HALF, Confidence.TO_CONFIRM, _half,
         (("mi-2026", on(2026, 6, 30)), ("début 2026", on(2026, 3, 31)),
          ("mi-mars 2026", on(2026, 3, 15)))),
    Pattern("période de plusieurs années : son dernier jour", Confidence.TO_CONFIRM, _span,
         (("2025-2026", on(2026, 12, 31)), ("de 2025 à 2027", on(2027, 12, 31)),
          ("2025/2027", on(2027, 12, 31)))),
)  # fmt: skip
