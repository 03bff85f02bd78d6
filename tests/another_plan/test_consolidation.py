"""The returns of another plan become one, with its figures, its evaluation and its data."""

from __future__ import annotations

import dataclasses
import io
import json
import warnings
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from support import cells, damaged, opened, read, workbook
from support.another_plan import PLAN, foreign, texts_of
from support.schools.inventory import INVENTORY, OBSERVED
from support.schools.vocabularies import HANDED, OPEN, WISHED

from pst_excel.consolidating import json_data
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books import consolidated as whole_book
from pst_excel.model.words import keys
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UsageError


def values(data: bytes, title: str) -> dict[str, Any]:
    """Return the values of a sheet by address, as they were when it was written."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it does not carry
        sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[title]
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def test_the_owner_of_a_row_wins_and_nothing_is_lost(united: Consolidation) -> None:
    assert united.merged.file == "IBS consolidé"
    works = united.merged.tables["travaux"].columns
    assert works[keys.CODE] == ["T1", "T2", "T3", "T4"]
    assert works["situation"] == [HANDED, "En rêve", HANDED, WISHED]
    assert works["fait"] == [80.0, 0.0, 100.0, None]
    assert works["cout"] == [30000.0, 12000.0, 2500.0, None]
    assert works[keys.ORIGIN][3] == "nord.xlsx · Travaux · ligne 7"
    assert united.merged.tables["batiments"].columns[keys.CODE] == ["B1", "B2", "B3"]
    assert united.absent == ["Est"]
    assert not united.conflicts
    form = united.merged.tables["fiche"].columns
    assert (form["releve_le"], form["reseau"], form["gabarit"]) == ([OBSERVED], [None], ["2"])


def test_the_computed_columns_of_the_plan_are_filled(united: Consolidation) -> None:
    frames = united.batch.counted
    assert frames["batiments"]["nb_locaux"].tolist() == [1.0, 1.0, 0.0]
    assert frames["travaux"]["cle_bati"].tolist() == ["kB1", "kB2", "kB2", "kB1"]
    assert frames["travaux"]["depasse"].tolist() == [0.0, 0.0, 0.0, 1.0]  # T4, of August


def test_the_rules_of_a_whole_plan_wait_for_the_whole_of_it(
    united: Consolidation, inventory: Return
) -> None:
    found = [(f.code, f.element, f.service) for f in united.report.findings]
    # Est is still to answer: its rows are those of the plan from which the others were made.
    assert found == [("T1", "T1", "Nord"), ("V03", "T2", "Nord"), ("T2", "B3", "")]
    alone = consolidate([inventory], PLAN, OBSERVED)
    assert [(f.code, f.element, f.sheet) for f in alone.report.findings] == [
        ("T2", "B3", "Bâtiments")
    ]


def test_the_consolidated_workbook_has_the_sheets_of_the_plan(book: bytes) -> None:
    assert opened(book).sheetnames == [
        "Lisez-moi", "Fiche", "Bâtiments", "Locaux", "Travaux", "Acceptations", "Nomenclatures",
        "Coup d’œil", "Depuis la dernière fois", "Évolution", "Méthode", "Contrôles",
        "Bilan des contrôles", "Complétude", "Bilan", "Retours",
        "Conflits", "Historique", "Journal", "Provenance",
    ]  # fmt: skip
    assert not foreign(texts_of(book))


def test_the_board_shows_the_figures_of_the_plan(book: bytes) -> None:
    shown = values(book, "Coup d’œil")
    assert (shown["B2"], shown["B6"], shown["B7"], shown["B8"]) == (
        "4 chantiers",
        "Chantiers",
        4,
        1,
    )
    heading = next(a for a, value in shown.items() if value == "Réseau")
    row = int(heading[1:])
    assert [shown.get(f"{letter}{row}") for letter in "EFG"] == [
        f"■ {label}"
        for label in (WISHED, OPEN, HANDED)  # under the colour of its bar
    ]
    assert [shown.get(f"{letter}{row + 1}") for letter in "BEFG"] == ["Nord", 1, 0, 1]
    assert [shown.get(f"{letter}{row + 2}") for letter in "BEFG"] == ["Sud", 0, 0, 1]
    assert [shown.get(f"{letter}{row + 4}") for letter in "CEFG"] == ["Total", 1, 0, 2]
    assert "Les chantiers dépassés" in shown.values()
    assert "Peindre les murs" in shown.values()
    formulas = cells(book, "Coup d’œil")
    assert formulas["B7"] == "=SUM(Travaux_ligne)"
    assert formulas["B8"] == "=SUM(Travaux_depasse)"


def test_the_evaluation_has_a_row_for_each_record_of_its_levels(book: bytes) -> None:
    shown = values(book, "Bilan")
    rows = [[shown.get(f"{letter}{row}") for letter in "ABCEF"] for row in range(5, 13)]
    assert rows == [
        ["Bâtiment", "B1", "L’aile neuve", 2, 80],
        ["Local", "SA1", "Le réfectoire", 2, 80],
        ["Bâtiment", "B2", "Le vieux bloc", 2, 50],
        ["Local", "L2", "La classe bleue", 2, 50],
        ["Bâtiment", "B3", "Le hangar", 0, None],  # of nothing, no mean
        ["Bâtiment", None, "Sans bâtiment", 0, None],
        ["Local", None, "Sans local", 0, None],
        [None, None, "Total", 4, 60],  # 80, 0 and 100 are known
    ]
    assert [shown[f"{letter}4"] for letter in "ABGH"] == [
        "Degré", "Repère", "Jugement", "Note libre",
    ]  # fmt: skip


def test_the_controls_count_the_records_of_the_plan(book: bytes) -> None:
    sentence = cells(book, "Contrôles")["A2"].replace("\xa0", " ")
    assert sentence == (
        "2 chantiers sur 4 sans remarque."
        " 3 points à voir, soit 2 erreurs · 1 avertissement · 0 conseil."
    )
    received = cells(book, "Retours")
    assert received["E4"] == "Travaux"
    rows = [[received.get(f"{letter}{row}") for letter in "ABE"] for row in range(5, 9)]
    assert rows == [
        ["reçu", "Nord", 3], ["reçu", "Sud", 1], ["non remis", "Est", None], [None, None, None],
    ]  # fmt: skip


def test_what_was_written_in_the_evaluation_is_taken_up_again(
    inventory: Return, returns: list[Return], book: bytes
) -> None:
    def judge(opened_: Workbook) -> None:
        opened_["Bilan"]["G5"] = "Tenable"
        opened_["Bilan"]["H7"] = "Le toit fuit."

    before = read(damaged(book, judge), "IBS.xlsx", PLAN)
    again = consolidate([inventory, *returns], PLAN, OBSERVED, previous=before)
    assert not again.forgotten
    shown = values(whole_book.write(again), "Bilan")
    assert (shown["G5"], shown["H7"]) == ("Tenable", "Le toit fuit.")


def test_the_data_go_to_other_programs_under_the_keys_of_the_plan(united: Consolidation) -> None:
    document = json.loads(json_data.write(united))
    assert (document["gabarit"], document["releve_le"]) == ("2", "2027-09-01")
    assert document["tables"]["travaux"][2]["mene_par"] == "Sud"
    assert [finding["code"] for finding in document["controles"]] == ["T1", "V03", "T2"]


def test_returns_of_two_schools_are_not_united(returns: list[Return]) -> None:
    other = read(workbook(INVENTORY.replace("0417", "0418"), PLAN), "autre.xlsx", PLAN)
    (refusal,) = consolidate([*returns, other], PLAN, OBSERVED).refusals
    assert refusal.file == other.file
    with pytest.raises(UsageError, match="« Fiche »") as raised:
        consolidate([returns[0], other], PLAN, OBSERVED)
    assert not foreign([str(raised.value), refusal.reason])


def test_what_changed_is_told_in_the_words_of_the_plan(united: Consolidation) -> None:
    assert united.since is not None
    assert united.since.told == (
        "1\u00a0chantier livré",
        "1\u00a0chantier a avancé",
        "1\u00a0chantier ajouté",
    )
    by_title = {block.title: block.lines for block in united.since.blocks}
    (handed,) = by_title["Livrés"]
    assert (handed.code, handed.service, handed.before, handed.after, handed.author) == (
        "T1", "Nord", OPEN, HANDED, "Nord",
    )  # fmt: skip
    assert [line.code for line in by_title["Ajoutés"]] == ["T4"]


def test_a_plan_that_follows_nothing_tells_what_is_new_and_counts_the_rest(
    inventory: Return, returns: list[Return]
) -> None:
    bare = dataclasses.replace(PLAN, followed=(), told=(), trends=())
    known = [dataclasses.replace(one, plan=bare) for one in (inventory, *returns)]
    since = consolidate(known, bare, OBSERVED).since
    assert since is not None
    assert [block.title for block in since.blocks] == ["Ajoutés"]
    assert since.total == 5
