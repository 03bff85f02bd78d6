"""A campaign that lost part of itself is put in order again; what is lost for good is told."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Run
from support import saved
from support.campaign_folders import remembered
from support.commands import ENGLISH
from support.year import answer, begun

from pst_excel import Campaign
from pst_excel.campaign.salvage import Health
from pst_excel.text.errors import UsageError


@pytest.fixture(scope="session")
def year(sent_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a campaign that sent, received and consolidated; nobody changes it."""
    folder = shutil.copytree(sent_out, tmp_path_factory.mktemp("année") / "campagne")
    campaign = Campaign(folder)
    answer(campaign, "Travaux", "travaux.xlsx", avancement=45.0)
    campaign.consolidate()
    answer(campaign, "Culture", "culture.xlsx", avancement=50.0)
    campaign.receive()
    campaign.set_aside("culture.xlsx", "brouillon")
    return folder


@pytest.fixture
def old(year: Path, tmp_path: Path) -> Campaign:
    """Return a campaign of some rounds."""
    return Campaign(shutil.copytree(year, tmp_path / "campagne"))


def foreign(register: Path) -> None:
    register.unlink()
    with closing(sqlite3.connect(register)) as base:
        base.execute("CREATE TABLE photos(name TEXT)")
        base.commit()


def orphaned(register: Path) -> None:
    with closing(sqlite3.connect(register)) as base:
        base.execute("DELETE FROM returns")
        base.commit()


def cut(register: Path) -> None:
    register.write_bytes(register.read_bytes()[:-5000])


def overwritten(register: Path) -> None:
    data = bytearray(register.read_bytes())
    data[4096:12288] = b"\xff" * 8192
    register.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": cut,
    "overwritten": overwritten,
    "a text": lambda register: register.write_text("Bonjour"),
    "another database": foreign,
    "lines that lead nowhere": orphaned,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_register_is_one_sentence_then_made_anew_of_the_records(
    old: Campaign, name: str
) -> None:
    before = remembered(old)
    DAMAGES[name](old.layout.register)
    damaged = old.layout.register.read_bytes()
    for command in (old.standing, old.receive, old.consolidate, old.send):
        with pytest.raises(UsageError, match=r"est abîmé ; refaites-le .* campagne reparer$"):
            command()
    assert old.layout.register.read_bytes() == damaged

    result = old.repair()
    assert (result.health, result.lost) == (Health.DAMAGED, False)
    assert result.aside is not None
    assert result.aside.name == "registre.abime-1.sqlite"
    assert result.aside.read_bytes() == damaged
    assert remembered(old) == before


def test_no_register_is_needed_to_remember(old: Campaign) -> None:
    before = remembered(old)
    old.layout.register.unlink()
    assert remembered(old) == before
    result = old.repair()
    assert (result.health, result.aside, result.lost) == (Health.ABSENT, None, False)
    assert remembered(old) == before


def test_what_is_whole_stays_as_it_is(old: Campaign) -> None:
    before, names = remembered(old), {*old.layout.folder.rglob("*")}
    result = old.repair()
    assert (result.health, result.lost, result.rewritten) == (Health.SOUND, False, ())
    assert result.restored.back == result.restored.unnamed == result.restored.given_back == ()
    assert remembered(old) == before
    assert {*old.layout.folder.rglob("*")} == names


def test_an_archive_that_is_gone_is_made_again_from_what_is_left(old: Campaign) -> None:
    before = remembered(old)
    records = {file.name: file.read_bytes() for file in old.layout.records.iterdir()}
    shutil.rmtree(old.layout.archive)
    assert len(old.memory.lacking) == len(records)

    result = old.repair()
    assert [*result.rewritten] == sorted(records)
    assert {file.name: file.read_bytes() for file in old.layout.records.iterdir()} == records
    assert remembered(old) == before
    back = dict(result.restored.back)
    assert back["le retour « travaux.xlsx »"] == "retours/travaux.xlsx"
    assert back["la consolidation n° 2"] == "PST_consolide.xlsx"
    assert back["le plan de départ"] == "reference/PST de départ.xlsx"
    assert result.restored.lost == ("la consolidation n° 1",)
    assert result.lost
    old.consolidate()


def test_a_record_is_put_back_from_the_register_and_missed_without_it(old: Campaign) -> None:
    (received,) = old.layout.records.glob("000004-*")
    data = received.read_bytes()
    received.write_bytes(data[:-1])
    assert old.repair().rewritten == (received.name,)
    assert received.read_bytes() == data
    assert received.with_name(f"{received.stem}.precedent-1.json").read_bytes() == data[:-1]

    old.layout.register.unlink()
    received.write_bytes(b"{}")
    (decided,) = old.layout.records.glob("*-decision-*")
    decided.unlink()
    last = sorted(old.layout.records.glob("*-retours-*"))[-1]
    twice = json.loads(last.read_bytes()) | {"entry": {"files": []}}
    text = json.dumps(twice).encode()
    name = f"{last.name[:14]}-{hashlib.sha256(text).hexdigest()[:16]}.json"
    saved(last.with_name(name), text)
    result = old.repair()
    assert (result.damaged, result.gaps) == ((received.name,), ())
    assert [*result.twice] == [int(last.name[:6])]
    assert result.lost


