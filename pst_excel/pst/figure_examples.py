"""The small plan on which each figure of the PST is worked out by hand: the last word of a dispute.

It holds what people ask about: an action abandoned, one « Pérenne », one « Hors champ », one
without a status, one at 140 %, one without a code nor an OO, one that serves two OO; a correction,
an amount to come, a line without a link, a receipt; an indicator without a start, one measured too
early.
"""

from __future__ import annotations

import datetime as dt

from pst_excel.model.figures.workings import Example, Workings
from pst_excel.pst.figure_terms import COMMON

_PLAN = """
Identification
cle         | valeur
nom         | Valbruyère
population  | 1000
annee_debut | 2024
annee_fin   | 2030

OS
code | intitule
1    | Être une commune accueillante
2    | Être une commune économe

OO
code | code_os | intitule
1.1  | 1       | Accueillir
1.2  | 1       | Informer
2.1  | 2       | Épargner

Actions
code  | code_oo  | parts  | type_action | statut       | avancement | etp | debut_prevu \
| echeance   | service_pilote | agent_pilote | odd | synergie | sante | date_maj
1.1.1 | 1.1      |        | PST         | Terminé      | 100        | 1   | 31/10/2025  \
| 31/10/2027 | Travaux        | LAMBERT Julie | 11 | Oui | |
1.1.2 | 1.1; 2.1 | 75; 25 |             | En cours     | 40         | 0,5 | 01/01/2026  \
| 30/09/2026 | Travaux        | LAMBERT Julie |    | | Risque | 01/10/2026
1.2.1 | 1.2      |        | PST         | En cours     | 140        | 2   |             \
| 31/10/2026 | Culture        |              |     | Oui | | 31/01/2026
1.2.2 | 1.2      |        | PST         | Non commencé | 0          |     | 01/03/2026  \
|            | Travaux        | LAMBERT Julie |    | | |
2.1.1 | 2.1      |        | PST         |              | 60         | 1   |             \
| 15/01/2026 |                |              |     | | |
      |          |        | PST         | Problème     |            | 1   |             \
| 31/12/2027 | Culture        |              |     | | |
2.1.2 | 2.1      |        | PST         | Abandonné    | 20         | 3   | 01/01/2025  \
| 31/12/2025 | Travaux        | LAMBERT Julie | 11 | Oui | |
2.1.3 | 2.1      |        | Pérenne     | En cours     | 90         | 1   | 01/01/2025  \
| 31/12/2025 | Travaux        | LAMBERT Julie | 11 | Oui | |
1.1.3 | 1.1      |        | Hors champ  | Terminé      | 100        |     |             \
|            | Culture        |              |     | | |

Indicateurs
code | niveau | code_lie | sens     | valeur_depart | cible | realise_2025 | realise_2026 \
| realise_2027
I1   | Action | 1.1.1    | Hausse   | 0             | 100   | 40           | 70           |
I2   | OO     | 1.1      | Baisse   | 80            | 40    | 70           |              |
I3   | OS     | 1        | Maintien |               | 20    | 23           |              |
I4   | OO     | 2.1      | Hausse   |               | 8     | 2            |              |
I5   | Action | 1.1.2    | Hausse   | 0             | 50    |              |              | 50

Budget
code | niveau | code_lie | exercice | recette_depense | source_financement | prevu | inscrit \
| realise
B1   | Action | 1.1.1    | 2025     | Dépense         | Fonds propres      | 10000  | 10000  | 9000
B2   | Action | 1.1.2    | 2026     |                 | Subside            | 40000  | 30000  |
B3   | Action | 1.1.2    | 2026     | Dépense         | Subside            | -10000 | -10000 |
B4   | Action | 2.1.2    | 2026     | Dépense         | Fonds propres      | 5000   | 5000   | 5000
B5   | Action | 1.2.1    | 2027     | Dépense         | Subside            |        |        |
B6   | OO     | 1.2      | 2027     | Dépense         | Emprunt part communale | 8000 |        |
B7   |        |          |          | Dépense         |                    | 2000   |        |
B8   | Action | 1.1.1    | 2025     | Recette         | Subside            | 6000   | 6000   | 6000
"""

_SUIVIES = (
    "Les six premières lignes ; ni l’abandonnée 2.1.2, ni la pérenne 2.1.3, ni l’hors champ 1.1.3."
)
_LISTED = "2.1.1 est sans statut."
_PROJECTS = "Sept actions PST : les six suivies et l’abandonnée. " + _LISTED
_DUE = "1.2.2 n’a pas d’échéance."

