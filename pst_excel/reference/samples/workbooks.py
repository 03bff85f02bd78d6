"""The workbooks of the samples, always the same bytes: what `samples/` and the demo hold."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files

from pst_excel.cells.values import RawCell
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books import consolidated
from pst_excel.excel.books.template import blank, write_template
from pst_excel.merging.conflicts import Conflicts
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples import content
from pst_excel.reference.samples.content import MAIN, OBSERVED, OTHERS, Row, draw
from pst_excel.reference.samples.selftest import selftest
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Return, geometry

LOCAL = {"Culture et tourisme": {"actions": {"Lieu": "à préciser"}}}
"""The columns that a service added to its workbook."""


def template() -> Iterator[tuple[str, bytes]]:
    """Give the blank template of the main institution."""
    identity = content.identity_of(MAIN)
    values = {key: identity[key] for key in ("nom", "ins")} | {"type": "Commune"}
    filled = replace(blank(PST, values), lists=content.lists_of(MAIN))
    yield "modele.xlsx", write_template(filled)


def returns() -> Iterator[tuple[str, bytes]]:
    """Give the workbooks that the services of the main institution return, faults and all."""
    names, faults = content.file_names(MAIN), _faults()
    whole = content.whole(MAIN)
    workbooks = prepare(whole, due=OBSERVED).workbooks
    _hand_over(whole, [workbook.content for workbook in workbooks])
    for workbook in workbooks:
        returned, service = workbook.content, workbook.service
        _sent_in_spring(returned)
        for fault in faults:
            if fault["service"] == service:
                _apply(fault, returned)
        for sheet, columns in LOCAL.get(service, {}).items():
            table = returned.tables[sheet]
            own = [not is_lent for is_lent in lent(table)]
            added: dict[str, list[RawCell]] = {
                heading: [value * at for at in own] for heading, value in columns.items()
            }
            returned.tables[sheet] = replace(table, locals=added)
        yield f"PST_Valbruyere_{names[service]}.xlsx", write_template(returned)


def institutions() -> Iterator[tuple[str, bytes]]:
    """Give the consolidated plans of the other institutions."""
    for slug in OTHERS:
        whole = content.whole(slug)
        data = write_template(whole)
        returned = read_bytes(data, f"{slug}.xlsx", whole.plan)
        yield f"PST_{slug}.xlsx", consolidated.write(consolidate([returned], whole.plan, OBSERVED))


def selftests() -> Iterator[tuple[str, bytes]]:
    """Give the plan that breaks every rule once, as a consolidated one, and its state before."""
    now, before = selftest()
    yield "auto-test_precedent.xlsx", write_template(before)
    tables = {key: replace(table, letters=geometry(PST[key])) for key, table in now.tables.items()}
    now = replace(now, before=before, tables=tables)
    plan = Consolidation(PST, OBSERVED, [now], [], [], now, {}, Conflicts())
    yield "auto-test_actuel.xlsx", consolidated.write(plan)


def all_samples() -> Iterator[tuple[str, bytes]]:
    """Give every file of the samples, by its path in their folder."""
    yield from template()
    for name, data in returns():
        yield f"retours/{name}", data
    for name, data in institutions():
        yield f"institutions/{name}", data
    for name, data in selftests():
        yield f"auto-test/{name}", data


def _hand_over(whole: Return, sent: list[Return]) -> None:
    """Give the rows that no service receives, such as the indicators of an OS, to the first one."""
    for sheet in whole.plan.tables:
        if sheet.program:
            continue
        known = {ident for returned in sent for ident in returned.tables[sheet.key].columns["id"]}
        given, table = whole.tables[sheet.key], sent[0].tables[sheet.key]
        for at, ident in enumerate(given.columns["id"]):
            if ident not in known:
                table.rows.append(HEADING_ROW + 1 + len(table))
                for key, values in table.columns.items():
                    values.append(given.columns[key][at])


def _sent_in_spring(returned: Return) -> None:
    """Give the actions the date of update that they were sent with; some were not updated since."""
    columns = returned.tables["actions"].columns
    columns["maj_recue"] = [
        day - dt.timedelta(182) if isinstance(day, dt.date) and draw(f"{code}recue", 12) else day
        for code, day in zip(columns["code"], columns["date_maj"], strict=True)
    ]


def _faults() -> list[Row]:
    text = (files("pst_excel.reference.samples") / "faults.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _apply(fault: Row, returned: Return) -> None:
    """Put a fault in a workbook: another value in a cell, or a new row when the code begins with +.

    Raises: KeyError when the row is not there: a fault that touches nothing proves nothing.
    """
    sheet, code = returned.plan[fault["feuille"]], fault["code"]
    table = returned.tables[sheet.key]
    if code.startswith("+"):
        table.rows.append(HEADING_ROW + 1 + len(table))
        for column in sheet.inputs:
            table.columns[column.key].append(None)
        for key, text in ({"code": code[1:]} | _cells(fault["valeur"])).items():
            content.put(returned, table, len(table) - 1, key, text)
        return
    if code not in table.columns["code"]:
        raise KeyError(f"no row {code} in {fault['feuille']} of {fault['service']}")
    content.put(
        returned, table, table.columns["code"].index(code), fault["colonne"], fault["valeur"]
    )


def _cells(text: str) -> Row:
    pairs = (pair.partition("=") for pair in text.split(" | "))
    return {key.strip(): value.strip() for key, _, value in pairs}
