"""The schemas are the declaration: they take what the library gives, and tell each fault by its row."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.errors import SchemaErrors
from support import office, read, town, toy, workbook

from pst_excel.api.outputs import as_bytes
from pst_excel.model.dtypes import tidy_dtype
from pst_excel.model.words.kinds import Layout, Need
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.returns.tidy import columns_of
from pst_excel.workers.loading import Loaded

GOOD = f"""{town("Travaux", "Culture")}
OO
code | intitule   | code_os | volet   | responsable_administratif | mandataire | resultat_attendu | services | echeance
1.1  | Accueillir | 1       | Externe | LAMBERT Julie             | DUPONT Léa | Un accueil       | Travaux  | 31/12/2028

Actions
code  | intitule | statut   | avancement | code_oo | volet   | service_pilote | debut_prevu | echeance
1.1.1 | Bâtir    | En cours | 40         | 1.1     | Externe | Travaux        | 01/03/2026  | 31/12/2027
1.1.2 | Jouer    | En cours | 10         | 1.1     | Externe | Culture        | 01/03/2026  | 31/12/2027
"""


def tables(text: str = GOOD) -> dict[str, pd.DataFrame]:
    return Loaded([read(workbook(text))], []).frames()


def failures(table: pd.DataFrame, key: str = "actions") -> list[tuple[Any, ...]]:
    found = PST.schemas().failures({key: table})
    return [tuple(row) for row in found[["champ", "controle", "id"]].to_numpy()]


@pytest.mark.parametrize("key", [sheet.key for sheet in PST if not sheet.program])
def test_a_schema_takes_the_table_that_the_library_gives(key: str) -> None:
    table = tables()[key]
    PST.schema(key).validate(table, lazy=True)


def test_a_schema_takes_the_table_under_french_headings() -> None:
    table = Loaded([read(workbook(GOOD))], []).frame("actions", labels=True)
    PST.schema("actions", labels=True).validate(table, lazy=True)


def test_every_column_says_its_dtype_its_title_and_what_it_is() -> None:
    for sheet in PST:
        if sheet.layout is Layout.LISTS:
            continue
        schema = PST.schema(sheet.key)
        for column in columns_of(sheet):
            told = schema.columns[column.key]
            assert told.title == column.label
            assert told.description
            assert told.dtype is not None
            assert told.metadata["nature"] == str(column.kind)
            assert bool(told.metadata.get("personnelle")) == column.private
            assert told.metadata.get("unite", "") == column.unit
            assert told.metadata.get("depuis", "") == column.since


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("intitule", None, "V01"), ("avancement", "beaucoup", "V02"), ("echeance", "demain", "V02"),
        ("statut", "Presque fini", "V03"), ("odd", "3; 18", "V03"), ("avancement", 140, "V04"),
        ("intitule", "x" * 256, "V05"), ("avancement", 99999, "V12"), ("echeance", pd.Timestamp(1950, 1, 1), "V12"),
    ],
)  # fmt: skip
def test_a_fault_is_told_by_its_row_and_its_code(column: str, value: object, code: str) -> None:
    table = tables()["actions"].astype(object)
    ident = table.index[1]
    table.loc[ident, column] = value
    found = failures(table)
    assert (column, code, ident) in found
    assert {name for name, _, row in found if row == ident} == {column}


def test_a_text_among_numbers_hides_no_other_fault() -> None:
    table = tables()["actions"].astype(object)
    table["avancement"] = ["beaucoup", 140]
    assert failures(table) == [
        ("avancement", "V02", table.index[0]), ("avancement", "V04", table.index[1]),
    ]  # fmt: skip


def test_pandera_itself_tells_the_row_of_a_text_among_numbers() -> None:
    table = tables()["actions"].astype(object)
    table["avancement"] = ["beaucoup", 40]
    with pytest.raises(SchemaErrors) as raised:
        PST.schema("actions").validate(table, lazy=True)
    cases = raised.value.failure_cases
    rows = cases[cases["check"].str.startswith("coerce")]["index"]
    assert rows.tolist() == [table.index[0]]


def test_two_rows_of_one_id_are_told() -> None:
    budget = "Budget\ncode | niveau | code_lie | exercice\nB1 | Action | 9.9 | 2026"
    several = tables(f"{GOOD}\n{budget}")
    several["budget"] = pd.concat([several["budget"], several["budget"]])
    lost = PST.schemas().failures(several).query("table == 'budget' and controle == 'lien'")
    assert lost["valeur"].tolist() == ["9.9"]  # one id is one place
    table = tables()["actions"]
    twice = pd.concat([table, table.head(1)])
    assert ("id", "field_uniqueness", table.index[0]) in failures(twice)


def test_a_column_that_is_asked_and_not_there_is_told() -> None:
    assert failures(tables()["actions"].drop(columns="statut")) == [("statut", "S02", None)]


def test_blanks_are_blamed_from_the_stage_at_which_they_are_asked() -> None:
    for stage in Stage:
        schema = PST.schema("actions", stage)
        assert schema.columns["statut"].nullable == (stage in (Stage.DRAFT, Stage.ADOPTION))
        assert not schema.columns["intitule"].nullable
    assert PST.schema("actions", "adoption").columns["statut"].nullable  # type: ignore[arg-type]


def test_a_rule_that_looks_at_one_row_is_a_check_of_the_schema() -> None:
    table = tables()["actions"]
    table.loc[table.index[0], "echeance"] = pd.Timestamp(2025, 1, 1)
    assert failures(table) == [("echeance", "R08a", table.index[0])]


def test_links_are_checks_of_the_whole_plan() -> None:
    several = tables()
    several["actions"].loc[several["actions"].index[1], "code_oo"] = "1.1; 9.9"
    found = PST.schemas().failures(several)
    lost = {
        (row.table, row.champ, row.valeur) for row in found.itertuples() if row.controle == "lien"
    }
    # The OO serves an OS that is not there either.
    assert lost == {("actions", "code_oo", "1.1; 9.9"), ("oo", "code_os", "1")}


def test_a_link_of_chosen_level_is_looked_for_there_alone() -> None:
    text = (
        GOOD
        + """
