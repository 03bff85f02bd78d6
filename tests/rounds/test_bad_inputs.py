"""What should not come to a campaign, or stand in its way: one sentence each, and nothing lost."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import shutil
import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from support import RETURN, WRITTEN, damaged, read, saved, workbook
from support.campaign_folders import remembered
from support.sharing import PLAN, book
from support.year import LATER, answer, sent_to

from pst_excel import PST, Campaign, prepare
from pst_excel.campaign import records, register
from pst_excel.campaign.entries import Came, State
from pst_excel.campaign.layout import Layout
from pst_excel.campaign.lock import Busy, at_work
from pst_excel.merging.conflicts import ConflictKind
from pst_excel.reference.samples.campaign import edited
from pst_excel.text.errors import OutputError, PstError, UnreadableFile, UsageError


def only(campaign: Campaign) -> Came:
    """Return the one file that is received now."""
    (came,) = campaign.receive().came
    return came


def test_an_answer_to_an_older_send_is_told_and_counts(campaign: Campaign) -> None:
    older = sent_to(campaign, "Travaux").read_bytes()
    campaign.send(due=LATER)
    answer(campaign, "Travaux", "ancien.xlsx", older, avancement=33.0)
    came = only(campaign)
    assert came.state == State.RECEIVED
    assert came.remarks == (
        "il répond à l’envoi à rendre pour le 31/01/2027 ; le dernier est à rendre pour le"
        " 31/03/2027",
    )


def test_an_answer_to_a_send_that_was_never_recorded_is_told(
    campaign: Campaign, tmp_path: Path
) -> None:
    prepare(campaign.layout.plan, tmp_path / "ailleurs", "Culture", dt.date(2028, 1, 1))
    (other,) = (tmp_path / "ailleurs").glob("*.xlsx")
    answer(campaign, "Culture", "perdu.xlsx", other.read_bytes(), avancement=66.0)
    came = only(campaign)
    assert (came.service, came.remarks) == (
        "Culture", ("l’envoi auquel il répond n’est pas dans le registre",)
    )  # fmt: skip


def test_the_workbook_of_one_service_filled_by_another_counts_for_the_first(
    campaign: Campaign,
) -> None:
    row = PST.form.field_rows["service"]
    data = damaged(
        sent_to(campaign, "Culture").read_bytes(),
        lambda wb: wb[PST.form.title].cell(row, 3, "Finances"),
    )
    saved(campaign.layout.returns / "prêté.xlsx", data)
    came = only(campaign)
    assert (came.service, came.told) == ("Culture", "Finances")
    assert came.remarks == (
        "il dit venir de « Finances », mais répond à l’envoi de « Culture » : il compte pour"
        " Culture",
    )


def test_a_service_of_no_list_is_told(campaign: Campaign) -> None:
    saved(
        campaign.layout.returns / "inconnu.xlsx", RETURN.replace("| Travaux\nnom", "| Voirie\nnom")
    )
    assert only(campaign).remarks == ("le service « Voirie » n’est pas dans la liste",)


FOREIGN = {
    "commune": PLAN.replace("92951", "92094"),
    "legislature": PLAN.replace("2024", "2018").replace("2030", "2024"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_return_of_another_commune_or_legislature_is_refused_and_kept(
    campaign: Campaign, what: str
) -> None:
    file = saved(campaign.layout.returns / "autre.xlsx", book(FOREIGN[what]))
    came = only(campaign)
    assert came.state == State.REFUSED
    assert "il est d’une autre institution ou législature" in came.reason
    assert file.is_file()
    assert file.read_bytes() in contents(campaign.layout.archive / "retours")


def contents(folder: Path) -> set[bytes]:
    return {one.read_bytes() for one in folder.iterdir()}


def test_the_plan_sent_back_changes_nothing_and_what_it_says_else_is_proposed(
    campaign: Campaign,
) -> None:
    shutil.copy(campaign.layout.plan, campaign.layout.returns / "plan.xlsx")
    assert only(campaign).state == State.PLAN
    _, same = campaign.consolidate()
    assert same.result.conflicts == []

    data = edited(campaign.layout.plan.read_bytes(), "actions", "1.1.1", {"avancement": 88.0})
    saved(campaign.layout.returns / "plan corrigé.xlsx", data)
    _, changed = campaign.consolidate()
    (conflict,) = changed.result.conflicts
    assert conflict.kind is ConflictKind.PROPOSAL
    assert (conflict.kept, conflict.other) == ("10\u00a0%", "88\u00a0%")
    plan = read(campaign.layout.plan.read_bytes())
    assert plan.tables["actions"].columns["avancement"][0] == 10.0


NAMES = (
    unicodedata.normalize("NFC", "été.xlsx"), unicodedata.normalize("NFD", "étè.xlsx"),
    "🚲 retour.xlsx", "x" * 200 + ".xlsx", "-retour.xlsx", "=1+1.xlsx", "a\nb.xlsx",
)  # fmt: skip


def test_whatever_a_file_is_called_it_is_received_and_handed_back(campaign: Campaign) -> None:
    for number, name in enumerate(NAMES, start=1):
        answer(campaign, "Travaux", name, avancement=float(number))
    reception, united = campaign.consolidate()
    assert sorted(one.file for one in reception.came) == sorted(NAMES)
    assert all((campaign.layout.handed_back / one.copy).is_file() for one in reception.came)
    assert united.result.refusals == []
    for name in NAMES:
        assert campaign.set_aside(name, "essai").arrival.came.file == name


def test_a_folder_of_people_called_archive_is_read(campaign: Campaign) -> None:
    file = answer(campaign, "Travaux", "a.xlsx", avancement=1.0)
    (campaign.layout.returns / "archive").mkdir()
    file.rename(campaign.layout.returns / "archive" / "a.xlsx")
    assert only(campaign).service == "Travaux"


def test_a_folder_that_is_gone_is_made_again(campaign: Campaign) -> None:
    answer(campaign, "Travaux", "a.xlsx", avancement=1.0)
    campaign.receive()
    for folder in (campaign.layout.returns, campaign.layout.sends, campaign.layout.handed_back):
        shutil.rmtree(folder)
    assert campaign.receive().came == ()
    _, united = campaign.consolidate()
    assert [one.file for one in united.result.returns] == ["a.xlsx"]
    assert campaign.layout.returns.is_dir()


def test_a_return_that_is_nowhere_any_more_is_told_and_the_others_count(
    campaign: Campaign,
) -> None:
    file = answer(campaign, "Travaux", "a.xlsx", avancement=1.0)
    campaign.receive()
    file.unlink()
    shutil.rmtree(campaign.layout.archive / "retours")
    answer(campaign, "Culture", "b.xlsx", avancement=2.0)
    _, united = campaign.consolidate()
    assert [one.file for one in united.result.returns] == ["b.xlsx"]
    assert len(united.remarks) == 1
    assert united.remarks[0].startswith("a.xlsx, reçu le ")
    assert united.remarks[0].endswith("remettez-le dans ce dossier")


def test_another_run_at_work_is_named_and_nothing_is_touched(campaign: Campaign) -> None:
    answer(campaign, "Travaux", "a.xlsx", avancement=1.0)
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_at_work, args=(campaign.layout, theirs), daemon=True)
    process.start()
    try:
        ours.recv()
        before = remembered(campaign)
        other = Campaign(campaign.layout.folder, patience=0)
        with pytest.raises(Busy, match=rf"processus {process.pid}\)"):
            other.receive()
        assert remembered(other) == before
    finally:
        process.kill()
        process.join()
    assert len(other.receive().came) == 1


def _at_work(layout: Layout, theirs: Connection) -> None:
    with at_work(layout):
        theirs.send("")
        theirs.recv()


def test_a_register_that_another_program_holds_is_told(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "_WAIT", 0.0)
    with closing(sqlite3.connect(campaign.layout.register, isolation_level=None)) as base:
        base.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OutputError, match="est tenu par un autre programme"):
            campaign.receive()
        base.execute("ROLLBACK")
    assert campaign.receive().came == ()


def test_a_clock_that_goes_back_is_told_and_keeps_the_order(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
    with monkeypatch.context() as future:
        future.setattr(register, "now", lambda: then)
        campaign.send(due=LATER)
    answer(campaign, "Travaux", "a.xlsx", avancement=1.0)
    _, united = campaign.consolidate()
    (remark,) = united.remarks
    assert remark.startswith("l’horloge de cet ordinateur dit le ")
    assert "01/01/2999" in remark
    numbers = [records.number_of(name) for name in records.names_in(campaign.layout)]
    assert numbers == [*range(1, len(numbers) + 1)]
    campaign.layout.register.unlink()
    assert [one.came.file for one in campaign.memory.arrivals] == ["a.xlsx"]


BAD_PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file": (lambda folder: folder.write_text("x"), "n’est pas un dossier"),
    "a plan of somebody": (
        lambda folder: saved(folder / "PST_consolide.xlsx", PLAN), "a déjà « PST_consolide.xlsx »"
    ),
    "a register of somebody": (
        lambda folder: saved(folder / "registre.sqlite", b"x"), "a déjà « registre.sqlite »"
    ),
    "an archive of somebody": (
        lambda folder: saved(folder / "archive" / "a.txt", b"x"), "a déjà « archive »"
    ),
    "in another campaign": (
        lambda folder: saved(folder.parent / "archive" / "Ne rien changer ici.txt", b"x"),
        "est dans le dossier d’une autre campagne",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_PLACES)
def test_a_campaign_takes_no_place_that_is_somebody_s(tmp_path: Path, name: str) -> None:
    make, words = BAD_PLACES[name]
    folder = tmp_path / "ici" / "campagne"
    folder.parent.mkdir()
    make(folder)
    before = {one: one.is_file() and one.read_bytes() for one in tmp_path.rglob("*")}
    with pytest.raises(UsageError, match=words):
        Campaign.create(folder)
    assert {one: one.is_file() and one.read_bytes() for one in tmp_path.rglob("*")} == before


def test_a_campaign_is_made_once_and_not_where_nothing_can_be_written(campaign: Campaign) -> None:
    before = remembered(campaign)
    with pytest.raises(UsageError, match="est déjà une campagne"):
        Campaign.create(campaign.layout.folder)
    assert remembered(campaign) == before
    for folder in (campaign.layout.folder.parent / "a" / "b", Path("/proc/campagne")):
        with pytest.raises(OutputError):
            Campaign.create(folder)


def test_nothing_is_made_of_what_cannot_be_the_start(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    saved(sources / "a.xlsx", PLAN)
    saved(sources / "b.xlsx", PLAN.replace("Boucher", "Combler"))
    broken = saved(tmp_path / "abîmé.xlsx", b"rien")
    kinds: tuple[tuple[Path, type[PstError], str], ...] = (
        (sources, UsageError, "un seul peut être le plan de départ"),
        (tmp_path / "absent.xlsx", UsageError, "n’existe pas"),
        (broken, UnreadableFile, "abîmé.xlsx : "),
    )
    for source, kind, words in kinds:
        with pytest.raises(kind, match=words):
            Campaign.create(tmp_path / "campagne", [source])
        assert not (tmp_path / "campagne").exists()


@pytest.mark.parametrize("name", ["libreoffice.ods", "libreoffice.xls"])
def test_a_plan_of_another_format_is_a_start(tmp_path: Path, name: str) -> None:
    campaign, made = Campaign.create(tmp_path / "campagne", [WRITTEN / name])
    assert made.united is not None
    assert (campaign.layout.reference / name).read_bytes() == (WRITTEN / name).read_bytes()
    assert workbook(PLAN)[:2] == campaign.layout.plan.read_bytes()[:2]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_that_is_given_is_told_and_not_waited_for(
    campaign: Campaign, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "tube.xlsx")
    reception = campaign.receive([tmp_path / "tube.xlsx"])
    ((name, reason),) = reception.waiting
    assert name == "tube.xlsx"
    assert "c’est un tube" in reason
    assert list(campaign.layout.returns.iterdir()) == []
