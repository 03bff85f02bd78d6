"""How the kinds of numbers are read: numbers, amounts, whole numbers, percentages, years."""

from __future__ import annotations

import datetime as dt
import re

from pst_excel.cells.parsers.number_patterns import (
    FROM_DATE,
    MULTIPLE,
    NUMBERS,
    PERCENT_SIGN,
    WITH_UNIT,
    plain,
)
from pst_excel.cells.parsers.patterns import (
    NOT_KNOWN,
    Context,
    KindReader,
    Pattern,
    Read,
    Understood,
)
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value, is_number
from pst_excel.model.words.doubts import ONE_OR_ALL
from pst_excel.text.spelling import fold


def _number(cell: RawCell, context: Context) -> Value:
    return float(cell) if is_number(cell) else None


def _whole(cell: RawCell, context: Context) -> Value:
    return float(cell) if is_number(cell) and float(cell).is_integer() else None


def _wholes(forms: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """Return the same forms, which give whole numbers only."""
    return tuple(
        Pattern(f.rule, f.confidence, _only_whole(f.read),
             tuple(e for e in f.examples if not isinstance(e[1], float) or e[1].is_integer()),
             f.column)
        for f in forms
    )  # fmt: skip


def _only_whole(read: Read) -> Read:
    def whole(cell: RawCell, context: Context) -> Value | Understood:
        found = read(cell, context)
        value = found.value if isinstance(found, Understood) else found
        return None if isinstance(value, float) and not value.is_integer() else found

    return whole


def _percent(cell: RawCell, context: Context) -> Value:
    return float(cell) if is_number(cell) and not 0 < cell <= 1 else None


def _fraction(cell: RawCell, context: Context) -> Value:
    """Return the per cents of a number between 0 and 1, of a text where the others are fractions.

    Excel turns « 50 % » typed by a person into 0,5, and « 100 % » into 1; it leaves a text alone.
    """
    if is_number(cell) or context.in_fractions or context.fractions >= _SEVERAL:
        return _per_cents(cell, context)
    return None


def _per_cents(cell: RawCell, context: Context) -> Value:
    value = float(cell) if is_number(cell) else plain(cell, context)
    return round(value * 100, 6) if isinstance(value, float) and 0 < value < 1 else None


def _all(cell: RawCell, context: Context) -> Value:
    among = context.in_fractions or context.fractions >= _SEVERAL
    return 100.0 if among and _is_one(cell) else None


def _one_or_all(cell: RawCell, context: Context) -> Value:
    return 1.0 if _is_one(cell) else None


def _is_one(cell: RawCell) -> bool:
    return cell == 1 if is_number(cell) else cell in ("1", "1,0", "1.0", "1,00")


_SEVERAL = 2
_FRACTIONS = (
    Pattern("pourcentage écrit en fraction", Confidence.LIKELY, _fraction,
         ((0.5, 50), (0.35, 35))),
    Pattern("fraction en texte : pour cent, ou part du tout ?", Confidence.TO_CONFIRM, _per_cents,
         (("0,5", 50), ("0.35", 35))),
    Pattern("1 parmi des fractions : le tout", Confidence.LIKELY, _all, ()),
    Pattern(ONE_OR_ALL, Confidence.TO_CONFIRM, _one_or_all,
         ((1, 1), ("1", 1))),
)  # fmt: skip
_YEAR = re.compile(r"(?:exercice|budget|annee|an|ex|b|mb)? ?((?:19|20)[0-9]{2})")


def _year(cell: RawCell, context: Context) -> Value:
    match = _YEAR.fullmatch(fold(cell)) if isinstance(cell, str) else None
    return float(match[1]) if match else None


def _year_of(cell: RawCell, context: Context) -> Value:
    return float(cell.year) if isinstance(cell, dt.date) and cell.year > 1900 else None


_NOT_A_NUMBER = (
    ("environ 50", "« environ » n’est pas un nombre : le nombre seul, la nuance en commentaire"),
    ("10-20", "une fourchette : lequel des deux ?"),
    ("10 à 20", "une fourchette : lequel des deux ?"),
    ("> 50", "une borne n’est pas une valeur"),
    ("12 34", "deux nombres, ou un nombre mal groupé"),
    ("cinquante", "un nombre en lettres"),
    ("1/2", "une fraction, ou une date"),
    ("50 % ?", "un doute est écrit dans la cellule"),
    ("1e5", "une écriture que personne ne tape"),
    ("=1+1", "le texte d’une formule"),
    (True, "une case cochée"),
    (dt.date(2026, 1, 1), "une date"),
)

NUMBER = KindReader(
    "un nombre", _number, (*NUMBERS, PERCENT_SIGN, *WITH_UNIT, FROM_DATE, NOT_KNOWN), _NOT_A_NUMBER
)
AMOUNT = KindReader(
    "un montant en euros", _number, (*NUMBERS, MULTIPLE, FROM_DATE, NOT_KNOWN),
    (*_NOT_A_NUMBER, ("12 km", "une unité qui n’est pas l’euro"),
     ("25 %", "un pourcentage n’est pas un montant")),
)  # fmt: skip
INTEGER = KindReader(
    "un nombre entier", _whole,
    (*_wholes((*NUMBERS, PERCENT_SIGN, *WITH_UNIT, FROM_DATE)), NOT_KNOWN),
    (*_NOT_A_NUMBER, ("2,5", "un nombre à virgule"), (2.5, "un nombre à virgule")),
)  # fmt: skip
PERCENT = KindReader(
    "un pourcentage entre 0 et 100", _percent,
    (*_FRACTIONS, *NUMBERS, PERCENT_SIGN, FROM_DATE, NOT_KNOWN),
    (*_NOT_A_NUMBER, ("3/4", "une fraction, ou une date")),
)  # fmt: skip
YEAR = KindReader(
    "une année à quatre chiffres", _whole,
    (
        Pattern("année écrite en texte", Confidence.SURE, _year,
             (("2026", 2026), ("Exercice 2026", 2026), ("budget 2026", 2026), ("B2026", 2026))),
        Pattern("année d’une date", Confidence.LIKELY, _year_of, ((dt.date(2026, 1, 1), 2026),)),
        NOT_KNOWN,
    ),
    (("2026-2027", "deux années : lequel des exercices ?"), ("26", "une année à deux chiffres"),
     ("l’an prochain", "une année qui dépend du jour où on la lit"), (True, "une case cochée"),
     (2026.5, "un nombre à virgule")),
)  # fmt: skip
