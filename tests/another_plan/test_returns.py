"""A plan of another domain is shared out, filled, read, checked and annotated in its own words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from support import cells, opened, read, workbook
from support.another_plan import DUE, PLAN, foreign, texts_of
from support.schools.inventory import OBSERVED, SCHOOL
from support.schools.vocabularies import HANDED, OPEN, WISHED

from pst_excel.annotating.workbook import annotated
from pst_excel.checking.report import Report, check
from pst_excel.distributing.prepare import Preparation
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import PARTNER, REFERENCE
from pst_excel.model.words import keys
from pst_excel.model.words.stages import Stage
from pst_excel.returns.journal import journal
from pst_excel.returns.tables import Return


def test_each_network_receives_its_works_and_what_they_are_in(prepared: Preparation) -> None:
    north, south = prepared.workbooks
    assert [north.file, south.file] == [
        "IBS_Ecole-du-Tilleul_Nord_2027-10-01.xlsx",
        "IBS_Ecole-du-Tilleul_Sud_2027-10-01.xlsx",
    ]
    assert dict(north.rows["travaux"]) == {"": 2}
    assert dict(south.rows["travaux"]) == {"": 1, PARTNER: 1}  # it helps with T1
    assert dict(south.rows["locaux"]) == {REFERENCE: 2}
    assert (prepared.without, prepared.left) == (["Est"], {"batiments": 1})
    form = north.content.tables["fiche"].columns
    assert [form[key] for key in ("gabarit", "reseau", "attendu_le", "releve_le")] == [
        ["2"], ["Nord"], [DUE], [DUE],
    ]  # fmt: skip


def test_the_workbook_of_a_network_says_what_is_expected_of_it(prepared: Preparation) -> None:
    data = write_template(prepared.workbooks[1].content)
    sentence = cells(data, "Lisez-moi")["C4"].replace("\xa0", " ")
    assert sentence.startswith(
        "Tenez à jour 1 chantier. Renvoyez ensuite ce classeur à la cellule IBS"
    )
    assert "pour le 01/10/2027" in sentence
    assert "2 bâtiments, 2 locaux et 1 chantier" in sentence
    assert not foreign(texts_of(data))


def test_a_return_says_whose_it_is_and_what_was_understood(returns: list[Return]) -> None:
    north, south = returns
    assert [filled.service for filled in returns] == ["Nord", "Sud"]
    assert north.owner == ("Primaire", "0417")
    assert north.stage is Stage.FOLLOW_UP  # its own word for it is « Suivi sur place »
    works = north.tables["travaux"]
    assert works.columns[keys.CODE] == ["T1", "T2", "T4"]
    assert works.columns["ou"] == ["SA1", "L2", "SA1"]  # no word of another plan is taken off
    assert works.columns["situation"] == [HANDED, "En rêve", WISHED]
    assert works.columns[keys.ROW_ROLE] == [None, None, None]
    assert south.tables["travaux"].columns[keys.ROW_ROLE] == [None, PARTNER]
    assert [(e.cell, e.read, e.understood) for e in _journal(north)] == [
        ("N5", "Livrré", HANDED), ("N7", "souhaité", WISHED),
    ]  # fmt: skip


def _journal(filled: Return) -> list[Any]:
    return journal([filled])


def test_the_check_finds_the_faults_of_each_network(report: Report) -> None:
    found = [(f.code, f.file, f.sheet, f.cell, f.service, f.element, f.id != "")
             for f in report.findings]  # fmt: skip
    assert found == [
        ("T1", "nord.xlsx", "Travaux", "O5", "Nord", "T1", True),
        ("V03", "nord.xlsx", "Travaux", "N6", "Nord", "T2", True),
    ]
    late, unknown = report.findings
    assert late.message.replace("\xa0", " ") == "Le chantier T1 est livré et fait à 80 %."
    assert unknown.expected == f"{WISHED}, {OPEN} ou {HANDED}"
    assert report.rows == {"Bâtiments": 0, "Locaux": 0, "Travaux": 4, "Acceptations": 0, "Bilan": 0}
    assert report.clean["Travaux"] == 2


def test_what_the_campaign_accepts_counts_no_more(returns: list[Return]) -> None:
    accepting = (
        SCHOOL
        + """
Acceptations
regle | lignes | pour_reseau | raison          | accepte_par | jusqu_au
T1    | T1     | Nord        | Il reste le mur | Le comité   | 31/12/2027
"""
    )
    campaign = read(workbook(accepting, PLAN), "campagne.xlsx", PLAN)
    judged = check(returns, PLAN, OBSERVED, campaign=campaign)
    assert [f.code for f in judged.findings] == ["V03"]
    assert [f.waived for f in judged.waived] == ["Il reste le mur (Le comité, jusqu’au 31/12/2027)"]
    later = check(returns, PLAN, dt.date(2028, 1, 1), campaign=campaign)
    assert "T1" in [f.code for f in later.findings]


def test_the_annotated_copy_says_it_in_its_own_words(
    returns: list[Return], report: Report, sent_back: dict[str, bytes]
) -> None:
    mine = [f for f in report.findings if f.file == "nord.xlsx"]
    copy, round_ = annotated(returns[0], mine, sent_back["nord.xlsx"])
    assert len(round_.open) == 2
    controls = opened(copy)["Contrôles"]
    assert [controls.cell(row, 4).value for row in (5, 6)] == ["O5", "N6"]
    assert "T1" in opened(copy)["Travaux"]["O5"].comment.text
    assert cells(copy, "Contrôles")["A2"].replace("\xa0", " ") == (
        "Relevé par la cellule IBS au 01/10/2027 : 2 points à voir, soit 2 erreurs ·"
        " 0 avertissement · 0 conseil. 1 chantier sur 3 sans remarque."
    )
    assert read(copy, "nord.xlsx", PLAN).tables["travaux"].columns == (
        returns[0].tables["travaux"].columns
    )
