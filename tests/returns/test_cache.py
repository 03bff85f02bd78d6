"""What was read is kept: found for the same bytes, and nothing that stands in the cache can harm."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import pickle
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from support import CLEAN, GOLDEN, RETURN, SAMPLES, saved, workbook
from support.schools.plan import schools

from pst_excel.pst import PST
from pst_excel.reading.limits import Limits, Options
from pst_excel.reading.reader import read, read_bytes
from pst_excel.returns.cache import CACHE, DAY, ReturnCache, own_cache, program
from pst_excel.returns.tables import Return, Table
from pst_excel.text.errors import UnreadableFile
from pst_excel.workers.files import SUFFIXES
from pst_excel.workers.loading import load

HOW = repr(Options())
FILES = sorted(
    path
    for folder in (SAMPLES, GOLDEN)
    for path in folder.rglob("*")
    if path.suffix.lower() in SUFFIXES
)
NOT_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")


@pytest.fixture
def cache(tmp_path: Path) -> ReturnCache:
    return ReturnCache(tmp_path / "cache")


@lru_cache(maxsize=1)
def clean() -> Return:
    return replace(read_bytes(workbook(CLEAN), "retour.xlsx", PST), file="")


def entries(cache: ReturnCache) -> list[Path]:
    return sorted(cache.folder.iterdir())


def found(cache: ReturnCache) -> Return | None:
    return cache.find(clean().digest, PST, HOW)


def sealed(data: bytes) -> bytes:
    """Return an entry whose sum is right."""
    return hashlib.sha256(data).digest() + data


def texts(table: Table) -> list[str]:
    return [repr({**table.columns}), repr({**table.locals}), repr([*table.letters.items()])]


class Hostile:
    """What runs a function when it is unpickled, as a hostile file does."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.target),)


def test_what_was_kept_is_found_by_its_bytes_whatever_its_name(cache: ReturnCache) -> None:
    assert found(cache) is None
    cache.keep(replace(clean(), file="retour de mai.xlsx"), PST, HOW)
    assert found(cache) == clean()
    assert len(entries(cache)) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_return_that_was_kept_is_the_one_that_was_read(path: Path, cache: ReturnCache) -> None:
    try:
        returned = read(path, PST)
    except UnreadableFile:
        pytest.skip("no workbook of this plan")
    cache.keep(returned, PST, HOW)
    kept = cache.find(returned.digest, PST, HOW)
    assert kept is not None
    assert kept == replace(returned, file="")
    # Equal values may be of other types, which are written otherwise: 1 and 1.0 and True.
    assert [texts(table) for table in kept.tables.values()] == [
        texts(table) for table in returned.tables.values()
    ]


def test_every_kind_of_cell_comes_back(cache: ReturnCache) -> None:
    cells = [
        "a", 1, 1.5, True, None, dt.date(2026, 5, 1), dt.datetime(2026, 5, 1, 12, 30),
        dt.time(12, 30), dt.timedelta(hours=30),
    ]  # fmt: skip
    table = replace(
        clean().tables["actions"], locals={"Libre": cells}, rows=list(range(len(cells)))
    )
    cache.keep(replace(clean(), tables={"actions": table}), PST, HOW)
    kept = found(cache)
    assert kept is not None
    again = kept.tables["actions"].locals["Libre"]
    assert [(type(one), one) for one in again] == [(type(one), one) for one in cells]


def test_other_bytes_options_plan_or_program_are_not_found(cache: ReturnCache) -> None:
    cache.keep(clean(), PST, HOW)
    other = hashlib.sha256(workbook(CLEAN) + b"\0").hexdigest()
    assert cache.find(other, PST, HOW) is None
    assert cache.find(clean().digest, PST, repr(Options(strict=True))) is None
    assert cache.find(clean().digest, PST, repr(Options(limits=Limits(rows=10)))) is None
    assert cache.find(clean().digest, PST.for_legislature(2018, 2024), HOW) is None
    assert found(replace(cache, program="another")) is None
    assert found(ReturnCache(cache.folder)) == clean()


def test_a_cache_is_no_part_of_how_a_workbook_is_read(cache: ReturnCache) -> None:
    assert Options(cache=cache) == Options()
    assert repr(Options(cache=cache)) == HOW


def test_the_legislature_of_the_return_is_kept(cache: ReturnCache) -> None:
    older = CLEAN.replace("2024\nannee_fin         | 2030", "2018\nannee_fin         | 2024")
    returned = read_bytes(workbook(older), "", PST)
    assert (returned.plan.first_year, returned.plan.last_year) == (2018, 2024)
    cache.keep(returned, PST, HOW)
    kept = cache.find(returned.digest, PST, HOW)
    assert kept is not None
    assert kept.plan is returned.plan


def test_returns_of_a_plan_declared_elsewhere_are_not_kept(cache: ReturnCache) -> None:
    cache.keep(replace(clean(), plan=schools()), schools(), HOW)
    assert not cache.folder.exists()


def test_a_program_is_told_from_another_by_its_sources() -> None:
    assert program() == program.__wrapped__()
    assert len(program()) == 64


@pytest.mark.parametrize("length", [0, 10, 32, 100, -1])
def test_a_truncated_entry_is_not_found(length: int, cache: ReturnCache) -> None:
    cache.keep(clean(), PST, HOW)
    (entry,) = entries(cache)
    entry.write_bytes(entry.read_bytes()[:length])
    assert found(cache) is None
    cache.keep(clean(), PST, HOW)
    assert found(cache) == clean()


