"""The SQL of each figure, beside its key: its value, the rows it is about, those that it uses.

The tables are those of scope.sql, and `person`, of the population.
"""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """One figure over a table: three expressions; `base` and `known` are the value unless said."""

    table: str
    value: str
    base: str = ""
    known: str = ""


def counted(condition: str = "true") -> str:
    """Return how many rows meet a condition, each by its part: 1 where it is not parted."""
    return f"coalesce(sum(part) filter (where {condition}), 0)"


def total(amount: str, condition: str = "true") -> str:
    """Return the sum of an amount over the rows that meet a condition, each by its part."""
    return f"coalesce(sum(part * {amount}) filter (where {condition}), 0)"


def ratio(top: str, bottom: str) -> str:
    """Return a division, unknown where it is by nothing."""
    return f"{top} / nullif({bottom}, 0)"


def mean(column: str, condition: str = "true") -> str:
    """Return the mean of a column over the rows that meet a condition and have it."""
    return ratio(total(column, condition), counted(f"{condition} and {column} is not null"))


FOLLOWED = counted("suivie")
DUE = counted("suivie and echeance is not null")
LINES = "count(*)"
_LISTED = counted("suivie and state <> 'Sans statut'")

TAUX_MOYEN = mean("avancement", "suivie")
TAUX_STRICT = ratio(counted("suivie and state = 'Terminé'"), FOLLOWED)
EN_RETARD = counted("en_retard")
EXECUTION = ratio(total("realise"), total("inscrit"))


def filled(amount: str, value: str) -> str:
    """Return a value, unknown where nobody has filled an amount."""
    return f"case when count({amount}) > 0 then {value} end"


COMPLETUDE = mean("completude")


def _weighted(weight: str) -> Figure:
    used = f"suivie and avancement is not null and {weight} > 0"
    value = ratio(total(f"avancement * {weight}", used), total(weight, used))
    return Figure("action", value, FOLLOWED, counted(used))


def _amount(key: str) -> Figure:
    return Figure("expense", filled(key, total(key)), LINES, f"count({key})")


def _having(condition: str, known: str = FOLLOWED) -> Figure:
    return Figure("action", ratio(counted(f"suivie and {condition}"), FOLLOWED), FOLLOWED, known)


def _status(label: str) -> Figure:
    projects, listed = counted("pst"), counted("pst and state <> 'Sans statut'")
    return Figure(
        "action", ratio(counted(f"pst and state = '{label}'"), projects), projects, listed
    )


_OPEN, _PACED = counted("ouverte"), counted("attendu is not null")
_LOAN = "source = 'emprunt part communale'"
ATTENDU, ECART = mean("attendu"), mean("ecart")


def _watched(condition: str, base: str, known: str = "") -> Figure:
    return Figure("watched", counted(condition), base, known)