def test_numbers_that_no_record_has_are_told(old: Campaign) -> None:
    (received,) = old.layout.records.glob("000004-*")
    received.unlink()
    old.layout.register.unlink()
    result = old.repair()
    assert (result.gaps, result.lost) == ((4,), True)
    assert [one.came.file for one in old.memory.arrivals] == ["culture.xlsx"]


def test_a_return_whose_record_is_gone_is_received_again(old: Campaign) -> None:
    (received,) = old.layout.records.glob("000004-*")
    received.unlink()
    old.layout.register.unlink()
    (old.layout.returns / "travaux.xlsx").unlink()
    (given_back,) = old.repair().restored.given_back
    assert (old.layout.returns / given_back).is_file()
    assert [one.service for one in old.receive().came] == ["Travaux"]
    assert old.repair().restored.given_back == ()


def test_sends_whose_record_is_gone_are_recorded_again(old: Campaign) -> None:
    before = {(one.workbook.id, one.workbook.service, one.workbook.due) for one in old.memory.sends}
    (sent,) = old.layout.records.glob("*-envois-*")
    sent.unlink()
    old.layout.register.unlink()
    assert old.memory.sends == ()
    assert len(old.repair().restored.sent) == 3
    found = {(one.workbook.id, one.workbook.service, one.workbook.due) for one in old.memory.sends}
    assert found == before


def test_copies_that_changed_are_put_back_and_the_changed_ones_kept(old: Campaign) -> None:
    (copy,) = (
        file
        for file in (old.layout.archive / "retours").iterdir()
        if file.read_bytes() == (old.layout.returns / "travaux.xlsx").read_bytes()
    )
    good = copy.read_bytes()
    copy.write_bytes(b"autre chose")
    result = old.repair()
    assert result.restored.back == (("le retour « travaux.xlsx »", "retours/travaux.xlsx"),)
    assert copy.read_bytes() == good
    assert copy.with_name(f"{copy.stem}.precedent-1.xlsx").read_bytes() == b"autre chose"


def test_previous_plans_that_the_archive_holds_are_tidied_and_no_others(old: Campaign) -> None:
    folder = old.layout.folder
    shutil.copy(old.layout.plan, folder / "PST_consolide.precedent-1.xlsx")
    mine = saved(folder / "PST_consolide.precedent-2.xlsx", b"corrections de quelqu'un")
    assert old.repair().removed == ("PST_consolide.precedent-1.xlsx",)
    assert mine.is_file()


def test_copies_that_came_along_at_the_start_are_nobody_s_new_returns(tmp_path: Path) -> None:
    saved(tmp_path / "archives-pst" / "retours" / f"{hash_of(b'x')[:16]}.xlsx", b"x")
    campaign = begun(tmp_path / "campagne")
    assert len([*(campaign.layout.archive / "retours").iterdir()]) == 1
    result = campaign.repair()
    assert result.restored.given_back == result.restored.unnamed == ()
    assert [*campaign.layout.returns.iterdir()] == []


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_campaign_kept_by_a_newer_program_is_left_alone(old: Campaign) -> None:
    with closing(sqlite3.connect(old.layout.register)) as base:
        base.execute("PRAGMA user_version = 99")
    data = old.layout.register.read_bytes()
    for command in (old.standing, old.receive, old.repair):
        with pytest.raises(UsageError, match="version plus récente"):
            command()
    assert old.layout.register.read_bytes() == data

    old.layout.register.unlink()
    last = sorted(old.layout.records.iterdir())[-1]
    newer = json.loads(last.read_bytes()) | {"format": 2, "program": "9.9"}
    text = json.dumps(newer).encode()
    saved(last.with_name(f"000099-decision-{hash_of(text)[:16]}.json"), text)
    for command in (old.standing, old.receive, old.repair):
        with pytest.raises(UsageError, match=r"version plus récente de pst-excel \(9\.9\)"):
            command()


def test_the_command_says_in_french_what_is_lost_and_ends_with_one(old: Campaign, run: Run) -> None:
    whole = run("campagne", "reparer", old.layout.folder)
    assert whole.exit_code == 0
    assert whole.stdout.splitlines()[-1] == "Rien n’est perdu."
    shutil.rmtree(old.layout.archive)
    lost = run("campagne", "reparer", old.layout.folder)
    assert lost.exit_code == 1
    assert "✖ N’est plus nulle part : la consolidation n° 1." in lost.stdout.splitlines()
    shutil.rmtree(old.layout.archive)
    old.layout.register.write_text("Bonjour", encoding="utf-8")
    blank = run("campagne", "reparer", old.layout.folder)
    assert blank.exit_code == 1
    assert "l’archive n’a aucun enregistrement" in blank.stdout
    assert not ENGLISH.search(whole.stdout + lost.stdout + blank.stdout)
