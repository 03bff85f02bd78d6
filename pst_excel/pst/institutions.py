"""The communes, CPAS and provinces of Wallonia: do the name, the type and the INS code agree?

Sources: Statbel, REFNIS of 1 January 2025 (the page of the data says through what).
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pst_excel.model.registry import Claim, Recognition
from pst_excel.model.words.wording import date
from pst_excel.pst import vocabularies as v
from pst_excel.text.spelling import fold

PROVINCES = {
    "20002": "Brabant wallon",
    "50000": "Hainaut",
    "60000": "Liège",
    "80000": "Luxembourg",
    "90000": "Namur",
}
_KINDS = (
    (re.compile(r"\bc ?p ?a ?s\b|\bcentre public d action sociale\b"), v.CPAS),
    (re.compile(r"^(?:l )?province\b"), v.PROVINCE),
    (re.compile(r"^(?:la |l )?(?:ville|commune|administration communale|ac)\b"), v.COMMUNE),
)
_APART, _SPACES = re.compile(r"\W+"), re.compile(" +")
_SAINT, _SAINTE = re.compile(r"\bst\b"), re.compile(r"\bste\b")
_LINKS = re.compile(r"^(?:(?:de|du|des|d) )?(?:(?:le|la|les|l) )?")
_OF = {v.CPAS: "d’un CPAS", v.PROVINCE: "d’une province", v.COMMUNE: "d’une commune"}


@dataclass(frozen=True)
class Territory:
    """A commune or a province: its INS code, its name, and the days between which it has both."""

    number: str
    name: str
    german: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    successor: str = ""

    def of(self, claim: Claim) -> bool:
        """Tell whether the code is one of the legislature, from its first to its last year."""
        early = self.since is not None and self.since.year > claim.first_year
        return not early and (self.until is None or self.until.year >= claim.last_year)


@cache
def communes() -> dict[str, Territory]:
    """Return the communes by INS code, those that were merged too."""
    text = (files("pst_excel.pst") / "data" / "communes_wallonie.csv").read_text(encoding="utf-8")
    return {
        row["ins"]: Territory(
            row["ins"], row["nom"], row["germanophone"] == "1", _day(row["valide_depuis"]),
            _day(row["valide_jusque"]), row["remplacee_par"],
        )
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip


@cache
def provinces() -> dict[str, Territory]:
    """Return the provinces by INS code."""
    return {number: Territory(number, name) for number, name in PROVINCES.items()}


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def recognise(claim: Claim) -> Recognition:
    """Return who an institution is where its name, type and INS code agree, else why they do not.

    A CPAS has the code of its commune. A code that was replaced is that of its own legislatures.
    """
    doubts = tuple(_doubts(claim))
    return Recognition("" if doubts else f"{claim.type}|{claim.number}", doubts)


def _doubts(claim: Claim) -> Iterator[str]:
    known = provinces() if claim.type == v.PROVINCE else communes()
    kinds, name = named(claim.name)
    if not claim.name:
        yield "le nom n’est pas dit"
    if not claim.type:
        yield "le type d’institution n’est pas dit"
    for kind in kinds:
        if claim.type and kind != claim.type:
            yield f"le nom est celui {_OF[kind]}, le type dit « {claim.type} »"
    territory = known.get(claim.number)
    if territory is None:
        yield _unknown(claim, name, known)
        return
    if claim.name and key(territory.name) != name:
        others = _named(name, known, claim)
        elsewhere = f" (le sien est {others[0].number})" if others else ""
        yield (
            f"le code INS {claim.number} est celui de {territory.name}, pas de « {claim.name} »"
            f"{elsewhere}"
        )
    if not territory.of(claim):
        yield _of_another_time(territory)
    if territory.german:
        yield (
            f"{territory.name} est de la Communauté germanophone : le décret wallon sur le PST ne"
            " s’y applique pas"
        )


def _unknown(claim: Claim, name: str, known: dict[str, Territory]) -> str:
    others = _named(name, known, claim)
    right = f" ; celui de {others[0].name} est {others[0].number}" if others else ""
    if not claim.number:
        return f"le code INS n’est pas dit{right}"
    what = "province" if claim.type == v.PROVINCE else "commune"
    return f"le code INS {claim.number} n’est celui d’aucune {what} wallonne{right}"


def _of_another_time(territory: Territory) -> str:
    if territory.successor and territory.until is not None:
        return (
            f"le code INS {territory.number} n’existe plus depuis le"
            f" {date(territory.until + dt.timedelta(1))} : {communes()[territory.successor].name}"
            f" a le code {territory.successor}"
        )
    since = f" le {date(territory.since)}" if territory.since else ""
    return f"le code INS {territory.number} est né{since}, après le début de la législature"


def _named(name: str, known: dict[str, Territory], claim: Claim) -> list[Territory]:
    """Return those that have a name, in the legislature of the plan."""
    return [one for one in known.values() if key(one.name) == name and one.of(claim)]


def named(text: str) -> tuple[list[str], str]:
    """Return the types that a name says, « CPAS de Durbuy », and the key of the rest of it."""
    rest, kinds = _APART.sub(" ", fold(text)).strip(), []
    for words, kind in _KINDS:
        if words.search(rest):
            kinds.append(kind)
            rest = _SPACES.sub(" ", words.sub("", rest)).strip()
    return kinds, key(rest)


def key(name: str) -> str:
    """Return the key by which the name of a place is compared: no article, « saint » in full."""
    words = _APART.sub(" ", fold(name)).strip()
    words = _SAINT.sub("saint", _SAINTE.sub("sainte", words))
    return _LINKS.sub("", words)
