"""Every way of reading another layout is said as declared; a strict reading has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support import CLEAN, TOWN, grid, verdict, workbook
from support.hostile import rewritten
from support.layouts import (
    BANDS,
    HEADINGS,
    PLANTER,
    TAILLER,
    read_actions,
    read_form,
    read_sheets,
    table,
)
from support.pictures import pictured

from pst_excel.cells.readings import Confidence
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.findings import Severity
from pst_excel.model.schema import COMPANION
from pst_excel.pst import PST
from pst_excel.reading.limits import Limits, Options
from pst_excel.reading.locating.tolerances import TOLERANCES, rows_in_words
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UnreadableFile

STRICT = Options(strict=True)


def test_nothing_is_said_of_a_workbook_as_the_program_writes_it() -> None:
    for text in (CLEAN, TOWN):
        filled = read_bytes(workbook(text), "retour.xlsx", PST)
        assert (filled.layout, filled.readings, filled.findings) == ([], [], [])


def test_rows_in_words() -> None:
    assert rows_in_words([8]) == "ligne 8"
    assert rows_in_words([9, 8]) == "lignes 8 et 9"
    assert rows_in_words([8, 12, 13, 14, 15]) == "lignes 8, 12 à 15"


def test_a_strict_reading_takes_nothing_but_the_names_of_the_template() -> None:
    filled = read_actions(*BANDS, ("Total", None, 3), HEADINGS[:3], strict=True)
    assert len(table(filled)) == len(BANDS) + 1
    assert set(filled.tables) == {"actions"}
    assert filled.layout == []
    near = read_actions(("Code action", "Satut"), ("1.1.1", "Terminé"), strict=True)
    assert table(near).locals == {"Satut": ["Terminé"]}
    with pytest.raises(UnreadableFile, match="pas un classeur PST"):
        read_sheets({"Actions 2026": [HEADINGS, PLANTER]}, options=STRICT)
    assert read_form(("Institution", None, "Valbruyère"), strict=True).institution == "retour.xlsx"


def test_a_strict_reading_fills_no_merged_cell() -> None:
    rows = [HEADINGS, PLANTER, ("1.1.2", "Tailler")]
    filled = read_actions(*rows, change=lambda b: b["Actions"].merge_cells("D2:D3"), strict=True)
    assert table(filled).columns["code_oo"] == ["1.1", None]


def test_a_clean_workbook_reads_alike_in_both_ways() -> None:
    data = workbook(CLEAN)
    assert read_bytes(data, "a", PST, STRICT) == read_bytes(data, "a", PST)


@pytest.mark.parametrize("limits", [Limits(rows=2), Limits(columns=3), Limits(cells=11)])
def test_a_sheet_beyond_the_limits_is_refused_whatever_the_format(limits: Limits) -> None:
    options = Options(limits=limits)
    with pytest.raises(UnreadableFile):
        read_sheets({"Actions": [HEADINGS, PLANTER, TAILLER]}, options=options)


EXAMPLES: dict[str, Callable[[], Return]] = {
    "nom de feuille complété": lambda: read_sheets({"Actions 2026": [HEADINGS, PLANTER]}),
    "nom de feuille approché": lambda: read_sheets({"Acitons": [HEADINGS, PLANTER]}),
    "feuille reconnue à ses titres": lambda: read_sheets(
        {"Suivi": [("Code action", "Service pilote", "Statut", "Avancement %"), PLANTER]}
    ),
    "feuille masquée lue": lambda: read_sheets(
        {"Actions": [HEADINGS, PLANTER], "Notes": [("Bonjour",)]},
        lambda book: setattr(book["Actions"], "sheet_state", "hidden"),
    ),
    "lignes au-dessus des titres lues": lambda: read_actions(
        ("0123456789ab", "1.1.1", "Planter des arbres"), ("Id", *HEADINGS[:2]),
        ("ba9876543210", "1.1.2", "Tailler des haies"),
    ),
    "lignes masquées lues": lambda: read_actions(
        HEADINGS, PLANTER,
        change=lambda book: setattr(book["Actions"].row_dimensions[2], "hidden", True),
    ),
    "colonnes masquées lues": lambda: read_actions(
        HEADINGS, PLANTER,
        change=lambda book: setattr(book["Actions"].column_dimensions["C"], "hidden", True),
    ),
    "titre approché": lambda: read_actions(("Code action", "Satut"), ("1.1.1", "Terminé")),
    "titres sur deux lignes": lambda: read_actions(
        ("Code action", "Début", None), (None, "prévu", "effectif"), ("1.1.1",)
    ),
    "ligne de titres répétée": lambda: read_actions(HEADINGS, PLANTER, HEADINGS),
    "titres répétés dans un autre ordre": lambda: read_actions(
        HEADINGS, *[PLANTER] * 18, HEADINGS[::-1], *[PLANTER[::-1]] * 4
    ),
    "cellules fusionnées": lambda: read_actions(
        HEADINGS, PLANTER, ("1.1.2",), change=lambda book: book["Actions"].merge_cells("D2:D3")
    ),
    "ligne de section": lambda: read_actions(*BANDS),
    "code repris de la ligne de section": lambda: read_actions(*BANDS),
    "feuille tirée des lignes de section": lambda: read_actions(*BANDS),
    "ligne de total écartée": lambda: read_actions(HEADINGS, PLANTER, ("Total", None, None)),
    "ligne de sommes à confirmer": lambda: read_actions(
        ("Code action", "ETP"), ("1.1.1", 1), ("1.1.2", 2), (None, 3)
    ),
    "signe seul écarté": lambda: read_actions(HEADINGS, PLANTER, (None, ".")),
    "colonne sans titre": lambda: read_actions(HEADINGS, (*PLANTER, "à revoir")),
    "valeur hors du tableau": lambda: read_actions(HEADINGS, PLANTER, (*[None] * 4, "à revoir")),
    "remarque écartée": lambda: read_actions(HEADINGS, PLANTER, ("Document de travail",)),
    "image dans la cellule": lambda: read_bytes(
        pictured([HEADINGS, PLANTER], "A3"), "retour.xlsx", PST
    ),
    "texte plus long qu’une cellule": lambda: read_bytes(
        rewritten(grid({"Actions": [HEADINGS, ("1.1.1", "LONG")]}), "LONG", "é" * 40_000),
        "retour.xlsx", PST,
    ),
    "texte reçu remplacé": lambda: read_actions(
        ("Code action", "ETP", f"ETP{COMPANION}"), ("1.1.1", 2, "deux")
    ),
    "valeur plus loin que son titre": lambda: read_form(("Institution", None, "Valbruyère")),
}  # fmt: skip


@pytest.mark.parametrize("way", TOLERANCES, ids=lambda way: way.rule)
def test_every_way_of_reading_is_taken_and_said_as_it_is_declared(way: Any) -> None:
    filled = EXAMPLES[way.rule]()
    notes = [r for r in (*filled.layout, *filled.readings) if r.rule == way.rule]
    assert notes
    assert {note.confidence for note in notes} == {way.confidence}
    assert all(note.understood for note in notes)


def test_no_way_of_reading_is_declared_twice() -> None:
    assert len({way.rule for way in TOLERANCES}) == len(TOLERANCES) == len(EXAMPLES)


def test_what_is_to_be_confirmed_is_also_a_finding() -> None:
    doubtful = {way.rule for way in TOLERANCES if way.confidence is Confidence.TO_CONFIRM}
    assert doubtful == {
        "feuille reconnue à ses titres", "ligne de sommes à confirmer", "remarque écartée",
    }  # fmt: skip
    for rule in doubtful:
        codes = {finding.code for finding in verdict(EXAMPLES[rule]()).findings}
        assert codes & {"S07", "S09"}
    assert all(
        CATALOGUE[code].severity is Severity.WARNING for code in ("S07", "S08", "S09", "S10")
    )
