"""Tables for analysts: ids, categories in order, what people added, nothing lost, nothing mutated."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from pandas.testing import assert_frame_equal
from support import OBSERVED, damaged, office, read, town, workbook

from pst_excel import check
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v
from pst_excel.workers.loading import Loaded

PLAN = f"""{town("Travaux", "Culture")}
Actions
code  | intitule | statut       | avancement | echeance   | service_pilote | etp
1.1.1 | Bâtir    | Terminé      | 100        | 31/12/2027 | Travaux        | 0,5
1.1.2 | Jouer    | En cours     | beaucoup   |            | Ailleurs       |
1.1.3 | Chanter  | Presque fini |            | 30/06/2026 | Culture        |
"""


def _with_a_column(book: Workbook) -> None:
    page = book["Actions"]
    for row, text in enumerate(("Avis du DG", "oui", None, "non"), start=HEADING_ROW):
        page.cell(row, page.max_column + (row == HEADING_ROW)).value = text


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return Loaded([read(damaged(workbook(PLAN), _with_a_column))], [])


@pytest.fixture(scope="module")
def sample() -> Consolidation:
    return office.sample()


def test_rows_are_known_by_their_stable_id(loaded: Loaded) -> None:
    actions = loaded["actions"]
    assert actions.index.name == "id"
    assert actions.index.tolist() == loaded.returns[0].tables["actions"].columns["id"]
    assert actions["code"].tolist() == ["1.1.1", "1.1.2", "1.1.3"]


def test_a_list_is_a_category_in_its_order_and_what_is_in_no_list_comes_last(
    loaded: Loaded,
) -> None:
    actions = loaded["actions"]
    statuses = actions["statut"].cat
    assert statuses.ordered
    assert statuses.categories.tolist() == [*v.STATUTS.labels, "Presque fini"]
    services = actions["service_pilote"].cat
    assert not services.ordered
    assert services.categories.tolist() == ["Travaux", "Culture", "Ailleurs"]


def test_dates_are_dates_numbers_numbers_and_blanks_missing(loaded: Loaded) -> None:
    actions = loaded["actions"]
    assert actions["echeance"].tolist()[0] == pd.Timestamp(2027, 12, 31)
    assert actions["echeance"].isna().tolist() == [False, True, False]
    assert actions["etp"].tolist()[0] == 0.5
    assert actions["retard"].tolist() == [0, 0, 1]  # the last one alone is due and not done
    assert str(actions["retard"].dtype) == "Int64"


def test_what_people_added_and_what_was_not_understood_stand_beside(loaded: Loaded) -> None:
    actions = loaded["actions"]
    assert actions["local:Avis du DG"].fillna("").tolist() == ["oui", "", "non"]
    assert actions["avancement"].isna().tolist() == [False, True, True]
    assert actions["recu:avancement"].fillna("").tolist() == ["", "beaucoup", ""]


def test_labels_are_the_headings_of_the_workbook(loaded: Loaded) -> None:
    shown = loaded.frame("actions", labels=True)
    assert {"Statut", "Avancement %", "Avis du DG", "Avancement % (texte reçu)"} <= {*shown.columns}
    assert {"Fichier", "Ligne"} <= {*shown.columns}
    assert shown.index.name == "Id"
    assert shown.columns.is_unique


def test_rows_of_returns_say_where_they_were_read(loaded: Loaded) -> None:
    actions = loaded["actions"]
    assert actions["fichier"].unique().tolist() == ["retour.xlsx"]
    assert actions["ligne"].tolist() == [5, 6, 7]
    assert "fichier" not in loaded.frame("actions", places=False)


def test_the_lists_are_a_table_too(loaded: Loaded) -> None:
    lists = loaded.frame("listes", places=False)
    assert lists[lists["liste"] == "services"]["valeur"].tolist() == ["Travaux", "Culture"]


def test_every_row_and_column_that_people_see_is_there(sample: Consolidation) -> None:
    for key, table in sample.frames().items():
        sheet = PST[key]
        if key in sample.merged.tables:
            assert len(table) == len(sample.merged.tables[key])
            seen = {column.key for column in sheet.inputs if not column.hidden}
            assert seen <= {*table.columns}
    assert "local:Lieu" in sample["actions"]
    assert sample["actions"]["recu:avancement"].dropna().tolist()


def test_nothing_that_is_given_can_change_the_plan(sample: Consolidation) -> None:
    before = sample["actions"]
    changed = sample["actions"]
    changed["avancement"] = 0.0
    changed["statut"] = "Terminé"
    assert_frame_equal(sample["actions"], before)


def test_returns_of_two_legislatures_stand_in_one_table() -> None:
    other = PLAN.replace("| 2024", "| 2018").replace("| 2030", "| 2024").replace("2027", "2021")
    both = Loaded([read(workbook(PLAN), "a.xlsx"), read(workbook(other), "b.xlsx")], [])
    actions = both["actions"]
    assert actions["fichier"].tolist() == ["a.xlsx"] * 3 + ["b.xlsx"] * 3
    assert isinstance(actions["statut"].dtype, pd.CategoricalDtype)


def test_findings_are_a_table_whose_severity_has_an_order() -> None:
    report = check(Loaded([read(workbook(PLAN))], []), OBSERVED)
    table = report.to_frame()
    assert len(table) == len(report.findings)
    assert table["gravite"].cat.categories.tolist()[:2] == ["erreur", "avertissement"]
    assert table["gravite"].min() == "erreur"
    (row,) = table.query("code == 'V02'").to_dict("records")
    assert (row["table"], row["champ"], row["lu"], row["ligne"]) == (
        "actions", "avancement", "beaucoup", 6,
    )  # fmt: skip


def test_a_finding_leads_to_the_row_of_its_table(sample: Consolidation) -> None:
    findings = sample.report.to_frame().query("table == 'actions' and id.notna()")
    assert findings["id"].isin(sample["actions"].index).all()


def test_readings_conflicts_and_sources_are_tables(sample: Consolidation) -> None:
    journal = sample.journal.to_frame()
    assert journal["confiance"].cat.ordered
    assert len(journal) == len(sample.journal)
    assert sample.conflicts.to_frame()["quoi"].tolist() == ["proposition", "code pris deux fois"]
    sources = sample.sources("actions").set_index(["id", "champ"])
    ident = sample["actions"].index[0]
    place = sources.loc[(ident, "intitule")]
    assert place["fichier"] == "PST_Valbruyere_population.xlsx"
    assert place["cellule"] == "L5"


def test_each_value_that_was_read_is_at_its_cell(loaded: Loaded) -> None:
    cells = loaded.sources("actions").set_index(["id", "champ"])["cellule"]
    table = loaded.returns[0].tables["actions"]
    for ident, row in zip(table.columns["id"], table.rows, strict=True):
        assert cells[ident, "intitule"] == table.cell("intitule", row)
    assert "avancement" not in cells.loc[table.columns["id"][1]]  # it gave no value


def test_an_empty_result_is_an_empty_table_with_its_columns() -> None:
    report = check(Loaded([], []), OBSERVED)
    assert report.to_frame().columns.tolist()[:3] == ["code", "gravite", "fichier"]
    assert len(report.to_frame()) == 0
    assert Loaded([], []).frames() == {}


def test_a_computed_share_is_in_per_cent_as_those_that_people_write(sample: Consolidation) -> None:
    tables = {"indicateurs": "atteinte", "actions": "completude"}
    for key, column in tables.items():
        fractions = sample.batch.counted[key][column]
        assert sample[key][column].tolist() == pytest.approx(
            (100 * fractions).tolist(), nan_ok=True
        )
        assert sample[key][column].max() > 1


def test_what_has_tables_is_a_mapping_of_them(sample: Consolidation, loaded: Loaded) -> None:
    for one in (sample, loaded):
        assert "actions" in one
        assert [*one] == one.keys() == [sheet.key for sheet in PST]


def test_a_sheet_that_does_not_exist_is_told(sample: Consolidation, loaded: Loaded) -> None:
    for call in (sample.sources, loaded.sources, sample.frame, loaded.frame):
        with pytest.raises(KeyError, match="est-ce « actions »"):
            call("action")
