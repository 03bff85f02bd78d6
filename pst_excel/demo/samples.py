"""The workbooks of the samples, always the same bytes: what `samples/` and the demo hold."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files

from pst_excel.consolidating import consolidate
from pst_excel.demo import content
from pst_excel.demo.content import MAIN, NEW, OBSERVED, OTHERS, Row, Rows
from pst_excel.outputs import OUTPUTS
from pst_excel.outputs.template import blank, write_template
from pst_excel.pst import PST
from pst_excel.reading import read_bytes

LOCAL = {"Culture et tourisme": {"actions": {"Lieu": "à préciser"}}}
"""The columns that a service added to its workbook."""


def template() -> Iterator[tuple[str, bytes]]:
    """Give the blank template of the main institution."""
    identity = content.identity_of(MAIN)
    values = {key: identity[key] for key in ("nom", "ins")} | {"type": "Commune"}
    made = blank(PST, values)
    made.lists = content.lists_of(MAIN)
    yield "modele.xlsx", write_template(made)


def returns() -> Iterator[tuple[str, bytes]]:
    """Give the workbooks that the services of the main institution return, faults and all."""
    identity, lists = content.identity_of(MAIN), content.lists_of(MAIN)
    rows = content.rows_of(MAIN)
    faults = _faults()
    for service, short in content.file_names(MAIN).items():
        share = {sheet: [dict(row) for row in table] for sheet, table in
                 content.share_of(MAIN, rows, service).items()}  # fmt: skip
        for fault in faults:
            if fault["service"] == service:
                _apply(fault, share)
        made = content.return_of(
            identity | {"service": service}, share, lists, "", LOCAL.get(service)
        )
        yield f"PST_Valbruyere_{short}.xlsx", write_template(made)


def institutions() -> Iterator[tuple[str, bytes]]:
    """Give the consolidated plans of the other institutions."""
    for slug in OTHERS:
        made = content.return_of(
            content.identity_of(slug), content.rows_of(slug), content.lists_of(slug), f"{slug}.xlsx"
        )
        data = write_template(made)
        one = read_bytes(data, f"{slug}.xlsx", made.plan)
        yield f"PST_{slug}.xlsx", OUTPUTS[".xlsx"].write(consolidate([one], made.plan, OBSERVED))


def all_samples() -> Iterator[tuple[str, bytes]]:
    """Give every file of the samples, by its path in their folder."""
    yield from template()
    for name, data in returns():
        yield f"retours/{name}", data
    for name, data in institutions():
        yield f"institutions/{name}", data


def _faults() -> list[Row]:
    text = (files("pst_excel.demo") / "faults.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _apply(fault: Row, share: Rows) -> None:
    """Put a fault in a workbook: another value in a cell, or a new row when the code begins with +.

    Raises: KeyError when the row is not there: a fault that touches nothing proves nothing.
    """
    table, code = share[fault["feuille"]], fault["code"]
    if code.startswith("+"):
        table.append({"code": code[1:], NEW: "oui", **_cells(fault["valeur"])})
        return
    rows = [row for row in table if row["code"] == code]
    if not rows:
        raise KeyError(f"no row {code} in {fault['feuille']} of {fault['service']}")
    rows[0][fault["colonne"]] = fault["valeur"]


def _cells(text: str) -> Row:
    pairs = (pair.partition("=") for pair in text.split(" | "))
    return {key.strip(): value.strip() for key, _, value in pairs}
