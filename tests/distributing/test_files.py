"""The files of the services are written all together in their folder, or none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import listing, saved
from support.sharing import DUE, LISTS, NAME, ONE, PLAN, book

from pst_excel import consolidate, prepare, read_files
from pst_excel.campaign.archive import archives_near, send_file
from pst_excel.text.errors import OutputError, UsageError
from pst_excel.workers.loading import FEW_TO_WRITE


def test_the_files_of_the_services_are_written_in_a_folder_that_is_made(tmp_path: Path) -> None:
    source = saved(tmp_path / "Année 2026" / "PST de l’été.xlsx", book(PLAN))
    folder = tmp_path / "Année 2026" / "Envois – été"
    result, kept = prepare(source, folder, due=DUE)

    assert kept == []
    assert sorted(listing(folder)) == [
        "PST_Valbruyere_Culture_2027-01-31.xlsx",
        "PST_Valbruyere_Finances_2027-01-31.xlsx",
        "PST_Valbruyere_Travaux_2027-01-31.xlsx",
    ]
    for envelope in result.workbooks:
        (back,) = read_files(folder / envelope.file).returns
        assert back.service == envelope.service
    again = consolidate(read_files([folder, source]))
    assert again.conflicts == []
    assert again.merged.tables["actions"].columns["code"] == ["1.1.1", "2.1.1", "3.1.1"]
    assert len(again.merged.tables["indicateurs"]) == 5


def many(count: int) -> str:
    """Return a plan of as many services as asked, one action each."""
    services = "".join(f"services | Service {n:02d}\n" for n in range(count))
    rows = "".join(f"1.1.{n} | Action {n} | Service {n:02d}\n" for n in range(count))
    return f"{LISTS}{services}\nActions\ncode | intitule | service_pilote\n{rows}"


def test_many_workbooks_are_the_same_from_worker_processes_as_from_one(tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", many(FEW_TO_WRITE + 1))
    prepare(source, tmp_path / "ensemble", workers=2)
    prepare(source, tmp_path / "un", workers=1)

    assert len(listing(tmp_path / "un")) == FEW_TO_WRITE + 1
    assert listing(tmp_path / "ensemble") == listing(tmp_path / "un")


def test_files_already_there_stop_the_run_before_anything_is_written(tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(PLAN))
    prepare(source, tmp_path / "envois", "Travaux")
    before = listing(tmp_path)
    with pytest.raises(OutputError, match=rf"a déjà {NAME}\.xlsx ;.*--remplacer"):
        prepare(source, tmp_path / "envois")
    assert listing(tmp_path) == before


def test_files_that_are_replaced_are_kept_aside_where_they_differ(tmp_path: Path) -> None:
    source, folder = saved(tmp_path / "PST.xlsx", book(ONE)), tmp_path / "envois"
    prepare(source, folder)
    first = listing(folder)
    _, same = prepare(source, folder, replace=True)
    saved(source, ONE.replace("un trou", "une fosse"))
    _, kept = prepare(source, folder, replace=True)

    assert same == []
    assert [path.name for path in kept] == [f"{NAME}.precedent-1.xlsx"]
    assert kept[0].read_bytes() == first[f"{NAME}.xlsx"]
    assert listing(folder)[f"{NAME}.xlsx"] != first[f"{NAME}.xlsx"]
    assert len(listing(folder)) == 2


@pytest.mark.parametrize("replace", [False, True])
def test_a_workbook_open_in_excel_is_said_before_anything_is_written(
    tmp_path: Path, replace: bool
) -> None:
    source, folder = saved(tmp_path / "PST.xlsx", book(PLAN)), tmp_path / "envois"
    saved(folder / "~$PST_Valbruyere_Culture_2026-10-31.xlsx", b"x")
    before = listing(tmp_path)
    with pytest.raises(OutputError, match="est ouvert"):
        prepare(source, folder, replace=replace)
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("folder", "fragment"), [("PST.xlsx", "est un fichier"), ("absent/envois", "n’existe pas")]
)
def test_a_folder_that_cannot_be_is_refused(tmp_path: Path, folder: str, fragment: str) -> None:
    source = saved(tmp_path / "PST.xlsx", book(ONE))
    with pytest.raises(OutputError, match=fragment):
        prepare(source, tmp_path / folder)
    assert sorted(listing(tmp_path)) == ["PST.xlsx"]


def test_a_source_that_would_be_overwritten_is_refused(tmp_path: Path) -> None:
    source = saved(tmp_path / f"{NAME}.xlsx", book(ONE))
    before = listing(tmp_path)
    with pytest.raises(OutputError, match="donné à lire"):
        prepare(source, tmp_path, replace=True)
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "fragment"), [("absent.xlsx", "n’existe pas"), ("", "est un dossier")]
)
def test_a_source_that_is_no_file_is_a_wrong_usage(
    tmp_path: Path, name: str, fragment: str
) -> None:
    with pytest.raises(UsageError, match=fragment):
        prepare(tmp_path / name, tmp_path / "envois")


def test_a_copy_of_each_send_is_found_by_the_id_that_it_names(tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(PLAN))
    result, _ = prepare(source, tmp_path / "envois", due=DUE)
    assert result.archive == tmp_path / "archives-pst"
    for envelope in result.workbooks:
        copy = send_file(
            archives_near([tmp_path / "envois" / envelope.file]), envelope.content.send
        )
        assert copy is not None
        assert copy.read_bytes() == (tmp_path / "envois" / envelope.file).read_bytes()
    before = listing(tmp_path / "archives-pst")
    prepare(source, tmp_path / "ailleurs", due=DUE)
    assert listing(tmp_path / "archives-pst") == before
    assert len(read_files(tmp_path).files) == 7
