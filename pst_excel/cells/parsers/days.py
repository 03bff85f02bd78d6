"""How a day is read, in figures or in letters, and what its readings are made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from pst_excel.cells.parsers.patterns import Context, Literal, Pattern
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value, is_number
from pst_excel.text.spelling import fold

MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier janv jan", "fevrier fevr fev", "mars mar", "avril avr", "mai", "juin",
         "juillet juil", "aout aou", "septembre sept sep", "octobre oct", "novembre nov",
         "decembre dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = rf"({'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
YEAR = r"((?:19|20)[0-9]{2})"
SHORT = r"((?:19|20)[0-9]{2}|[0-9]{2})"
_TIME = r"(?:[ t][0-9]{1,2}[:h][0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?z?)?"
_WEEKDAY = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?(?:le )?"
TO = r"(?:[ /.-]|’|')"


def day(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    """Return a date, its year in two or four figures; None where there is no such day."""
    number = int(year)
    if number < 100 and len(str(year)) < 4:  # the year 1 of a program is no 2001
        number += 2000 if number < 80 else 1900
    try:
        return dt.date(number, int(month), int(day))
    except ValueError:
        return None


def matching(pattern: str, date_of: Callable[[re.Match[str]], Value]) -> Literal:
    """Return a form's reading: a date made of what a pattern finds in the folded text."""
    compiled = re.compile(pattern)

    def read(cell: RawCell, context: Context) -> Value:
        match = compiled.fullmatch(fold(cell)) if isinstance(cell, str) else None
        return date_of(match) if match else None

    return read


_figures = matching(
    rf"{_WEEKDAY}([0-9]{{1,2}}) ?([/. -]) ?([0-9]{{1,2}}) ?\2 ?{SHORT}{_TIME}",
    lambda m: day(m[4], m[3], m[1]),
)
_iso = matching(
    rf"([0-9]{{4}})([/.-])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}", lambda m: day(m[1], m[3], m[4])
)
_letters = matching(
    rf"{_WEEKDAY}([0-9]{{1,2}})(?: ?er)?{TO}{MONTH}{TO}{SHORT}",
    lambda m: day(m[3], MONTHS[m[2]], m[1]),
)
_american = matching(
    rf"([0-9]{{1,2}})/([0-9]{{1,2}})/{YEAR}{_TIME}", lambda m: day(m[3], m[1], m[2])
)


def _in_figures(cell: RawCell, context: Context) -> Value:
    return _figures(cell, context) or _iso(cell, context)


def _serial(cell: RawCell, context: Context) -> Value:
    if isinstance(cell, str):
        # As a text, only a day of this century is likelier than a number.
        first, value = 36_526, float(cell) if re.fullmatch("[0-9]{5}", cell) else 0.0
    else:
        first, value = 20_000, cell if is_number(cell) else 0.0
    if not first <= value <= 80_000:
        return None
    return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))


def on(year: int, month: int, day: int) -> dt.date:
    """Return a date, in the examples."""
    return dt.date(year, month, day)


DAY_FORMS = (
    Pattern("date écrite en texte", Confidence.SURE, _in_figures,
         (("31/12/2026", on(2026, 12, 31)), ("31/12/26", on(2026, 12, 31)),
          ("1/3/2027", on(2027, 3, 1)),
          ("1-3-2027", on(2027, 3, 1)), ("01.03.27", on(2027, 3, 1)),
          ("31 12 2022", on(2022, 12, 31)),
          ("2027-03-01", on(2027, 3, 1)), ("2027/3/1", on(2027, 3, 1)),
          ("2026-12-31T00:00:00", on(2026, 12, 31)), ("31/12/2026 00:00", on(2026, 12, 31)),
          ("31 / 12 / 2026", on(2026, 12, 31)), ("le 31/12/2026", on(2026, 12, 31)))),
    Pattern("date en lettres", Confidence.SURE, _letters,
         (("15 octobre 2026", on(2026, 10, 15)), ("1er mars 2026", on(2026, 3, 1)),
          ("3 AOÛT 2027", on(2027, 8, 3)), ("31 déc. 2026", on(2026, 12, 31)),
          ("31-déc-26", on(2026, 12, 31)), ("jeudi 31 décembre 2026", on(2026, 12, 31)),
          ("le 1 er janvier 2026", on(2026, 1, 1)), ("5 sept 2026", on(2026, 9, 5)))),
    Pattern("date à l’américaine", Confidence.TO_CONFIRM, _american,
         (("12/31/2026", on(2026, 12, 31)), ("3/25/2027", on(2027, 3, 25)))),
    Pattern("date écrite en nombre", Confidence.LIKELY, _serial,
         ((44_197, on(2021, 1, 1)), (46_022.5, on(2025, 12, 31)), ("46022", on(2025, 12, 31)))),
)  # fmt: skip
DAYS = frozenset(form.rule for form in DAY_FORMS)
