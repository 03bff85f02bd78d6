"""The plan of schools as it is, as it was, and bare."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from pst_excel.model.counted_rows import counted
from pst_excel.model.figures.boards import Breakdown
from pst_excel.model.plan import Plan
from pst_excel.model.row_status import watched
from pst_excel.model.schema import Sheet
from pst_excel.model.words import keys
from pst_excel.model.words.roles import Role
from support.schools.boards import (
    BOARD,
    BY_SITUATION,
    COUNT,
    EVALUATION,
    LATENESS,
    PER_PUPIL,
    PROGRESS,
)
from support.schools.following import TOLD
from support.schools.rules import RULES
from support.schools.sheets import ACCEPTED, DECLARED, LISTS, ROOMS
from support.schools.thresholds import TERMS
from support.schools.vocabularies import (
    ENERGIES,
    LEVELS,
    MOMENTS,
    NETWORKS,
    SITUATIONS,
    TYPES,
    VERDICTS,
)

FIRST, LAST = 2026, 2032


@cache
def schools(first_year: int = FIRST, last_year: int = LAST) -> Plan:
    """Return the plan."""
    return Plan(
        name="Inventaire des bâtiments scolaires", short="IBS", compared="Comparaison d’inventaires scolaires",
        version="2",
        sheets=tuple(map(_kept, DECLARED)),
        vocabularies=(NETWORKS, TYPES, MOMENTS, SITUATIONS, ENERGIES, VERDICTS, LEVELS),
        first_year=first_year, last_year=last_year,
        rules=tuple(RULES.rules), figures=(COUNT, LATENESS, PROGRESS, *BY_SITUATION),
        boards=(BOARD, EVALUATION), comparison=(COUNT, PROGRESS, PER_PUPIL),
        breakdown=Breakdown("Situations", "où en est-on ?", "Chantiers vus",
                            "Part des chantiers par situation", BY_SITUATION),
        welcome=(("Bienvenue", "Remplissez vos chantiers."),),
        waivers=ACCEPTED.key, family=schools, terms=TERMS,
        followed=("situation", "fait"), told=TOLD, trends=(PROGRESS,),
    )  # fmt: skip


def _kept(sheet: Sheet) -> Sheet:
    known = watched(sheet, RULES.rules, since="1") if keys.ROW_ROLE in sheet else sheet
    return counted(known)


def earlier() -> Plan:
    """Return the plan as it was at its first version: no building said how it was heated."""
    then = (replace(sheet, columns=tuple(c for c in sheet.columns if c.since != "2"))
            for sheet in DECLARED)  # fmt: skip
    return replace(schools(), version="1", sheets=tuple(map(_kept, then)))


def bare() -> Plan:
    """Return a plan of the same domain that nobody shares: no network, no waiver, no evaluation."""
    roles = {Role.VERSION, Role.NAME}
    now = schools()
    form = replace(now.form, columns=tuple(c for c in now.form.columns if c.role in roles),
                   identity=())  # fmt: skip
    kept = {"appellation", "surface", "dans"}
    rooms = replace(
        ROOMS, key="pieces", title="Pièces",
        columns=tuple(
            replace(c, refers=()) for c in ROOMS.columns if c.key in kept or c.key == keys.CODE
        ),
    )  # fmt: skip
    return Plan(
        name="Liste des pièces", version="1", sheets=(form, rooms, LISTS),
        vocabularies=(), first_year=FIRST, last_year=LAST,
    )  # fmt: skip
