"""What the issue of the merge saw lost, made small: each row of its table stays, or is asked."""

from __future__ import annotations

import pytest
from support.campaigns import Campaign, Copy
from support.rounds import (
    added,
    as_read,
    at_code,
    copied,
    decide,
    ordered,
    put,
    removed,
    rows_of,
    sent_back,
)

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.merging.conflicts import ConflictKind
from pst_excel.returns.tables import Return

TRAVAUX, FINANCES, CULTURE = range(3)


@pytest.fixture
def campaign() -> Campaign:
    """A campaign whose first send is out."""
    started = Campaign()
    started.send()
    return started


def at(campaign: Campaign, who: int) -> Return:
    """Return the last workbook that a service received."""
    return campaign.copies[who - 3].filled


def answers(campaign: Campaign, *who: int) -> Consolidation:
    """Return the plan once these services answered to what they received last, else all."""
    for one in who or (TRAVAUX, FINANCES, CULTURE):
        campaign.answer(campaign.copies[one - 3])
    return campaign.consolidated()


def write(filled: Return, code: str, sheet: str = "actions", **values: object) -> None:
    """Write in the row that has a code."""
    put(filled, sheet, at_code(filled, sheet, code), **values)


def asked(result: Consolidation) -> list[tuple[str, str, str, str]]:
    """Return what is to be decided: its kind, the row, what stands, what others say."""
    plain = str.maketrans({"\u00a0": " "})
    return [
        (c.kind.name, c.name, c.kept.translate(plain), c.other.translate(plain))
        for c in result.conflicts
    ]


def history(result: Consolidation, what: str) -> list[tuple[str, str, str]]:
    """Return the lines of the history of one kind: the row, before, after."""
    return [(line[4], line[6], line[7]) for line in result.history if line[2] == what]


def test_two_services_that_add_the_same_budget_line_add_two(campaign: Campaign) -> None:
    line = {"niveau": "Action", "code_lie": "1.1.1", "exercice": 2028.0, "prevu": 2500.0}
    for who in (TRAVAUX, CULTURE):
        added(at(campaign, who), "budget", **line)
    result = answers(campaign)

    assert rows_of(result.merged, "budget", "prevu", "exercice").count(("2500", "2028")) == 2
    assert result.conflicts == []


def test_a_row_that_its_service_deleted_is_kept_with_its_values_and_asked(
    campaign: Campaign,
) -> None:
    removed(at(campaign, TRAVAUX), "actions", at_code(at(campaign, TRAVAUX), "actions", "1.1.3"))
    result = answers(campaign)

    assert ("1.1.3", "Peindre la rue") in rows_of(result.merged, "actions", "code", "intitule")
    assert asked(result) == [
        ("REMOVAL", "1.1.3 · Peindre la rue", "la ligne, avec ses valeurs", "supprimée par Travaux")
    ]


def test_a_deletion_that_is_decided_takes_the_row_out_and_tells_all_that_it_held(
    campaign: Campaign,
) -> None:
    removed(at(campaign, TRAVAUX), "actions", at_code(at(campaign, TRAVAUX), "actions", "1.1.3"))
    campaign.write(answers(campaign))
    decide(campaign.plan, 0, "supprimer", reason="abandonnée")
    result = campaign.consolidated()

    assert "1.1.3" not in result.merged.tables["actions"].columns["code"]
    assert ("1.1.3 · Peindre la rue", "Peindre la rue", "") in history(result, "ligne supprimée")
    assert result.conflicts == []
    campaign.write(result)
    assert campaign.consolidated().conflicts == []


def test_an_answer_to_an_older_send_is_compared_with_that_send(campaign: Campaign) -> None:
    late = at(campaign, TRAVAUX)
    write(campaign.plan, "1.1.1", intitule="Boucher deux trous", echeance=None, avancement=15.0)
    campaign.send()
    write(late, "1.1.1", commentaire="Vu en mars")
    campaign.answer(Copy(campaign.copies[TRAVAUX].send, late))
    result = answers(campaign, FINANCES, CULTURE)

    row = rows_of(result.merged, "actions", "code", "intitule", "avancement", "commentaire")[0]
    assert row == ("1.1.1", "Boucher deux trous", "15", "Vu en mars")
    assert result.conflicts == []
    (said,) = [words for words in result.account.remarks if "Travaux" in words]
    assert "plus ancien que celui" in said


