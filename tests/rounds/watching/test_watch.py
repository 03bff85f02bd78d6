"""What is dropped among the returns is received, then the plan follows, whatever happens there."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support import CLEAN, ROOT, workbook
from support.watched import Watched, answer, begun, full_disk, kinds, lock_of, watched

from pst_excel.campaign.entries import Sent, State
from pst_excel.campaign.entries import What as Record
from pst_excel.campaign.lock import at_work
from pst_excel.campaign.records import names_in, write_record
from pst_excel.campaign.register import now
from pst_excel.rounds.campaign import Campaign
from pst_excel.rounds.watching.happenings import What
from pst_excel.rounds.watching.pace import GRACE, SURE
from pst_excel.rounds.watching.work import bring_up_to_date, take_in
from pst_excel.text.errors import UsageError

Site = Callable[..., Watched]
OTHER_DISK = Path("/dev/shm")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begun(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Site:
    def build(name: str = "share/campagne", plan_is_open: bool = True) -> Watched:
        return watched(made, tmp_path / name, plan_is_open)

    return build


def received(site: Watched) -> list[tuple[str, str]]:
    return [(one.came.file, one.came.state) for one in site.memory.arrivals]


def test_a_return_is_received_handed_back_and_consolidated(site: Site) -> None:
    campaign = site(plan_is_open=False)
    campaign.drop("Travaux.xlsx", answer())
    happened = campaign.rest()
    assert kinds(happened) == [What.CAME, What.UNITED]
    (came, united) = happened
    assert came.came is not None
    assert (campaign.campaign.layout.handed_back / came.came.copy).is_file()
    assert received(campaign) == [("Travaux.xlsx", State.RECEIVED)]
    assert united.number == len(campaign.memory.rounds) == 2
    assert campaign.steps(4) == []


def test_those_that_come_together_are_one_batch_and_one_consolidation(site: Site) -> None:
    campaign = site(plan_is_open=False)
    for number in range(12):
        campaign.drop(f"{number}.xlsx", answer(number))
    assert kinds(campaign.rest()) == [What.CAME] * 12 + [What.UNITED]
    assert [one.gave.counted for one in campaign.memory.rounds][1:] == [
        tuple(one.came.digest for one in campaign.memory.arrivals)
    ]


def test_a_copy_that_comes_slowly_is_waited_for(site: Site) -> None:
    campaign, data = site(), answer()
    for part in range(1, 10):
        campaign.drop("Travaux.xlsx", data[: len(data) * part // 10])
        assert campaign.steps() == []
    campaign.drop("Travaux.xlsx", data)
    assert kinds(campaign.rest(What.PLAN_OPEN)) == [What.CAME]
    assert received(campaign) == [("Travaux.xlsx", State.RECEIVED)]


def test_a_copy_that_stalls_is_said_once_and_received_when_it_is_whole(site: Site) -> None:
    campaign, data = site(), answer()
    campaign.drop("Travaux.xlsx", data[:5000])
    assert kinds(campaign.steps(GRACE)) == [What.NOT_YET]
    campaign.drop("Travaux.xlsx", data)
    assert kinds(campaign.rest(What.PLAN_OPEN)) == [What.CAME]
    assert received(campaign) == [("Travaux.xlsx", State.RECEIVED)]


@pytest.mark.parametrize("start", [b"", b"PK\x03\x04", b"bonjour"])
def test_what_stays_unreadable_is_refused_after_a_while_and_what_follows_is_received(
    site: Site, start: bytes
) -> None:
    campaign = site()
    campaign.drop("Travaux.xlsx", start)
    assert What.CAME not in kinds(campaign.steps(GRACE))
    (refused,) = campaign.rest(What.NOT_YET)
    assert refused.came is not None
    assert refused.came.state == State.REFUSED
    assert campaign.steps(GRACE) == []
    campaign.drop("Travaux.xlsx", answer())
    assert kinds(campaign.rest(What.PLAN_OPEN)) == [What.CAME]


@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
def test_a_file_that_is_open_is_received_when_it_is_closed(site: Site, lock: str) -> None:
    campaign = site()
    file = campaign.drop("Travaux.xlsx", answer())
    beside = campaign.drop(lock.format(file.name), b"x")
    assert kinds(campaign.steps(5)) == [What.OPEN]
    assert not campaign.watch.pending
    beside.unlink()
    assert kinds(campaign.rest(What.PLAN_OPEN)) == [What.CAME]


def test_a_file_that_nobody_closes_is_taken_as_it_is_saved(site: Site) -> None:
    campaign = site()
    lock_of(campaign.drop("Travaux.xlsx", answer())).touch()
    happened = kinds(campaign.steps(30))
    assert happened == [What.OPEN, What.TAKEN_OPEN, What.CAME, What.PLAN_OPEN]


def test_the_plan_follows_when_it_is_closed(site: Site) -> None:
    campaign = site()
    campaign.drop("Travaux.xlsx", answer())
    assert kinds(campaign.rest()) == [What.CAME, What.PLAN_OPEN]
    assert campaign.steps(5) == []
    before = campaign.campaign.layout.plan.read_bytes()
    lock_of(campaign.campaign.layout.plan).unlink()
    assert kinds(campaign.rest()) == [What.UNITED]
    assert campaign.campaign.layout.plan.read_bytes() != before


def test_neither_a_plan_that_is_saved_nor_a_return_set_aside_changes_the_plan(site: Site) -> None:
    campaign = site(plan_is_open=False)
    campaign.drop("Travaux.xlsx", answer())
    campaign.rest()
    campaign.campaign.set_aside("Travaux.xlsx", "doublon")
    plan = campaign.campaign.layout.plan
    plan.write_bytes(plan.read_bytes() + b"")
    assert campaign.steps(5) == []
    assert len(campaign.memory.rounds) == 2


def test_nothing_is_consolidated_where_nothing_new_counts(site: Site) -> None:
    campaign = site(plan_is_open=False)
    campaign.drop(
        "autre.xlsx", workbook(CLEAN.replace("92951", "92350").replace("Valbruyère", "X"))
    )
    campaign.drop("cassé.xlsx", b"PK")
    happened = campaign.rest(What.NOT_YET)
    assert kinds(happened) == [What.CAME, What.CAME]
    assert len(campaign.memory.rounds) == 1


def test_a_copy_that_is_open_is_handed_back_when_it_is_closed(site: Site) -> None:
    campaign = site()
    layout = campaign.campaign.layout
    lock = lock_of(layout.handed_back / "Travaux.xlsx")
    lock.touch()
    campaign.drop("Travaux.xlsx", answer())
    campaign.drop("Autre.xlsx", answer(60))
    happened = campaign.rest(What.PLAN_OPEN)
    assert kinds(happened) == [What.CAME, What.CAME, What.COPY_LATER]
    assert (layout.handed_back / "Autre.xlsx").is_file()
    assert campaign.steps(3) == []
    lock.unlink()
    (later,) = campaign.rest()
    assert (later.what, later.file, later.other) == (
        What.HANDED_BACK, "Travaux.xlsx", "Travaux.xlsx"
    )  # fmt: skip
    assert (layout.handed_back / "Travaux.xlsx").is_file()
    told = campaign.memory
    assert [one.came.copy for one in told.arrivals] == ["Autre.xlsx", "Travaux.xlsx"]
    layout.register.unlink()
    assert campaign.memory == told


def test_the_command_that_receives_hands_back_what_could_not_be_before(site: Site) -> None:
    campaign = site()
    layout = campaign.campaign.layout
    lock = lock_of(layout.handed_back / "Travaux.xlsx")
    lock.touch()
    campaign.drop("Travaux.xlsx", answer())
    assert [name for name, _ in campaign.campaign.receive().handed.later] == ["Travaux.xlsx"]
    lock.unlink()
    assert [one.name for one in campaign.campaign.receive().owed.annotations] == ["Travaux.xlsx"]
    assert campaign.campaign.receive().owed.annotations == ()


def test_a_copy_never_takes_the_place_of_that_of_another_service(site: Site) -> None:
    campaign = site()
    for folder, service in (("a", "Travaux"), ("b", "Finances"), ("c", "Travaux")):
        campaign.drop(f"{folder}/retour.xlsx", answer(len(campaign.memory.arrivals), service))
        campaign.rest()
    copies = [one.came.copy for one in campaign.memory.arrivals]
    assert copies == ["retour.xlsx", "retour (2).xlsx", "retour.xlsx"]


def test_a_conflicted_copy_is_one_more_return_and_is_told(site: Site) -> None:
    campaign = site()
    campaign.drop("Travaux.xlsx", answer(50))
    campaign.drop("Travaux (Copie en conflit de Jean 2026-12-01).xlsx", answer(60))
    happened = campaign.rest(What.PLAN_OPEN)
    remarks = [one.came.remarks for one in happened if one.came is not None]
    assert sorted(len(one) for one in remarks) == [0, 1]
    assert len(received(campaign)) == 2


def test_conflicted_copies_of_what_the_program_keeps_harm_nothing_and_are_told(site: Site) -> None:
    campaign = site()
    layout, before = campaign.campaign.layout, campaign.memory
    for file in (layout.plan, layout.register, layout.lock):
        file.with_name(f"{file.stem} (conflicted copy){file.suffix}").write_bytes(b"x")
    record = layout.records / names_in(layout)[0]
    record.with_name(f"{record.stem} (conflicted copy).json").write_bytes(b"x")
    assert [(one.what, one.other) for one in campaign.steps(3)] == [
        (What.STRAY, layout.plan.name),
        (What.STRAY, layout.register.name),
        (What.STRAY, layout.lock.name),
    ]
    campaign.drop("Travaux.xlsx", answer())
    campaign.rest()
    assert len(campaign.memory.arrivals) == 1
    assert campaign.memory.rounds == before.rounds


@pytest.mark.skipif(
    not OTHER_DISK.is_dir() or OTHER_DISK.stat().st_dev == ROOT.stat().st_dev,
    reason="there is no other disk on which to put a campaign",
)
def test_a_share_that_goes_away_and_comes_back_changes_nothing(site: Site, tmp_path: Path) -> None:
    with TemporaryDirectory(dir=OTHER_DISK) as disk:
        (tmp_path / "share").symlink_to(disk)
        campaign = site()
        campaign.drop("Travaux.xlsx", answer())
        campaign.rest()
        (tmp_path / "share").unlink()
        assert kinds(campaign.steps(SURE + 3)) == [What.AWAY]
        (tmp_path / "share").mkdir()
        assert campaign.steps(SURE + 3) == []
        (tmp_path / "share").rmdir()
        (tmp_path / "share").symlink_to(disk)
        campaign.drop("Autre.xlsx", answer(60))
        assert kinds(campaign.rest()) == [What.BACK, What.CAME]


@pytest.mark.parametrize("moved", ["share/campagne", "share"])
def test_a_folder_that_is_moved_ends_the_watch(site: Site, tmp_path: Path, moved: str) -> None:
    campaign = site()
    campaign.steps(2)
    (tmp_path / moved).rename(tmp_path / "elsewhere")
    assert campaign.steps(SURE - 1) == []
    with pytest.raises(UsageError, match="déplacé ou supprimé"):
        campaign.steps()
    assert not (tmp_path / moved).exists()


def test_a_folder_that_is_replaced_for_a_moment_does_not(site: Site, tmp_path: Path) -> None:
    campaign = site()
    campaign.steps(2)
    folder = campaign.campaign.layout.folder
    folder.rename(tmp_path / "share" / "elsewhere")
    assert campaign.steps(SURE - 1) == []
    (tmp_path / "share" / "elsewhere").rename(folder)
    assert campaign.steps(SURE) == []


def test_the_folder_of_the_returns_is_made_again(site: Site) -> None:
    campaign = site()
    campaign.steps()
    campaign.campaign.layout.returns.rmdir()
    assert kinds(campaign.steps(2)) == [What.REMADE]
    campaign.drop("Travaux.xlsx", answer())
    assert What.CAME in kinds(campaign.rest())


def test_another_command_at_work_is_waited_for_and_said_once(site: Site) -> None:
    campaign = site()
    campaign.drop("Travaux.xlsx", answer())
    with at_work(campaign.campaign.layout):
        assert kinds(campaign.steps(5)) == [What.BUSY]
        assert campaign.watch.pending
    assert kinds(campaign.rest(What.PLAN_OPEN)) == [What.CAME]


def test_a_register_that_is_damaged_ends_the_watch_with_the_remedy(site: Site) -> None:
    campaign = site()
    campaign.steps(2)
    campaign.campaign.layout.register.write_bytes(b"not a database" * 100)
    campaign.drop("Travaux.xlsx", answer())
    with pytest.raises(UsageError, match="campagne reparer"):
        campaign.rest()
    assert (campaign.campaign.layout.returns / "Travaux.xlsx").read_bytes() == answer()


def test_a_full_disk_is_said_once_and_the_return_is_received_when_there_is_room(site: Site) -> None:
    campaign = site()
    campaign.drop("Travaux.xlsx", answer())
    with full_disk():
        (trouble,) = campaign.steps(20)
        assert trouble.what is What.TROUBLE
        assert "plein" in trouble.reason
        assert campaign.watch.trouble
    assert kinds(campaign.rest(What.PLAN_OPEN)) == [What.CAME]
    assert not campaign.watch.trouble


def test_a_clock_that_goes_back_is_told_and_stops_nothing(site: Site) -> None:
    campaign = site()
    layout = campaign.campaign.layout
    later = now().replace(year=now().year + 1)
    write_record(layout, Sent(), names_in(layout), later, [layout.mark])
    campaign.drop("Travaux.xlsx", answer())
    happened = campaign.rest(What.PLAN_OPEN)
    assert kinds(happened) == [What.REMARK, What.CAME]
    assert "horloge" in happened[0].reason
    assert campaign.memory.arrivals[-1].at <= now()


def test_names_of_every_kind_are_received(site: Site) -> None:
    campaign = site()
    names = [
        unicodedata.normalize("NFC", "Équipe.xlsx"), unicodedata.normalize("NFD", "Équipe.xlsx"),
        "🚲 vélos.xlsx", "x" * 195 + ".xlsx", "y" * 250 + ".xlsx", "- retour.xlsx", "=1+1.xlsx",
    ]  # fmt: skip
    for number, name in enumerate(names):
        campaign.drop(name, answer(number))
    happened = campaign.rest(What.PLAN_OPEN)
    assert kinds(happened) == [What.CAME] * len(names)
    assert all(one.came is not None and one.came.copy for one in happened)
    assert len(list(campaign.campaign.layout.handed_back.iterdir())) == len(names)


def test_a_link_that_leads_nowhere_is_said_once_and_read_when_it_leads_somewhere(
    site: Site, tmp_path: Path
) -> None:
    campaign = site()
    (campaign.campaign.layout.returns / "lien.xlsx").symlink_to(tmp_path / "là-bas.xlsx")
    assert kinds(campaign.steps(4)) == [What.LOCKED]
    (tmp_path / "là-bas.xlsx").write_bytes(answer())
    assert kinds(campaign.rest(What.PLAN_OPEN)) == [What.CAME]


def test_a_file_that_is_removed_before_it_is_read_is_no_longer_waited_for(site: Site) -> None:
    campaign = site()
    file = campaign.drop("Travaux.xlsx", answer())
    campaign.steps()
    file.unlink()
    assert campaign.rest() == []


def test_a_file_that_is_removed_while_others_are_read_costs_them_nothing(site: Site) -> None:
    campaign = site()
    there = campaign.drop("Travaux.xlsx", answer())
    gone = there.with_name("Parti.xlsx")
    layout = campaign.campaign.layout
    happened = take_in(layout, campaign.campaign.options, [gone, there], [])
    assert [(one.what, one.file) for one in happened if one.what is What.CAME] == [
        (What.CAME, "Travaux.xlsx")
    ]


def test_a_file_that_is_renamed_is_not_said_twice_and_one_that_is_copied_is(site: Site) -> None:
    campaign = site()
    file = campaign.drop("Travaux.xlsx", answer())
    campaign.rest()
    file = file.rename(file.with_name("Voirie.xlsx"))
    assert campaign.rest() == []
    campaign.drop("Copie.xlsx", answer())
    (same,) = campaign.rest()
    assert (same.what, same.file, same.other) == (What.SAME, "Copie.xlsx", "Voirie.xlsx")
    assert len(received(campaign)) == 1


def test_after_a_restart_only_what_came_meanwhile_is_said(site: Site) -> None:
    campaign = site()
    campaign.drop("Travaux.xlsx", answer())
    campaign.drop("Copie.xlsx", answer())
    campaign.rest()
    campaign.begin()
    campaign.drop("Autre.xlsx", answer(60))
    happened = campaign.rest(What.PLAN_OPEN)
    assert [(one.what, one.file) for one in happened] == [(What.CAME, "Autre.xlsx")]


def test_what_another_command_received_is_told_and_consolidated(site: Site) -> None:
    campaign = site(plan_is_open=False)
    campaign.steps(2)
    campaign.drop("Travaux.xlsx", answer())
    campaign.campaign.receive()
    assert kinds(campaign.rest()) == [What.ELSEWHERE, What.UNITED]


def test_two_who_watch_one_folder_do_nothing_twice(site: Site) -> None:
    campaign = site(plan_is_open=False)
    other = Watched(campaign.campaign)
    campaign.drop("Travaux.xlsx", answer())
    seen = [[*campaign.steps(), *other.steps()] for _ in range(6)]
    assert sorted(kinds([one for step in seen for one in step])) == sorted(
        [What.CAME, What.ELSEWHERE, What.UNITED]
    )
    assert len(campaign.memory.arrivals) == 1
    assert len(campaign.memory.rounds) == 2
    assert bring_up_to_date(campaign.campaign.layout, campaign.campaign.options) == []


def test_a_plan_that_cannot_be_read_is_said_and_tried_again_once_it_is_mended(site: Site) -> None:
    campaign = site(plan_is_open=False)
    plan = campaign.campaign.layout.plan
    whole = plan.read_bytes()
    plan.write_bytes(whole[:5000])
    campaign.drop("Travaux.xlsx", answer())
    assert kinds(campaign.rest()) == [What.CAME, What.NOT_UNITED]
    assert campaign.steps(5) == []
    plan.write_bytes(whole)
    assert kinds(campaign.rest()) == [What.UNITED]


def test_it_is_one_line_of_python(site: Site) -> None:
    campaign = site(plan_is_open=False)
    campaign.drop("Travaux.xlsx", answer())
    happened = [
        one.what for one in Campaign(campaign.campaign.layout.folder).watch(0.01, once=True)
    ]
    assert happened == [What.CAME, What.UNITED]


def test_records_of_copies_are_as_plain_as_the_others(site: Site) -> None:
    campaign = site()
    layout = campaign.campaign.layout
    lock_of(layout.handed_back / "Travaux.xlsx").touch()
    campaign.drop("Travaux.xlsx", answer())
    campaign.rest()
    lock_of(layout.handed_back / "Travaux.xlsx").unlink()
    campaign.rest()
    (name,) = (one for one in names_in(layout) if f"-{Record.HANDED_BACK}-" in one)
    (copy,) = json.loads((layout.records / name).read_bytes())["entry"]["copies"]
    assert copy["copy"] == "Travaux.xlsx"
