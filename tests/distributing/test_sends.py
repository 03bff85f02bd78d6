"""Each workbook sent names its send: always the same for what is the same, and kept on its way."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import Workbook
from support import damaged, opened, read, with_table, workbook
from support.annotated import handed_back
from support.modernised import data_of, modernised, told
from support.sharing import DUE, LISTS, ONE, PLAN, share

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.distributing.prepare import Preparation
from pst_excel.distributing.prepare import prepare as shared_out
from pst_excel.excel.books.template import write_template
from pst_excel.model.words.roles import Role
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.upgrading.changes import ChangeKind


def sends(prepared: Preparation) -> dict[str, str]:
    return {envelope.service: envelope.content.send for envelope in prepared.workbooks}


def test_the_name_of_a_send_says_the_service_the_date_and_the_id() -> None:
    for envelope in share(due=DUE).workbooks:
        name = f"{envelope.service} · 31/01/2027 · {envelope.content.send}"
        assert envelope.content.identity(Role.SEND) == name
        assert len(envelope.content.send) == 12


def test_the_same_send_prepared_twice_has_the_same_id_and_each_service_its_own() -> None:
    first = sends(share(due=DUE))
    assert sends(share(due=DUE)) == first
    assert sends(share(PLAN, "Travaux", due=DUE)) == {"Travaux": first["Travaux"]}
    assert len(set(first.values())) == 3


@pytest.mark.parametrize(
    ("was", "becomes", "touched"),
    [
        ("Boucher un trou ", "Boucher une fosse ", {"Travaux", "Finances"}),
        ("Chanter le trou", "Chanter la fosse", {"Culture"}),
        ("| vingt", "| trente", {"Finances"}),  # not understood, kept as a text
        ("| Finances             |", "|                      |", {"Travaux", "Finances"}),
        ("nom ", "contact | pst@valbruyere.example\nnom ", {"Travaux", "Finances", "Culture"}),
        ("Sports", "Sport", {"Travaux", "Finances", "Culture"}),
        ("Nombre de vélos", "Nombre de bus", set()),  # an indicator that nobody receives
    ],
)
def test_another_content_is_another_send(was: str, becomes: str, touched: set[str]) -> None:
    assert was in PLAN
    before, after = sends(share(due=DUE)), sends(share(PLAN.replace(was, becomes, 1), due=DUE))
    assert {service for service in before if before[service] != after[service]} == touched


def test_another_date_or_another_cell_of_an_added_column_is_another_send() -> None:
    plan = return_of(ONE, PST)
    local = [
        sends(shared_out(with_table(plan, "actions", locals={"Lieu": [place]}))) for place in "AB"
    ]
    assert local[0] != local[1]
    assert sends(share(ONE, due=DUE)) != sends(share(ONE, due=DUE + dt.timedelta(1)))


def test_the_template_hides_what_the_program_writes_and_the_whole_plan_has_it_not() -> None:
    (prepared,) = share(ONE, due=DUE).workbooks
    page = opened(write_template(prepared.content))["Identification"]
    (row,) = (row for row in page.iter_rows() if row[1].value == "Envoi")
    assert page.row_dimensions[row[0].row].hidden
    assert row[2].value == prepared.content.identity(Role.SEND)

    back = [read(write_template(envelope.content)) for envelope in share(due=DUE).workbooks]
    plan = consolidate(back, PST, DUE)
    assert [c for c in plan.conflicts if c.sheet == "Identification"] == []
    assert plan.merged.send == ""
    whole = opened(as_bytes(plan, ".xlsx"))["Identification"]
    assert "Envoi" not in [cell.value for cell in whole["B"]]
    assert not any(row.hidden for row in whole.row_dimensions.values())


def test_a_workbook_handed_back_or_modernised_names_its_send_still() -> None:
    (prepared,) = share(PLAN, "Travaux", due=DUE).workbooks
    sent = write_template(prepared.content)
    older = prepared.content.tables["identification"].columns | {"version": ["2026.1"]}
    prepared.content.tables["identification"].columns.update(older)
    result, new = modernised(write_template(prepared.content))

    assert read(handed_back(sent)).send == prepared.content.send
    assert read(new).send == prepared.content.send
    assert data_of(read(new)) == data_of(read(sent))
    assert told(result, ChangeKind.LOST) == []


def without_the_field(book: Workbook) -> None:
    page = book["Identification"]
    row = PST.form.field_rows["envoi"]
    assert page.cell(row, 2).value == "Envoi"
    page.delete_rows(row)


def test_a_workbook_without_the_field_is_not_blamed_nor_to_be_modernised() -> None:
    (prepared,) = share(ONE, due=DUE).workbooks
    older = damaged(write_template(prepared.content), without_the_field)
    assert read(older).send == ""
    assert read(older).findings == []
    assert not modernised(older)[0].needed


def test_no_line_of_people_is_taken_for_the_hidden_field() -> None:
    def with_a_line_of_people(book: Workbook) -> None:
        without_the_field(book)
        book["Identification"].append([None, "Envois", "le mardi"])

    told_so = read(damaged(workbook(LISTS), with_a_line_of_people))
    assert told_so.identity("envoi") is None
    assert told_so.findings == []