def test_an_entry_with_another_bit_is_not_found(cache: ReturnCache) -> None:
    cache.keep(clean(), PST, HOW)
    (entry,) = entries(cache)
    data = bytearray(entry.read_bytes())
    at = data.index("Aménager".encode()) + 1
    data[at] ^= 1
    entry.write_bytes(data)
    assert found(cache) is None


def test_what_would_run_does_not(cache: ReturnCache, tmp_path: Path) -> None:
    cache.keep(clean(), PST, HOW)
    (entry,) = entries(cache)
    made = tmp_path / "made"
    hostile = pickle.dumps(Hostile(made))
    pickle.loads(hostile)
    assert made.is_dir()
    made.rmdir()
    entry.write_bytes(sealed(hostile))
    assert found(cache) is None
    assert not made.exists()


@pytest.mark.parametrize("held", [1, "Return", None, b"", [], dt.date(2026, 1, 1)])
def test_what_is_no_return_is_not_found(held: object, cache: ReturnCache) -> None:
    cache.keep(clean(), PST, HOW)
    (entry,) = entries(cache)
    entry.write_bytes(sealed(pickle.dumps(held)))
    assert found(cache) is None


def test_the_return_of_another_workbook_is_not_found(cache: ReturnCache) -> None:
    cache.keep(clean(), PST, HOW)
    (entry,) = entries(cache)
    other = ReturnCache(cache.folder.with_name("other"))
    other.keep(replace(clean(), digest="0" * 64), PST, HOW)
    entry.write_bytes(entries(other)[0].read_bytes())
    assert found(cache) is None


def test_a_folder_that_cannot_be_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "cache", tmp_path / ("x" * 300)):
        cache = ReturnCache(folder)
        cache.keep(clean(), PST, HOW)
        cache.tidy()
        assert found(cache) is None


@NOT_WINDOWS
def test_the_cache_is_closed_to_others_and_one_that_is_open_is_not_used(
    cache: ReturnCache,
) -> None:
    cache.keep(clean(), PST, HOW)
    assert cache.folder.stat().st_mode & 0o777 == 0o700
    assert entries(cache)[0].stat().st_mode & 0o777 == 0o600
    cache.folder.chmod(0o770)
    assert found(cache) is None
    cache.folder.chmod(0o700)
    link = cache.folder.with_name("link")
    link.symlink_to(cache.folder)
    assert found(ReturnCache(link)) is None


def test_entries_that_are_old_or_too_many_go_the_oldest_first(cache: ReturnCache) -> None:
    now = 1_000_000_000.0
    for days in (0, 1, 59, 61):
        cache.keep(replace(clean(), digest=f"{days:064}"), PST, HOW)
        (new,) = [path for path in entries(cache) if path.stat().st_mtime > now]
        os.utime(new, (now - days * DAY, now - days * DAY))
        new.rename(new.with_name(f"{days}.lu"))
    cache.tidy(now)
    assert [path.name for path in entries(cache)] == ["0.lu", "1.lu", "59.lu"]
    size = entries(cache)[0].stat().st_size
    replace(cache, most=2 * size).tidy(now)
    assert [path.name for path in entries(cache)] == ["0.lu", "1.lu"]


def test_what_is_found_is_young_again(cache: ReturnCache) -> None:
    cache.keep(clean(), PST, HOW)
    (entry,) = entries(cache)
    os.utime(entry, (0, 0))
    assert found(cache) == clean()
    assert entry.stat().st_mtime > 0


def test_the_cache_of_the_user_is_where_its_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path))
    moved = own_cache()
    assert moved is not None
    assert moved.folder.parent == tmp_path
    monkeypatch.setenv(CACHE, "")
    assert own_cache() is None
    monkeypatch.delenv(CACHE)
    usual = own_cache()
    assert usual is not None
    assert "pst-excel" in usual.folder.parts


def test_files_are_read_once_and_a_changed_one_again(tmp_path: Path, cache: ReturnCache) -> None:
    options = Options(cache=cache)
    folder = tmp_path / "retours"
    folder.mkdir()
    for number in range(3):
        saved(folder / f"{number}.xlsx", f"{RETURN}\nActions\ncode | intitule\n1.1.{number} | A")
    saved(folder / "abîmé.xlsx", b"PK\x03\x04abc")
    without = load([folder], PST)
    assert load([folder], PST, options=options) == without
    assert len(entries(cache)) == 3
    # What is found is told from what is read by a word that no file holds.
    for returned in without.returns:
        cache.keep(replace(returned, saved="kept"), PST, HOW)
    saved(folder / "1.xlsx", f"{RETURN}\nActions\ncode | intitule\n1.1.1 | B")
    (folder / "2.xlsx").rename(folder / "3.xlsx")
    seen: list[str] = []
    again = load([folder], PST, seen.append, options=options)
    assert [one.file for one in again.returns] == ["0.xlsx", "1.xlsx", "3.xlsx"]
    assert [one.saved == "kept" for one in again.returns] == [True, False, True]
    assert again.refusals == without.refusals
    assert seen == ["0.xlsx", "1.xlsx", "3.xlsx", "abîmé.xlsx"]
