"""Rows are known by what they are: ids copied, erased or sorted away, codes exchanged."""

from __future__ import annotations

from support.campaigns import Campaign
from support.one_round import TRAVAUX, answers, at, history, to_decide, write
from support.rounds import at_code, rows_of

from pst_excel.testing import copied, ordered, put


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
    assert to_decide(result) == [("PROPOSAL", "1.2.1 · Chanter", "30 %", "99 %")]
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
    assert to_decide(result) == [("PROPOSAL", "1.2.1 · Chanter", "30 %", "99 %")]


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