_PACED = "1.1.1 a 50 points d’avance, 1.1.2 en a 60 de retard."
_SOON = (
    "1.2.1, le jour même. 1.1.2 et 2.1.1 sont passées, la ligne sans code est pour fin 2027, 1.2.2"
    " n’a pas d’échéance."
)

_EXAMPLES = {
    "nb_os": Example("2", 2, 2, "Les OS 1 et 2."),
    "nb_oo": Example("3", 3, 3, "Les OO 1.1, 1.2 et 2.1."),
    "nb_actions": Example("6 + 1 + 1 + 1 = 9", 9, 9,
        "Six suivies, dont la ligne sans code, une abandonnée, une pérenne, une hors champ."),
    "nb_pst": Example("6", 6, 6, _SUIVIES),
    "taux_moyen": Example("(100 + 40 + 0 + 60) ÷ 4 = 50 %", 6, 4,
        "1.1.1, 1.1.2, 1.2.2 et 2.1.1. Les 140 % de 1.2.1 sont impossibles, la ligne sans code n’a"
        " pas d’avancement."),
    "taux_budget": Example("(100 × 10 000 + 40 × 30 000) ÷ (10 000 + 30 000) = 55 %", 6, 2,
        "1.1.2 pèse 40 000 − 10 000. 1.2.1 n’a pas de montant, les autres pas de budget."),
    "taux_etp": Example("(100 × 1 + 40 × 0,5 + 60 × 1) ÷ (1 + 0,5 + 1) = 72 %", 6, 3,
        "1.2.1 et la ligne sans code ont des ETP et pas d’avancement possible ; 1.2.2, l’inverse."),
    "taux_strict": Example("1 ÷ 6 = 16,7 %", 6, 5, f"1.1.1. {_LISTED}"),
    "taux_entame": Example("(1 + 2) ÷ 6 = 50 %", 6, 5, f"1.1.1 ; 1.1.2 et 1.2.1. {_LISTED}"),
    "en_retard": Example("2", 6, 5,
        f"1.1.2 et 2.1.1. L’échéance de 1.2.1 est le jour même. {_DUE}"),
    "part_retard": Example("2 ÷ 5 = 40 %", 6, 5, f"1.1.2 et 2.1.1. {_DUE}"),
    "retard_demarrage": Example("1", 6, 3,
        "1.2.2, sur les trois qui ont un début prévu, avec 1.1.1 et 1.1.2."),
    "budget_prevu": Example("10 000 + 40 000 − 10 000 + 5 000 + 8 000 + 2 000 = 55 000 €", 7, 6,
        "B1 à B7, avec la correction B3, l’action abandonnée de B4, l’OO de B6, B7 qui n’a pas de"
        " lien. B5 n’a pas de montant, B8 est une recette."),
    "budget_realise": Example("9 000 + 5 000 = 14 000 €", 7, 2, "B1 et B4."),
    "execution": Example("(9 000 + 5 000) ÷ (10 000 + 30 000 − 10 000 + 5 000) = 40 %", 7, 4,
        "B1 et B4 ; B1, B2, B3 et B4."),
    "atteinte": Example("(70 ÷ 100 + 10 ÷ 40 + (1 − 3 ÷ 20)) ÷ 3 = 60 %", 5, 3,
        "I1 est de 0 à 70 sur 100, I2 descend de 10 sur 40, I3 s’écarte de 3 sur 20. I4 n’a pas de"
        " départ ; la mesure de I5 est pour 2027."),
    "completude": Example("(11 + 11 + 9 + 9 + 6 + 5 + 11 + 11 + 7) ÷ (9 × 14) = 63,5 %", 9, 9,
        "De chaque ligne, les cases remplies sur 14 : Type et Synergie toujours, Intitulé et Volet"
        " jamais, dans cet exemple."),
    "avec_pilote": Example("3 ÷ 6 = 50 %", 6, 6, "1.1.1, 1.1.2 et 1.2.2."),
    "avec_echeance": Example("5 ÷ 6 = 83,3 %", 6, 6, f"Toutes sauf une : {_DUE}"),
    "avec_indicateur": Example("2 ÷ 6 = 33,3 %", 6, 6,
        "1.1.1 par I1, 1.1.2 par I5, même sans mesure. I2 est à l’OO 1.1, non à ses actions."),
    "avec_budget": Example("2 ÷ 6 = 33,3 %", 6, 6,
        "1.1.1 et 1.1.2. La ligne de 1.2.1 n’a pas de montant."),
    "avec_odd": Example("1 ÷ 6 = 16,7 %", 6, 6, "1.1.1."),
    "synergies": Example("2 ÷ 6 = 33,3 %", 6, 6, "1.1.1 et 1.2.1."),
    "statut_non_commence": Example("1 ÷ 7 = 14,3 %", 7, 6, f"1.2.2. {_PROJECTS}"),
    "statut_en_attente": Example("0 ÷ 7 = 0 %", 7, 6, f"Aucune. {_PROJECTS}"),
    "statut_en_cours": Example("2 ÷ 7 = 28,6 %", 7, 6, f"1.1.2 et 1.2.1. {_PROJECTS}"),
    "statut_probleme": Example("1 ÷ 7 = 14,3 %", 7, 6, f"La ligne sans code. {_PROJECTS}"),
    "statut_termine": Example("1 ÷ 7 = 14,3 %", 7, 6, f"1.1.1. {_PROJECTS}"),
    "statut_sans": Example("1 ÷ 7 = 14,3 %", 7, 7, f"2.1.1. {_PROJECTS}"),
    "statut_annule_abandonne": Example("1 ÷ 7 = 14,3 %", 7, 6, f"2.1.2. {_PROJECTS}"),
    "emprunts_habitant": Example("8 000 ÷ (1 000 × 6) = 1,33 €", 7, 6,
        "B6, 1 000 habitants, les six exercices de 2025 à 2030."),
    "partagees": Example("1", 6, 6, "1.1.2, qui sert 1.1 et 2.1."),
    "attendu": Example("(50 + 100) ÷ 2 = 75 %", 6, 2,
        "1.1.1 : 365 jours sur 730 ; 1.1.2 : son échéance est passée. 1.2.1 a un avancement"
        " impossible et, comme 2.1.1 et la ligne sans code, pas de début ; 1.2.2, pas d’échéance."),
    "ecart_rythme": Example("((100 − 50) + (40 − 100)) ÷ 2 = −5 points", 6, 2, _PACED),
    "en_avance": Example("1", 6, 2, f"1.1.1. {_PACED}"),
    "dans_les_temps": Example("0", 6, 2, f"Aucune. {_PACED}"),
    "retard_rythme": Example("1", 6, 2, f"1.1.2. {_PACED}"),
    "etp": Example("1 + 0,5 + 2 + 1 + 1 = 5,5 ETP", 6, 5, "Des six suivies, 1.2.2 n’en dit pas."),
    "age_maj": Example("(30 + 273) ÷ 2 = 151,5 jours", 5, 2,
        "1.1.2, du 1er octobre, et 1.2.1, du 31 janvier, des cinq qui ne sont pas terminées."),
    "sans_maj": Example("4", 5, 5,
        "1.2.1, depuis 273 jours, et les trois qui n’ont pas de date : 1.2.2, 2.1.1 et la ligne"
        " sans code."),
    "bloquees": Example("1", 9, 9, "La ligne sans code, au statut « Problème »."),
    "a_risque": Example("1", 9, 9, "1.1.2."),
    "abandon_sans_motif": Example("1", 1, 1, "2.1.2."),
    "sans_pilote": Example("3", 5, 5, "1.2.1, 2.1.1 et la ligne sans code."),
    "sans_echeance": Example("1", 5, 5, "1.2.2."),
    "sans_indicateur": Example("4", 5, 5, "Toutes sauf 1.1.2, qui a I5."),
    "sans_budget": Example("4", 5, 5, "Toutes sauf 1.1.2. La ligne de 1.2.1 n’a pas de montant."),
    "echeances_3_mois": Example("1", 5, 4, _SOON),
    "echeances_6_mois": Example("1", 5, 4, _SOON),
    "echeances_12_mois": Example("1", 5, 4, _SOON),
    "non_mesures": Example("2", 5, 5, "I4, sans départ, et I5, dont la mesure est pour 2027."),
    "oo_sans_action": Example("0", 3, 3, "Chacun des trois OO est servi."),
    "os_sans_engagement": Example("2", 2, 2, "Ni l’un ni l’autre n’en dit."),
    "os_sans_oo": Example("0", 2, 2, "Chacun des deux OS a un OO."),
    "oo_sans_os": Example("0", 3, 3, "Chacun des trois OO relève de l’OS 1 ou 2."),
    "actions_sans_oo": Example("1", 6, 6, "La ligne sans code."),
    "actions_1000": Example("6 ÷ 1 000 × 1 000 = 6", 6, 6, "Les six suivies, 1 000 habitants."),
    "budget_habitant": Example("55 000 ÷ 1 000 = 55 €", 7, 6, "Le budget prévu, 1 000 habitants."),
}  # fmt: skip

WORKINGS = Workings(COMMON, _PLAN, dt.date(2026, 10, 31), _EXAMPLES)
