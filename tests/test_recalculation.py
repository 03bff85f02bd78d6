"""What pandas counted and what a spreadsheet calculates are the same numbers, before and after an edit.

Each workbook is written once, calculated again by LibreOffice in a French and in an English profile,
and compared cell by cell with the values that the program had put in it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import office
import pytest
from office import Cells

from pst_excel.batch import Return
from pst_excel.consolidating import consolidate
from pst_excel.demo.content import OBSERVED
from pst_excel.outputs import OUTPUTS
from pst_excel.pst import PST
from pst_excel.reading import read_bytes
from pst_excel.schema import HEADING_ROW

pytestmark = [pytest.mark.libreoffice, office.libreoffice]

TOWN = """
Identification
cle              | valeur
nom              | Valbruyère
type             | Commune
ins              | 92951
population       | 1000
annee_debut      | 2024
annee_fin        | 2030
date_observation | 31/10/2026
"""

SMALL = (
    TOWN
    + """
OS
code | intitule             | volet
1    | Être accueillante    | Externe
2    | Être économe         | Interne
3    |                      | Externe
10   | Être verte           | Externe

OO
code | code_os | intitule
1.1  | 1       | Accueillir
1.10 | 1       | Informer
2.1  | 2       | Épargner
2.2  | 9       | Sans OS connu
10.1 | 10      | Planter

Actions
code   | code_oo         | parts  | intitule | type_action | volet   | service_pilote | agent_pilote \
| statut       | avancement | echeance   | debut_prevu | debut_effectif | etp
1.1.1  | 1.1             |        | A        |             | Externe | Travaux        | X.Y          \
| En cours     | 40         | 30/06/2026 | 01/01/2026  | 05/01/2026     | 0,5
1.1.2  | 1.1; 2.1        | 60; 40 | B        |             | Externe | Travaux        |              \
| Terminé      | 100        | 31/12/2026 |             |                | 1
1.1.3  | 1.1; 1.10; 10.1 |        | C        |             | Externe | Travaux        |              \
| Presque fini |            |            | 01/01/2025  |                |
1.10.1 | 1.10            |        | D        |             | Interne | Finances       |              \
| Abandonné    | 10         | 01/01/2025 |             |                | 2
1.10.2 | 1.10            |        | E        | Pérenne     | Interne | Finances       |              \
| En cours     |            | 01/01/2025 |             |                | 2
2.1.1  | 2.1             |        | F        |             |         |                | Z            \
| Non commencé | 0          |            | 01/02/2026  |                |
2.2.1  | 2.2             |        | G        |             | Externe | Énergie        |              \
| Problème     | 33,333333  | 31/10/2026 | 30/10/2026  |                | 0,1
2.2.2  |                 |        | H        |             | Externe | Énergie        |              \
|              | 50         | 30/10/2026 | 31/10/2026  |                |
10.1.1 | 10.1; 99        | 70; 30 | I        | Hors champ  | Externe | Énergie        |              \
| En cours     | 20         | 01/01/2026 |             |                | 1
10.1.2 | 10.1            |        | J        |             | Externe | Énergie        |              \
| En cours     | 120        | 01/01/2026 |             |                | 1

Indicateurs
code | niveau | code_lie | libelle         | type_indicateur | unite | sens     | valeur_depart | cible \
| realise_2025 | realise_2026
I1   | OS     | 1        | monte           | Impact          | n     | Hausse   | 0             | 100   \
| 25           | 50
I2   | OO     | 1.1      | baisse          | Résultat        | n     | Baisse   | 100           | 50    \
|              | 75
I3   | OO     | 1.10     | se maintient    | Résultat        | n     | Maintien | 10            | 10    \
| 8            |
I4   | Action | 1.1.1    | sans départ     | Réalisation     | n     | Hausse   |               | 4     \
| 1            |
I5   | Action | 1.1.1    | jamais mesuré   | Réalisation     | n     | Hausse   | 0             | 4     \
|              |
I6   | OS     | 2        | sans cible      | Impact          | n     | Baisse   | 5             |       \
| 1            |
I7   | OO     | 2.1      | zéro visé       | Résultat        | n     | Baisse   |               | 0     \
| 0            |
I8   | OO     | 10.1     | tombé à zéro    | Résultat        | n     | Baisse   |               | 5     \
| 0            |
I9   | OS     | 1        | recule          | Impact          | n     | Hausse   | 10            | 20    \
| 5            |
I10  | OO     | 10.1     | jamais mesuré   | Résultat        | n     | Hausse   | 10            | 20    \
|              |

