"""What the whole plan computes of an action: what it costs, whether it is late, where it counts."""

from __future__ import annotations

from dataclasses import replace

from pst_excel.model.counted_rows import KEY_COLUMN, RANK_COLUMN, helper
from pst_excel.model.expressions.conditions import holds
from pst_excel.model.expressions.core import All, Col, Const, Either, Filled, Flag, Is, Not, OneOf
from pst_excel.model.expressions.counting import (
    LineKey,
    Listed,
    Named,
    OrZero,
    Product,
    Within,
)
from pst_excel.model.expressions.lookups import Held, OrElse
from pst_excel.model.expressions.places import JoinedKeys
from pst_excel.model.expressions.relations import FilledShare, Tally
from pst_excel.model.expressions.sharing import DeclaredPart, Distinct, Part, PlaceKey, Size
from pst_excel.model.figures.measures import DISTINCT, PART
from pst_excel.model.formulas import Expression
from pst_excel.model.schema import Column
from pst_excel.model.series import ABSENT
from pst_excel.model.words.keys import LINE, RANK
from pst_excel.model.words.kinds import Kind, Need, Where
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.actions_watched import flag, watched
from pst_excel.pst.sheets.counting import CLE_OO, CLE_OS, MANDATAIRE_LU, PARTS

SERVICE_PANEL, VOLET_PANEL = "service", "volet"
MANDATAIRE_PANEL, AGENT_PANEL = "mandataire", "agent"

_POSITIONS = range(1, PARTS + 1)
_SAID = tuple(f"part_dite_{n}" for n in _POSITIONS)


def _shown(
    key: str, label: str, kind: Kind, words: str, formula: Expression, width: int, unit: str = ""
) -> Column:
    return Column(
        key, label, kind, words, Need.COMPUTED, where=Where.WHOLE, formula=formula, width=width,
        unit=unit, helper=True,
    )  # fmt: skip


def _tally(sheet: str, value: str | None, *where: tuple[str, str]) -> Tally:
    """Count the rows of another sheet that belong to the action, or sum a column of theirs."""
    return Tally(sheet, "rang_lie", value, (("niveau_lu", v.NIVEAU_ACTION), *where), RANK)


def _budget(key: str, label: str, value: str) -> Column:
    return _shown(
        key, label, Kind.AMOUNT,
        f"La somme des dépenses « {value} » de la feuille Budget pour cette action.",
        _tally("budget", value, ("sens_lu", v.DEPENSE)), 14,
    )  # fmt: skip


_PST = (holds(LINE, 1.0), holds("type_lu", v.TYPE_PST))
_FOLLOWED = holds("suivie", 1.0)
_KNOWN = holds("av_connu", 1.0)


def _whole_under(key: str, name: str) -> tuple[Column, ...]:
    """Return each OO or OS under which the action stands, once, and whether there are several."""
    places = tuple(
        helper(
            f"{key}_{DISTINCT}_{n}",
            f"{name} distinct n° {n}",
            f"L’{name} n° {n}, s’il n’est pas un des précédents.",
            Distinct(tuple(f"{key}_{m}" for m in range(1, n + 1)), f"{CLE_OO}_{n}"),
            Kind.CODE,
        )
        for n in _POSITIONS
    )
    several = Either(tuple(Filled(place.key) for place in places[1:]))
    shared = helper(
        f"partagee_{name.lower()}",
        f"Partagée entre des {name}",
        f"1 quand l’action compte sous plusieurs {name}.",
        Flag(several),
        Kind.INTEGER,
    )
    return (*places, shared)


_PLACES = (
    helper("nb_oo", "Nombre d’OO servis", "Le nombre d’OO que dit la cellule.", Size("code_oo"),
           Kind.INTEGER),
    helper("nb_parts", "Nombre de parts", "Le nombre de parts que dit la cellule.", Size("parts"),
           Kind.INTEGER),
    *(
        helper(f"part_dite_{n}", f"Part dite n° {n}", "La part écrite, en pour cent.",
               DeclaredPart("parts", n, "nb_parts"))
        for n in _POSITIONS
    ),
    *(
        helper(f"{PART}_{n}", f"Part n° {n}", f"La part, de 0 à 1, du {n}e OO servi.",
               Part(n, "nb_oo", "nb_parts", _SAID))
        for n in _POSITIONS
    ),
    *(
        helper(f"{CLE_OO}_{n}", f"Clé de l’OO n° {n}", f"Le {n}e OO servi, s’il est connu.",
               PlaceKey("code_oo", n, PARTS, "nb_oo", "oo"), Kind.CODE)
        for n in _POSITIONS
    ),
    *(
        helper(f"{CLE_OS}_{n}", f"Clé de l’OS n° {n}", f"L’OS du {n}e OO servi, s’il est connu.",
               Named("oo", CLE_OS, Col(f"{CLE_OO}_{n}")), Kind.CODE)
        for n in _POSITIONS
    ),
    *_whole_under(CLE_OO, "OO"),
    *_whole_under(CLE_OS, "OS"),
)  # fmt: skip


def _spread(*columns: Column) -> tuple[Column, ...]:
    """Return what each column is for each place of the action, by its parts."""
    return tuple(
        helper(f"{column.key}_{PART}_{n}", f"{column.label}, part n° {n}",
               f"La part de l’OO n° {n} dans « {column.label} ».",
               Product((column.key, f"{PART}_{n}")))
        for column in columns
        for n in _POSITIONS
    )  # fmt: skip


BUDGET_PREVU = _budget("budget_prevu", "Budget prévu", "prevu")
BUDGET_REALISE = _budget("budget_realise", "Budget réalisé", "realise")
AV_SUIVI = helper("av_suivi", "Avancement suivi", "L’avancement d’une action suivie, 0 sinon.",
                  OrZero(_KNOWN, "avancement_lu"))  # fmt: skip
