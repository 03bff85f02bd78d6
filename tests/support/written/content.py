"""One small and rich return: as a table of text, as the typed cells of a workbook, as it must be read.

In the text, `⏎` is a line break in a cell and a leading `'` a value stored as text, as in Excel.
What looks like a number or a date there is a real number or a real date in the workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from pst_excel.cells.values import Value
from pst_excel.model.schema import HEADING_ROW, Column, Sheet
from pst_excel.model.words.kinds import Kind, Layout, Where
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of, tables_of
from pst_excel.returns.tables import Return

LONG = "Voirie : élargir, paver, planter ; l’œuvre se fait en « 3 phases » (≥ 2 m, 12 €/m²). " * 60

TEXT = f"""
Identification
cle              | valeur
nom              | Valbruyère-lez-Étangs
type             | Commune
ins              | 92951
province         | Namur
population       | 20143
annee_debut      | 2024
annee_fin        | 2030
date_observation | 31/10/2026
declaration      | Déclaration de politique communale « Cœur de bourg »⏎adoptée à l’unanimité
contact          | pst@valbruyere.example

Constat
code | volet   | domaine  | type_constat | intitule                             | valeur | unite   | annee | source            | liens
C1   | Externe | Mobilité | Faiblesse    | Un ménage sur cinq n’a pas d’arrêt   | 21,4   | %       | 2024  | WalStat 2024      | 1; 1.1
C2   | Externe | Énergie  | Menace       | Le prix de l’énergie a doublé        | -0,125 | €/kWh   | 2023  |                   | 2
C3   | Interne | Culture  | Force        | Une équipe « sœur » au CPAS voisin   |        |         |       | Enquête, n° 3/2025 |

OS
code | intitule                            | volet   | mandataire     | vision                              | engagement                | statut
1    | Être une commune où l’on roule      | Externe | DUPONT Marie   | Moins de voitures⏎Plus de vélos     | « Rouler mieux » (p. 12)  | En cours
2    | Être une commune sobre et chaleureuse | Interne | D’HŒST Noël | Des bâtiments à énergie zéro        | Isoler d’ici 2030         | Créé

OO
code | code_os | intitule                       | volet   | domaine  | resultat_attendu   | priorite | mandataire   | responsable_administratif | services          | echeance   | odd
1.1  | 1       | Doubler les pistes cyclables   | Externe | Mobilité | 12 km de pistes    | 0        | DUPONT Marie | LAMBERT Julie             | Travaux           | 31/12/2029 | 11; 13
1.10 | 1       | Apaiser le cœur du village     | Externe | Mobilité | Vitesse ≤ 30 km/h  | 2        | D’HŒST Noël  | MAÏS Zoé                  | Travaux; Finances | 30/06/2028 | 3
1.2  | 2       | Rénover l’hôtel de ville       | Interne | Énergie  | -40 % d’énergie    | '1       | D’HŒST Noël  | LAMBERT Julie             | Finances          | 29/02/2028 | '7

