"""The template and the reference of another plan hold its words, and none of the PST."""

from __future__ import annotations

from support import opened, read
from support.another_plan import PLAN, foreign, texts_of
from support.schools.inventory import OBSERVED
from support.schools.vocabularies import HANDED, OPEN, WISHED

from pst_excel.checking.report import check
from pst_excel.excel import palette
from pst_excel.excel.books.template import blank, write_template
from pst_excel.model import row_status
from pst_excel.model.plan import Plan
from pst_excel.model.words import keys
from pst_excel.model.words.colors import Color
from pst_excel.model.words.roles import Role
from pst_excel.pst import PST
from pst_excel.reference.pages import pages


def words_of(plan: Plan) -> tuple[set[str], set[str]]:
    """Return the keys of a plan, and the labels of its lists."""
    columns = {column.key for sheet in plan for column in sheet.columns}
    named = {one.key for one in (*plan.sheets, *plan.vocabularies)}
    return columns | named, {
        label for vocabulary in plan.vocabularies for label in vocabulary.labels
    }


def own_keys() -> set[str]:
    """Return the keys that the program gives to every plan."""
    watching = (row_status.MISSING, row_status.REFUSED, row_status.DOUBTS, row_status.STATE)
    return {value for name, value in vars(keys).items() if name.isupper()} | set(watching)


def test_the_two_plans_share_nothing_but_what_the_program_owns() -> None:
    mine, theirs = words_of(PLAN), words_of(PST)
    assert mine[0] & theirs[0] == own_keys()
    assert not mine[1] & theirs[1]
    assert not {sheet.title for sheet in PLAN} & {sheet.title for sheet in PST}


def test_the_blank_template_asks_what_the_plan_declares() -> None:
    data = write_template(blank(PLAN, {"ecole": "École du Tilleul"}))
    book = opened(data)
    assert book.sheetnames == ["Lisez-moi", *(sheet.title for sheet in PLAN if not sheet.program)]
    assert book["Fiche"]["C6"].value == "École du Tilleul"
    assert {"Param_releve_le", "Travaux_situation", "Liste_reseaux"} <= set(book.defined_names)
    headings = [cell.value for cell in book["Travaux"][4]]
    assert headings[7:10] == ["Saisie ƒ", "Repère ✱", "Où ✱"]
    assert not {"Vient de", "Dépassé ƒ"} & set(headings)  # of the whole plan
    assert book["Travaux"].freeze_panes == "J5"  # after the code
    assert book["Acceptations"].freeze_panes == "I5"  # after the rule, where there is no code
    assert book["Bâtiments"].sheet_properties.tabColor.rgb[2:] == "1F3A5F"
    assert not foreign(texts_of(data))


def test_the_situations_wear_the_colours_that_the_plan_gives_them() -> None:
    sheet = opened(write_template(blank(PLAN, {})))["Travaux"]
    worn = {
        rule.formula[0].strip('"'): f"#{rule.dxf.fill.bgColor.rgb[2:]}"
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.type == "cellIs"
    }
    looks = {WISHED: Color.PALE, OPEN: Color.BLUE, HANDED: Color.GREEN}
    assert worn == {label: palette.COLORS[color][0] for label, color in looks.items()}


def test_a_template_that_nobody_filled_reads_as_a_whole_plan_of_nothing() -> None:
    filled = read(write_template(blank(PLAN, {"ecole": "Tilleul"})), "vierge.xlsx", PLAN)
    assert (filled.institution, filled.service, filled.partial) == ("Tilleul", "", False)
    assert filled.identity(Role.VERSION) == "2"
    assert (filled.identity("de_an"), filled.identity(Role.LAST_YEAR)) == (2026.0, 2032.0)
    assert not check([filled], PLAN, OBSERVED).findings


def test_the_reference_is_that_of_the_plan() -> None:
    reference = {name: page.text for name, page in pages(PLAN, OBSERVED).items()}
    assert "## Travaux" in reference["feuilles.md"]
    assert "`mene_par`" in reference["feuilles.md"]
    assert "la feuille « Nomenclatures »" in reference["listes.md"]
    assert "Le chantier T1 est livré et fait à 80" in reference["regles.md"]
    assert "portée : IBS complet" in reference["regles.md"]
    assert "« Livrré » → Livré" in reference["lectures.md"]
    assert "« souhaite » → Souhaité" in reference["lectures.md"]
    assert "IBS d’une institution" in reference["chiffres.md"]
    pages_of_the_plan = ("feuilles.md", "listes.md", "regles.md", "chiffres.md")
    assert not foreign(reference[name] for name in pages_of_the_plan)
