"""The messages in their folder: written once, renewed, taken away, never over what people wrote."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from pathlib import Path

import pytest
from conftest import Run
from support import saved
from support.remembered import BEGUN, DUE, came, campaign, sent

from pst_excel import Campaign
from pst_excel.campaign.archive import Archive, Kept
from pst_excel.campaign.entries import Received

LATE, NEXT = DUE + dt.timedelta(days=3), DUE + dt.timedelta(days=5)
ERRORS = ["Actions, cellule N4 : ce n’est pas un pourcentage. Corrigez."]


@pytest.fixture
def made(tmp_path: Path) -> Campaign:
    """Return a campaign of three services: one late, one with an error, one of which nothing is."""
    folder = tmp_path / "campagne"
    names = ("Culture", "Finances", "Sport")
    found = campaign(
        folder, BEGUN, *map(sent, names), Received((came("Finances", ERRORS), came("Sport"))),
    )  # fmt: skip
    for name in names:
        saved(found.layout.sends / f"{name}.xlsx", b"envoi")
        saved(found.layout.handed_back / f"retour {name}.xlsx", b"annote")
    return found


def files(made: Campaign, name: str) -> dict[str, bytes]:
    """Return what is attached to a message, by name."""
    data = (made.layout.reminders / name).read_bytes()
    message = email.message_from_bytes(data, policy=email.policy.default)
    return {one.get_filename() or "": one.get_content() for one in message.iter_attachments()}


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def records(made: Campaign) -> int:
    return len(names(made.layout.records))


def test_each_has_its_message_and_its_file(made: Campaign) -> None:
    done = made.remind(today=LATE)
    assert [one.notice.service for one in done.written] == ["Culture", "Finances"]
    assert names(made.layout.reminders) == ["rappel_Culture.eml", "rappel_Finances.eml"]
    assert files(made, "rappel_Culture.eml") == {"Culture.xlsx": b"envoi"}
    assert files(made, "rappel_Finances.eml") == {"retour Finances.xlsx": b"annote"}
    assert made.memory.reminded == {"culture": LATE, "finances": LATE}


def test_a_second_run_of_the_day_writes_and_remembers_nothing(made: Campaign) -> None:
    made.remind(today=LATE)
    before = records(made)
    done = made.remind(today=LATE)
    assert (done.written, len(done.again), records(made)) == ((), 2, before)


def test_another_day_says_other_days_and_who_was_written_to(made: Campaign) -> None:
    made.remind(today=LATE)
    done = made.remind(today=NEXT)
    assert [(one.notice.service, one.recent) for one in (*done.written, *done.again)] == [
        ("Culture", LATE), ("Finances", LATE),
    ]  # fmt: skip
    assert names(made.layout.reminders) == ["rappel_Culture.eml", "rappel_Finances.eml"]


def test_what_applies_no_longer_leaves_unless_people_changed_it(made: Campaign) -> None:
    made.remind(today=LATE)
    edited = made.layout.reminders / "rappel_Finances.eml"
    edited.write_bytes(edited.read_bytes() + b"\r\nA bientot\r\n")
    theirs = saved(made.layout.reminders / "brouillon.eml", b"a moi")
    campaign(made.layout.folder, Received((came("Culture"), came("Finances", [], due=NEXT))))
    done = made.remind(today=NEXT)
    assert (done.written, done.gone) == ((), ("rappel_Culture.eml",))
    assert done.kept == ("rappel_Finances.eml",)
    assert names(made.layout.reminders) == [theirs.name, edited.name]


def test_a_message_that_people_changed_is_not_written_over(made: Campaign) -> None:
    made.remind(today=LATE)
    edited = saved(made.layout.reminders / "rappel_Culture.eml", b"le mien")
    done = made.remind(today=NEXT)
    assert [one.notice.file for one in done.edited] == [edited.name]
    assert edited.read_bytes() == b"le mien"
    assert made.memory.reminded["culture"] == LATE


def test_what_was_sent_comes_from_the_archive_where_it_left_the_folder(made: Campaign) -> None:
    (made.layout.sends / "Culture.xlsx").write_bytes(b"change par quelqu'un")
    Archive(made.layout.archive).keep(b"envoi", Kept.SENDS, "0123456789ab")
    made.remind(today=LATE)
    assert files(made, "rappel_Culture.eml") == {"Culture.xlsx": b"envoi"}


def test_a_file_that_is_nowhere_is_told_and_not_promised(made: Campaign) -> None:
    (made.layout.sends / "Culture.xlsx").unlink()
    (made.layout.handed_back / "retour Finances.xlsx").write_bytes(b"annote, puis complete")
    done = made.remind(today=LATE)
    assert [one.remarks for one in done.written] == [
        ("« Culture.xlsx » n’est plus dans « envois » : il n’y est pas joint",),
        ("« retour Finances.xlsx » n’est plus dans « rendus » : il n’y est pas joint",),
    ]
    for one in done.written:
        data = (made.layout.reminders / one.notice.file).read_bytes()
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert "joint" not in message.get_content()


def test_two_services_whose_names_look_alike_have_two_messages(tmp_path: Path) -> None:
    found = campaign(tmp_path, BEGUN, sent("A/B"), sent("A-B"))
    done = found.remind(today=LATE)
    assert [one.notice.file for one in done.written] == ["rappel_A-B.eml", "rappel_A-B-2.eml"]
    campaign(tmp_path, Received((came("A/B"),)))
    assert found.remind(today=LATE).again[0].notice.file == "rappel_A-B-2.eml"


def test_nobody_to_write_to_makes_no_folder(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, BEGUN, sent("Culture"))
    result = run("campagne", "rappels", tmp_path, "--date", "2026-09-30")
    assert result.output == "Personne à relancer le 30/09/2026.\n"
    assert not (tmp_path / "rappels").exists()


def test_the_screen_says_whom_why_and_that_nothing_is_sent(made: Campaign, run: Run) -> None:
    saved(made.layout.returns / "nouveau.xlsx", b"pas encore vu")
    where = made.layout.folder
    said = run("campagne", "rappels", where, "--date", LATE.isoformat()).output.splitlines()
    assert said[1:4] == [
        "  Culture : en retard de 3\u00a0jours, jamais répondu → rappel_Culture.eml",
        "  Finances : 1\u00a0erreur → rappel_Finances.eml",
        "⚠ 1\u00a0fichier de « retours » pas encore reçu (nouveau.xlsx) :"
        " pst-excel campagne recevoir, puis recommencez.",
    ]
    assert said[-1].startswith("Rien n’est envoyé par le programme")
    again = run("campagne", "rappels", where, "--date", LATE.isoformat()).output
    assert "rappel_Culture.eml (inchangé)" in again
    later = run("campagne", "rappels", where, "--date", NEXT.isoformat()).output
    assert "Déjà relancés le 03/10/2026 : Culture et Finances." in later


@pytest.mark.parametrize("days", ["-1", "sept", "99999999999"])
def test_a_number_of_days_that_is_none_is_refused_in_french(days: str, run: Run) -> None:
    result = run("campagne", "rappels", "--avant", days)
    assert (result.exit_code, "n’est pas un nombre de jours" in result.stderr) == (2, True)