def test_links_follow_rows_whose_codes_were_swapped(campaign: Campaign) -> None:
    filled = at(campaign, TRAVAUX)
    one, other = at_code(filled, "actions", "1.1.1"), at_code(filled, "actions", "1.1.3")
    put(filled, "actions", one, code="1.1.3")
    put(filled, "actions", other, code="1.1.1")
    result = answers(campaign)

    assert rows_of(result.merged, "actions", "code", "intitule")[::2] == [
        ("1.1.1", "Peindre la rue"), ("1.1.3", "Boucher un trou")
    ]  # fmt: skip
    assert ("1.1.3", "Goudron") in rows_of(result.merged, "budget", "code_lie", "libelle")
    assert ("1.1.3", "Trous bouchés") in rows_of(
        result.merged, "indicateurs", "code_lie", "libelle"
    )
    assert ("1.1.3 · Boucher un trou", "1.1.1", "1.1.3") in history(result, "repris du retour")


def test_an_untouched_old_value_never_wins_over_a_new_one(campaign: Campaign) -> None:
    write(at(campaign, TRAVAUX), "1.1", "oo", intitule="Rouler bien")
    write(at(campaign, FINANCES), "1.1", "oo", commentaire="Payé")
    result = answers(campaign)

    assert rows_of(result.merged, "oo", "intitule", "commentaire")[0] == ("Rouler bien", "Payé")
    assert result.conflicts == []


@pytest.mark.parametrize(
    ("sheet", "name", "code", "proposed"),
    [("actions", "intitule", "1.1.4", "1.1.5"), ("indicateurs", "libelle", "I3", "I4"),
     ("constat", "intitule", "C2", "C3")],
)  # fmt: skip
def test_new_rows_of_two_services_under_one_code_are_two_rows_and_a_code_is_proposed(
    campaign: Campaign, sheet: str, name: str, code: str, proposed: str
) -> None:
    for who, place in ((TRAVAUX, "Noirfaing"), (CULTURE, "Ronchamps")):
        filled = at(campaign, who)
        values = {"code": code, name: f"Rénover la salle communale de {place}"}
        more = {"service_pilote": filled.service} if sheet == "actions" else {}
        added(filled, sheet, **values, **more)
    result = answers(campaign)

    assert {
        (code, "Rénover la salle communale de Ronchamps"),
        (proposed, "Rénover la salle communale de Noirfaing"),
    } <= {*rows_of(result.merged, sheet, "code", name)}
    (conflict,) = result.conflicts
    assert conflict.kind is ConflictKind.CODE
    assert proposed in conflict.why


def test_a_normal_round_loses_no_row_that_nobody_received(campaign: Campaign) -> None:
    received = {row for copy in campaign.copies
                for row in rows_of(copy.send, "indicateurs", "code")}  # fmt: skip
    result = answers(campaign)

    assert ("I2",) not in received
    assert ("I2",) in rows_of(result.merged, "indicateurs", "code")
    for sheet in ("constat", "os", "oo", "actions", "indicateurs", "budget"):
        assert len(result.merged.tables[sheet]) == len(campaign.plan.tables[sheet])


def test_without_the_return_of_a_service_its_rows_stay_as_they_were_last(
    campaign: Campaign,
) -> None:
    result = answers(campaign, FINANCES, CULTURE)
    told = dict(rows_of(result.merged, "actions", "code", "origine"))

    assert result.absent == ["Travaux"]
    assert len(told) == 4
    assert told["1.1.1"].endswith("au dernier envoi")
    assert "au dernier envoi" not in told["1.1.2"]