Actions
code    | code_oo   | parts  | intitule                      | description     | volet   | service_pilote | agent_pilote  | services_partenaires | asbl             | priorite | debut_prevu | echeance   | debut_effectif | fin_effective | statut       | avancement | etp   | odd       | plans            | synergie | validee | commentaire                   | date_maj
1.1.1   | 1.1       |        | Aménager une piste cyclable   | {LONG.strip()}  | Externe | Travaux        | LAMBERT Julie | Finances             | Les Vélos d’Émile | 0       | 01/03/2026  | 31/12/2027 | 01/03/2026     |               | En cours     | 45 %       | 0,5   | 11        | Plan de mobilité | VRAI     | VRAI    | Chantier ouvert⏎Phase 1 : 80 % | 15/10/2026
1.1.2   | 1.1; 1.10 | 60; 40 | Poser des arceaux             |                 | Externe | Travaux        | MAÏS Zoé      |                      |                  | 1        | 01/01/2025  | 31/12/2025 | 06/01/2025     | 28/11/2025    | Terminé      | 100        | 1,25  | 11; 13    |                  | FAUX     | FAUX    |                               | 01/12/2025
1.1.10  | 1.1       |        | =SOMME(A1:A3) : un titre      | -12 @ +32       | Externe | Finances       |               | Travaux              |                  | 2        |             | 31/01/2030 |                |               | Non commencé | 0          |       | '13       |                  |          |         | +32 81 22 33 44               | 29/02/2024
1.10.1  | 1.10      |        | Créer une zone 30             |                 | Externe | Travaux        | LAMBERT Julie |                      |                  | '0       | 15/09/2026  | 30/06/2028 | 15/09/2026     |               | En cours     | 7          | 0,1   | 3; 11; 16 |                  | Non      | Oui     | « À suivre… » — l’échevin     | 31/10/2026
1.10.2  | 1.10      |        | Planter 100 arbres            | A & B <c> "d"   | Externe | Travaux        | D’HŒST Noël   |                      |                  |          | 01/11/2027  | 31/03/2028 |                |               | Non commencé | 0 %        | 2     | 15        |                  |          |         |                               |
1.2.1   | 1.2       |        | Isoler le toit                |                 | Interne | Finances       | MAÏS Zoé      |                      |                  | 1        | 01/02/2026  | 31/12/2026 | 02/02/2026     |               | En cours     | 33,5 %     | '0,75 | 7         |                  |          | VRAI    |                               | '15/10/2026
1.2.2   | 1.2       |        | Changer la chaudière          |                 | Interne | Finances       | MAÏS Zoé      | Travaux              |                  |          | 01/02/2027  | 31/12/2027 |                |               | Abandonné    | '10        |       | 7; 13     |                  |          | FAUX    | Trop cher : 0042              | 01/07/2026
05.1.01 | 1.2       |        | Éteindre la nuit              |                 | Interne | Travaux        |               |                      |                  | 0        | 01/02/2026  | 31/12/2026 | 02/02/2026     |               | En cours     | 99         | 0,333 | '7        |                  |          |         |                               | 30/09/2026

Indicateurs
code | niveau | code_lie | libelle                         | type_indicateur | unite     | sens   | valeur_depart | annee_depart | cible   | echeance   | source | realise_2025 | realise_2026
I1   | Action | 1.1.1    | Nombre de mètres de pistes      | Réalisation     | mètres    | Hausse | 0             | 2024         | 1200    | 31/12/2027 | Relevé | 400          | 612,75
I2   | OO     | 1.10     | Vitesse moyenne dans le village | Résultat        | km/h      | Baisse | 47,3          | 2024         | 30      | 30/06/2028 |        | 44,125       | '41,9
I3   | OS     | 2        | Énergie par m²                  | Impact          | kWh/m²    | Baisse | 0,1           | 2023         | -0,0005 | 31/12/2029 |        | 123456789,25 |

Budget
code | niveau | code_lie | exercice | service_budgetaire | recette_depense | article    | projet_extraordinaire | libelle         | source_financement | financeur | prevu        | inscrit   | engage | realise
B1   | Action | 1.1.1    | 2026     | Extraordinaire     | Dépense         | 421/731-60 | 20260012              | Pistes, phase 1 | Subside            | Wallonie  | 250000       | 12 500,50 € | 0    | 0,01
B2   | Action | 1.10.1   | 2027     | Ordinaire          | Dépense         | 421/124-06 |                       | Signalisation   | Fonds propres      |           | '1 234,56    | 1 234,56  |        |
B3   | OO     | 1.2      | 2028     | Extraordinaire     | Recette         |            | 20280003              |                 | Emprunt            |           | 1250000,99 € |           |        |