Budget
code | niveau | code_lie | exercice | source_financement | prevu
B1   | OO     | 1.1.1    | 2026     | Subside            | 10
B2   | Action | 1.1.1    | 2026     | Subside            | 10
"""
    )
    found = PST.schemas().failures(tables(text))
    told = found[(found["table"] == "budget") & (found["controle"] == "lien")]
    assert told["valeur"].tolist() == ["1.1.1"]
    assert told["id"].tolist() == tables(text)["budget"].query("code == 'B1'").index.tolist()


def test_every_failure_of_the_schemas_is_a_finding_of_the_command() -> None:
    plan = office.sample()
    found = PST.schemas(plan.merged.stage).failures(plan.frames())
    coded = found[found["controle"] != "lien"]
    report = plan.report.to_frame()
    blamed = set(zip(report["table"], report["champ"], report["id"], strict=True))
    told = set(zip(report["code"], report["table"], report["champ"], report["id"], strict=True))
    # Of a blank the command may say more than that it is one: what stood there, whom it is missing.
    blanks = coded[coded["controle"] == "V01"]
    others = coded[coded["controle"] != "V01"]
    assert set(zip(blanks["table"], blanks["champ"], blanks["id"], strict=True)) <= blamed
    assert (
        set(zip(others["controle"], others["table"], others["champ"], others["id"], strict=True))
        <= told
    )
    assert len(blanks) > 1
    assert len(others) > 4


def test_a_schema_goes_through_the_files_of_pandera() -> None:
    schema = PST.schema("actions")
    again = pa.DataFrameSchema.from_yaml(schema.to_yaml())
    also = pa.DataFrameSchema.from_json(schema.to_json())
    table = tables()["actions"]
    for read_back in (again, also):
        assert [*read_back.columns] == [*schema.columns]
        read_back.validate(table, lazy=True)
        broken = table.assign(avancement=[140.0, 10.0])
        broken["echeance"] = pd.Timestamp(2025, 1, 1)
        with pytest.raises(SchemaErrors) as raised:
            read_back.validate(broken, lazy=True)
        assert len(raised.value.failure_cases) == 3  # one number, two dates


def test_the_json_output_is_described_by_the_json_schema() -> None:
    plan = office.sample()
    schema = PST.schemas(plan.merged.stage).to_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(as_bytes(plan, ".json"))["tables"]
    validator = jsonschema.Draft202012Validator(schema)
    found = {
        (error.absolute_path[0], error.absolute_path[1], error.absolute_path[2])
        for error in validator.iter_errors(document)
    }
    report = plan.report.to_frame().query("table in @document and id.notna() and champ != ''")
    places = [
        (key, document_at(document[key], ident), column)
        for key, ident, column in zip(report["table"], report["id"], report["champ"], strict=True)
    ]
    assert found <= set(places)
    sure = report["code"].isin(["V03", "V04", "V05"]).tolist()
    single = [not PST[key][column].many for key, _, column in places]  # else one text holds several
    assert {p for p, one, kept in zip(places, sure, single, strict=True) if one and kept} <= found
    assert len(found) > 4


def document_at(rows: list[dict[str, object]], ident: str) -> int:
    return next(at for at, row in enumerate(rows) if row["id"] == ident)


def test_the_data_package_names_each_table_its_key_and_its_links() -> None:
    package = PST.schemas().to_data_package()
    by_name = {resource["name"]: resource["schema"] for resource in package["resources"]}
    assert [*by_name] == [sheet.key for sheet in PST]
    assert by_name["actions"]["primaryKey"] == "id"
    assert by_name["oo"]["foreignKeys"] == [
        {"fields": "code_os", "reference": {"resource": "os", "fields": "code"}}
    ]
    fields = {field["name"]: field for field in by_name["actions"]["fields"]}
    assert fields["avancement"]["constraints"] == {"required": True, "minimum": 0, "maximum": 100}
    assert fields["agent_pilote"]["personnelle"] is True


def test_every_table_has_the_dtypes_of_its_schema() -> None:
    for key, table in office.sample().frames().items():
        for column in columns_of(PST[key]) if PST[key].layout is not Layout.LISTS else ():
            if column.key in table and column.need is not Need.COMPUTED:
                assert str(table[column.key].dtype) == tidy_dtype(column)


def test_another_plan_has_its_schemas_too() -> None:
    plan = toy()
    rows = "A | un | 50\nB | " + "y" * 21 + " | 5000"
    returned = read(workbook(f"Choses\ncode | intitule | montant\n{rows}", plan), plan=plan)
    table = Loaded([returned], []).frame("choses", places=False)
    found = plan.schemas().failures({"choses": table})
    assert found[["champ", "controle", "id"]].to_numpy().tolist() == [
        ["intitule", "V05", 1], ["montant", "V04", 1],
    ]  # fmt: skip


def test_no_order_of_day_and_month_is_guessed_in_a_text() -> None:
    table = tables()["actions"].astype({"echeance": object})
    table["echeance"] = ["2027-03-05", "05/03/2027"]
    assert failures(table) == [("echeance", "V02", table.index[1])]
    with pytest.raises(SchemaErrors) as raised:
        PST.schema("actions").validate(table, lazy=True)
    assert raised.value.failure_cases["index"].tolist()[0] == table.index[1]
    table["echeance"] = ["2027-03-05", "2027-04-12"]
    typed = PST.schema("actions").validate(table, lazy=True)["echeance"]
    assert typed.tolist() == [pd.Timestamp(2027, 3, 5), pd.Timestamp(2027, 4, 12)]


def test_a_table_of_ones_own_needs_no_id() -> None:
    table = tables()["actions"].reset_index(drop=True)
    table.loc[1, "avancement"] = 140.0
    found = PST.schemas().failures({"actions": table})
    assert found[["champ", "controle", "id", "message"]].to_numpy().tolist() == [
        ["avancement", "V04", 1, "Un nombre sort des limites"]
    ]
