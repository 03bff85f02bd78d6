"""Every public function called twice on the same values gives the same, and changes none of them."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import given as drawing
from hypothesis import settings
from hypothesis import strategies as st
from support import OBSERVED, OLD_TEMPLATE, listing
from support.snapshots import snapshot

import pst_excel
from pst_excel import (
    PST,
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
    template,
    trace,
    validate,
    write,
)  # fmt: skip
from pst_excel.api.outputs import OUTPUTS, as_bytes
from pst_excel.checking.report import Report
from pst_excel.comparing.compare import Comparison
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books.template import blank, write_template
from pst_excel.returns.tables import Return
from pst_excel.testing import wild
from pst_excel.tracing.versions import versions
from pst_excel.workers.loading import Loaded

TOWN = {"nom": "Valbruyère", "ins": "92951", "type": "Commune"}


@dataclass(frozen=True)
class Given:
    """What is given to the functions: the returns of two services and a whole plan, and more."""

    loaded: Loaded
    report: Report
    united: Consolidation
    compared: Comparison
    whole: Path
    last: Path
    service: str


def _written(given: Given, target: Path) -> object:
    return [
        write(result, target / f"{output.name}{output.suffix}")
        for result in (
            given.united,
            given.united.merged,
            given.compared,
            versions(given.loaded.returns[2], given.united.merged),
        )
        for output in OUTPUTS
        if output.takes is type(result)
    ]


CALLS: dict[Callable[..., Any], Callable[[Given, Path], object]] = {
    read_files: lambda given, _: read_files(given.loaded.files.values()),
    check: lambda given, _: check(given.loaded, OBSERVED),
    validate: lambda given, _: validate(given.loaded.frames(), OBSERVED),
    annotate: lambda given, target: annotate(given.loaded, given.report, target),
    consolidate: lambda given, _: consolidate(given.loaded, OBSERVED),
    compare: lambda given, _: compare(given.loaded, OBSERVED),
    compare_versions: lambda given, _: compare_versions(given.whole, given.last),
    trace: lambda given, _: trace(given.last, "Actions!C5"),
    difference: lambda given, _: difference(given.loaded.returns[2], given.united.merged),
    merge: lambda given, _: merge(
        given.loaded.returns[2], given.loaded.returns[0], given.united.merged
    ),
    write: _written,
    prepare: lambda given, target: prepare(given.whole, target, given.service, OBSERVED),
    modernise: lambda _, target: modernise(OLD_TEMPLATE, target / "nouveau.xlsx"),
    template: lambda _, target: template(target / "modele.xlsx", nom="Valbruyère"),
}


def test_every_public_function_is_called_twice() -> None:
    public = (getattr(pst_excel, name) for name in pst_excel.__all__)
    assert set(CALLS) == {function for function in public if inspect.isfunction(function)}


def of_one_institution(drawn: list[Return]) -> list[Return]:
    """Return the returns of two services of a town and its whole plan, with what was drawn."""
    form = PST.form.key
    identifications = ({"service": "Travaux"}, {"service": "Finances"}, {})
    return [
        replace(one, tables={**one.tables, form: blank(PST, {**TOWN, **words}).tables[form]})
        for one, words in zip(drawn, identifications, strict=True)
    ]


def received(drawn: list[Return], folder: Path) -> Given:
    """Write the returns in a folder, and make of them what the functions are given."""
    for at, filled in enumerate(of_one_institution(drawn)):
        (folder / f"{at}.xlsx").write_bytes(write_template(filled))
    loaded = read_files(folder)
    united = consolidate(loaded, OBSERVED)
    last = folder.parent / "PST.xlsx"
    last.write_bytes(as_bytes(united, ".xlsx"))
    return Given(
        loaded, check(loaded, OBSERVED), united, compare(loaded, OBSERVED), folder / "2.xlsx", last,
        loaded.returns[-1].lists["services"][0],
    )  # fmt: skip


def outcome(function: Callable[..., Any], given: Given, target: Path) -> object:
    """Return what a call gives and writes."""
    target.mkdir()
    result = CALLS[function](given, target)
    return [str(snapshot(result)).replace(str(target), ""), listing(target)]


@settings(max_examples=2)
@drawing(drawn=st.lists(wild(PST), min_size=3, max_size=3))
def test_the_second_call_gives_the_same_and_the_values_stay(drawn: list[Return]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "retours")
        source.mkdir()
        given = received(drawn, source)
        before, files = snapshot(given), listing(source)
        for function in CALLS:
            first = outcome(function, given, Path(folder, f"{function.__name__} 1"))
            assert outcome(function, given, Path(folder, f"{function.__name__} 2")) == first
            assert snapshot(given) == before
            assert listing(source) == files
