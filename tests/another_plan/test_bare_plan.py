"""A plan without services, waivers or evaluation goes the whole way."""

from __future__ import annotations

import json

import pytest
from support import cells, opened, workbook
from support.schools.inventory import OBSERVED
from support.schools.plan import bare

from pst_excel.checking.report import check
from pst_excel.comparing.compare import compare
from pst_excel.consolidating import json_data
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books import consolidated as whole_book
from pst_excel.excel.books.comparison import write_comparison
from pst_excel.model.words import keys
from pst_excel.model.words.stages import Stage
from pst_excel.reading.reader import read_bytes
from pst_excel.text.errors import UsageError


def test_a_plan_without_services_waivers_or_evaluation_goes_its_way() -> None:
    plan = bare()
    text = """
Fiche
cle   | valeur
ecole | Les Ormes

Pièces
code | dans | appellation | surface
P2   | B1   | La réserve  | 12
P10  | B1   | L’atelier   | 40
"""
    filled = read_bytes(workbook(text, plan), "ormes.xlsx", plan)
    assert (filled.service, filled.partial, filled.stage, filled.owner) == (
        "",
        False,
        Stage.DRAFT,
        (),
    )
    assert filled.tables["pieces"].columns["surface"] == [12.0, 40.0]
    judged = check([filled], plan, OBSERVED)
    assert (judged.findings, judged.rows) == ([], {"Pièces": 2})
    with pytest.raises(UsageError, match="rien ne dit entre qui"):
        prepare(filled)
    united = consolidate([filled], plan, OBSERVED)
    assert united.absent == []
    assert united.merged.tables["pieces"].columns[keys.CODE] == ["P2", "P10"]
    data = whole_book.write(united)
    assert cells(data, "Contrôles")["A2"].startswith("2\xa0locaux sur 2 sans remarque.")
    document = json.loads(json_data.write(united))
    assert document["gabarit"] == "1"
    both = compare([read_bytes(data, "a.xlsx", plan), read_bytes(data, "b.xlsx", plan)], plan,
                   OBSERVED)  # fmt: skip
    assert [institution.file for institution in both.institutions] == ["a.xlsx", "b.xlsx"]
    comparison = write_comparison(both)
    assert opened(comparison).sheetnames == ["Comparaison", "Définitions", "Fichiers"]
    assert [cells(comparison, "Comparaison")[f"{x}5"] for x in "ABC"] == [
        "Institution", "Législature", "Situation au",
    ]  # fmt: skip