ATTEINTES = helper("atteintes", "Atteintes", "La somme des atteintes des indicateurs de l’action.",
                   _tally("indicateurs", "atteinte"))  # fmt: skip
MESURES = helper("mesures", "Indicateurs mesurés", "Le nombre d’indicateurs dont l’atteinte est"
                 " connue.", _tally("indicateurs", "mesure"), Kind.INTEGER)  # fmt: skip

_WEIGHTS = (
    helper("poids_budget", "Poids du budget", "Le budget prévu qui pèse un avancement connu.",
           OrZero(All((_KNOWN, Is(Col("budget_prevu"), ">", Const(0)))), "budget_prevu")),
    helper("av_budget", "Avancement × budget", "L’avancement pesé par le budget prévu.",
           Product(("av_suivi", "poids_budget"))),
    helper("poids_etp", "Poids des ETP", "Les ETP qui pèsent un avancement connu.",
           OrZero(All((_KNOWN, Is(Col("etp_lu"), ">", Const(0)))), "etp_lu")),
    helper("av_etp", "Avancement × ETP", "L’avancement pesé par les ETP.",
           Product(("av_suivi", "poids_etp"))),
)  # fmt: skip
"""What weighs the progress of an action."""

_LINES = (
    helper("cle_service", "Clé du service", "Le service pilote, tel que les formules le"
           " comparent.", LineKey("service_pilote", SERVICE_PANEL), Kind.CODE),
    helper("cle_volet", "Clé du volet", "Le volet, tel que les formules le comparent.",
           LineKey("volet", VOLET_PANEL), Kind.CODE),
    helper("sans_retour", "Sans retour", "1 quand le service pilote n’a pas répondu.",
           Listed("service_pilote", ABSENT), Kind.INTEGER),
    helper("cle_odd", "Clés des ODD", "Les ODD, tels que les formules les comparent.",
           JoinedKeys("odd"), Kind.CODE),
    helper("cle_plans", "Clés des plans", "Les plans liés, tels que les formules les"
           " comparent.", JoinedKeys("plans"), Kind.CODE),
)  # fmt: skip
"""The lines of the panels on which an action stands."""

_PEOPLE = (
    helper(MANDATAIRE_LU, "Mandataire lu", "Le mandataire, sinon celui du premier OO servi.",
           OrElse("mandataire", Held("oo", MANDATAIRE_LU, Col(f"{CLE_OO}_1"))), Kind.CODE),
    helper("cle_mandataire", "Clé du mandataire", "Le mandataire lu, tel que les formules le"
           " comparent.", LineKey(MANDATAIRE_LU, MANDATAIRE_PANEL), Kind.CODE),
    replace(
        helper("cle_agent", "Clé de l’agent", "L’agent pilote, tel que les formules le"
               " comparent.", LineKey("agent_pilote", AGENT_PANEL), Kind.CODE),
        private=True,
    ),
)  # fmt: skip
"""Who answers for an action, and carries it."""


def counted(
    inputs: tuple[Column, ...], late: Expression, late_start: Expression, running: Expression,
    blocked: Expression,
) -> tuple[Column, ...]:  # fmt: skip
    """Return the computed columns of the actions, from those that people fill.

    The others say which are late, which start late, which run and which are blocked.
    """
    return (
        KEY_COLUMN,
        RANK_COLUMN,
        flag("pst", "Action PST", "1 pour une action de type PST.", *_PST),
        flag("suivie", "Action suivie", "1 pour une action PST qui n’est pas abandonnée.", *_PST,
              Not(holds("statut", v.ABANDONNE))),
        flag("sans_statut", "Sans statut", "1 pour une action PST sans statut de la liste.", *_PST,
              Not(OneOf("statut", v.STATUTS.labels))),
        helper("avancement_lu", "Avancement lu", "L’avancement, s’il va de 0 à 100.",
               Within("avancement", 0, 100)),
        helper("etp_lu", "ETP lus", "Les ETP, s’ils sont possibles.", Within("etp", 0, 500)),
        flag("av_connu", "Avancement connu", "1 quand l’avancement d’une action suivie est connu.",
              _FOLLOWED, Filled("avancement_lu", number=True)),
        AV_SUIVI,
        flag("echeance_connue", "Échéance connue", "1 quand une action suivie a une échéance.",
              _FOLLOWED, Filled("echeance", number=True)),
        _shown("retard", "En retard", Kind.INTEGER,
               "1 quand l’échéance d’une action PST est passée sans qu’elle soit terminée ni"
               " abandonnée.", Flag(late), 10),
        _shown("retard_demarrage", "Démarrage en retard", Kind.INTEGER,
               "1 quand le début prévu d’une action PST non commencée est passé.",
               Flag(late_start), 11),
        flag("sur_les_rails", "Sur les rails", "1 quand l’action suivie est en cours ou terminée.",
              _FOLLOWED, OneOf("statut", (v.EN_COURS, v.TERMINE))),
        BUDGET_PREVU,
        BUDGET_REALISE,
        _shown("nb_indicateurs", "Indicateurs", Kind.INTEGER,
               "Le nombre d’indicateurs de l’action.", _tally("indicateurs", None), 12),
        ATTEINTES,
        MESURES,
        _shown("completude", "Complétude", Kind.NUMBER,
               "La part des colonnes obligatoires et recommandées qui sont remplies.",
               FilledShare(tuple(c for c in inputs if c.need in (Need.REQUIRED, Need.ADVISED))),
               12, "%"),
        *_WEIGHTS,
        *_LINES,
        *_PLACES,
        *_spread(BUDGET_PREVU, BUDGET_REALISE),
        *watched(running, blocked),
        *_PEOPLE,
    )  # fmt: skip