def test_corrections_by_hand_stay_and_are_told(campaign: Campaign) -> None:
    campaign.write(answers(campaign))
    write(campaign.plan, "1.1.2", description="Relu par la cellule")
    campaign.plan.tables["actions"].locals["Quartier"] = ["", "Gare", "", ""]
    result = campaign.consolidated()

    told = history(result, "correction de la cellule centrale")
    assert ("1.1.2 · Payer le trou", "(vide)", "Relu par la cellule") in told
    actions = result.merged.tables["actions"]
    assert actions.columns["description"][1] == "Relu par la cellule"
    assert actions.locals["Quartier"] == ["", "Gare", "", ""]
    assert result.account.corrected == 2


def test_of_two_answers_of_one_service_the_later_counts_whatever_their_names(
    campaign: Campaign,
) -> None:
    copy = campaign.copies[TRAVAUX]
    write(copy.filled, "1.1.1", commentaire="le premier jet")
    campaign.answer(copy, "Travaux_v2.xlsx")
    write(copy.filled, "1.1.1", commentaire="la version relue")
    campaign.answer(copy, "Travaux.xlsx")
    result = campaign.consolidated()

    assert result.merged.tables["actions"].columns["commentaire"][0] == "la version relue"
    assert history(result, "remplacé par une réponse plus récente") == [
        ("1.1.1 · Boucher un trou", "le premier jet", "la version relue")
    ]
    assert "Travaux_v2.xlsx et Travaux.xlsx viennent du même service" in result.account.remarks[0]


def test_an_older_answer_that_comes_after_the_later_one_is_told_and_changes_nothing(
    campaign: Campaign,
) -> None:
    copy = campaign.copies[TRAVAUX]
    write(copy.filled, "1.1.1", commentaire="le premier jet")
    campaign.answer(copy, "Travaux.xlsx")
    first = campaign.folder.pop("Travaux.xlsx")
    write(copy.filled, "1.1.1", commentaire="la version relue")
    campaign.answer(copy, "Travaux_v2.xlsx")
    campaign.write(campaign.consolidated())
    campaign.folder["Travaux.xlsx"] = first
    result = campaign.consolidated()

    assert result.merged.tables["actions"].columns["commentaire"][0] == "la version relue"
    assert history(result, "remplacé par une réponse plus récente") == [
        ("1.1.1 · Boucher un trou", "le premier jet", "la version relue")
    ]


def test_a_value_that_goes_back_to_what_was_sent_is_a_change_of_the_last_answer(
    campaign: Campaign,
) -> None:
    copy = campaign.copies[TRAVAUX]
    write(copy.filled, "1.1.1", avancement=60.0)
    campaign.answer(copy)
    campaign.write(campaign.consolidated())
    write(copy.filled, "1.1.1", avancement=10.0)
    campaign.answer(copy)

    assert campaign.consolidated().merged.tables["actions"].columns["avancement"][0] == 10


def test_a_row_copied_with_its_hidden_id_is_a_new_row_and_it_is_said(campaign: Campaign) -> None:
    copied(at(campaign, TRAVAUX), "actions", 0, code="1.1.4", intitule="Boucher le reste")
    result = answers(campaign)

    assert len(result.merged.tables["actions"]) == 5
    assert [name for name, *_ in history(result, "ligne ajoutée")] == ["1.1.4 · Boucher le reste"]
    assert any("copie d’une autre ligne" in words for words in result.account.remarks)


def test_a_sheet_without_ids_is_recognised_by_its_codes_and_names(campaign: Campaign) -> None:
    filled = at(campaign, TRAVAUX)
    filled.tables["actions"].columns["id"][:] = [None] * len(filled.tables["actions"])
    write(filled, "1.1.1", avancement=60.0)
    write(filled, "1.2.1", avancement=99.0)
    result = answers(campaign)

    assert result.merged.tables["actions"].columns["avancement"] == [60, 20, None, 30]
    assert asked(result) == [("PROPOSAL", "1.2.1 · Chanter", "30 %", "99 %")]
    assert any("sans identifiant" in words for words in result.account.remarks)


