"""A consolidation written where it is asked: over the workbook that it was made from, in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import CLEAN, cells, damaged, listing, read, saved
from support.updated import NAME, action, plan_of

from pst_excel import OutputError, compare, consolidate
from pst_excel.api.writing import write, write_over
from pst_excel.excel.books import consolidated


def own_sheet(book: Any) -> None:
    book.create_sheet("Suivi")["A1"].value = "à nous"


def made(folder: Path) -> tuple[Path, bytes]:
    """Return a consolidated workbook in which people made a sheet."""
    target = folder / NAME
    data = damaged(consolidated.write(plan_of([action(1)])), own_sheet)
    target.write_bytes(data)
    return target, data


def test_over_the_workbook_that_it_was_made_from_what_people_put_stays(tmp_path: Path) -> None:
    target, data = made(tmp_path)
    plan = replace(plan_of(map(action, (1, 2))), base=read(data, NAME), base_file=target)
    written = write_over(plan, target)
    assert written.update is not None
    assert written.update.in_place
    assert cells(target.read_bytes(), "Suivi") == {"A1": "à nous"}
    assert written.previous is not None
    assert written.previous.read_bytes() == data


def test_written_again_without_a_change_it_is_the_same_file(tmp_path: Path) -> None:
    target, _ = made(tmp_path)
    plan = plan_of([action(1)])
    write(replace(plan, base=read(target.read_bytes(), NAME), base_file=target), target)
    data = target.read_bytes()
    assert write(replace(plan, base=read(data, NAME), base_file=target), target) is None
    assert target.read_bytes() == data


def test_over_another_workbook_it_is_written_anew(tmp_path: Path) -> None:
    target, data = made(tmp_path)
    plan = replace(plan_of([action(1)]), base=read(data, NAME), base_file=target)
    target.write_bytes(damaged(data, own_sheet))
    written = write_over(plan, target)
    assert written.update is None
    assert target.read_bytes() == consolidated.write(plan)


def test_in_another_form_nothing_is_updated(tmp_path: Path) -> None:
    target, data = made(tmp_path)
    plan = replace(plan_of([action(1)]), base=read(data, NAME), base_file=target)
    assert write_over(plan, target.with_suffix(".json")).update is None


def test_a_result_is_never_written_over_what_it_was_made_of(tmp_path: Path) -> None:
    returned = saved(tmp_path / "retours" / "a.xlsx", CLEAN)
    before = returned.read_bytes()
    for result in (consolidate(returned.parent), compare(returned)):
        with pytest.raises(OutputError, match="est aussi un fichier donné à lire"):
            write(result, tmp_path / "retours" / ".." / "retours" / "a.xlsx")
    assert returned.read_bytes() == before
    assert listing(returned.parent).keys() == {"a.xlsx"}
