"""Workbooks that nobody touched consolidate to the plan from which they come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from hypothesis import assume, given, settings
from support import OBSERVED, read
from support.sharing import DUE

from pst_excel.consolidating.consolidate import consolidate as united
from pst_excel.distributing.prepare import prepare as shared_out
from pst_excel.excel.books.template import write_template
from pst_excel.model.words.keys import STAMP
from pst_excel.pst import PST
from pst_excel.reference.samples import content
from pst_excel.returns.shared_rows import fingerprint, lent, row_contents
from pst_excel.returns.tables import Return
from pst_excel.testing import wild
from pst_excel.text.errors import UsageError


@cache
def authored() -> bytes:
    """Return the plan of a sample institution of eight services, as it was written."""
    return write_template(content.whole("grand-sart"))


@cache
def prepared() -> tuple[bytes, ...]:
    """Return the workbooks prepared from the plan of the sample institution."""
    result = shared_out(read(authored(), "PST.xlsx"), due=DUE)
    return tuple(write_template(envelope.content) for envelope in result.workbooks)


def come_back() -> list[Return]:
    """Return these workbooks as they are read when nobody touched them."""
    return [read(data, f"{at}.xlsx") for at, data in enumerate(prepared())]


def by_id(filled: Return) -> dict[str, dict[str, dict[str, str]]]:
    """Return what each row of a return holds, by sheet and id."""
    return {
        sheet.key: dict(zip(table.columns["id"], row_contents(filled, table, sheet), strict=True))
        for sheet in filled.plan.tables
        if (table := filled.tables.get(sheet.key)) and not sheet.program
    }


def picked(plan: Return, ids: dict[str, set[str]]) -> dict[str, dict[str, dict[str, str]]]:
    """Return what some rows of a plan hold, by sheet and id."""
    kept = {
        key: {ident: row for ident, row in rows.items() if ident in ids.get(key, ())}
        for key, rows in by_id(plan).items()
    }
    return {key: rows for key, rows in kept.items() if rows}


def sent_ids(found: Iterable[Return]) -> dict[str, set[str]]:
    """Return the ids that are in workbooks, by sheet."""
    ids: dict[str, set[str]] = {}
    for filled in found:
        for key, rows in by_id(filled).items():
            ids.setdefault(key, set()).update(rows)
    return ids


def test_untouched_workbooks_consolidate_to_the_plan_from_which_they_come() -> None:
    plan, found = read(authored()), come_back()
    result = united(found, PST, DUE)

    assert len(found) == 8
    assert result.conflicts == []
    assert len(result.merged.tables["actions"]) == len(plan.tables["actions"]) == 50
    assert by_id(result.merged) == picked(plan, sent_ids(found))


def test_with_the_plan_itself_every_row_is_there_and_no_value_is_in_doubt() -> None:
    plan = read(authored(), "PST.xlsx")
    result = united([plan, *come_back()], PST, OBSERVED)

    assert result.conflicts == []
    assert by_id(result.merged) == by_id(plan)


@settings(max_examples=40)
@given(wild(PST, linked=True))
def test_any_plan_shared_out_and_untouched_consolidates_to_itself(plan: Return) -> None:
    plan.tables["identification"].columns["service"] = [None]
    try:
        found = [
            replace(envelope.content, digest=envelope.file)
            for envelope in shared_out(plan).workbooks
        ]
    except UsageError:
        assume(False)
    result = united(found, PST, OBSERVED)

    assert [c for c in result.conflicts if c.column != "Code utilisé deux fois"] == []
    assert by_id(result.merged) == picked(plan, sent_ids(found))


@settings(max_examples=4)
@given(wild(PST))
def test_a_workbook_that_nobody_touched_is_known_to_be_untouched(plan: Return) -> None:
    plan.tables["identification"].columns["service"] = [None]
    (envelope,) = shared_out(plan, plan.lists["services"][:1]).workbooks
    back = read(write_template(envelope.content))

    for sheet in PST.tables:
        if not sheet.program:
            table = back.tables[sheet.key]
            assert table.columns[STAMP] == [
                fingerprint(row) for row in row_contents(back, table, sheet)
            ]


def test_what_a_service_changes_in_its_rows_comes_through_without_conflict() -> None:
    plan, found = read(authored(), "PST.xlsx"), come_back()
    changed = {}
    for filled in found:
        table = filled.tables["oo"]
        mine = [at for at, is_lent in enumerate(lent(table)) if not is_lent]
        if mine and "; " in str(table.columns["services"][mine[0]]):
            table.columns["commentaire"][mine[0]] = "Vu par le service"
            table.columns["echeance"][mine[0]] = None
            changed[table.columns["id"][mine[0]]] = filled.service
            break
    for filled in found:
        table = filled.tables["actions"]
        for at, is_lent in enumerate(lent(table)):
            if not is_lent:
                table.columns["commentaire"][at] = f"Mis à jour par {filled.service}"
    result = united([plan, *found], PST, OBSERVED)
    merged = by_id(result.merged)

    assert changed
    assert result.conflicts == []
    for ident in changed:
        assert merged["oo"][ident]["commentaire"] == "Vu par le service"
        assert "echeance" not in merged["oo"][ident]
    comments = {row["commentaire"] for row in merged["actions"].values()}
    assert comments == {f"Mis à jour par {filled.service}" for filled in found}
