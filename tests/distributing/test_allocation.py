"""Each service gets its rows, those it works beside, what they refer to, and no other."""

from __future__ import annotations

from support import cells, opened, read, with_table
from support.sharing import PLAN, book, share

from pst_excel.distributing.prepare import Preparation
from pst_excel.distributing.prepare import prepare as shared_out
from pst_excel.distributing.row_order import OWN
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import PARTNER, REFERENCE
from pst_excel.model.words.keys import ROW_ROLE
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of


def roles(result: Preparation, service: str) -> dict[str, dict[str, str]]:
    """Return the role of each row of a service's workbook, by sheet and code."""
    (envelope,) = [envelope for envelope in result.workbooks if envelope.service == service]
    return {
        key: dict(
            zip(table.columns["code"], (r or OWN for r in table.columns[ROW_ROLE]), strict=True)
        )
        for key, table in envelope.content.tables.items()
        if key != "identification" and len(table)
    }


def test_a_service_receives_its_rows_those_where_it_is_a_partner_and_what_they_refer_to() -> None:
    result = share()

    assert roles(result, "Travaux") == {
        "constat": {"C1": OWN}, "os": {"1": REFERENCE}, "oo": {"1.1": OWN},
        "actions": {"1.1.1": OWN}, "indicateurs": {"I1": OWN, "I5": OWN},
    }  # fmt: skip
    assert roles(result, "Finances") == {
        "constat": {"C1": OWN}, "os": {"1": REFERENCE, "2": REFERENCE},
        "oo": {"1.1": OWN, "2.1": OWN}, "actions": {"1.1.1": PARTNER, "2.1.1": OWN},
        "indicateurs": {"I2": OWN}, "budget": {"B1": OWN},
    }  # fmt: skip
    assert roles(result, "Culture") == {
        "os": {"3": REFERENCE}, "oo": {"3.1": OWN}, "actions": {"3.1.1": OWN},
    }  # fmt: skip


def test_nothing_of_the_other_services_is_anywhere_in_a_workbook() -> None:
    culture = write_template(share().workbooks[2].content)
    texts = {
        str(value)
        for title in opened(culture).sheetnames
        for value in cells(culture, title).values()
    }

    assert "Chanter le trou" in texts
    for foreign in ("Boucher un trou", "Payer le trou", "Rouler mieux", "Trop de trous", "Compter"):
        assert not any(foreign in text for text in texts), foreign


def test_the_objective_of_another_service_is_a_reference_above_an_action() -> None:
    text = PLAN.replace("Chanter partout | Culture", "Chanter partout | Finances")
    assert roles(share(text), "Culture")["oo"] == {"3.1": REFERENCE}


def test_what_goes_to_nobody_is_counted_and_so_are_the_services_without_rows() -> None:
    result = share()

    assert [envelope.service for envelope in result.workbooks] == ["Travaux", "Finances", "Culture"]
    assert result.without == ["Sports"]
    assert result.left == {"constat": 2, "os": 1, "indicateurs": 2}
    assert result.strangers == []


def test_a_service_that_is_not_in_the_list_is_said_with_its_rows_in_no_workbook() -> None:
    result = share(
        PLAN.replace("| Culture  ", "| Fanfare  ").replace(
            "| Culture\n\nA", "| Fanfare; Travaux\n\nA"
        )
    )

    assert result.strangers == ["Fanfare"]
    assert result.left["actions"] == 1
    assert result.without == ["Culture", "Sports"]


def test_the_rows_of_an_envelope_are_counted_by_role() -> None:
    (finances,) = share(PLAN, "Finances").workbooks

    assert finances.rows["actions"] == {OWN: 1, PARTNER: 1}
    assert finances.rows["os"] == {REFERENCE: 2}
    assert not finances.starting


def test_ids_texts_not_understood_and_added_columns_follow_their_rows() -> None:
    places = {"Lieu": ["Gare", "", "Moulin"]}
    source = with_table(read(book(PLAN), "PST.xlsx"), "actions", locals=places)
    (envelope,) = shared_out(source, ["Finances"]).workbooks
    back = read(write_template(envelope.content))
    table = back.tables["actions"]
    at = table.columns["code"].index("2.1.1")
    lent, own = source.tables["actions"].columns["id"][:2]

    assert table.columns["id"] == [own, lent]
    assert back.not_understood() == {("actions", table.rows[at], "avancement"): "vingt"}
    assert table.locals == {"Lieu": ["", "Gare"]}


def test_a_service_without_rows_that_is_asked_for_receives_all_to_which_it_can_attach_some() -> (
    None
):
    result = share(PLAN, "Sports")

    assert roles(result, "Sports") == {
        "os": dict.fromkeys("1234", REFERENCE),
        "oo": dict.fromkeys(("1.1", "2.1", "3.1"), REFERENCE),
    }
    assert result.workbooks[0].starting


def test_no_column_of_the_whole_plan_only_is_carried() -> None:
    plan = return_of(PLAN, PST)
    plan.tables["actions"].columns["origine"] = ["retour.xlsx · Actions · ligne 5"] * 3
    for envelope in shared_out(plan).workbooks:
        assert set(envelope.content.tables["actions"].columns["origine"]) == {None}
