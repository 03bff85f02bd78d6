"""Every public function called twice on the same values gives the same, and changes none of them."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support import OBSERVED, OLD_TEMPLATE, listing
from support.snapshots import snapshot
from support.strategies import returns

import pst_excel
from pst_excel import (
    PST,
    PstError,
    annotate,
    check,
    compare,
    consolidate,
    modernise,
    prepare,
    read_files,
    template,
    write,
)  # fmt: skip
from pst_excel.api.outputs import OUTPUTS
from pst_excel.comparing.compare import compare as compared
from pst_excel.consolidating.consolidate import consolidate as consolidated
from pst_excel.excel.books.template import blank, write_template
from pst_excel.returns.tables import Return
from pst_excel.workers.loading import Loaded

TOWN = {"nom": "Valbruyère", "ins": "92951", "type": "Commune"}
Once = Callable[[Loaded, Path], object]


def _checked(loaded: Loaded, target: Path) -> object:
    return annotate(loaded, check(loaded, OBSERVED), target)


def _prepared(loaded: Loaded, target: Path) -> object:
    whole = target / "PST.xlsx"
    write(consolidate(loaded, OBSERVED), whole)
    return prepare(whole, target / "envois", due=OBSERVED)


def _written(loaded: Loaded, target: Path) -> object:
    results = (consolidate(loaded, OBSERVED), compare(loaded, OBSERVED))
    return [
        write(result, target / f"{output.name}{output.suffix}")
        for result in results
        for output in OUTPUTS
        if output.takes is type(result)
    ]


CALLS: dict[Callable[..., Any], Once] = {
    read_files: lambda loaded, _: read_files(loaded.files.values()),
    check: lambda loaded, _: check(loaded, OBSERVED),
    annotate: _checked,
    consolidate: lambda loaded, _: consolidate(loaded, OBSERVED),
    compare: lambda loaded, _: compare(loaded, OBSERVED),
    write: _written,
    prepare: _prepared,
    modernise: lambda _, target: modernise(OLD_TEMPLATE, target / "nouveau.xlsx"),
    template: lambda _, target: template(target / "modele.xlsx", nom="Valbruyère"),
}


def test_every_public_function_is_called_twice() -> None:
    public = (getattr(pst_excel, name) for name in pst_excel.__all__)
    assert set(CALLS) == {function for function in public if inspect.isfunction(function)}


def outcome(call: Once, loaded: Loaded, target: Path) -> object:
    """Return what a call gives and writes; a refusal is an answer as well."""
    target.mkdir()
    try:
        result: object = call(loaded, target)
    except PstError as error:
        result = str(error)
    return [str(snapshot(result)).replace(str(target), ""), listing(target)]


def of_one_institution(drawn: list[Return]) -> list[Return]:
    """Return the returns of two services of a town and its whole plan, with what was drawn."""
    form = PST.form.key
    identifications = ({"service": "Travaux"}, {"service": "Finances"}, {})
    return [
        replace(one, tables={**one.tables, form: blank(PST, {**TOWN, **words}).tables[form]})
        for one, words in zip(drawn, identifications, strict=True)
    ]


@settings(max_examples=2)
@given(drawn=st.lists(returns(PST), min_size=3, max_size=3))
def test_the_second_call_gives_the_same_and_the_values_stay(drawn: list[Return]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        received = Path(folder, "retours")
        received.mkdir()
        for at, filled in enumerate(of_one_institution(drawn)):
            (received / f"{at}.xlsx").write_bytes(write_template(filled))
        loaded = read_files(received)
        before, files = snapshot(loaded), listing(received)
        for function, call in CALLS.items():
            first = outcome(call, loaded, Path(folder, f"{function.__name__} 1"))
            assert outcome(call, loaded, Path(folder, f"{function.__name__} 2")) == first
            assert snapshot(loaded) == before
            assert listing(received) == files


@settings(max_examples=2)
@given(drawn=st.lists(returns(PST), min_size=3, max_size=3))
def test_writing_changes_no_result_and_gives_the_same_bytes(drawn: list[Return]) -> None:
    united = consolidated(of_one_institution(drawn), PST, OBSERVED)
    for result in (united, compared([united.merged], PST, OBSERVED), united.merged):
        before = snapshot(result)
        for output in OUTPUTS:
            if output.takes is type(result):
                assert output.write(result) == output.write(result)
        assert snapshot(result) == before
