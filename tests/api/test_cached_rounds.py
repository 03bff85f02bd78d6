"""A round after another writes the same bytes whether its returns were read anew or kept."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support import RETURN, saved

from pst_excel.api.checking import run_check
from pst_excel.api.reading import read_files
from pst_excel.api.runs import run_consolidation
from pst_excel.reading.limits import Options
from pst_excel.returns.cache import ReturnCache

HEAD = "\nActions\ncode | intitule | service_pilote | statut | avancement\n"
SERVICES = ("Travaux", "Finances")


def returned(service: str, done: int) -> str:
    """Return what a service sends, where some of its action is done."""
    said = RETURN.replace("Travaux\nnom", f"{service}\nnom")
    at = SERVICES.index(service) + 1
    return f"{said}{HEAD}1.1.{at} | Action de {service} | {service} | En cours | {done}\n"


def a_round(folder: Path, cache: ReturnCache | None) -> dict[str, bytes]:
    """Consolidate what is in a folder; return all that is then beside its returns."""
    options = Options(cache=cache)
    loaded = read_files(folder / "retours", options=options)
    result, _ = run_consolidation(folder / "PST.xlsx", loaded, options=options)
    assert len(result.returns) == len(SERVICES)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def started(tmp_path: Path) -> tuple[Path, ReturnCache]:
    """Return a folder after its first round, one of its returns changed since, and the cache."""
    folder, cache = tmp_path / "campagne", ReturnCache(tmp_path / "cache")
    for service in SERVICES:
        saved(folder / "retours" / f"{service}.xlsx", returned(service, 40))
    a_round(folder, cache)
    saved(folder / "retours" / "Finances.xlsx", returned("Finances", 70))
    return folder, cache


def test_the_same_is_written_with_a_warm_cache_a_cold_one_and_none(
    started: tuple[Path, ReturnCache], tmp_path: Path
) -> None:
    folder, cache = started
    written = []
    for number, given in enumerate([cache, ReturnCache(tmp_path / "cold"), None]):
        copy = tmp_path / f"copie {number}"
        shutil.copytree(folder, copy)
        written.append(a_round(copy, given))
    assert written[0] == written[1] == written[2]
    before = {path.name: path.read_bytes() for path in folder.glob("*.xlsx")}
    assert written[0]["PST.xlsx"] != before["PST.xlsx"]


def test_the_same_is_found_with_a_warm_cache_and_none(
    started: tuple[Path, ReturnCache],
) -> None:
    folder, cache = started
    reports = []
    for options in (Options(), Options(cache=cache), Options(cache=cache)):
        loaded = read_files(folder / "retours", options=options)
        report, _ = run_check(loaded, None, None, None, folder / "PST.xlsx", options)
        reports.append(report)
    assert reports[0].findings
    assert reports[0] == reports[1] == reports[2]


def test_a_round_takes_the_returns_that_were_kept(started: tuple[Path, ReturnCache]) -> None:
    folder, cache = started
    options = Options(cache=cache)
    read = read_files(folder / "retours" / "Travaux.xlsx", options=options).returns[0]
    table = replace(read.tables["actions"], columns=read.tables["actions"].columns | {
        "avancement": [99.0]})  # fmt: skip
    kept = replace(read, tables=read.tables | {"actions": table})
    cache.keep(kept, read.plan, repr(Options()))
    found = read_files(folder / "retours", options=options).returns
    assert [one.tables["actions"].columns["avancement"] for one in found] == [[70.0], [99.0]]
