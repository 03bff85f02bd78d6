"""Where the list of services is empty, those that the rows name are taken; a name is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import OBSERVED, read, saved, town
from support.sharing import LISTS, PLAN, share

from pst_excel import consolidate, prepare, read_files
from pst_excel.checking.report import check
from pst_excel.distributing.prepare import Preparation
from pst_excel.excel.books.template import write_template
from pst_excel.pst import PST
from pst_excel.text.errors import UsageError

UNLISTED = PLAN.replace(LISTS, town()).replace(
    "| Travaux        | Finances             |", "| Travaux        | Sports; FINANCES     |"
)
"""The plan without a list; Sports takes part in an action and answers for none."""


def named(prepared: Preparation) -> list[str]:
    return [envelope.service for envelope in prepared.workbooks]


def test_services_are_those_of_the_rows_where_the_list_is_empty() -> None:
    prepared = share(UNLISTED)
    assert prepared.gathered == ["Travaux", "Finances", "Culture", "Sports"]
    assert named(prepared) == prepared.gathered
    assert (prepared.without, prepared.strangers) == ([], [])


def test_services_of_a_list_are_gathered_nowhere() -> None:
    assert share(PLAN).gathered == []


def test_the_lists_of_the_workbooks_hold_the_services_gathered_and_blame_nobody() -> None:
    prepared = share(UNLISTED)
    for envelope in prepared.workbooks:
        back = read(write_template(envelope.content), envelope.file)
        assert back.lists["services"] == tuple(prepared.gathered)
        assert [f for f in check([back], PST, OBSERVED).findings if f.code == "R19"] == []


def test_a_service_gathered_is_asked_for_as_another() -> None:
    prepared = share(UNLISTED, "culture")
    assert named(prepared) == ["Culture"]
    assert prepared.gathered[0] == "Travaux"


def test_two_spellings_of_a_service_are_one() -> None:
    twice = UNLISTED.replace("Compter juste   | Finances", "Compter juste   | finances")
    assert share(twice).gathered == ["Travaux", "Finances", "Culture", "Sports"]


def test_a_service_that_no_row_names_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        share(UNLISTED, "Piscine")
    assert str(raised.value) == (
        "« Piscine » n’est pas un service que des lignes nomment ; il y a « Travaux », « Finances »,"
        " « Culture » et « Sports » ; pour un autre, écrivez-le dans la feuille « Listes » de"
        " « PST.xlsx »"
    )


def test_untouched_workbooks_of_services_gathered_change_nothing_in_the_plan(
    tmp_path: Path,
) -> None:
    source = saved(tmp_path / "PST.xlsx", UNLISTED)
    prepare(source, tmp_path / "envois")
    result = consolidate(read_files([tmp_path / "envois"]), OBSERVED, reference=source)
    assert result.conflicts == []
    assert result.history == []
    assert result.merged.tables["actions"].columns["service_pilote"] == [
        "Travaux", "Finances", "Culture",
    ]  # fmt: skip


def test_services_that_have_rows_and_are_not_in_the_list_are_named_where_none_of_it_has() -> None:
    with pytest.raises(UsageError, match="que des lignes nomment : « Travaux », « Finances » et"):
        share(PLAN.replace(LISTS, town("Piscine")))


COUNCIL = town(
    "Culture, sport et tourisme", "Service de la culture", "Ressources humaines", "Travaux", "DG"
)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("Culture", "« Culture, sport et tourisme » ou « Service de la culture »"),
        ("Tourime", "« Culture, sport et tourisme »"),
        ("RH", "« Ressources humaines »"),
        ("Direction générale", "« DG »"),
        ("Service Travaux", "« Travaux »"),
        ("travau", "« Travaux »"),
    ],
)
def test_the_nearest_names_of_a_service_are_proposed(asked: str, near: str) -> None:
    with pytest.raises(UsageError) as raised:
        share(COUNCIL + PLAN.removeprefix(LISTS), asked)
    assert f"« {asked} » (est-ce {near} ?) n’est pas un service de la liste" in str(raised.value)
