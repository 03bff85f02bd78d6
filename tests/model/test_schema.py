"""The declaration refuses what cannot be, and the PST's own says each thing once."""

from __future__ import annotations

import pickle

import pytest
from support import column, toy

from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind, Layout, Need
from pst_excel.model.words.vocabulary import Choice, Vocabulary
from pst_excel.pst import PST, pst
from pst_excel.text.spelling import fold

COLOURS = Vocabulary("couleurs", "Couleurs", (Choice("Rouge", ("red",), code="R"), Choice("Vert")))
EVERY = [pytest.param(s, c, id=f"{s.key}.{c.key}") for s in PST for c in s.columns]
SHEETS = [pytest.param(sheet, id=sheet.key) for sheet in PST]


def test_a_list_needs_a_vocabulary() -> None:
    with pytest.raises(ValueError, match="a list needs a vocabulary"):
        column(Kind.CHOICE)


def test_only_a_list_has_a_vocabulary() -> None:
    with pytest.raises(ValueError, match="only a list has one"):
        column(Kind.TEXT, vocabulary=COLOURS)


def test_a_computed_column_needs_a_formula() -> None:
    with pytest.raises(ValueError, match="a computed column needs a formula"):
        column(Kind.NUMBER, need=Need.COMPUTED)


def test_a_word_that_names_two_choices_is_refused() -> None:
    double = Vocabulary("v", "V", (Choice("Rouge", ("vif",)), Choice("Vert", ("VIF",))))
    with pytest.raises(ValueError, match="names two choices"):
        _ = double.by_spelling


def test_a_choice_is_known_by_its_label_its_code_and_its_synonyms() -> None:
    assert COLOURS.by_spelling == {
        "rouge": "Rouge", "r": "Rouge", "red": "Rouge", "vert": "Vert",
    }  # fmt: skip


@pytest.mark.parametrize("vocabulary", PST.vocabularies, ids=lambda v: v.key)
def test_no_word_of_the_pst_names_two_choices(vocabulary: Vocabulary) -> None:
    assert set(vocabulary.by_spelling.values()) == set(vocabulary.labels)


def test_every_vocabulary_that_a_column_uses_belongs_to_the_plan() -> None:
    used = {c.vocabulary for sheet in PST for c in sheet.columns if c.vocabulary is not None}
    assert used <= set(PST.vocabularies)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_key_or_a_label_names_one_column_of_its_sheet(sheet: Sheet) -> None:
    keys = [c.key for c in sheet.columns]
    labels = [fold(c.label) for c in sheet.columns]
    assert len(set(keys)) == len(keys)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("sheet", "one"), EVERY)
def test_no_alias_of_a_column_names_another_column_of_its_sheet(sheet: Sheet, one: Column) -> None:
    labels = {fold(c.label): c.key for c in sheet.columns}
    claims = {
        alias: [c.key for c in sheet.columns if fold(alias) in c.headings]
        for alias in one.aliases
        if fold(alias) not in labels
    }
    assert {alias: keys for alias, keys in claims.items() if keys != [one.key]} == {}


def test_no_title_names_two_sheets() -> None:
    names = [name for sheet in PST for name in sheet.names]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("sheet", "one"), EVERY)
def test_a_column_refers_to_sheets_that_have_codes(sheet: Sheet, one: Column) -> None:
    assert all("code" in PST[key] for key in one.refers)


@pytest.mark.parametrize(("sheet", "one"), EVERY)
def test_a_column_explains_itself_in_one_french_sentence(sheet: Sheet, one: Column) -> None:
    assert one.help.endswith((".", "?"))
    assert "'" not in one.help + one.label + one.example  # the apostrophe is ’


@pytest.mark.parametrize("sheet", [s for s in PST.tables if not s.program], ids=lambda s: s.key)
def test_every_data_sheet_has_a_hidden_id(sheet: Sheet) -> None:
    assert sheet["id"].hidden


def test_columns_are_parted_between_people_and_the_program() -> None:
    for sheet in PST:
        assert set(sheet.inputs) | set(sheet.computed) == set(sheet.columns)
        assert not set(sheet.inputs) & set(sheet.computed)


def test_the_years_of_a_legislature_follow_the_elections() -> None:
    assert list(PST.years) == [2025, 2026, 2027, 2028, 2029, 2030]


def test_another_legislature_has_its_own_exercices() -> None:
    other = PST.for_legislature(2018, 2024)
    assert [c.key for c in other["indicateurs"].columns if c.key.startswith("realise_")] == [
        f"realise_{year}" for year in range(2019, 2025)
    ]


def test_the_same_legislature_is_the_same_plan() -> None:
    assert PST.for_legislature(2024, 2030) is PST


def test_a_plan_travels_between_processes_by_its_legislature() -> None:
    assert pickle.loads(pickle.dumps(pst(2018, 2024))) is pst(2018, 2024)


def test_a_plan_without_a_family_cannot_travel() -> None:
    with pytest.raises(TypeError, match="cannot travel"):
        pickle.dumps(toy())


def test_there_is_one_form_and_one_sheet_of_lists() -> None:
    assert [s.key for s in PST if s.layout is not Layout.TABLE] == ["identification", "listes"]


@pytest.mark.parametrize(
    ("sheet", "code", "name", "said"),
    [
        ("actions", "2.2.1", "Réaliser la piste", "action 2.2.1 · Réaliser la piste"),
        ("oo", "2.2", None, "OO 2.2"),
        ("budget", "", "Achat d’un vélo", "ligne de budget · Achat d’un vélo"),
        ("evaluation", "1", "1", "ligne d’évaluation 1"),
        ("constat", "", "", ""),
    ],
)
def test_a_record_is_said_in_words_by_its_kind_its_code_and_its_name(
    sheet: str, code: str, name: str | None, said: str
) -> None:
    assert PST[sheet].called(code, name or "") == said


def test_a_long_name_is_cut_at_a_word() -> None:
    said = PST["actions"].called("1.1.1", "Aménager une piste cyclable " * 9)
    assert said.endswith("…")
    assert len(said) < 80
    assert said.removesuffix("…").split()[-1] in {"Aménager", "une", "piste", "cyclable"}
