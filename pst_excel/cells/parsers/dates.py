"""How dates are read: a day, a period, what announces them, words that say there is none."""

from __future__ import annotations

import datetime as dt
import re

from pst_excel.cells.parsers.days import DAYS, on
from pst_excel.cells.parsers.patterns import (
    NOT_KNOWN,
    Context,
    KindReader,
    Pattern,
    Understood,
    understand,
)
from pst_excel.cells.parsers.periods import HALF, PERIODS
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value
from pst_excel.model.words.endless import ENDLESS
from pst_excel.text.spelling import fold

WITHOUT_END = "tâche sans échéance : a-t-elle une fin ?"
_PHRASES = (
    "prevue?s?|planifiee?s?|programmee?s?|attendue?s?|fixee?s?|reportee?s?"
    "|(?:a|doit etre|sera) (?:terminer?|terminee?|finaliser?|finalisee?|realiser|achever|achevee?"
    "|cloturer|cloturee?|livrer|livree?|finir|executer|remettre|mettre en oeuvre)"
    "|echeances?|delai|terme|date (?:limite|butoir)|deadline|livraison|finalisation|realisation"
    "|achevement|cloture|mise en (?:service|oeuvre|place)|reception(?: provisoire| definitive)?"
    "|fin prevue|fin (?:des travaux|du chantier|du projet|de l'action)"
)
_LITTLE = (
    "pour|durant|pendant|dans|au cours|(?:dans )?le courant|courant|d'ici(?: a)?|au plus tard"
    "|jusqu'(?:a|au|en)|avant|a l'horizon|horizon|mois|annee|a|au|en|le|la|l'|du|de|d'"
)
_HERALD = re.compile(rf"(?:{_PHRASES}|{_LITTLE})(?:(?<=')| ?: ?| |, )")
_END = re.compile(
    r"(?:la )?fin(?: (?:de l'|d')| (?:de la|de|du) | )(?:(?:mois|annee|exercice) (?:de |d')?)?"
)
_AFTER = re.compile(r"(?:,? \(?|, |\()(?:au plus tard|(?:au )?maximum|max|inclus|prevue?)\)?")


def _announced(cell: RawCell, context: Context) -> Value | Understood:
    rest, ends, before = _peeled(cell)
    if not rest:
        return None
    found = understand(rest, PERIODS, context)
    # « avant 2027 » may mean the end of 2026: only a day, or « fin 2026 », says which.
    vague = before and not (ends or rest.startswith("fin"))
    if found is None or (vague and found.rule not in DAYS) or (ends and found.rule == HALF):
        return None
    return found


def _peeled(cell: RawCell) -> tuple[str, bool, bool]:
    """Return what a deadline is once nothing announces it, whether its end is, whether before it.

    The text is empty where nothing announces anything.
    """
    text = fold(cell) if isinstance(cell, str) else ""
    after = _last_match(text)
    text, at, before, ends = text[:after], 0, False, False
    while herald := _HERALD.match(text, at):
        before |= herald[0].startswith("avant")
        at = herald.end()
    if end := _END.match(text, at):
        ends, at = True, end.end()
    peeled = at > 0 or after < len(fold(cell) if isinstance(cell, str) else "")
    return (text[at:] if peeled else ""), ends, before


def _last_match(text: str) -> int:
    """Return where the words after a deadline begin, its end where there are none."""
    for found in _AFTER.finditer(text):
        if found.end() == len(text) and found.start():
            return found.start()
    return len(text)


_LEGISLATURE = re.compile(
    r"(?:legislature|mandature|mandat)(?: communale?| actuelle?| en cours)?"
    r"(?: ?\(?[0-9]{4} ?[-/–] ?(?:20)?([0-9]{2})\)?)?"
)


def _legislature(cell: RawCell, context: Context) -> Value:
    """Return the last day of the legislature, where nothing says that it is that of another."""
    rest, ends, _ = _peeled(cell)
    if not ends and isinstance(cell, str):
        rest = fold(cell).removeprefix("sur ").removeprefix("la ")
        ends = fold(cell).startswith("sur ")
    match = _LEGISLATURE.fullmatch(rest) if ends else None
    if context.last_year is None or match is None:
        return None
    other = match[1] and int(match[1]) != context.last_year % 100
    return None if other else dt.date(context.last_year, 12, 31)


_ENDLESS = frozenset(map(fold, ENDLESS))


def _without_end(cell: RawCell, context: Context) -> Value | Understood:
    if isinstance(cell, str) and fold(cell) in _ENDLESS:
        return Understood(None, Confidence.TO_CONFIRM, WITHOUT_END)
    return None


def _date(cell: RawCell, context: Context) -> Value:
    if isinstance(cell, dt.datetime):
        return cell.date()
    return cell if isinstance(cell, dt.date) else None


DATE = KindReader(
    "une date (jj/mm/aaaa)", _date,
    (
        *PERIODS,
        Pattern("échéance annoncée", Confidence.LIKELY, _announced,
             (("au plus tard le 31/12/2026", on(2026, 12, 31)),
              ("d’ici fin 2026", on(2026, 12, 31)),
              ("avant le 30/06/2027", on(2027, 6, 30)), ("avant fin 2026", on(2026, 12, 31)),
              ("pour mars 2027", on(2027, 3, 31)), ("d’ici 2028", on(2028, 12, 31)),
              ("Prévu avant la fin du 1 e semestre 2027", on(2027, 6, 30)),
              ("prévu pour la fin du 2e trimestre 2027", on(2027, 6, 30)),
              ("à terminer avant fin juin 2027", on(2027, 6, 30)),
              ("au cours du 1er semestre 2028", on(2028, 6, 30)),
              ("échéance : fin 2027", on(2027, 12, 31)),
              ("courant du 3e trimestre 2026", on(2026, 9, 30)),
              ("à la fin du mois de mai 2027", on(2027, 5, 31)),
              ("30/06/2027 au plus tard", on(2027, 6, 30)))),
        Pattern("fin de la législature", Confidence.LIKELY, _legislature,
             (("fin de législature", on(2030, 12, 31)), ("Fin de la mandature", on(2030, 12, 31)),
              ("d’ici la fin de la législature", on(2030, 12, 31)),
              ("fin de mandature 2024-2030", on(2030, 12, 31)))),
        Pattern(WITHOUT_END, Confidence.TO_CONFIRM, _without_end,
             (("Permanent", None), ("récurrent", None), ("en continu", None),
              ("chaque année", None))),
        NOT_KNOWN,
    ),
    (
        ("31/02/2026", "ce jour n’existe pas"),
        ("29/02/2027", "2027 n’est pas bissextile"),
        ("31/12", "l’année manque"),
        ("avant 2027", "fin 2026, ou en 2027 ?"),
        ("prévu avant le 2e semestre 2027", "le 30/06/2027, ou pendant le semestre ?"),
        ("vers juin 2027", "« vers » n’est pas une date : la date seule, la nuance en commentaire"),
        ("à partir de mars 2027", "une date de début, où l’on attend une échéance"),
        ("fin 2026, reporté à 2027", "deux dates"), ("fin 2026/début 2027", "deux périodes"),
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