Listes
liste       | valeur
services    | Travaux
services    | Finances
mandataires | DUPONT Marie
mandataires | D’HŒST Noël
agents      | LAMBERT Julie
agents      | MAÏS Zoé
agents      | D’HŒST Noël
"""

Raw = str | float | bool | dt.date | None

LOCAL = "N° de dossier « interne »"
LOCAL_VALUES: tuple[Raw, ...] = (
    "D-0042",
    7.5,
    dt.date(2026, 3, 1),
    True,
    "",
    "=1+1",
    "0042",
    "ligne 1\nligne 2",
)
"""The column that the service added to Actions: one cell of each kind."""

ADDED = "Réunions (à relire)"
BLANK_AFTER = 3  # rows of a table, then a blank one
HIDDEN = "1.10.2"  # the code of the action whose row is hidden

STORED, DAY, PERCENT, EUROS = "@", "dd/mm/yyyy", "0%", '#,##0.00\\ "€"'
DAYS = {
    "debut_prevu": "[$-80C]d mmmm yyyy;@", "date_maj": "yyyy-mm-dd", "echeance": "d/mm/yy",
}  # fmt: skip


class Cell(NamedTuple):
    """What a cell holds and the number format under which it is shown."""

    value: Raw = None
    form: str = "General"


@dataclass(frozen=True)
class Page:
    """A sheet: rows of cells from A1, merged areas, the numbers of its hidden rows."""

    title: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()


def columns(sheet: Sheet) -> list[Column]:
    """Return the columns that people see in the sheet of a return, in order."""
    return [c for c in sheet.inputs if c.stands(Where.RETURN) and not c.hidden]


def typed(column: Column, text: str) -> Cell:
    """Return a text of the table as a spreadsheet would hold it."""
    if not text:
        return Cell()
    if text.startswith("'"):
        return Cell(text[1:], STORED)
    if text in ("VRAI", "FAUX"):
        return Cell(text == "VRAI")
    if column.kind is Kind.DATE:
        return Cell(dt.datetime.strptime(text, "%d/%m/%Y").date(), DAYS.get(column.key, DAY))
    if column.kind is Kind.CHOICE and text.isdecimal():
        return Cell(float(text))  # a priority or an ODD that a person typed
    if column.kind.is_number and not column.many:
        number = float(text.rstrip("€% ").replace(" ", "").replace(",", "."))
        if text.endswith("%"):
            return Cell(number / 100, PERCENT)
        return Cell(number, EUROS if column.kind is Kind.AMOUNT else "General")
    return Cell(text.replace("⏎", "\n"), STORED)


def numbers(count: int) -> list[int]:
    """Return the numbers of the rows of a table, a blank one left among them."""
    first = HEADING_ROW + 1
    return [first + at + (at >= BLANK_AFTER) for at in range(count)]


def pages() -> list[Page]:
    """Return the workbook: the sheets of the return, and one that the service added."""
    raw = tables_of(TEXT)
    made = []
    for sheet in PST:
        rows = raw.get(sheet.title, [])
        if sheet.layout is Layout.FORM:
            made.append(_form(sheet, {row["cle"]: row["valeur"] for row in rows}))
        elif sheet.layout is Layout.LISTS:
            made.append(_lists(sheet, rows))
        elif not sheet.program:
            made.append(_table(sheet, rows))
    meeting = [Cell("Le 12 mars"), Cell(dt.date(2026, 3, 12), DAY), Cell(3.0), Cell(True)]
    return [*made, Page(ADDED, [[Cell("Réunion de « service »")], [], meeting])]


def _head(sheet: Sheet) -> list[list[Cell]]:
    return [[Cell(f"PST de Valbruyère-lez-Étangs : {sheet.title}")], [Cell(sheet.question)], []]


def _form(sheet: Sheet, given: dict[str, str]) -> Page:
    rows = [[Cell(c.label), typed(c, given.get(c.key, ""))] for c in sheet.inputs]
    return Page(sheet.title, [*_head(sheet), *rows], ("A1:D1",))


def _lists(sheet: Sheet, rows: list[dict[str, str]]) -> Page:
    lists: dict[str, list[Cell]] = {}
    for row in rows:
        name = PST.vocabulary(row["liste"]).label
        lists.setdefault(name, [Cell(name)]).append(Cell(row["valeur"]))
    across = zip_longest(*lists.values(), fillvalue=Cell())
    return Page(sheet.title, [*_head(sheet), *across], ("A1:D1",))


def _table(sheet: Sheet, rows: list[dict[str, str]]) -> Page:
    known = columns(sheet)
    made = [[Cell(c.label) for c in known]]
    made += [[typed(c, row.get(c.key, "")) for c in known] for row in rows]
    if sheet.key == "actions":
        for row, value in zip(made, (LOCAL, *LOCAL_VALUES), strict=True):
            row.append(Cell(value or None, DAY if isinstance(value, dt.date) else "General"))
    hidden = tuple(
        number for number, row in zip(numbers(len(rows)), rows, strict=True)
        if row["code"] == HIDDEN
    )  # fmt: skip
    made.insert(1 + BLANK_AFTER, [])
    return Page(sheet.title, [*_head(sheet), *made], ("A1:D1",), hidden)


def returned() -> Return:
    """Return what the text says, as reading a workbook would give it."""
    made = return_of(TEXT.replace("'", ""), PST)
    for table in made.tables.values():
        for key, values in table.columns.items():
            table.columns[key] = [v.replace("⏎", "\n") if isinstance(v, str) else v for v in values]
    return made


def expected() -> dict[str, dict[str, list[Value]]]:
    """Return the columns of each table that the workbook has, by key, ids aside."""
    return {
        name: {key: values for key, values in table.columns.items() if key != "id"}
        for name, table in returned().tables.items()
        if not PST[name].program
    }
