"""How dates are read: in figures, in letters, and periods, which are read as their last day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from pst_excel.cells.parsers.patterns import (
    NOT_KNOWN,
    Context,
    KindReader,
    Literal,
    Pattern,
    Read,
    Understood,
    understand,
)
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value, is_number
from pst_excel.text.spelling import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier janv jan", "fevrier fevr fev", "mars mar", "avril avr", "mai", "juin",
         "juillet juil", "aout aou", "septembre sept sep", "octobre oct", "novembre nov",
         "decembre dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_ORDINALS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4, "dernier": 4}
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"((?:19|20)[0-9]{2})"
_SHORT = r"((?:19|20)[0-9]{2}|[0-9]{2})"
_TIME = r"(?:[ t][0-9]{1,2}[:h][0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?z?)?"
_WEEKDAY = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?(?:le )?"
_TO = r"(?:[ /.-]|’|')"


def _day(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    """Return a date, its year in two or four figures; None where there is no such day."""
    number = int(year)
    if number < 100:
        number += 2000 if number < 80 else 1900
    try:
        return dt.date(number, int(month), int(day))
    except ValueError:
        return None


def _end(year: str | int, month: int) -> dt.date | None:
    number = int(year) + (2000 if int(year) < 100 else 0)
    return _day(number, month, calendar.monthrange(number, month)[1])


def _matching(pattern: str, date_of: Callable[[re.Match[str]], Value]) -> Literal:
    """Return a form's reading: a date made of what a pattern finds in the folded text."""
    compiled = re.compile(pattern)

    def read(cell: RawCell, context: Context) -> Value:
        match = compiled.fullmatch(fold(cell)) if isinstance(cell, str) else None
        return date_of(match) if match else None

    return read