def test_a_service_without_ids_answers_no_more_for_what_was_lent_at_its_second_answer(
    campaign: Campaign,
) -> None:
    filled = at(campaign, TRAVAUX)
    filled.tables["actions"].columns["id"][:] = [None] * len(filled.tables["actions"])
    campaign.write(answers(campaign))
    write(filled, "1.2.1", avancement=99.0)
    result = answers(campaign)

    assert result.merged.tables["actions"].columns["avancement"][3] == 30
    assert asked(result) == [("PROPOSAL", "1.2.1 · Chanter", "30 %", "99 %")]


def test_a_sort_of_half_the_columns_puts_no_row_under_the_id_of_another(
    campaign: Campaign,
) -> None:
    filled = at(campaign, TRAVAUX)
    write(filled, "1.1.1", commentaire="Le mien")
    keys = [key for key in filled.tables["actions"].columns
            if key not in ("id", "role", "empreinte")]  # fmt: skip
    ordered(filled, "actions", (1, 0, 2), keys)
    result = answers(campaign)

    assert ("1.1.1", "Le mien") in rows_of(result.merged, "actions", "code", "commentaire")
    assert result.conflicts == []
    assert any("celui d’une autre ligne" in words for words in result.account.remarks)


@pytest.mark.parametrize(
    ("decision", "value", "stands"),
    [("référence", "", 15.0), ("retour Travaux", "", 60.0), ("autre", "33", 33.0)],
)
def test_what_is_decided_stands_what_is_set_aside_is_told_and_nothing_is_asked_again(
    campaign: Campaign, decision: str, value: str, stands: float
) -> None:
    write(campaign.plan, "1.1.1", avancement=15.0)
    write(at(campaign, TRAVAUX), "1.1.1", avancement=60.0)
    campaign.write(answers(campaign))
    assert asked(campaign.consolidated()) == [("FIELD", "1.1.1 · Boucher un trou", "15 %", "60 %")]
    decide(campaign.plan, 0, decision, value, "vu au collège")
    result = campaign.consolidated()
    words = {line[6] for line in result.history} | {line[7] for line in result.history}

    assert result.merged.tables["actions"].columns["avancement"][0] == stands
    assert {"10\u00a0%", "15\u00a0%", "60\u00a0%"} <= words
    campaign.write(result)
    assert campaign.consolidated().conflicts == []


def test_a_decision_that_is_none_of_those_that_may_be_stays_open_and_says_why(
    campaign: Campaign,
) -> None:
    write(campaign.plan, "1.1.1", avancement=15.0)
    write(at(campaign, TRAVAUX), "1.1.1", avancement=60.0)
    campaign.write(answers(campaign))
    decide(campaign.plan, 0, "on verra")
    (conflict,) = campaign.consolidated().conflicts

    assert conflict.decision == "on verra"
    assert "n’est pas une décision possible" in conflict.remark


def test_a_run_that_is_lost_is_done_again_by_the_next(campaign: Campaign) -> None:
    write(at(campaign, CULTURE), "1.2.1", avancement=80.0)
    lost = answers(campaign)
    again = campaign.consolidated()

    assert as_read(lost) == as_read(again)


def test_a_row_that_the_plan_lost_and_its_service_changed_comes_back_to_be_decided(
    campaign: Campaign,
) -> None:
    removed(campaign.plan, "actions", at_code(campaign.plan, "actions", "1.1.3"))
    write(at(campaign, TRAVAUX), "1.1.3", commentaire="Presque fini")
    result = answers(campaign)

    assert ("1.1.3", "Presque fini") in rows_of(result.merged, "actions", "code", "commentaire")
    assert [kind for kind, *_ in asked(result)] == ["GONE"]
    assert sent_back(campaign.plan).tables["actions"].columns["code"] == ["1.1.1", "1.1.2", "1.2.1"]
