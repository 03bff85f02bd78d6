"""What tests share: workbooks written as small tables of text, made real files, looked at, damaged.

openpyxl only looks at workbooks and damages them: what users get is written by the package.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from pst_excel.checking.report import Report, check
from pst_excel.excel.books.template import write_template
from pst_excel.model.findings import Finding
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind, Layout, Need
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
GOLDEN = ROOT / "tests" / "golden"
OLD_TEMPLATE = GOLDEN / "retour_modele_2026.1.xlsx"
WRITTEN = GOLDEN / "written"
SHOWN = GOLDEN / "shown"
OBSERVED = dt.date(2026, 10, 31)  # the date at which the examples of the rules are written


def town(*services: str) -> str:
    """Return the identification of an institution and its list of services."""
    listed = "".join(f"services    | {service}\n" for service in services)
    return f"""
Identification
cle               | valeur
nom               | Valbruyère
type              | Commune
ins               | 92951
population        | 20143
annee_debut       | 2024
annee_fin         | 2030
date_observation  | 31/10/2026
declaration       | Déclaration de politique communale 2024-2030

Listes
liste       | valeur
{listed}"""


TOWN = town("Travaux", "Finances") + "mandataires | DUPONT Marie\nagents      | LAMBERT Julie\n"

CLEAN = (
    TOWN
    + """
OS
code | intitule                       | volet   | mandataire   | vision            | engagement
1    | Être une commune où l’on roule | Externe | DUPONT Marie | Moins de voitures | Rouler mieux

OO
code | code_os | intitule                     | volet   | domaine  | resultat_attendu | mandataire   \
| responsable_administratif | services | echeance   | odd
1.1  | 1       | Doubler les pistes cyclables | Externe | Mobilité | 12 km de pistes  | DUPONT Marie \
| LAMBERT Julie             | Travaux  | 31/12/2029 | 11

Actions
code  | code_oo | intitule                    | volet   | service_pilote | agent_pilote  \
| debut_prevu | echeance   | debut_effectif | statut   | avancement | etp | odd | date_maj
1.1.1 | 1.1     | Aménager une piste cyclable | Externe | Travaux        | LAMBERT Julie \
| 01/03/2026  | 31/12/2027 | 01/03/2026     | En cours | 40         | 0,5 | 11  | 15/10/2026

Indicateurs
code | niveau | code_lie | libelle                    | type_indicateur | unite  | sens   \
| valeur_depart | annee_depart | cible | echeance   | realise_2025
I1   | Action | 1.1.1    | Nombre de mètres de pistes | Réalisation     | mètres | Hausse \
| 0             | 2024         | 1200  | 31/12/2027 | 400

Budget
code | niveau | code_lie | exercice | service_budgetaire | source_financement | financeur | prevu
B1   | Action | 1.1.1    | 2026     | Extraordinaire     | Subside            | Wallonie  | 250000
"""
)
"""A whole plan, tiny, of which nothing is to be said."""

RETURN = TOWN.replace("nom               |", "service | Travaux\nnom |")
"""The identification and lists of the return of one service."""


def workbook(text: str, plan: Plan = PST) -> bytes:
    """Return a real workbook that holds these small tables of text, and the ids that they say."""
    return _of_the_pst(text) if plan is PST else _written(text, plan)


@lru_cache(maxsize=256)
def _of_the_pst(text: str) -> bytes:
    """Many tests begin with the same workbook, which takes a quarter of a second to write."""
    return _written(text, PST)


def _written(text: str, plan: Plan) -> bytes:
    made = return_of(text, plan)
    for table in made.tables.values():
        for at, row in enumerate(table.rows):
            if row in table.new_rows:
                table.columns["id"][at] = None
    return write_template(made)


def with_table(filled: Return, sheet: str, **changes: Any) -> Return:
    """Return the same return, something of one of its tables changed."""
    table = replace(filled.tables[sheet], **changes)
    return replace(filled, tables=filled.tables | {sheet: table})


def saved(path: Path, data: bytes | str) -> Path:
    """Write a file (a text is made a workbook first) and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(workbook(data) if isinstance(data, str) else data)
    return path


