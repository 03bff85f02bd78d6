"""A campaign over its rounds: what is sent, what comes back, what is decided, what is remembered."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from support import saved
from support.sharing import PLAN, book
from support.year import DUE, LATER, answer, begun, sent_to

from pst_excel import Campaign, consolidate, read_files, write
from pst_excel.campaign.entries import State
from pst_excel.campaign.standing import Stand
from pst_excel.text.errors import UsageError


def progress(campaign: Campaign, code: str) -> object:
    """Return how far an action is in the plan of a campaign."""
    (plan,) = read_files(campaign.layout.plan).returns
    table = plan.tables["actions"]
    return table.columns["avancement"][table.columns["code"].index(code)]


def stands(campaign: Campaign, today: dt.date) -> dict[str, tuple[str, int]]:
    """Return how each service stands on a day, and how many days late it is."""
    return {one.service: (one.stand, one.days) for one in campaign.standing(today).services}


def test_a_folder_says_what_it_is_and_holds_the_plan(tmp_path: Path) -> None:
    campaign = begun(tmp_path / "campagne")

    names = {one.name for one in campaign.layout.folder.iterdir()}
    assert names == {
        "Lisez-moi.txt", "PST_consolide.xlsx", "archive", "envois", "reference", "registre.sqlite",
        "rendus", "retours",
    }  # fmt: skip
    assert "Valbruyère" in campaign.layout.readme.read_text(encoding="utf-8")
    (first,) = campaign.memory.rounds
    assert (first.number, first.gave.rows, first.gave.institution) == (1, 3, "Valbruyère")
    assert campaign.memory.services == ("Travaux", "Finances", "Culture", "Sports")


def test_who_answered_and_who_is_late_by_how_many_days(campaign: Campaign) -> None:
    answer(campaign, "Travaux", avancement=45.0)
    campaign.receive()

    late = dt.date(2027, 2, 3)
    assert stands(campaign, DUE)["Finances"] == (Stand.AWAITED, 0)
    assert stands(campaign, late) == {
        "Travaux": (Stand.ANSWERED, 0), "Finances": (Stand.LATE, 3), "Culture": (Stand.LATE, 3),
        "Sports": (Stand.NEVER_ASKED, 0),
    }  # fmt: skip
    (travaux, finances, *_) = campaign.standing(late).services
    assert finances.never
    assert travaux.counts is not None
    assert travaux.counts.came.version == "2026.3"
    assert travaux.counts.came.rows == 1
    assert (campaign.layout.handed_back / travaux.counts.came.copy).is_file()


def test_a_round_goes_into_the_plan_and_the_next_starts_from_it(campaign: Campaign) -> None:
    answer(campaign, "Travaux", avancement=45.0)
    _, first = campaign.consolidate()
    assert progress(campaign, "1.1.1") == 45.0
    assert first.round.number == 2
    assert first.result.absent == ["Finances", "Culture", "Sports"]

    campaign.send(due=LATER)
    assert [one.name for one in campaign.layout.sends.glob("*Travaux*")] == [
        "PST_Valbruyere_Travaux_2027-03-31.xlsx"
    ]
    assert stands(campaign, DUE)["Travaux"] == (Stand.AWAITED, 0)
    answer(campaign, "Travaux", avancement=60.0)
    answer(campaign, "Culture", avancement=50.0)
    reception, second = campaign.consolidate()

    assert [one.service for one in reception.came] == ["Culture", "Travaux"]
    assert (progress(campaign, "1.1.1"), progress(campaign, "3.1.1")) == (60.0, 50.0)
    assert second.round.number == 3
    assert second.result.absent == ["Finances", "Sports"]
    assert stands(campaign, DUE)["Travaux"] == (Stand.ANSWERED, 0)


def test_nothing_new_is_said_and_not_counted(campaign: Campaign) -> None:
    answer(campaign, "Travaux", avancement=45.0)
    campaign.consolidate()
    written = campaign.layout.plan.read_bytes()
    reception, again = campaign.consolidate()

    assert reception.came == ()
    assert again.again
    assert again.round.number == 2
    assert len(campaign.memory.rounds) == 2
    assert campaign.layout.plan.read_bytes() == written


def test_nothing_new_is_said_where_the_plan_itself_was_heard_first(tmp_path: Path) -> None:
    # Its day stands in words among days of returns: all are read again as they were.
    plan = tmp_path / "PST.xlsx"
    write(consolidate(read_files(saved(tmp_path / "rempli.xlsx", book(PLAN)))), plan)
    campaign, _ = Campaign.create(tmp_path / "campagne", plan, DUE)
    campaign.send()
    answer(campaign, "Travaux", avancement=45.0)
    _, first = campaign.consolidate()
    _, again = campaign.consolidate()

    assert [one.observed for one in again.result.heard] == [
        one.observed for one in first.result.heard
    ]
    assert again.again


def test_the_latest_of_two_returns_counts_whatever_came_first(campaign: Campaign) -> None:
    sent = sent_to(campaign, "Travaux").read_bytes()
    answer(campaign, "Travaux", "premier.xlsx", avancement=45.0)
    answer(campaign, "Travaux", "second.xlsx", avancement=60.0, statut="En cours")
    campaign.receive()
    campaign.consolidate()

    assert progress(campaign, "1.1.1") == 60.0
    (travaux, *_) = campaign.standing(DUE).services
    assert travaux.counts is not None
    assert travaux.counts.came.file == "second.xlsx"
    assert len(travaux.arrivals) == 2
    assert sent == sent_to(campaign, "Travaux").read_bytes()


def test_a_return_that_is_set_aside_does_not_count_and_may_be_taken_back(
    campaign: Campaign,
) -> None:
    answer(campaign, "Travaux", "essai.xlsx", avancement=99.0)
    campaign.receive()
    ruling = campaign.set_aside("essai.xlsx", "envoyé par erreur")
    assert ruling.taken_in == 0
    assert stands(campaign, DUE)["Travaux"] == (Stand.AWAITED, 0)
    campaign.consolidate()
    assert progress(campaign, "1.1.1") == 10.0

    campaign.take_back("Travaux")
    campaign.consolidate()
    assert progress(campaign, "1.1.1") == 99.0


def test_one_that_the_last_consolidation_took_up_is_undone(campaign: Campaign) -> None:
    answer(campaign, "Culture", avancement=50.0)
    answer(campaign, "Travaux", "essai.xlsx", avancement=99.0)
    campaign.consolidate()
    assert progress(campaign, "1.1.1") == 99.0

    ruling = campaign.set_aside("Travaux", "brouillon")
    assert ruling.taken_in == 2
    _, united = campaign.consolidate()
    assert (progress(campaign, "1.1.1"), progress(campaign, "3.1.1")) == (10.0, 50.0)
    assert any("repart d’avant la consolidation n° 2" in remark for remark in united.remarks)
    _, again = campaign.consolidate()
    assert again.again
    assert again.remarks == ()


def test_a_return_is_named_by_what_people_know_of_it(campaign: Campaign) -> None:
    answer(campaign, "Travaux", "a.xlsx", avancement=1.0)
    campaign.receive()
    with pytest.raises(UsageError, match=r"aucun retour reçu ne s’appelle « b\.xlsx »"):
        campaign.set_aside("b.xlsx", "…")
    campaign.layout.returns.joinpath("a.xlsx").unlink()
    answer(campaign, "Travaux", "a.xlsx", avancement=2.0)
    campaign.receive()
    with pytest.raises(UsageError, match="nom de plusieurs retours"):
        campaign.set_aside("a.xlsx", "…")
    digest = campaign.memory.arrivals[0].came.digest
    assert campaign.set_aside(digest[:12], "ancien").arrival.number == 1


def test_an_earlier_consolidation_is_issued_again_byte_for_byte(campaign: Campaign) -> None:
    first = campaign.layout.plan.read_bytes()
    answer(campaign, "Travaux", avancement=45.0)
    campaign.consolidate()
    second = campaign.layout.plan.read_bytes()

    assert campaign.reissue(1).file.read_bytes() == first
    assert campaign.reissue(2, campaign.layout.folder / "copie.xlsx").file.read_bytes() == second
    assert campaign.reissue(dt.date(9999, 1, 1)).file.read_bytes() == second
    with pytest.raises(UsageError, match="il n’y a pas de consolidation n° 3"):
        campaign.reissue(3)
    with pytest.raises(UsageError, match="aucune consolidation n’existait"):
        campaign.reissue(dt.date(2001, 1, 1))
    assert campaign.layout.plan.read_bytes() == second


def test_a_campaign_begins_from_returns_alone_or_from_nothing(tmp_path: Path) -> None:
    source = begun(tmp_path / "source")
    source.send()
    campaign, made = Campaign.create(tmp_path / "retours seuls", source.layout.sends)
    assert [one.service for one in made.reception.came] == ["Culture", "Finances", "Travaux"]
    assert made.united is None
    campaign.consolidate()
    assert progress(campaign, "3.1.1") == 30.0

    empty, _ = Campaign.create(tmp_path / "rien")
    with pytest.raises(UsageError, match="rien à consolider encore"):
        empty.consolidate()
    with pytest.raises(UsageError, match="il n’y a pas encore de"):
        empty.send()
    empty.receive([source.layout.sends])
    empty.consolidate()
    assert empty.memory.institution == "Valbruyère"


def test_a_campaign_moved_to_another_place_goes_on(campaign: Campaign, tmp_path: Path) -> None:
    answer(campaign, "Travaux", avancement=45.0)
    campaign.receive()
    moved = tmp_path / "ailleurs" / "Année 2027"
    moved.parent.mkdir()
    shutil.move(campaign.layout.folder, moved)
    (moved / "sous-dossier").mkdir()
    again = Campaign(moved / "sous-dossier")

    again.consolidate()
    assert progress(again, "1.1.1") == 45.0
    assert again.memory.arrivals == Campaign(moved).memory.arrivals


def test_the_plan_is_taken_from_the_archive_where_somebody_removed_it(campaign: Campaign) -> None:
    answer(campaign, "Travaux", avancement=45.0)
    campaign.consolidate()
    campaign.layout.plan.unlink()
    answer(campaign, "Culture", avancement=50.0)
    _, united = campaign.consolidate()

    assert (progress(campaign, "1.1.1"), progress(campaign, "3.1.1")) == (45.0, 50.0)
    assert any("n’était plus là" in remark for remark in united.remarks)


def test_a_return_that_left_its_folder_still_counts(campaign: Campaign) -> None:
    file = answer(campaign, "Travaux", avancement=45.0)
    campaign.receive()
    file.unlink()
    campaign.consolidate()
    assert progress(campaign, "1.1.1") == 45.0


def test_what_is_not_ours_is_refused_and_remembered(campaign: Campaign, tmp_path: Path) -> None:
    other = saved(tmp_path / "autre.xlsx", book(PLAN.replace("92951", "92094")))
    saved(tmp_path / "abîmé.xlsx", b"PK\x03\x04 rien")
    reception = campaign.receive([other, tmp_path / "abîmé.xlsx"])

    assert {one.file: one.state for one in reception.came} == {
        "autre.xlsx": State.REFUSED, "abîmé.xlsx": State.REFUSED
    }  # fmt: skip
    assert any("autre institution" in one.reason for one in reception.came)
    assert campaign.receive().came == ()
    _, united = campaign.consolidate()
    assert united.result.returns == []


def test_copies_of_files_are_counted_once(campaign: Campaign) -> None:
    file = answer(campaign, "Travaux", avancement=45.0)
    shutil.copy(file, file.with_name("copie.xlsx"))
    first = campaign.receive()
    assert len(first.came) == 1
    assert len(first.copies) == 1
    assert campaign.receive([file]).came == ()


def test_what_people_changed_among_the_sends_is_left_and_told(campaign: Campaign) -> None:
    changed = sent_to(campaign, "Culture")
    changed.write_bytes(answer(campaign, "Culture", avancement=77.0).read_bytes())
    result = campaign.send(due=LATER)
    assert [one.name for one in result.left] == ["PST_Valbruyere_Culture_2027-01-31.xlsx"]
    assert len(list(campaign.layout.sends.iterdir())) == 4
