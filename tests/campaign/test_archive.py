"""What is kept is found again by its id or its hash, unchanged, or told to have changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from support import CLEAN, listing, saved, workbook

from pst_excel.campaign.archive import (
    Archive,
    Kept,
    archive_beside,
    archives_near,
    consolidated_file,
    is_sound,
    read_kept,
    return_file,
    send_file,
)
from pst_excel.pst import PST
from pst_excel.reading.limits import Limits, Options
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.errors import OutputError

IDENT, OTHER = "3f9a2c1b7d4e", "000000000000"


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_copy_is_named_by_its_id_and_by_what_it_holds(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archives-pst")
    kept = [
        archive.keep(b"un", Kept.SENDS, IDENT),
        archive.keep(b"deux", Kept.RETURNS, suffix=".ODS"),
        archive.keep(b"trois", Kept.RETURNS, suffix=".exe"),
        archive.keep(b"quatre", Kept.CONSOLIDATED, IDENT),
    ]
    assert [path.relative_to(tmp_path).as_posix() for path in kept] == [
        f"archives-pst/envois/{IDENT}-{hash_of(b'un')[:16]}.xlsx",
        f"archives-pst/retours/{hash_of(b'deux')[:16]}.ods",
        f"archives-pst/retours/{hash_of(b'trois')[:16]}.xlsx",
        f"archives-pst/consolides/{IDENT}-{hash_of(b'quatre')[:16]}.xlsx",
    ]
    folders = [archive.folder]
    assert send_file(folders, IDENT) == kept[0]
    assert return_file(folders, hash_of(b"deux")) == kept[1]
    assert consolidated_file(folders, IDENT) == kept[3]
    assert send_file(folders, OTHER) is return_file(folders, hash_of(b"rien")) is None


def test_what_is_kept_twice_is_there_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep(b"un", Kept.SENDS, IDENT)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    archive.keep(b"un", Kept.SENDS, IDENT)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_another_content_under_one_name_is_put_beside_never_lost(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    kept = archive.keep(b"un", Kept.SENDS, IDENT)
    kept.write_bytes(b"abime")
    assert archive.keep(b"un", Kept.SENDS, IDENT) == kept
    assert sorted(filter(None, listing(tmp_path).values())) == [b"abime", b"un"]
    assert send_file([tmp_path], IDENT) == kept


def test_of_two_copies_the_sound_one_is_found_in_whatever_archive_it_is(tmp_path: Path) -> None:
    one, other = Archive(tmp_path / "a"), Archive(tmp_path / "b")
    one.keep(b"un", Kept.SENDS, IDENT).write_bytes(b"abime")
    sound = other.keep(b"un", Kept.SENDS, IDENT)
    assert send_file([one.folder, tmp_path / "absent", other.folder], IDENT) == sound


@pytest.mark.parametrize(
    "ident", ["", "*", "../../x", "3f9a2c1b7d4", "3F9A2C1B7D4E", f"{IDENT}-", "?" * 12, "[0-9]" * 3]
)
def test_what_is_no_id_finds_nothing_and_names_nothing(tmp_path: Path, ident: str) -> None:
    archive = Archive(tmp_path)
    archive.keep(b"un", Kept.SENDS, IDENT)
    archive.keep(b"deux", Kept.RETURNS)
    before = listing(tmp_path)
    assert send_file([tmp_path], ident) is consolidated_file([tmp_path], ident) is None
    assert return_file([tmp_path], ident) is None
    if ident:
        with pytest.raises(ValueError, match="no id"):
            archive.keep(b"trois", Kept.SENDS, ident)
    assert listing(tmp_path) == before


@pytest.mark.parametrize("name", [f"{IDENT}-copie.xlsx", f"{IDENT}-{'0' * 16}.precedent-1.xlsx"])
def test_a_foreign_file_of_the_archive_is_never_found(tmp_path: Path, name: str) -> None:
    saved(tmp_path / "envois" / name, b"x")
    (tmp_path / "envois" / f"{IDENT}-{'0' * 16}.xlsx").mkdir()
    assert send_file([tmp_path], IDENT) is None


def test_copies_are_read_like_any_workbook_and_a_bad_one_is_one_sentence(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archives-pst")
    good = archive.keep(workbook(CLEAN), Kept.SENDS, IDENT)
    changed = archive.keep(workbook(CLEAN), Kept.RETURNS)
    changed.write_bytes(workbook(CLEAN + "\nOS\ncode | intitule\n9 | Neuf\n"))
    broken = archive.keep(b"PK\x03\x04 et puis rien", Kept.SENDS, OTHER)
    gone = tmp_path / "absent.xlsx"
    read = read_kept([good, changed, broken, gone, good], PST)

    assert isinstance(read[good], Return)
    refusals = {path: one.reason for path, one in read.items() if isinstance(one, Refusal)}
    assert refusals.keys() == {changed, broken, gone}
    assert "n’est plus celle qui y a été gardée" in refusals[changed]
    assert "\n" not in "".join(refusals.values())
    assert [is_sound(path) for path in (good, changed, broken, gone)] == [True, False, True, False]
    assert send_file([archive.folder], OTHER) == broken
    assert return_file([archive.folder], hash_of(workbook(CLEAN))) == changed


def test_a_place_where_nothing_can_be_written_is_one_sentence(tmp_path: Path) -> None:
    saved(tmp_path / "archives-pst", b"x")
    saved(tmp_path / "autre" / "envois", b"x")
    with pytest.raises(OutputError, match="ne peut pas être créé"):
        Archive(tmp_path / "archives-pst").keep(b"un", Kept.SENDS, IDENT)
    with pytest.raises(OutputError, match="ne peut pas être créé"):
        Archive(tmp_path / "autre").keep(b"un", Kept.SENDS, IDENT)
    assert send_file([tmp_path / "archives-pst", tmp_path / "autre"], IDENT) is None


def test_archives_are_looked_for_beside_what_is_given_and_one_floor_above(tmp_path: Path) -> None:
    above = tmp_path / "archives-pst"
    within = tmp_path / "retours" / "archives-pst"
    returned = saved(tmp_path / "retours" / "a.xlsx", b"x")
    deep = saved(tmp_path / "retours" / "sous" / "b.xlsx", b"x")
    assert archives_near([returned, tmp_path]) == []
    above.mkdir()
    within.mkdir()

    assert archives_near([returned]) == archives_near([returned.parent]) == [within, above]
    assert archives_near([deep]) == [within]
    assert archives_near([above]) == archives_near([tmp_path / "PST.xlsx"]) == [above]
    assert archives_near([tmp_path / "retours" / ".." / "absent.xlsx", returned]) == [above, within]


def test_the_archive_of_a_send_stands_beside_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "envois").mkdir()
    monkeypatch.chdir(tmp_path / "envois")
    assert archive_beside(Path("mars")).folder == Path("archives-pst")
    assert archive_beside(Path()).folder == tmp_path / "archives-pst"
    assert archive_beside(Path("..")).folder == tmp_path.parent / "archives-pst"
    with pytest.raises(OutputError, match="choisissez un autre dossier"):
        archive_beside(Path("archives-pst") / "envois")


def test_a_copy_is_looked_at_within_the_limits_of_the_reading(tmp_path: Path) -> None:
    kept = Archive(tmp_path).keep(b"x" * 100, Kept.SENDS, IDENT)
    small, large = (Options(limits=Limits(file_size=size)) for size in (99, 100))
    assert [is_sound(kept, options) for options in (small, large)] == [False, True]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipe has a name here")
def test_a_pipe_among_the_copies_is_not_waited_for(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    kept = archive.keep(b"un", Kept.SENDS, IDENT)
    kept.unlink()
    os.mkfifo(kept)
    assert not is_sound(kept)
    assert not archive.holds(b"un", Kept.SENDS, IDENT)
    assert send_file([tmp_path], IDENT) is None
    with pytest.raises(OutputError, match="est un tube"):
        archive.keep(b"un", Kept.SENDS, IDENT)
