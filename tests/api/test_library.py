"""The public names, each documented in one table, are imported only when used."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import CLEAN, listing, saved

import pst_excel
from pst_excel import (
    PST,
    Finding,
    PstError,
    Severity,
    check,
    compare_versions,
    consolidate,
    difference,
    merge,
    modernise,
    prepare,
    read_files,
    trace,
    write,
)
from pst_excel import compare as compared
from pst_excel import template as blank
from pst_excel.api.outputs import OUTPUTS
from pst_excel.model.words.wording import listed

PUBLIC = set(pst_excel.__all__)
HEAVY = ("pandas", "pandera", "openpyxl", "xlsxwriter", "numpy", "python_calamine", "lxml")


def test_the_public_names_are_told_each_once() -> None:
    assert len(PUBLIC) == len(pst_excel.__all__)
    assert {name for name in dir(pst_excel) if not name.startswith("_")} == PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_name_is_importable_and_documented(name: str) -> None:
    assert getattr(pst_excel, name).__doc__
    assert re.search(rf"^    {name} +\S", pst_excel.__doc__ or "", re.MULTILINE)


def test_the_documentation_names_no_other() -> None:
    parts = (pst_excel.__doc__ or "").split("::")
    blocks = [part.partition("\n\n    ")[2].partition("\n\n")[0] for part in parts[1:4]]
    lines = [line.split()[0] for block in blocks for line in f"    {block}".splitlines()]
    assert sorted(lines) == sorted(PUBLIC)


def test_another_name_does_not_exist() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lire'"):
        _ = pst_excel.lire


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert pst_excel.__version__ == version("pst-excel")


@pytest.mark.parametrize("statement", ["import pst_excel", "import pst_excel.cli.commands"])
def test_importing_costs_no_heavy_library(statement: str) -> None:
    code = f"import sys; {statement}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_each_function_says_what_it_raises_or_gives() -> None:
    for function in (read_files, check, consolidate, compared, write, prepare, modernise, blank):
        assert inspect.getdoc(function)


def test_two_states_are_compared_and_a_cell_traced_in_a_line(tmp_path: Path) -> None:
    saved(tmp_path / "retours" / "a.xlsx", CLEAN)
    plan = consolidate(read_files(tmp_path / "retours"))
    write(plan, tmp_path / "PST.xlsx")
    later = saved(tmp_path / "b.xlsx", CLEAN.replace("| 250000", "| 300000"))
    (change,) = compare_versions(tmp_path / "retours" / "a.xlsx", later).changes
    source = trace(tmp_path / "PST.xlsx", f"Budget!{change.after.cell}").source

    assert (change.before.value, change.after.value) == (250000.0, 300000.0)
    assert source is None or source.file == "a.xlsx"


def test_three_states_are_merged_without_a_file(tmp_path: Path) -> None:
    texts = (CLEAN, CLEAN.replace("| 250000", "| 300000"), CLEAN.replace("Doubler", "Tripler"))
    for name, text in zip(("base", "theirs", "ours"), texts, strict=True):
        saved(tmp_path / f"{name}.xlsx", text.replace("\ncode | niveau", "\ncode | niveau"))
    base, ours, theirs = read_files(tmp_path).returns
    merged = merge(base, theirs, ours)

    assert [change.field for change in difference(base, theirs).changes] == ["prevu"]
    assert [c.kept for c in merged.conflicts] == ["250\u202f000\u00a0€"]  # it names no service
    assert merged.plan.tables["oo"].columns["intitule"] == ["Tripler les pistes cyclables"]


def test_a_path_may_be_a_text_a_path_or_several(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", CLEAN)
    for given in (path, str(path), [path], [str(path)], tmp_path):
        assert [one.file for one in read_files(given).returns] == ["a.xlsx"]


def test_a_check_is_one_line(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", CLEAN.replace("| 250000", "| -1"))
    (finding,) = check(read_files(tmp_path)).findings
    assert isinstance(finding, Finding)
    assert finding.severity is Severity.ERROR
    assert finding.code == "V04"


def test_the_date_of_observation_is_that_of_the_returns_unless_given(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", CLEAN)
    loaded = read_files(tmp_path)
    late = [f.code for f in check(loaded, dt.date(2028, 1, 1)).findings]
    assert check(loaded).findings == []
    assert "R10a" in late


def test_a_consolidation_is_two_lines(tmp_path: Path) -> None:
    saved(tmp_path / "retours" / "a.xlsx", CLEAN)
    target = tmp_path / "PST.xlsx"
    found = read_files([tmp_path / "retours"])
    assert write(consolidate(found), target) is None
    (again,) = read_files(target).returns
    assert again.tables["actions"].columns["code"] == ["1.1.1"]


def test_a_result_written_again_is_the_same_file_and_nothing_is_set_aside(tmp_path: Path) -> None:
    saved(tmp_path / "retours" / "a.xlsx", CLEAN)
    result = consolidate(read_files(tmp_path / "retours"))
    write(result, tmp_path / "PST.xlsx")
    before = listing(tmp_path)
    assert write(result, tmp_path / "PST.xlsx") is None
    assert listing(tmp_path) == before


def test_a_template_carries_what_is_given(tmp_path: Path) -> None:
    target = tmp_path / "modele.xlsx"
    assert blank(target, nom="Valbruyère", ins="92951", type="Commune") is None
    (one,) = read_files(target).returns
    assert (one.institution, one.identity("ins")) == ("Valbruyère", "92951")
    assert one.plan.version == PST.version == one.identity("version")


@pytest.mark.parametrize(
    ("legislature", "values"), [((2030, 2024), {}), ((2024, 2099), {}), ((2024, 2030), {"no": 1})]
)
def test_a_template_that_cannot_be_is_refused(
    tmp_path: Path, legislature: tuple[int, int], values: dict[str, float]
) -> None:
    with pytest.raises(PstError):
        blank(tmp_path / "modele.xlsx", legislature, **values)
    assert listing(tmp_path) == {}


def test_a_suffix_that_is_not_known_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    saved(tmp_path / "retours" / "a.xlsx", CLEAN)
    saved(tmp_path / "PST.pdf", b"x")
    before = listing(tmp_path)
    result = consolidate(read_files(tmp_path / "retours"))
    known = [output.suffix for output in OUTPUTS if output.takes is type(result)]
    assert {".xlsx", ".json"} <= set(known)
    with pytest.raises(PstError, match=re.escape(f"se terminer par {listed(known, 'ou')}")):
        write(result, tmp_path / "PST.pdf")
    assert listing(tmp_path) == before


def test_a_target_open_in_excel_is_left_where_it_is(tmp_path: Path) -> None:
    saved(tmp_path / "retours" / "a.xlsx", CLEAN)
    saved(tmp_path / "PST.xlsx", b"ancien")
    saved(tmp_path / "~$PST.xlsx", b"x")
    before = listing(tmp_path)
    result = consolidate(read_files(tmp_path / "retours"))
    with pytest.raises(PstError, match="est ouvert"):
        write(result, tmp_path / "PST.xlsx")
    assert listing(tmp_path) == before
