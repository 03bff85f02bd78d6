"""What is said of returns that repeat others, and under which return a fault of a file is counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from support import of_code
from support.consolidated import PLAN, actions, sent_by

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.model.catalogue import structural
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return

DAY = dt.date(2026, 10, 31)


def sent(file: str, service: str, title: str = "Planter des arbres") -> Return:
    """Return what a service sent; the title tells two of its workbooks apart."""
    filled = return_of(
        f"""
        Identification
        cle       | valeur
        nom       | Valbruyère
        type      | Commune
        ins       | 92951
        service   | {service}

        Actions
        code  | intitule | service_pilote
        1.1.1 | {title}  | {service or "Travaux"}
        """,
        PST,
        file,
    )
    return replace(filled, digest=f"{service} {title}")


def united(*returns: Return) -> Consolidation:
    """Return the consolidation of these returns."""
    return consolidate(list(returns), PST, DAY)


def test_of_two_workbooks_of_one_service_the_later_counts_and_both_are_named() -> None:
    result = united(
        sent("a.xlsx", "Travaux"), sent("b.xlsx", "Travaux", "Semer"), sent("aa.xlsx", "Finances")
    )
    (words,) = result.account.remarks
    assert words.startswith("a.xlsx et b.xlsx viennent du même service (Travaux)")
    assert "le plus récent, b.xlsx, compte" in words
    assert "Semer" in result.merged.tables["actions"].columns["intitule"]
    assert "Planter des arbres" in {line[6] for line in result.history}


def test_a_workbook_saved_later_is_the_latest_whatever_its_name() -> None:
    older = replace(sent("b.xlsx", "Travaux"), saved="2027-03-01T10:00:00Z")
    later = replace(sent("a.xlsx", "Travaux", "Semer"), saved="2027-03-02T09:00:00Z")
    result = united(older, later)
    assert result.merged.tables["actions"].columns["intitule"] == ["Semer"]


def test_a_whole_plan_among_the_returns_of_services_is_the_plan_from_which_they_start() -> None:
    result = united(sent("a.xlsx", "Travaux", "Semer"), sent("pst.xlsx", ""))
    assert result.base is not None
    assert result.base.file == "pst.xlsx"
    assert [returned.file for returned in result.returns] == ["a.xlsx"]


def test_whole_plans_alone_and_one_workbook_a_service_are_no_doubt() -> None:
    assert united(sent("pst.xlsx", "")).account.remarks == ()
    assert united(sent("a.xlsx", "Travaux"), sent("b.xlsx", "Finances")).account.remarks == ()


def test_a_service_that_no_list_knows_is_named() -> None:
    known, unknown = sent("a.xlsx", "Travaux"), sent("b.xlsx", "Sports")
    for one in (known, unknown):
        one.lists["services"] = ("Travaux", "Jeunesse et sports")
    (words,) = united(known, unknown).account.remarks
    assert words.startswith("b.xlsx dit venir")
    assert "« Sports », qui n’est pas dans la liste des services" in words


def test_a_fault_of_a_file_is_counted_under_its_return() -> None:
    faulty = sent("b.xlsx", "Finances")
    faulty.findings.append(structural("actions", "S02", {"label": "Statut", "guess": ""}))
    result = united(sent("a.xlsx", "Travaux"), faulty)
    (finding,) = (f for f in result.report.findings if f.code == "S02")
    source = result.source_of(finding)
    assert source is not None
    assert result.returns[source].file == "b.xlsx"


def test_a_reading_that_gave_no_value_is_asked_once() -> None:
    rows = actions(
        "1.1.1 | Rénover | PST | Permanent", keys="code | intitule | type_action | statut"
    )
    plan = united(return_of(sent_by("Travaux") + PLAN + rows, PST, "a.xlsx"))
    (finding,) = of_code(plan.report.findings, "V06")
    assert (finding.column, finding.read) == ("Statut", "Permanent")