Budget
code | niveau | code_lie | exercice | service_budgetaire | recette_depense | source_financement \
| prevu     | inscrit | engage | realise
B1   | Action | 1.1.1    | 2026     | O                  |                 | Subside            \
| 1000,50   | 900     |        | 450,25
B2   | Action | 1.1.1    | 2027     | O                  | R               | Subside            \
| 500       |         |        |
B3   | OO     | 1.1      | 2026     | E                  | D               |                    \
| 200       | 100     | 100    | 0
B4   | Action | 1.1.1    |          | E                  | D               | Loterie            \
| 300       |         |        |
B5   | Action | 1.10.1   | 2031     | E                  | D               | Fonds propres      \
| 12 500,00 |         |        |
"""
)
"""Ten actions with blanks, an unknown status, lost links, transversal actions, codes 1.1 and 1.10."""


def _with(*changes: tuple[str, str]) -> str:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


NOT_UNDERSTOOD = _with(
    ("| 33,333333  |", "| à moitié   |"),
    ("| 31/10/2026 | 30/10/2026  |", "| sous peu   | bientôt     |"),
    ("| 0,1\n", "| un dixième\n"),
    ("| 05/01/2026     |", "| en janvier     |"),
    ("|              | 75\n", "| 75           | beaucoup\n"),
    ("| Hausse   | 10            | 20    |", "| Hausse   | dix           | 20    |"),
    ("| Baisse   | 5             |       |", "| Baisse   | 5             | peu   |"),
    ("| 500       |", "| environ 5 |"),
    ("| 200       |", "| deux cents|"),
)
"""The same plan, texts in numbers and dates: the program keeps each text and counts it as unknown."""

SHARES = _with(("| 60; 40 |", "| 60; le reste |"), ("| 70; 30 |", "| 62,5; 37,5 |"),
               ("| Hors champ  |", "| PST |"))  # fmt: skip
NAMES = _with(
    ("| Énergie        |", "| > 50 % * ?     |"),
    ("| Finances       |", "| > 50 % et sport |"),
    ("C        |             | Externe | Travaux", "C | | Externe | TRAVAUX"),
    ("10.1.2 | 10.1 ", "       | 10.1 "),
)
"""Names that look like criteria, a name in two cases, an action without a code."""

BOOKS: dict[str, Callable[[], bytes]] = {
    "sample": office.sample_book,
    "comparison": office.sample_comparison,
    "small": lambda: office.consolidated(SMALL),
    "not understood": lambda: office.consolidated(NOT_UNDERSTOOD),
    "shares not understood": lambda: office.consolidated(SHARES),
    "names": lambda: office.consolidated(NAMES),
    "no row": lambda: office.consolidated(TOWN),
}
FORMULAS = {"sample": 4000, "comparison": 20}  # at least; 1000 in the small ones


@dataclass(frozen=True)
class Change:
    """What somebody changes in a workbook: values by column, on the row of a code or a spare one."""

    sheet: str
    code: str
    values: dict[str, Any]

    def __call__(self, workbook: Any) -> None:
        page = workbook[self.sheet]
        headings = {str(c.value).rstrip(" ✱ƒ"): c.column for c in page[HEADING_ROW]}
        declared = next(s for s in PST if s.title == self.sheet)
        row = _row_of(page, headings[declared["code"].label], self.code)
        for key, value in {"code": self.code, **self.values}.items():
            page.cell(row, headings[declared[key].label]).value = value


def _row_of(page: Any, column: int, code: str) -> int:
    """Return the row of a code, or the first spare row."""
    row = HEADING_ROW + 1
    while page.cell(row, column).value not in (code, None):
        row += 1
    return row


def observed_later(workbook: Any) -> None:
    """Move the date of observation in the identification."""
    page = workbook["Identification"]
    row = next(r for r in range(1, 40) if page.cell(r, 2).value == "Date d’observation")
    page.cell(row, 3).value = dt.date(2027, 6, 30)


NEW = {
    "code_oo": "10.1; 2.1", "parts": "80; 20", "intitule": "Nouvelle", "type_action": "PST",
    "volet": "Externe", "service_pilote": "Travaux", "statut": "En cours", "avancement": 50,
    "echeance": dt.date(2026, 3, 1), "etp": 1.5, "synergie": "Non",
}  # fmt: skip
NEW_LINE = {
    "niveau": "Action", "code_lie": "2.2.1", "exercice": 2026, "recette_depense": "Dépense",
    "source_financement": "Subside", "prevu": 1234.56, "inscrit": 1000, "realise": 10,
}  # fmt: skip
BLANKS = {"type_action": None, "synergie": None}
EDITS: dict[str, tuple[Callable[[Any], None], ...]] = {
    "values": (
        Change("Actions", "1.1.1", {"statut": "Terminé", "avancement": 87.5, "etp": 3}),
        Change("Actions", "2.2.1", {"statut": "En cours", "echeance": dt.date(2026, 1, 1)}),
        Change("Actions", "1.10.1", {"statut": "Non commencé", "avancement": 0}),
        Change("Budget", "B1", {"prevu": 0.1, "realise": 899.99}),
        Change("Indicateurs", "I5", {"realise_2026": 3}),
    ),
    "cleared": (
        Change("Actions", "1.1.1", {"echeance": None, "statut": None}),
        Change("Actions", "2.2.1", {"avancement": None}),
        Change("Indicateurs", "I1", {"realise_2026": None}),
        Change("Budget", "B1", {"inscrit": None, "source_financement": None}),
    ),
    "in words": (
        Change("Actions", "2.2.1", {"avancement": "presque", "echeance": "à la rentrée"}),
        Change("Budget", "B1", {"prevu": "à préciser"}),
    ),
    "links": (
        Change("Actions", "1.1.1", {"code_oo": "2.1;1.10", "parts": "30;70"}),
        Change("Actions", "2.1.1", {"code_oo": "1.10"}),
        Change("Indicateurs", "I2", {"code_lie": "2.1"}),
        Change("Budget", "B1", {"code_lie": "1.1.0"}),  # nobody’s, at the same place
    ),
    "new rows": (
        Change("Actions", "10.1.3", NEW),
        Change("Budget", "B6", NEW_LINE),
        Change("Indicateurs", "I11", {
            "niveau": "OO", "code_lie": "2.1", "libelle": "neuf", "sens": "Hausse",
            "valeur_depart": 0, "cible": 8, "realise_2026": 3,
        }),
    ),
    "new rows, defaults left blank": (
        Change("Actions", "10.1.3", NEW | BLANKS),
        Change("Budget", "B6", NEW_LINE | {"recette_depense": None}),
    ),
    "date of observation": (observed_later,),
}  # fmt: skip


@cache
def book(name: str) -> bytes:
    """Return a workbook of the list; one that cannot be written fails its own tests only."""
    return BOOKS[name]()


def written(name: str, make: Callable[[str], bytes]) -> dict[str, bytes]:
    """Return a workbook by the name of its file; none when it cannot be written."""
    try:
        return {f"{name}.xlsx": make(name)}
    except Exception:  # its own test makes it again, and says why
        return {}


@pytest.fixture(scope="module", params=["fr-FR", "en-US"])
def calculated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """Every workbook, calculated again in one locale."""
    files = {file: data for name in BOOKS for file, data in written(name, book).items()}
    folder = tmp_path_factory.mktemp(request.param)
    return office.recalculated(files, folder, request.param)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every edited workbook, calculated again in French."""
    files = {f"{name}.xlsx": edited(name) for name in EDITS}
    return office.recalculated(files, tmp_path_factory.mktemp("edits"), "fr-FR")