def read(data: bytes, name: str = "retour.xlsx", plan: Plan = PST) -> Return:
    """Read the bytes of a workbook."""
    return read_bytes(data, name, plan)


def damaged(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Return a workbook after something was done to it with openpyxl."""
    book = opened(data)
    change(book)
    return _bytes(book)


def opened(data: bytes) -> Workbook:
    """Return a workbook as openpyxl sees it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it does not carry
        return openpyxl.load_workbook(io.BytesIO(data))


def grid(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return a workbook that someone made without the template: rows of cells by sheet title."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return _bytes(book)


def _bytes(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cells(data: bytes, title: str) -> dict[str, Any]:
    """Return the filled cells of a sheet by address."""
    sheet = opened(data)[title]
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def column_of(data: bytes, title: str, label: str, heading_row: int = 4) -> int:
    """Return the number (from 1) of the column under a heading, its signs aside."""
    sheet = opened(data)[title]
    headings = [str(cell.value or "").strip(" ✱ƒ*") for cell in sheet[heading_row]]
    return headings.index(label) + 1


def column(kind: Kind, **more: Any) -> Column:
    """Return a column of a kind that is nothing else."""
    return Column("x", "X", kind, "", **more)


def verdict(
    *returns: Return | str | bytes, plan: Plan = PST, stage: Stage | None = Stage.EVALUATION
) -> Report:
    """Check returns together: as read, as bytes of a workbook, or as tables of text."""
    made = [
        one if isinstance(one, Return)
        else read(one, f"retour-{at}.xlsx", plan) if isinstance(one, bytes)
        else return_of(one, plan, f"retour-{at}.xlsx")
        for at, one in enumerate(returns, start=1)
    ]  # fmt: skip
    return check(made, plan, OBSERVED, stage=stage)


def of_code(findings: Iterable[Finding], code: str) -> list[Finding]:
    """Return the findings of one code."""
    return [finding for finding in findings if finding.code == code]


def structural(filled: Return, code: str) -> list[Finding]:
    """Return what reading found wrong, of one code, in the structure of a workbook."""
    return of_code(filled.findings, code)


def listing(folder: Path) -> dict[str, bytes | None]:
    """Return what a folder holds, to be compared before and after: content by relative path."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def cpu_of_children() -> float:
    """Return the CPU seconds of the processes that have ended: what work takes, whatever the load.

    Nothing is counted on a system that does not count.
    """
    times = os.times()
    return times.children_user + times.children_system


def toy(*rules: Any, columns: tuple[Column, ...] = ()) -> Plan:
    """Return a plan of one table, for what the engine does whatever the plan says."""
    code = Column("code", "Code", Kind.CODE, "Le code.", Need.REQUIRED)
    title = Column("intitule", "Intitulé", Kind.TEXT, "Le nom.", Need.ADVISED, max_length=20)
    amount = Column("montant", "Montant", Kind.AMOUNT, "Combien.", low=0, high=1000)
    name = Column("nom", "Nom", Kind.TEXT, "De qui.", role=Role.NAME)
    listed = (
        Column("liste", "Liste", Kind.TEXT, "Laquelle."),
        Column("valeur", "Valeur", Kind.TEXT, "Quoi."),
    )
    return Plan(
        "Jouet", "1",
        (
            Sheet("fiche", "Fiche", "Qui ?", (name,), layout=Layout.FORM, named_by="nom"),
            Sheet("choses", "Choses", "Quoi ?", (code, title, amount, *columns),
                  named_by="intitule"),
            Sheet("listes", "Listes", "Parmi quoi ?", listed, layout=Layout.LISTS,
                  named_by="valeur"),
        ),
        (), 2024, 2030, rules=rules,
    )  # fmt: skip