_figures = _matching(
    rf"{_WEEKDAY}([0-9]{{1,2}}) ?([/. -]) ?([0-9]{{1,2}}) ?\2 ?{_SHORT}{_TIME}",
    lambda m: _day(m[4], m[3], m[1]),
)
_iso = _matching(
    rf"([0-9]{{4}})([/.-])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}", lambda m: _day(m[1], m[3], m[4])
)
_letters = _matching(
    rf"{_WEEKDAY}([0-9]{{1,2}})(?: ?er)?{_TO}{_MONTH}{_TO}{_SHORT}",
    lambda m: _day(m[3], _MONTHS[m[2]], m[1]),
)
_american = _matching(
    rf"([0-9]{{1,2}})/([0-9]{{1,2}})/{_YEAR}{_TIME}", lambda m: _day(m[3], m[1], m[2])
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


_FIN = r"(?:(?:la )?fin (?:de |du |d'|de l')?|courant |en |au |du |mois de )?"
_MONTH_FORMS = (
    _matching(rf"{_FIN}{_MONTH}{_TO}?{_SHORT}", lambda m: _end(m[2], _MONTHS[m[1]])),
    _matching(rf"{_FIN}(0?[1-9]|1[0-2])[/-]{_YEAR}", lambda m: _end(m[2], int(m[1]))),
    _matching(rf"{_YEAR}[/-](0[1-9]|1[0-2])", lambda m: _end(m[1], int(m[2]))),
)
_ORDER = rf"([1-4]|{'|'.join(_ORDINALS)})(?: ?(?:er|ere|e|eme|nd|nde))?"


def _part(months: int, letters: str, word: str) -> tuple[Literal, ...]:
    """Return the readings of a part of the year: T3 2027, 2027-T3, 3e trimestre 2027."""

    def last(year: str, rank: str) -> dt.date | None:
        month = months * (_ORDINALS[rank] if rank in _ORDINALS else int(rank))
        if rank == "dernier":
            month = 12
        return _end(year, month) if month <= 12 else None

    letter = rf"(?:{letters})"
    return (
        _matching(rf"{_FIN}{letter} ?([1-4])[ /-]*{_YEAR}", lambda m: last(m[2], m[1])),
        _matching(rf"{_FIN}([1-4]) ?{letter}[ /-]*{_YEAR}", lambda m: last(m[2], m[1])),
        _matching(rf"{_YEAR}[ /-]*{letter} ?([1-4])", lambda m: last(m[1], m[2])),
        _matching(
            rf"{_FIN}(?:le )?{_ORDER} {word}\.?(?: de| d')? ?{_YEAR}", lambda m: last(m[2], m[1])
        ),
    )


_QUARTERS = _part(3, "t|q|trim|trimestre", "trim(?:estre)?")
_HALF_YEARS = _part(6, "s|sem|semestre", "sem(?:estre)?")


def _any(*reads: Read) -> Read:
    def first(cell: RawCell, context: Context) -> Value | Understood:
        return next((value for form in reads if (value := form(cell, context)) is not None), None)

    return first


_year_text = _matching(
    rf"(?:(?:la )?fin (?:de |d'|de l')?|courant (?:de )?|en |exercice |annee |(?:a l')?horizon )*"
    rf"{_YEAR}",
    lambda m: _day(m[1], 12, 31),
)


def _whole_year(cell: RawCell, context: Context) -> Value:
    if is_number(cell) and 1990 <= cell <= 2100 and float(cell).is_integer():
        return dt.date(int(cell), 12, 31)
    return _year_text(cell, context)


_half = _any(
    _matching(rf"mi[ -]{_YEAR}|milieu (?:de )?{_YEAR}", lambda m: _day(m[1] or m[2], 6, 30)),
    _matching(rf"debut (?:de )?{_YEAR}", lambda m: _day(m[1], 3, 31)),
    _matching(rf"mi[ -]{_MONTH} {_YEAR}", lambda m: _day(m[2], _MONTHS[m[1]], 15)),
)
_span = _matching(
    rf"(?:de )?{_YEAR} ?(?:-|/|a|et) ?{_YEAR}",
    lambda m: _day(m[2], 12, 31) if int(m[2]) > int(m[1]) else None,
)
_ANNOUNCED = re.compile(
    r"(?:au plus tard|d'ici(?: a)?|pour|prevu|prevue|echeance|avant|jusqu'au|jusqu'en|au)"
    r"(?: pour| en| a)?(?: le| la)? ?:? ?(.+)"
)


def _announced(cell: RawCell, context: Context) -> Value | Understood:
    match = _ANNOUNCED.fullmatch(fold(cell)) if isinstance(cell, str) else None
    if match is None:
        return None
    found = understand(match[1], _PERIODS, context)
    # « avant 2027 » may mean the end of 2026: only a day, or « fin 2026 », says which.
    vague = match[0].startswith("avant") and not match[1].startswith("fin")
    return None if found is None or (vague and found.rule not in _DAYS) else found


_LEGISLATURE = re.compile(
    "(?:(?:la )?fin (?:de )?(?:la )?|sur (?:la )?)(?:legislature|mandature|mandat)"
)


def _legislature(cell: RawCell, context: Context) -> Value:
    if context.last_year is None or not isinstance(cell, str):
        return None
    ends = re.fullmatch(
        r"(?:(?:la )?fin (?:de )?(?:la )?|sur (?:la )?)(?:legislature|mandature|mandat)", fold(cell)
    )
    return dt.date(context.last_year, 12, 31) if ends else None


_RECURRENT = frozenset(
    ("permanent", "permanente", "recurrent", "recurrente", "continu", "en continu", "annuel",
     "annuelle", "chaque annee", "tous les ans", "toute l'annee", "indefini")
)  # fmt: skip


def _without_end(cell: RawCell, context: Context) -> Value | Understood:
    if isinstance(cell, str) and fold(cell) in _RECURRENT:
        return Understood(None, Confidence.SURE, "tâche sans échéance")
    return None


def _date(cell: RawCell, context: Context) -> Value:
    if isinstance(cell, dt.datetime):
        return cell.date()
    return cell if isinstance(cell, dt.date) else None


def _d(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, day)


_DAY_FORMS = (
    Pattern("date écrite en texte", Confidence.SURE, _in_figures,
         (("31/12/2026", _d(2026, 12, 31)), ("31/12/26", _d(2026, 12, 31)),
          ("1/3/2027", _d(2027, 3, 1)),
          ("1-3-2027", _d(2027, 3, 1)), ("01.03.27", _d(2027, 3, 1)),
          ("31 12 2022", _d(2022, 12, 31)),
          ("2027-03-01", _d(2027, 3, 1)), ("2027/3/1", _d(2027, 3, 1)),
          ("2026-12-31T00:00:00", _d(2026, 12, 31)), ("31/12/2026 00:00", _d(2026, 12, 31)),
          ("31 / 12 / 2026", _d(2026, 12, 31)), ("le 31/12/2026", _d(2026, 12, 31)))),
    Pattern("date en lettres", Confidence.SURE, _letters,
         (("15 octobre 2026", _d(2026, 10, 15)), ("1er mars 2026", _d(2026, 3, 1)),
          ("3 AOÛT 2027", _d(2027, 8, 3)), ("31 déc. 2026", _d(2026, 12, 31)),
          ("31-déc-26", _d(2026, 12, 31)), ("jeudi 31 décembre 2026", _d(2026, 12, 31)),
          ("le 1 er janvier 2026", _d(2026, 1, 1)), ("5 sept 2026", _d(2026, 9, 5)))),
    Pattern("date à l’américaine", Confidence.TO_CONFIRM, _american,
         (("12/31/2026", _d(2026, 12, 31)), ("3/25/2027", _d(2027, 3, 25)))),
    Pattern("date écrite en nombre", Confidence.LIKELY, _serial,
         ((44_197, _d(2021, 1, 1)), (46_022.5, _d(2025, 12, 31)), ("46022", _d(2025, 12, 31)))),
)  # fmt: skip
_DAYS = frozenset(form.rule for form in _DAY_FORMS)
_PERIODS = (
    *_DAY_FORMS,
    Pattern("mois : son dernier jour", Confidence.LIKELY, _any(*_MONTH_FORMS),
         (("mars 2026", _d(2026, 3, 31)), ("fin mars 2026", _d(2026, 3, 31)),
          ("févr. 2028", _d(2028, 2, 29)),
          ("03/2026", _d(2026, 3, 31)), ("2026-03", _d(2026, 3, 31)), ("mars-26", _d(2026, 3, 31)),
          ("courant juin 2026", _d(2026, 6, 30)))),
    Pattern("trimestre : son dernier jour", Confidence.LIKELY, _any(*_QUARTERS),
         (("T3 2027", _d(2027, 9, 30)), ("T1/2026", _d(2026, 3, 31)), ("2027-T3", _d(2027, 9, 30)),
          ("Q4 2026", _d(2026, 12, 31)), ("3e trimestre 2027", _d(2027, 9, 30)),
          ("3ème trimestre 2027", _d(2027, 9, 30)), ("premier trimestre 2026", _d(2026, 3, 31)),
          ("fin du 2e trimestre 2026", _d(2026, 6, 30)), ("1er trim. 2026", _d(2026, 3, 31)))),
    Pattern("semestre : son dernier jour", Confidence.LIKELY, _any(*_HALF_YEARS),
         (("S2 2025", _d(2025, 12, 31)), ("S1-2026", _d(2026, 6, 30)),
          ("2e semestre 2025", _d(2025, 12, 31)),
          ("1 er semestre 2016", _d(2016, 6, 30)), ("second semestre 2025", _d(2025, 12, 31)))),
    Pattern("année : son dernier jour", Confidence.LIKELY, _whole_year,
         (("2026", _d(2026, 12, 31)), (2026, _d(2026, 12, 31)), ("fin 2026", _d(2026, 12, 31)),
          ("Fin d’année 2026", _d(2026, 12, 31)), ("courant 2026", _d(2026, 12, 31)),
          ("en 2027", _d(2027, 12, 31)), ("horizon 2030", _d(2030, 12, 31)))),
    Pattern("début ou milieu d’une période", Confidence.TO_CONFIRM, _half,
         (("mi-2026", _d(2026, 6, 30)), ("début 2026", _d(2026, 3, 31)),
          ("mi-mars 2026", _d(2026, 3, 15)))),
    Pattern("période de plusieurs années : son dernier jour", Confidence.TO_CONFIRM, _span,
         (("2025-2026", _d(2026, 12, 31)), ("de 2025 à 2027", _d(2027, 12, 31)),
          ("2025/2027", _d(2027, 12, 31)))),
)  # fmt: skip

DATE = KindReader(
    "une date (jj/mm/aaaa)", _date,
    (
        *_PERIODS,
        Pattern("échéance annoncée", Confidence.LIKELY, _announced,
             (("au plus tard le 31/12/2026", _d(2026, 12, 31)),
              ("d’ici fin 2026", _d(2026, 12, 31)),
              ("avant le 30/06/2027", _d(2027, 6, 30)), ("avant fin 2026", _d(2026, 12, 31)),
              ("pour mars 2027", _d(2027, 3, 31)), ("d’ici 2028", _d(2028, 12, 31)))),
        Pattern("fin de la législature", Confidence.LIKELY, _legislature,
             (("fin de législature", _d(2030, 12, 31)), ("Fin de la mandature", _d(2030, 12, 31)))),
        Pattern("tâche sans échéance", Confidence.SURE, _without_end,
             (("Permanent", None), ("récurrent", None), ("en continu", None),
              ("chaque année", None))),
        NOT_KNOWN,
    ),
    (
        ("31/02/2026", "ce jour n’existe pas"),
        ("29/02/2027", "2027 n’est pas bissextile"),
        ("31/12", "l’année manque"),
        ("avant 2027", "fin 2026, ou en 2027 ?"),
        ("dans deux ans", "une date qui dépend du jour où on la lit"),
        ("été 2026", "une saison n’a pas de dernier jour convenu"),
        ("rentrée 2026", "quelle rentrée ?"),
        ("31/12/2026 ou 2027", "deux dates"),
        ("31/12/20267", "un chiffre de trop"),
        (True, "une case cochée"),
        (19_999, "un nombre qui n’est pas une date de notre temps"),
        (dt.time(8, 30), "une heure"),
    ),
)  # fmt: skip