@cache
def edited(name: str) -> bytes:
    """Return the small plan's workbook after an edit."""

    def change(workbook: Any) -> None:
        for one in EDITS[name]:
            one(workbook)

    return office.edited(book("small"), change)


@cache
def reread(name: str) -> Return:
    """Return what the program reads in the edited workbook."""
    return read_bytes(edited(name), f"{name}.xlsx", PST)


@cache
def evaluated(name: str) -> tuple[frozenset[tuple[str, str]], Cells]:
    """Return the formulas that the edited plan shares with its own consolidation, and its values."""
    # Texts that are not understood would have columns of their own, and move the formulas.
    one = replace(reread(name), notes=[])
    date: Any = one.identity("date_observation")
    again = OUTPUTS[".xlsx"].write(consolidate([one], PST, date))
    common = office.formulas(again).keys() & office.formulas(edited(name)).keys()
    return frozenset(common), office.values(again)


def said(differing: list[str]) -> str:
    """Say what differs, the first ones."""
    return f"{len(differing)} cells\n" + "\n".join(differing[:12])


@pytest.mark.parametrize("name", BOOKS)
def test_every_formula_gives_the_value_that_pandas_gave(
    name: str, calculated: dict[str, bytes]
) -> None:
    data = book(name)

    formulas, found = office.formulas(data), office.values(calculated[f"{name}.xlsx"])
    differing = office.differences(formulas, office.values(data), found)

    assert not differing, said(differing)
    assert office.errors(found) == []
    assert len(formulas) >= FORMULAS.get(name, 1000 if name != "no row" else 500)


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_every_formula_gives_what_pandas_gives_for_the_edited_plan(
    name: str, after: dict[str, bytes]
) -> None:
    data = after[f"{name}.xlsx"]
    common, expected = evaluated(name)
    tables = {key: table.columns for key, table in read_bytes(data, "", PST).tables.items()}

    found = office.values(data)
    differing = office.differences(dict.fromkeys(sorted(common)), expected, found)

    assert tables == {key: table.columns for key, table in reread(name).tables.items()}
    assert not differing, said(differing)
    assert office.errors(found) == []
    assert len(common) >= 1000
    assert _changed(common, office.values(book("small")), found), "an edit that proves nothing"