FIGURES = {
    "nb_os": Figure("os", LINES),
    "nb_oo": Figure("oo", LINES),
    "nb_actions": Figure("action", LINES),
    "nb_pst": Figure("action", FOLLOWED),
    "taux_moyen": Figure("action", TAUX_MOYEN, FOLLOWED, counted("suivie and avancement is not null")),
    "taux_budget": _weighted("budget_prevu"),
    "taux_etp": _weighted("etp"),
    "taux_strict": Figure("action", TAUX_STRICT, FOLLOWED, _LISTED),
    "taux_entame": _having("state in ('Terminé', 'En cours')", _LISTED),
    "en_retard": Figure("action", EN_RETARD, FOLLOWED, DUE),
    "part_retard": Figure("action", ratio(EN_RETARD, DUE), FOLLOWED, DUE),
    "retard_demarrage": Figure(
        "action", counted("retard_demarrage"), FOLLOWED,
        counted("suivie and debut_prevu is not null"),
    ),
    "budget_prevu": _amount("prevu"),
    "budget_realise": _amount("realise"),
    "execution": Figure("expense", filled("realise", EXECUTION), LINES, "count(inscrit)"),
    "atteinte": Figure("indicator", mean("atteinte"), LINES, "count(atteinte)"),
    "completude": Figure("action", COMPLETUDE, LINES, LINES),
    "avec_pilote": _having("avec_pilote"),
    "avec_echeance": _having("echeance is not null"),
    "avec_indicateur": _having("indicators > 0"),
    "avec_budget": _having("budget_prevu > 0"),
    "avec_odd": _having("avec_odd"),
    "synergies": _having("en_synergie"),
    "statut_non_commence": _status("Non commencé"),
    "statut_en_attente": _status("En attente"),
    "statut_en_cours": _status("En cours"),
    "statut_probleme": _status("Problème"),
    "statut_termine": _status("Terminé"),
    "statut_annule_abandonne": _status("Abandonné"),
    "statut_sans": Figure(
        "action", ratio(counted("pst and state = 'Sans statut'"), counted("pst")), counted("pst")
    ),
    # for each inhabitant: known when the population is, and the amount
    "actions_1000": Figure(
        "person left join action using (plan)", f"1000 * {FOLLOWED} / any_value(people)", FOLLOWED,
        counted("suivie and people is not null"),
    ),
    "budget_habitant": Figure(
        "person left join expense using (plan)",
        filled("prevu", f"{total('prevu')} / any_value(people)"), "count(niveau)",
        "count(prevu) filter (where people is not null)",
    ),
    "emprunts_habitant": Figure(
        "person left join expense using (plan)",
        filled("prevu", f"{total('prevu', _LOAN)} / any_value(people * exercices)"),
        "count(niveau)", "count(prevu) filter (where people * exercices > 0)",
    ),
    # what is watched
    "partagees": _watched("suivie and partagee", FOLLOWED),
    "attendu": Figure("watched", ATTENDU, FOLLOWED, _PACED),
    "ecart_rythme": Figure("watched", ECART, FOLLOWED, _PACED),
    "en_avance": _watched("ecart >= 10", FOLLOWED, _PACED),
    "dans_les_temps": _watched("abs(ecart) < 10", FOLLOWED, _PACED),
    "retard_rythme": _watched("ecart <= -10", FOLLOWED, _PACED),
    "etp": Figure("watched", total("etp", "suivie"), FOLLOWED, counted("suivie and etp is not null")),
    "age_maj": Figure("watched", mean("age"), _OPEN, counted("age is not null")),
    "sans_maj": _watched("sans_maj", _OPEN),
    "bloquees": _watched("bloquee", LINES),
    "a_risque": _watched("a_risque", LINES),
    "abandon_sans_motif": _watched("sans_motif", counted("abandon")),
    "sans_pilote": _watched("ouverte and not avec_pilote", _OPEN),
    "sans_echeance": _watched("ouverte and echeance is null", _OPEN),
    "sans_indicateur": _watched("ouverte and indicators = 0", _OPEN),
    "sans_budget": _watched("ouverte and budget_prevu <= 0", _OPEN),
    **{
        f"echeances_{months}_mois": _watched(
            f"jours between 0 and {days}", _OPEN, counted("jours is not null")
        )
        for months, days in ((3, 92), (6, 183), (12, 366))
    },
    "non_mesures": Figure("indicator", counted("atteinte is null"), LINES),
    "os_sans_engagement": Figure("os", "count(*) filter (where engagement is null)", LINES),
    "os_sans_oo": Figure("aim", "count(*) filter (where sans_oo)", LINES),
    "oo_sans_os": Figure("goal", "count(*) filter (where sans_os)", LINES),
    "actions_sans_oo": _watched("suivie and sans_oo", FOLLOWED),
    "oo_sans_action": Figure("goal", "count(*) filter (where sans_action)", LINES),
}  # fmt: skip
"""By key, those of a plan and those of the comparison."""
