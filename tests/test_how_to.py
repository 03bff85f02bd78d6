"""Each page that says how to add something, followed to the letter: it is there, nothing breaks."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from support import CLEAN, ROOT, cells, column_of, damaged, saved
from support.how_to import FOLDER, Copy, Place, Recipe

from pst_excel.model.schema import HEADING_ROW

COLUMN = Recipe(
    "add-a-column.md",
    (Place("pst_excel/pst/sheets/actions.py", before='    Column(\n        "synergie",'),),
)
RULE = Recipe(
    "add-a-rule.md",
    (Place("pst_excel/pst/rules/amounts.py"), Place("pst_excel/pst/rules/progress.py")),
)
PANEL = Recipe(
    "add-a-panel.md",
    (
        Place("pst_excel/pst/sheets/actions_counted.py", before='    helper("sans_retour",'),
        Place("pst_excel/pst/boards/lines.py"),
        Place(
            "pst_excel/pst/boards/standing.py",
            instead="from pst_excel.pst.boards.lines import BY_OS, BY_VOLET\n",
        ),
        Place("pst_excel/pst/boards/standing.py", before='        Pages("Les autres pages"'),
        Place("tests/second_truth/raw.py", before='        **dict.fromkeys(("avancement", "etp")'),
        Place("tests/second_truth/scope.sql", before="    case key_of(statut)\n"),
        Place("tests/second_truth/boards.py", before='    "exercice": Table('),
    ),
)
OUTPUT = Recipe(
    "add-an-output.md",
    (
        Place("pst_excel/consolidating/records_csv.py"),
        Place(
            "pst_excel/api/outputs.py", instead="from pst_excel.consolidating import json_data\n"
        ),
        Place("pst_excel/api/outputs.py", before="    comparison.OUTPUT,\n"),
    ),
)
READING = Recipe(
    "add-a-reading.md",
    (Place("pst_excel/cells/parsers/number_patterns.py", before='    Pattern("milliers d’euros"'),),
)
RECIPES = (COLUMN, RULE, PANEL, OUTPUT, READING)
WORDS = "tests/test_engine_words.py"
FORMS = "engine or form_of_output or suffix"
SECOND_TRUTH = [
    f"tests/second_truth/test_random_plans.py::test_{name}"
    for name in ("every_figure_and_every_column_of_a_panel_has_its_sql",)
]
DUMP = "tests/excel/test_template_dump.py"

each_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.page)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "copy")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan, to be consolidated alone."""
    return saved(tmp_path / "PST.xlsx", CLEAN)


def test_there_is_a_recipe_for_each_page() -> None:
    assert {recipe.page for recipe in RECIPES} == {page.name for page in FOLDER.glob("add-*.md")}


@each_recipe
def test_a_page_names_the_files_that_it_changes_and_only_files_that_are(recipe: Recipe) -> None:
    named = set(re.findall(r"`((?:pst_excel|tests|docs|samples)/[\w/.-]*)`", recipe.text))
    changed = {place.file for place in recipe.places}
    assert changed <= named
    assert [name for name in named - changed if not (ROOT / name).exists()] == []


@each_recipe
def test_code_that_is_only_shown_is_that_of_the_package(recipe: Recipe) -> None:
    shown = recipe.blocks[len(recipe.places) :]
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "pst_excel").rglob("*.py")]
    assert [block for block in shown if not any(block in source for source in sources)] == []
    assert len(recipe.blocks) >= len(recipe.places)


def test_a_column_is_added(copy: Copy) -> None:
    copy.follow(COLUMN)
    copy.refresh()
    headings = re.findall(r"^[A-Z]+ (.+?) ·", copy.text("tests/golden/modele.txt"), re.MULTILINE)
    added = headings.index("Marché public")
    assert headings[added + 1] == "Synergie commune-CPAS"
    copy.tested(DUMP, WORDS, "tests/model/test_schema.py", "tests/upgrading/test_upgrade.py")


def test_a_rule_is_added(copy: Copy) -> None:
    copy.follow(RULE)
    copy.refresh("selftest")
    listed = copy.command("regles")
    assert all(code in listed for code in re.findall(r'"(R90[a-z])"', RULE.text))
    # That a rule moves no other is proved of each: here, of those of the page.
    apart = "R90 or titles or trial or dump or words or (test_selftest and not adds_its_rows)"
    copy.tested(
        DUMP, WORDS, "tests/reference/test_selftest.py", "tests/pst/test_rules.py", "-k", apart
    )


def test_a_panel_is_added(copy: Copy, plan: Path) -> None:
    copy.follow(PANEL)
    made = copy.root / "consolide.xlsx"
    copy.command("consolider", plan, "-o", made)
    shown = cells(made.read_bytes(), "Tableau de bord").values()
    assert [said for said in shown if "Les priorités avancent-elles d’abord ?" in str(said)]
    copy.tested(WORDS, "tests/model/figures/test_boards.py", *SECOND_TRUTH)


def test_an_output_is_added(copy: Copy, plan: Path) -> None:
    copy.follow(OUTPUT)
    made = copy.root / "actions.csv"
    copy.command("consolider", plan, "-o", made)
    (row,) = csv.DictReader(made.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    said = ("1.1.1", "Aménager une piste cyclable", "40", "0,5", "15/10/2026")
    asked = ("Code action", "Intitulé", "Avancement %", "ETP", "Mis à jour le")
    assert tuple(row[label] for label in asked) == said
    copy.tested(WORDS, "tests/api/test_library.py", "tests/excel/test_outputs.py", "-k", FORMS)


def test_a_way_of_writing_is_added(copy: Copy, plan: Path) -> None:
    copy.follow(READING)
    copy.refresh()
    data = plan.read_bytes()
    place = HEADING_ROW + 1, column_of(data, "Budget", "Prévu")
    written = damaged(data, lambda book: book["Budget"].cell(*place, "12 000 balles"))
    made = copy.root / "donnees.json"
    copy.command("consolider", saved(plan, written), "-o", made)
    document = json.loads(made.read_bytes())
    assert document["tables"]["budget"][0]["prevu"] == 12_000
    assert [entry["lecture"] for entry in document["journal"]] == ["euros, familièrement"]
    copy.tested(DUMP, WORDS, "tests/cells/test_parsers.py", "tests/cells/parsers/test_numbers.py")