def _changed(cells: Any, before: Cells, after: Cells) -> list[str]:
    return office.differences(dict.fromkeys(cells), before, after)


def test_in_the_sample_an_edit_reaches_the_dashboard(tmp_path: Path) -> None:
    actions = office.sample().batch.frames["actions"]
    late = actions[(actions["retard"] == 1.0) & (actions["statut"] == "En cours")]["code"].iloc[0]

    def change(workbook: Any) -> None:
        Change("Actions", late, {"statut": "Terminé", "avancement": 100})(workbook)
        Change("Actions", "99.9.9", NEW | {"code_oo": "1.1; 2.1"})(workbook)
        Change("Budget", "B9999", NEW_LINE)(workbook)

    changed = office.edited(office.sample_book(), change)
    data = office.recalculated({"a.xlsx": changed}, tmp_path, "fr-FR")["a.xlsx"]
    one = read_bytes(data, "a.xlsx", PST)
    result = consolidate([one], PST, OBSERVED)
    again = OUTPUTS[".xlsx"].write(result)

    boards = {
        place: text for place, text in office.formulas(again).items()
        if place[0] == "Tableau de bord"
    }  # fmt: skip
    found = office.values(data)
    differing = office.differences(boards, office.values(again), found)

    assert len(result.batch.frames["actions"]) == len(actions) + 1
    assert not differing, said(differing)
    assert len(boards) > 400
    assert _changed(boards, office.values(office.sample_book()), found)


# What every spreadsheet since Excel 2010 knows under these names, and LibreOffice with it.
SAFE = frozenset(
    [
        "AND",
        "AVERAGEIFS",
        "CHAR",
        "COUNTA",
        "COUNTBLANK",
        "COUNTIFS",
        "EDATE",
        "EXACT",
        "IF",
        "IFERROR",
        "INDEX",
        "ISERROR",
        "ISNUMBER",
        "LEFT",
        "LEN",
        "MATCH",
        "MAX",
        "MEDIAN",
        "MID",
        "MIN",
        "N",
        "NETWORKDAYS",
        "NOT",
        "OR",
        "REPT",
        "ROUND",
        "ROW",
        "SUBSTITUTE",
        "SUBTOTAL",
        "SUM",
        "SUMIFS",
        "SUMPRODUCT",
        "TRIM",
        "VALUE",
        "VLOOKUP",
    ]
)
TEXTS = re.compile(r'"(?:[^"]|"")*"')


def _all_formulas(data: bytes) -> list[str]:
    with office.opened(data) as workbook:
        names = [f"={name.attr_text}" for name in workbook.defined_names.values()]
    return [*set(office.formulas(data).values()), *names]


@pytest.mark.parametrize("name", ["sample", "comparison", "small"])
def test_formulas_use_only_functions_that_every_spreadsheet_knows(name: str) -> None:
    used = {
        function
        for formula in _all_formulas(book(name))
        for function in re.findall(r"([A-Za-z_.]+[A-Za-z0-9_.]*)\(", TEXTS.sub('""', formula))
    }

    assert used <= SAFE, used - SAFE


@pytest.mark.parametrize("name", ["sample", "comparison", "small"])
def test_no_criterion_holds_a_decimal_number_in_quotes(name: str) -> None:
    texts = {text for formula in _all_formulas(book(name)) for text in TEXTS.findall(formula)}

    assert not [t for t in texts if re.search(r"^\"(?:[<>=]+\s*)?-?\d+[.,]\d", t)]
    assert not [t for t in texts if re.search(r"^\"[<>=]+.", t) and t.strip('"') not in SIGNS]


SIGNS = frozenset({"=", "<>", "<", ">", "<=", ">="})


@pytest.mark.parametrize("name", ["sample", "small"])
def test_value_reads_only_whole_numbers(name: str) -> None:
    shares = office.sample().batch.frames["actions"]["parts"].dropna()
    using = [f for f in _all_formulas(book(name)) if "VALUE(" in f]

    assert all(re.fullmatch(r"\d+(?:; ?\d+)*", text) for text in shares)
    assert using
    assert all("IFERROR(VALUE(TRIM(MID(SUBSTITUTE(" in f for f in using)
