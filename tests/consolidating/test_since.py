"""What changed since the previous consolidation, whoever changed it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support import town
from support.campaigns import Campaign
from support.gestures import GESTURES, Hand
from support.one_round import CULTURE, FINANCES, TRAVAUX, answers, at, write
from support.rounds import as_read, at_code, decide, written

from pst_excel.api.writing import Written
from pst_excel.cli.messages.consolidation import consolidated
from pst_excel.consolidating import json_data
from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.evolution import steps
from pst_excel.consolidating.since import Block, Moved
from pst_excel.merging.differences import ROW, ChangeKind
from pst_excel.pst import PST
from pst_excel.testing import added, opened, removed
from pst_excel.tracing.versions import versions

ACTIONS = """
OS
code | intitule
1    | Rouler

OO
code | code_os | intitule
1.1  | 1       | Rouler mieux

Actions
code  | code_oo | intitule        | service_pilote | statut   | avancement | echeance   | sante
1.1.1 | 1.1     | Boucher un trou | Travaux        | En cours | 10         | 31/12/2027 | Bon
1.1.2 | 1.1     | Payer le trou   | Finances       | En cours | 20         | 31/12/2027 | Bon
1.1.3 | 1.1     | Peindre la rue  | Travaux        | En cours | 30         | 15/11/2026 | Bon
1.1.4 | 1.1     | Chanter         | Culture        | En cours | 40         | 31/12/2028 | Bon
"""
LATER = dt.date(2026, 12, 31)


@pytest.fixture
def campaign() -> Campaign:
    """A plan that a run wrote, sent to its three services."""
    first = written(town("Travaux", "Finances", "Culture") + ACTIONS)
    started = consolidate([], PST, first.identity("date_observation"), previous=first)
    plan = as_read(started)
    campaign = Campaign(opened(plan), plan)
    campaign.send()
    return campaign


def block(result: Consolidation, title: str) -> Block:
    assert result.since is not None
    (found,) = [one for one in result.since.blocks if one.title == title]
    return found


def told(result: Consolidation, title: str) -> list[tuple[str, ...]]:
    """Return the lines of a block: the code, the service, before, after, who said it."""
    lines = block(result, title).lines
    return [
        tuple(text.replace("\u00a0", " ") for text in
              (one.code, one.service, one.before, one.after, one.author))
        for one in lines
    ]  # fmt: skip


def titles(result: Consolidation) -> list[str]:
    assert result.since is not None
    return [one.title for one in result.since.blocks]


def test_without_a_plan_before_there_is_nothing_to_compare(campaign: Campaign) -> None:
    assert consolidate([at(campaign, TRAVAUX)], PST).since is None


def test_where_nobody_changed_anything_nothing_is_told(campaign: Campaign) -> None:
    since = answers(campaign).since
    assert since is not None
    assert (since.blocks, since.total, since.written) == ((), 0, False)


def test_what_a_service_finished_is_told_first_with_who_said_it(campaign: Campaign) -> None:
    write(at(campaign, TRAVAUX), "1.1.1", statut="Terminé", avancement=100.0)
    result = answers(campaign)
    assert told(result, "Terminées") == [
        ("1.1.1", "Travaux", "En cours · 10 %", "Terminé · 100 %", "Travaux")
    ]
    assert titles(result) == ["Terminées", "Ce qui a le plus progressé"]
    assert block(result, "Terminées").counts == ("1\u00a0action terminée",)


def test_an_action_becomes_late_by_the_days_that_pass_and_nobody_said_it(
    campaign: Campaign,
) -> None:
    plan = campaign.plan
    plan.ledgers.clear()
    result = consolidate([], PST, LATER, previous=plan)
    assert told(result, "Passées en retard") == [
        ("1.1.3", "Travaux", "15/11/2026 · En cours", "15/11/2026 · En cours", "")
    ]
    assert block(result, "Passées en retard").unsaid == "l’échéance est passée"
    (late,) = [step for step in steps(result) if step.figure.key == "en_retard"]
    assert (late.before, late.after) == (0, 1)


def test_one_that_is_put_off_is_late_no_more(campaign: Campaign) -> None:
    late = as_read(consolidate([], PST, LATER, previous=opened(campaign.plan)))
    plan = opened(late)
    write(plan, "1.1.3", echeance=dt.date(2027, 3, 1))
    result = consolidate([], PST, LATER, previous=plan, archive=Archive(written=late))
    late_no_more = block(result, "Passées en retard")
    assert (late_no_more.counts, late_no_more.lines) == ((), ())
    assert late_no_more.undone == "1\u00a0action n’est plus en retard"
    assert told(result, "Échéances déplacées")[0][2:4] == ("15/11/2026", "01/03/2027")


def test_what_is_blocked_says_by_what(campaign: Campaign) -> None:
    filled = at(campaign, CULTURE)
    write(filled, "1.1.4", sante="Blocage", detail_sante="Pas de salle")
    assert told(answers(campaign), "Bloquées") == [
        ("1.1.4", "Culture", "En cours · Bon", "En cours · Blocage · Pas de salle", "Culture")
    ]


def test_dates_move_from_the_farthest_and_those_brought_forward_come_last(
    campaign: Campaign,
) -> None:
    write(at(campaign, TRAVAUX), "1.1.1", echeance=dt.date(2028, 1, 31))
    write(at(campaign, FINANCES), "1.1.2", echeance=dt.date(2027, 6, 30))
    write(at(campaign, CULTURE), "1.1.4", echeance=dt.date(2030, 12, 31))
    result = answers(campaign)
    moved = told(result, "Échéances déplacées")
    assert [line[0] for line in moved] == ["1.1.4", "1.1.1", "1.1.2"]
    assert moved[0][2:] == ("31/12/2028", "31/12/2030", "Culture")
    assert block(result, "Échéances déplacées").counts == (
        "2\u00a0échéances reportées", "1\u00a0échéance avancée",
    )  # fmt: skip


def test_progress_is_told_from_the_greatest(campaign: Campaign) -> None:
    for who, code, progress in (
        (TRAVAUX, "1.1.1", 15.0), (FINANCES, "1.1.2", 60.0), (CULTURE, "1.1.4", 35.0),
    ):  # fmt: skip
        write(at(campaign, who), code, avancement=progress)
    lines = told(answers(campaign), "Ce qui a le plus progressé")
    assert [line[:4] for line in lines] == [
        ("1.1.2", "Finances", "20 %", "60 %"),
        ("1.1.1", "Travaux", "10 %", "15 %"),
        ("1.1.4", "Culture", "40 %", "35 %"),
    ]


def test_a_cell_that_is_filled_for_the_first_time_has_not_moved(campaign: Campaign) -> None:
    write(campaign.plan, "1.1.1", avancement=None)
    campaign.written = opened(campaign.plan)
    write(campaign.plan, "1.1.1", avancement=90.0)
    assert titles(campaign.consolidated([at(campaign, TRAVAUX)])) == []


def test_a_correction_in_the_plan_itself_is_told_as_one(campaign: Campaign) -> None:
    write(campaign.plan, "1.1.1", echeance=dt.date(2028, 6, 30))
    assert told(answers(campaign), "Échéances déplacées") == [
        ("1.1.1", "Travaux", "31/12/2027", "30/06/2028", "Correction de la cellule centrale")
    ]


def test_a_decision_is_told_as_one(campaign: Campaign) -> None:
    write(campaign.plan, "1.1.1", echeance=dt.date(2028, 6, 30))
    write(at(campaign, TRAVAUX), "1.1.1", echeance=dt.date(2029, 6, 30))
    campaign.write(answers(campaign))
    decide(campaign.plan, 0, "retour Travaux")
    assert told(campaign.consolidated(), "Échéances déplacées") == [
        ("1.1.1", "Travaux", "30/06/2028", "30/06/2029", "Cellule centrale · décision appliquée")
    ]


def test_a_new_action_is_new_and_nothing_else(campaign: Campaign) -> None:
    added(at(campaign, TRAVAUX), "actions", code="1.1.5", code_oo="1.1", intitule="Paver",
          service_pilote="Travaux", statut="Terminé", avancement=100.0)  # fmt: skip
    result = answers(campaign)
    assert titles(result) == ["Ajoutées"]
    assert told(result, "Ajoutées") == [("1.1.5", "Travaux", "", "Terminé · 100 %", "Travaux")]


def test_an_action_that_the_cell_removed_is_told_with_what_it_was(campaign: Campaign) -> None:
    removed(campaign.plan, "actions", at_code(campaign.plan, "actions", "1.1.4"))
    result = answers(campaign, TRAVAUX, FINANCES)
    (line,) = block(result, "Retirées").lines
    assert line == Moved(
        line.id, "1.1.4", "Chanter", "Culture", "En cours · 40\u00a0% · 31/12/2028", "",
        "Cellule centrale",
    )  # fmt: skip
    assert result.since is not None
    assert result.since.counts["actions"][ChangeKind.REMOVED] == 1


def test_services_answer_for_the_first_time_again_or_not(campaign: Campaign) -> None:
    first = answers(campaign, TRAVAUX)
    assert first.since is not None
    assert first.since.answers.first == ("Travaux",)
    assert first.since.answers.silent == ("Finances", "Culture")
    campaign.write(first)
    write(at(campaign, TRAVAUX), "1.1.1", commentaire="Vu")
    second = answers(campaign, TRAVAUX, CULTURE).since
    assert second is not None
    assert (second.answers.first, second.answers.again) == (("Culture",), ("Travaux",))
    assert second.written


def test_the_screen_sums_it_up(campaign: Campaign) -> None:
    campaign.write(answers(campaign, TRAVAUX))
    write(at(campaign, TRAVAUX), "1.1.1", statut="Terminé", avancement=100.0)
    result = answers(campaign, TRAVAUX, CULTURE)
    lines = list(consolidated(result, Path("PST.xlsx"), Written(None)))
    at_first = next(n for n, line in enumerate(lines) if line.startswith("✔ Depuis"))
    assert [line.replace("\u00a0", " ") for line in lines[at_first : at_first + 3]] == [
        "✔ Depuis la dernière fois : 1 action terminée et 1 avancement en hausse.",
        "  Taux moyen de réalisation 25,0 % → 47,5 %.",
        "  Pour la première fois : Culture.",
    ]


def test_programs_have_all_of_it(campaign: Campaign) -> None:
    write(at(campaign, TRAVAUX), "1.1.1", echeance=dt.date(2028, 1, 31))
    document = json.loads(json_data.write(answers(campaign)))
    (told_there,) = document["depuis"]["blocs"]
    assert told_there["comptes"] == ["1\u00a0échéance reportée"]
    (line,) = told_there["lignes"]
    assert (line["code"], line["avant"], line["apres"], line["dit_par"]) == (
        "1.1.1", "31/12/2027", "31/01/2028", "Travaux",
    )  # fmt: skip
    assert document["depuis"]["comptes"] == {"actions": {"changée": 1}}
    assert [one["Tour"] for one in document["evolution"]] == [1]
    first = json.loads(json_data.write(consolidate([at(campaign, TRAVAUX)], PST)))
    assert first["depuis"] is None


@settings(max_examples=8)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(GESTURES), st.integers(0, 5), st.integers(0, 7)),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_it_counts_what_two_versions_of_the_plan_compared_count(
    edits: list[tuple[int, str, int, int]],
) -> None:
    campaign, hand = Campaign(), Hand()
    campaign.send()
    for who, gesture, place, which in edits:
        filled = campaign.plan if who == len(campaign.copies) else campaign.copies[who].filled
        getattr(hand, gesture)(filled, place, which)
    for copy in campaign.copies:
        campaign.answer(copy)
    result = campaign.consolidated()
    assert result.since is not None
    assert campaign.written is not None
    now = as_read(result)
    for key in ("oo", "actions"):  # of two rows of one code, a file does not say which is named
        codes = [code for code in now.tables[key].columns["code"] if code]
        assume(len(set(codes)) == len(codes))
    found = versions(campaign.written, now)
    beside = {PST.form.key, PST.lists.key}
    counted = [(one.sheet, one.kind) for one in found.changes if one.sheet not in beside]
    ours = [
        (key, kind)
        for key, by in result.since.counts.items()
        for kind in by.elements()
        if key not in beside
    ]
    assert sorted(ours) == sorted(counted)
    whole = [one for one in found.changes if one.sheet == PST.main.key and one.field == ROW]
    lines = {one.title: len(one.lines) for one in result.since.blocks}
    kinds = [one.kind for one in whole]
    assert lines.get("Ajoutées", 0) == kinds.count(ChangeKind.ADDED)
    assert lines.get("Retirées", 0) == kinds.count(ChangeKind.REMOVED)
