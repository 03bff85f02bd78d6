"""What a shell or a notebook shows of a result is one short line, whatever the result weighs."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from support import GOLDEN, SAMPLES

import pst_excel
from pst_excel import (
    PST,
    Campaign,
    PstError,
    annotate,
    check,
    compare,
    compare_versions,
    consolidate,
    difference,
    merge,
    modernise,
    prepare,
    read_files,
    trace,
    validate,
    write,
)
from pst_excel.api.writing import rendered, write_over
from pst_excel.text.brief import LONGEST

Results = dict[str, list[Any]]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Return what each public name gives on the samples, and the parts that people look at."""
    folder = tmp_path_factory.mktemp("reprs")
    found = read_files(SAMPLES / "retours")
    report, plan, one = check(found), consolidate(found), found.returns[0]
    written = write_over(plan, folder / "PST.xlsx")
    prepared, _ = prepare(folder / "PST.xlsx", folder / "envois")
    other = SAMPLES / "institutions" / "PST_montargeau.xlsx"
    campaign, made = Campaign.create(folder / "campagne", folder / "PST.xlsx")
    sheet = PST["actions"]
    versions = compare_versions(folder / "PST.xlsx", folder / "PST.xlsx")
    delta = difference(one, plan)
    return {
        "read_files": [found, one, one.tables["actions"], *read_files(GOLDEN).refusals],
        "check": [report, *report.findings, *report.journal],
        "validate": [validate(found.frames()), PST.schemas()],
        "consolidate": [plan, plan.batch, plan.figures, *plan.conflicts],
        "compare": [comparison := compare([other, folder / "PST.xlsx"]), *comparison.institutions],
        "annotate": annotate(found, report, folder / "rendus"),
        "prepare": [prepared, *prepared.workbooks],
        "modernise": [modernise(GOLDEN / "retour_modele_2026.1.xlsx", folder / "m.xlsx")[0]],
        "compare_versions": [versions, *versions.changes],
        "trace": [trace(folder / "PST.xlsx", "Actions!F5")],
        "difference": [delta, delta.before, *delta.changes, *delta.before.sheets.values()],
        "merge": [merged := merge(one, one, plan), merged.plan, *merged.conflicts, *merged.entries],
        "write": [written, rendered(plan, folder / "b.xlsx"), write(plan, folder / "PST.json")],
        "template": [pst_excel.template(folder / "modele.xlsx")],
        "Campaign": [campaign, made, campaign.memory, campaign.standing(), campaign.history(),
                     *campaign.standing().services, campaign.send(), campaign.remind(), campaign.receive(),
                     campaign.consolidate()[1]],
        "PST": [PST, sheet, *sheet.columns, *PST.rules, *PST.figures, *PST.vocabularies, *PST.boards],
    }  # fmt: skip


def shown(results: Results) -> Iterator[tuple[str, str]]:
    for name, made in results.items():
        for one in made:
            yield name, repr(one)


def test_every_public_function_and_kind_of_result_is_looked_at(results: Results) -> None:
    public = {name: getattr(pst_excel, name) for name in pst_excel.__all__}
    functions = {name for name in public if name[0].islower()}
    assert functions | {"PST", "Campaign"} == set(results)
    assert all(results.values())
    kinds = {type(one) for made in results.values() for one in made}
    classes = [one for one in public.values() if isinstance(one, type)]
    settings = [pst_excel.Options, pst_excel.Limits]
    apart = [one for one in classes if issubclass(one, PstError | Enum) or one in settings]
    assert [one for one in classes if one not in kinds and one not in apart] == []


def test_each_result_is_one_short_line_that_names_its_kind(results: Results) -> None:
    lines = [line for line in shown(results) if line[1] != "None"]
    assert len(lines) > 500
    long = [line for line in lines if len(line[1]) > LONGEST or "\n" in line[1]]
    assert long == []
    assert [line for line in lines if not line[1].startswith("<")] == []


def test_lists_of_results_are_short_too(results: Results) -> None:
    assert len(repr(results["annotate"])) <= 3_000
    assert len(repr(results["read_files"][0].returns)) <= 3_000
    assert len(results["annotate"]) == 15


def test_no_bytes_are_shown(results: Results) -> None:
    assert not [line for line in shown(results) if "b'" in line[1] or "\\x" in line[1]]


def test_the_words_are_those_of_the_field(results: Results, tmp_path: Path) -> None:
    assert repr(results["read_files"][0]) == "<Loaded: 15\u00a0retours, 0\u00a0refus>"
    assert repr(results["consolidate"][0]) == (
        "<Consolidation: Valbruyère, 15\u00a0retours, 2\u00a0conflits, 0\u00a0service sans retour>"
    )
    assert repr(results["read_files"][1]).startswith("<Return: PST_Valbruyere_cohesion.xlsx, ")
    assert (
        repr(results["PST"][1])
        == f"<Sheet: actions, « Actions », {len(PST['actions'].columns)}\u00a0colonnes>"
    )
