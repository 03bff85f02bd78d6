"""The ways of writing that are declared: each example, each refusal, each said surely or not.

The table of this file adds what colleagues really write in the columns of the PST: a cell, what a
careful colleague understands, how surely, and why.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support import column

from pst_excel.parsing import NO_VALUE, Confidence, Note, Value, parse
from pst_excel.pst import PST
from pst_excel.readings import READERS, several
from pst_excel.readings.forms import Form
from pst_excel.schema import Column, Kind
from pst_excel.spelling import fold
from pst_excel.wording import say

SURE, LIKELY, CONFIRM = Confidence.SURE, Confidence.LIKELY, Confidence.TO_CONFIRM
LITERAL = ""
REFUSED = Confidence.NONE
NBSP, THIN, FINE, FIGURE = "\u00a0", "\u202f", "\u2009", "\u2007"
SOFT, ZERO = "\u00ad", "\u200b"

LISTS = {
    "services": ("Travaux", "ADT/Mobilité", "Finances", "JCS/Sport/RESCAM", "Fêtes et culture",
                 "Ressources humaines", "Tous services"),
    "agents": ("LAMBERT Julie", "DUPONT Marie", "VAN DEN BERG Jean-Paul", "DUPONT Marc", "MAES Céline"),
    "mandataires": ("DUPONT Marie", "LEROY Anne", "LEROI Anne"),
}  # fmt: skip


def spellings_for(one: Column) -> dict[str, dict[str, str]]:
    if one.vocabulary is None:
        return {}
    own = LISTS.get(one.vocabulary.key, ())
    return {one.vocabulary.key: one.vocabulary.by_spelling | {fold(label): label for label in own}}


def reading(
    cell: Any, one: Column, *others: Any, strict: bool = False
) -> tuple[Value, Note | None]:
    parsed = parse([cell, *others], one, spellings_for(one), strict=strict, last_year=2030)
    return parsed.values[0], dict(parsed.notes).get(0)


def at(place: str) -> Column:
    sheet, key = place.split(".")
    return PST[sheet][key]


DECLARED = [
    pytest.param(form.column or Column("x", "X", kind, ""), form, cell, value,
                 id=f"{kind}-{form.rule}-{cell!r}")
    for kind, reader in READERS.items()
    for form in reader.forms
    if kind is not Kind.CHOICE or form.column is not None
    for cell, value in form.examples
] + [
    pytest.param(way.column, way, cell, value, id=f"plusieurs-{way.rule}-{cell!r}")
    for way in several.SEVERAL
    for cell, value in way.examples
]  # fmt: skip

NOT_UNDERSTOOD = [
    pytest.param(kind, cell, id=f"{kind}-{cell!r}")
    for kind, reader in READERS.items()
    for cell, _ in reader.refused
]


@pytest.mark.parametrize(("one", "form", "cell", "value"), DECLARED)
def test_a_declared_way_of_writing_is_understood_as_declared(
    one: Column, form: Form, cell: Any, value: Value
) -> None:
    read, note = reading(cell, one)
    assert read == value
    assert note is not None
    assert (note.rule, note.confidence) == (form.rule, form.confidence)
    assert note.understood == (NO_VALUE if value is None else say(value, one.kind, 32_767))


@pytest.mark.parametrize(("kind", "cell"), NOT_UNDERSTOOD)
def test_a_declared_refusal_is_refused_and_its_text_kept(kind: Kind, cell: Any) -> None:
    value, note = reading(cell, column(kind))
    assert value is None
    assert note is not None
    assert (note.understood, note.confidence) == ("", Confidence.NONE)
    assert note.read != ""


# place, cell, value, confidence (LITERAL: no entry), why
PAIRS: list[tuple[str, Any, Value, str, str]] = [
    ("budget.prevu", 12500, 12500.0, LITERAL, "a number is a number"),
    ("budget.prevu", "12 500,00 €", 12500.0, SURE, "the usual amount"),
    ("budget.prevu", f"12{NBSP}500,00{NBSP}€", 12500.0, SURE, "copied from a web page"),
    ("budget.prevu", f"12{THIN}500,00{THIN}€", 12500.0, SURE, "as this program says amounts"),
    ("budget.prevu", f"12{FINE}500 €", 12500.0, SURE, "a thin space"),
    ("budget.prevu", f"12{FIGURE}500 €", 12500.0, SURE, "a figure space"),
    ("budget.prevu", f"12{ZERO}500", 12500.0, SURE, "an invisible space"),
    ("budget.prevu", "12.500,00", 12500.0, SURE, "the Belgian accounting form"),
    ("budget.prevu", "12,500.00", 12500.0, LIKELY, "the English form has both marks"),
    ("budget.prevu", "12.500", 12500.0, LIKELY, "euros have no third decimal"),
    ("budget.prevu", "12,500", 12500.0, CONFIRM, "12,5 or 12 500: ask"),
    ("budget.prevu", "0,500", 0.5, SURE, "a group of thousands does not begin with zero"),
    ("budget.prevu", "12k", 12000.0, LIKELY, "k is a thousand"),
    ("budget.prevu", "12 k€", 12000.0, SURE, "the euro says it is money"),
    ("budget.prevu", "1 M€", 1e6, SURE, "the usual form of works"),
    ("budget.prevu", "1,25 M€", 1.25e6, SURE, "with decimals"),
    ("budget.prevu", "(500)", -500.0, LIKELY, "accountants' negative"),
    ("budget.prevu", "- €", 0.0, LIKELY, "how the accounting format shows zero"),
    ("budget.prevu", "pm", None, SURE, "pour mémoire: no amount"),
    ("budget.prevu", "À déterminer", None, SURE, "not known yet, honestly said"),
    ("budget.prevu", "1000 euros / Budget ordinaire", None, REFUSED, "an amount and a remark"),
    ("budget.prevu", "environ 12 000", None, REFUSED, "an approximation is for the comment"),
    ("budget.prevu", "12 000 à 15 000", None, REFUSED, "a range: which one?"),
    ("budget.prevu", "12 000 €/an", None, REFUSED, "for how many years?"),
    ("budget.prevu", "Fonds propres", None, REFUSED, "the financing is another column"),
    ("budget.prevu", "12 500,- €", 12500.0, SURE, "a dash for no cents"),
    ("budget.prevu", "12.500,-", 12500.0, SURE, "the dash says that the point is of thousands"),
    ("budget.prevu", "12 500 € TVAC", 12500.0, CONFIRM, "with or without VAT: ask"),
    ("budget.prevu", "néant", 0.0, LIKELY, "nothing is zero euro"),
    ("budget.prevu", "25 %", None, REFUSED, "a percentage of what?"),
    ("budget.prevu", "−250", -250.0, SURE, "a true minus sign"),
    ("budget.exercice", 2026, 2026.0, LITERAL, "a year"),
    ("budget.exercice", "2026", 2026.0, SURE, "a year stored as text"),
    ("budget.exercice", "Exercice 2026", 2026.0, SURE, "its name before it"),
    ("budget.exercice", dt.datetime(2026, 1, 1), 2026.0, LIKELY, "its first day"),
    ("budget.exercice", "2026-2027", None, REFUSED, "two exercices"),
    ("budget.exercice", "26", None, REFUSED, "two figures"),
    ("budget.service_budgetaire", "E", "Extraordinaire", SURE, "the code of the exchange format"),
    ("budget.service_budgetaire", "extra", "Extraordinaire", SURE, "the word of the corridors"),
    ("budget.recette_depense", "", "Dépense", LITERAL, "blank has a declared meaning"),
    ("budget.recette_depense", "d", "Dépense", SURE, "the letter in any case"),
    ("budget.source_financement", "Subvention", "Subside", SURE, "a synonym"),
    ("budget.source_financement", "995-51", "Fonds de réserve extraordinaire", SURE, "its economic code"),
    ("budget.financeur", "FWB", "Fédération Wallonie-Bruxelles", SURE, "its initials"),
    ("budget.financeur", "Walonie", "Wallonie", LIKELY, "one letter less"),
    ("actions.avancement", 40, 40.0, LITERAL, "a percentage"),
    ("actions.avancement", 0, 0.0, LITERAL, "nothing done"),
    ("actions.avancement", 0.45, 45.0, LIKELY, "a cell in per cents holds a fraction"),
    ("actions.avancement", 1, 1.0, CONFIRM, "1 % or all?"),
    ("actions.avancement", "50 %", 50.0, SURE, "with its sign"),
    ("actions.avancement", "50%", 50.0, SURE, "without space"),
    ("actions.avancement", "0,5", 50.0, LIKELY, "a fraction in text"),
    ("actions.avancement", "0,5 %", 0.5, SURE, "half a per cent, said so"),
    ("actions.avancement", "environ 50", None, REFUSED, "an approximation"),
    ("actions.avancement", dt.datetime(1900, 2, 19), 50.0, CONFIRM, "50 in a date format"),
    ("actions.avancement", True, None, REFUSED, "a ticked box is no progress"),
    ("actions.etp", 0.5, 0.5, LITERAL, "half a person"),
    ("actions.etp", "0,5 ETP", 0.5, SURE, "the unit of the column"),
    ("actions.etp", "2 personnes", 2.0, CONFIRM, "persons are perhaps not full times"),
    ("actions.etp", "½", None, REFUSED, "a sign that is no figure"),
    ("actions.echeance", dt.datetime(2026, 12, 31), dt.date(2026, 12, 31), LITERAL, "a date"),
    ("actions.echeance", "31/12/2026", dt.date(2026, 12, 31), SURE, "a date in text"),
    ("actions.echeance", "31/12/26", dt.date(2026, 12, 31), SURE, "a short year"),
    ("actions.echeance", "31.12.2026", dt.date(2026, 12, 31), SURE, "with points"),
    ("actions.echeance", "31 12 2022", dt.date(2022, 12, 31), SURE, "as in the demo of iA.PST"),
    ("actions.echeance", "2026-12-31", dt.date(2026, 12, 31), SURE, "the ISO form"),
    ("actions.echeance", "31 décembre 2026", dt.date(2026, 12, 31), SURE, "in letters"),
    ("actions.echeance", "31 de\u0301cembre 2026", dt.date(2026, 12, 31), SURE, "accents apart"),
    ("actions.echeance", "1er janvier 2027", dt.date(2027, 1, 1), SURE, "the first of a month"),
    ("actions.echeance", "fin 2026", dt.date(2026, 12, 31), LIKELY, "the end of the year"),
    ("actions.echeance", "T3 2027", dt.date(2027, 9, 30), LIKELY, "the end of the quarter"),
    ("actions.echeance", "2e semestre 2025", dt.date(2025, 12, 31), LIKELY, "of the half-year"),
    ("actions.echeance", "Prévu avant la fin du 1 e semestre 2016", None, REFUSED, "a sentence"),
    ("actions.echeance", "mars 2026", dt.date(2026, 3, 31), LIKELY, "the end of the month"),
    ("actions.echeance", "février 2028", dt.date(2028, 2, 29), LIKELY, "a leap year"),
    ("actions.echeance", "2027", dt.date(2027, 12, 31), LIKELY, "a year alone"),
    ("actions.echeance", 2027, dt.date(2027, 12, 31), LIKELY, "a year as a number"),
    ("actions.echeance", 46022, dt.date(2025, 12, 31), LIKELY, "a date that lost its format"),
    ("actions.echeance", "12/31/2026", dt.date(2026, 12, 31), CONFIRM, "the months first"),
    ("actions.echeance", "31/02/2026", None, REFUSED, "no such day"),
    ("actions.echeance", "avant l’été", None, REFUSED, "no year"),
    ("actions.echeance", "Permanent", None, SURE, "a standing task has no end"),
    ("actions.echeance", "fin de législature", dt.date(2030, 12, 31), LIKELY, "its last exercice"),
    ("actions.echeance", "d'ici fin 2028", dt.date(2028, 12, 31), LIKELY, "announced"),
    ("actions.echeance", "avant 2027", None, REFUSED, "end of 2026 or during 2027?"),
    ("actions.echeance", "2025-2026", dt.date(2026, 12, 31), CONFIRM, "a span ends with its last year"),
    ("actions.statut", "En cours", "En cours", LITERAL, "the label"),
    ("actions.statut", "En  cours", "En cours", SURE, "two spaces"),
    ("actions.statut", f"En{NBSP}cours", "En cours", SURE, "a space that does not break"),
    ("actions.statut", f"En co{SOFT}urs", "En cours", SURE, "a soft hyphen"),
    ("actions.statut", "en cours.", "En cours", SURE, "a final point"),
    ("actions.statut", "Réalisée", "Terminé", SURE, "a synonym, feminine"),
    ("actions.statut", "Re\u0301alise\u0301e", "Terminé", SURE, "accents apart"),
    ("actions.statut", "A démarrer", "Non commencé", SURE, "a capital without accent"),
    ("actions.statut", "Finalisé", "Terminé", SURE, "the word of iA.PST"),
    ("actions.statut", "NC", "Non commencé", SURE, "the initials of the status"),
    ("actions.statut", "Commencée", "En cours", SURE, "begun is under way"),
    ("actions.statut", "Stoppé", "Stoppé", LITERAL, "not in the list: it keeps its text"),
    ("actions.statut", "en attante", "En attente", LIKELY, "one letter other"),
    ("actions.statut", "Temriné", "Terminé", LIKELY, "two letters swapped"),
    ("actions.statut", "En cours BEB", "En cours BEB", LITERAL, "no mark says where the status ends"),
    ("actions.statut", "En cours (retard)", "En cours", CONFIRM, "a remark in parentheses"),
    ("actions.statut", "?", None, SURE, "not known"),
    ("actions.synergie", "x", "Oui", SURE, "a cross"),
    ("actions.synergie", "✓", "Oui", SURE, "a tick"),
    ("actions.synergie", True, "Oui", LITERAL, "a ticked box"),
    ("actions.synergie", 1, "Oui", LITERAL, "1 is yes"),
    ("actions.synergie", "VRAI", "Oui", SURE, "what Excel shows"),
    ("actions.synergie", "non", "Non", SURE, "in small letters"),
    ("actions.odd", "11; 13", "11; 13", LITERAL, "as asked"),
    ("actions.odd", 11, "11", LITERAL, "a number alone"),
    ("actions.odd", "11, 13", "11; 13", SURE, "commas"),
    ("actions.odd", "11 et 13", "11; 13", SURE, "in words"),
    ("actions.odd", "11\n13", "11; 13", LITERAL, "one a line"),
    ("actions.odd", "ODD 9 - Industrie, innovation et infrastructure", "9", SURE, "its title has a comma"),
    ("actions.odd", "Paix, justice et institutions efficaces", "16", SURE, "its title has a comma"),
    ("actions.odd", "Paix, justice et institutions efficaces, Vie terrestre", "16; 15", SURE, "two titles"),
    ("actions.odd", "11 à 13", "11; 12; 13", LIKELY, "a range"),
    ("actions.odd", "11 · Villes et communautés durables", "11", LITERAL, "as the list shows it"),
    ("actions.odd", 11.13, "11; 13", CONFIRM, "a French Excel made one number of 11,13"),
    ("actions.odd", dt.datetime(2026, 12, 11), "11; 12", CONFIRM, "Excel made a date of 11/12"),
    ("actions.odd", "18", "18", LITERAL, "there is no 18: the list will be named"),
    ("actions.odd", "11 - Vie terrestre", "11 - Vie terrestre", LITERAL, "number and title disagree"),
    ("actions.services_partenaires", "Travaux; Finances", "Travaux; Finances", LITERAL, "as asked"),
    ("actions.services_partenaires", "Travaux, ADT/Mobilité", "Travaux; ADT/Mobilité", SURE, "a name with a bar"),
    ("actions.services_partenaires", "ADT/Mobilité", "ADT/Mobilité", LITERAL, "one name"),
    ("actions.services_partenaires", "JCS/Sport/RESCAM / Travaux", "JCS/Sport/RESCAM; Travaux", SURE, "nested bars"),
    ("actions.services_partenaires", "Fêtes et culture et Finances", "Fêtes et culture; Finances", SURE, "a name with « et »"),
    ("actions.services_partenaires", "Travaux, Police", "Travaux; Police", SURE, "one of the two is known"),
    ("actions.services_partenaires", "Police, pompiers", "Police, pompiers", LITERAL, "neither is known: not parted"),
    ("actions.service_pilote", "travaux", "Travaux", SURE, "in small letters"),
    ("actions.service_pilote", "Travuax", "Travaux", LIKELY, "two letters swapped"),
    ("actions.service_pilote", "Police", "Police", LITERAL, "a name that the list lacks"),
    ("actions.service_pilote", "à désigner", None, SURE, "nobody yet"),
    ("actions.agent_pilote", "Julie Lambert", "LAMBERT Julie", SURE, "the first name first"),
    ("actions.agent_pilote", "Mme LAMBERT", "LAMBERT Julie", LIKELY, "the only one of that name"),
    ("actions.agent_pilote", "JL", "LAMBERT Julie", LIKELY, "initials that name one"),
    ("actions.agent_pilote", "Dupont", "Dupont", LITERAL, "two persons: never a guess"),
    ("actions.agent_pilote", "MD", "MD", LITERAL, "two persons have these initials"),
    ("actions.agent_pilote", "Marie Dupont", "DUPONT Marie", SURE, "the first name tells"),
    ("actions.agent_pilote", "van den berg jean-paul", "VAN DEN BERG Jean-Paul", SURE, "in small letters"),
    ("actions.agent_pilote", "Celine Maes", "MAES Céline", SURE, "without accent"),
    ("actions.agent_pilote", "Lambret Julie", "LAMBERT Julie", CONFIRM, "a fault in a name is asked"),
    ("actions.mandataire", "LEROA Anne", "LEROA Anne", LITERAL, "LEROY or LEROI: never between two"),
    ("actions.code", "1.1.1", "1.1.1", LITERAL, "a code"),
    ("actions.code", "1.10", "1.10", LITERAL, "its zero counts"),
    ("actions.code", "05.1.01", "05.1.01", LITERAL, "as Marche pads it"),
    ("actions.code", "1.1.1.", "1.1.1", SURE, "as Namur ends it"),
    ("actions.code", "Action 1.1.1", "1.1.1", SURE, "its level before it"),
    ("actions.code", "A.45", "45", SURE, "as iA.PST numbers"),
    ("actions.code", "A.45 - SA.46 - Planter", "46", LIKELY, "as iA.PST exports a sub-action"),
    ("actions.code", 12, "12", LITERAL, "a plain number"),
    ("actions.code", 1.1, "1.1", LIKELY, "Excel made a number of it"),
    ("actions.code", dt.datetime(2001, 1, 5), "5.1.1", CONFIRM, "Excel made a date of it"),
    ("actions.code", "à définir", None, SURE, "no code yet"),
    ("actions.code", "2026-12", "2026-12", LITERAL, "a code of the commune's own"),
    ("actions.code", "C1", "C1", LITERAL, "a letter may lead"),
    ("actions.code", "1.1 bis", "1.1 bis", LITERAL, "kept to the letter"),
    ("actions.code_oo", "1.1; 2.1", "1.1; 2.1", LITERAL, "a transversal action"),
    ("actions.code_oo", "O.O 5.1", "5.1", SURE, "as Marche writes it"),
    ("actions.code_oo", "1.1 · Doubler les pistes", "1.1", LITERAL, "as the list shows it"),
    ("actions.code_oo", "1.1, 2.1", "1.1; 2.1", SURE, "a comma"),
    ("actions.code_oo", "OO 1.1 et OO 2.1", "1.1; 2.1", SURE, "in words"),
    ("actions.parts", "60; 40", "60; 40", LITERAL, "as asked"),
    ("actions.parts", "60/40", "60; 40", SURE, "with a bar"),
    ("actions.parts", "60 % / 40 %", "60; 40", SURE, "with signs"),
    ("actions.parts", "50; 50", "50; 50", LITERAL, "equal parts are two parts"),
    ("oo.code_os", "OS 1", "1", SURE, "its level before it"),
    ("oo.code_os", "OS.3 - Être une commune", "3", LIKELY, "its title after it"),
    ("identification.ins", "92951", "92951", LITERAL, "five figures"),
    ("identification.ins", 92951, "92951", LITERAL, "a number"),
    ("identification.ins", "92 951", "92951", SURE, "a space"),
    ("identification.ins", 3000, "03000", SURE, "the zero of the Region's code is lost"),
    ("identification.ins", "INS 92951", "92951", SURE, "its name before it"),
    ("identification.population", "20.143", 20143.0, LIKELY, "inhabitants have no decimals"),
    ("identification.population", "7,222", 7222.0, CONFIRM, "as a public table of one year"),
    ("identification.population", "14 293", 14293.0, SURE, "as a public table of another"),
    ("identification.type", "Ville", "Commune", SURE, "a town is a commune"),
    ("indicateurs.cible", "20 000 litres", 20000.0, CONFIRM, "the unit has its column"),
    ("indicateurs.cible", "1.500", 1500.0, CONFIRM, "1,5 or 1 500: ask"),
    ("indicateurs.cible", "1,500", 1.5, SURE, "a French decimal"),
    ("indicateurs.cible", "Formation reçue le 02/12/15", None, REFUSED, "no number"),
    ("indicateurs.sens", "-", "Baisse", SURE, "here a dash has a meaning"),
    ("indicateurs.sens", "+", "Hausse", SURE, "and a plus"),
    ("actions.intitule", "Deux\r\nlignes", "Deux\nlignes", LITERAL, "an end of line is one"),
    ("actions.intitule", "« Où ? » – l’œuvre…", "« Où ? » – l’œuvre…", LITERAL, "a text is kept as it is"),
    ("actions.intitule", "E\u0301te\u0301", "Été", LITERAL, "composed, nothing else"),
    ("actions.intitule", "=1+1", "=1+1", LITERAL, "a text that looks like a formula"),
    ("actions.intitule", 2026, "2026", LITERAL, "a number as a title"),
    ("actions.intitule", "x" * 40_000, "x" * 40_000, LITERAL, "a very long text is not cut"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "cell", "value", "confidence", "why"), PAIRS,
    ids=[f"{place}-{cell!r:.70}" for place, cell, *_ in PAIRS],
)  # fmt: skip
def test_a_cell_is_understood_as_a_careful_colleague_would(
    place: str, cell: Any, value: Value, confidence: str, why: str
) -> None:
    read, note = reading(cell, at(place))
    assert read == value, why
    assert (note.confidence if note else LITERAL) == confidence, why


def test_the_tables_hold_enough_pairs_all_different() -> None:
    pairs = {(p.values[0].kind, repr(p.values[2])) for p in DECLARED}
    pairs |= {(p.values[0], repr(p.values[1])) for p in NOT_UNDERSTOOD}
    pairs |= {(at(place).kind, repr(cell)) for place, cell, *_ in PAIRS}
    assert len(pairs) >= 250


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.8", "1.9", 1.1, "1.11"], ["1.8", "1.9", "1.10", "1.11"]),
        ([1.8, 1.9, 1.1, 1.11, 1.19, 1.2], ["1.8", "1.9", "1.10", "1.11", "1.19", "1.20"]),
        (["1.1", 1.1, "1.2"], ["1.1", "1.1", "1.2"]),
        ([1.9, 1.9, 1.1, 1.1], ["1.9", "1.9", "1.10", "1.10"]),
        (["2.9", 1.1], ["2.9", "1.1"]),
        ([1.9, "1.1"], ["1.9", "1.1"]),
    ],
)
def test_a_ten_that_lost_its_zero_finds_it_again_after_a_nine(
    cells: list[Any], expected: list[str]
) -> None:
    parsed = parse(cells, at("oo.code"), {})
    assert parsed.values == expected
    lost = [at for at, (cell, code) in enumerate(zip(cells, expected, strict=True))
            if isinstance(cell, float) and code.endswith("0")]  # fmt: skip
    asked = [at for at, note in parsed.notes if note.confidence is CONFIRM]
    assert asked == lost


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (["05.1.02", "05.1.03"], "05.1.01"),
        (["5.1.2"], "5.1.1"),
        (["1.2", "1.3"], "5.1"),
        ([], "5.1.1"),
    ],
)
def test_a_code_that_became_a_date_takes_the_shape_of_the_others(
    others: list[str], expected: str
) -> None:
    assert reading(dt.datetime(2001, 1, 5), at("actions.code"), *others)[0] == expected


def test_a_comma_among_codes_of_as_many_parts_is_a_point_and_is_asked() -> None:
    read, note = reading("3,2", at("actions.code_oo"), "1.1", "2.1")
    assert read == "3.2"
    assert note is not None
    assert note.confidence is CONFIRM
    assert reading("3,2", at("actions.code_oo"), "1", "2")[0] == "3,2"


def test_a_number_that_may_be_another_code_is_asked() -> None:
    for others, confidence in ((("8.10",), CONFIRM), (("8.2",), LIKELY)):
        read, note = reading(8.1, at("actions.code_oo"), *others)
        assert read == "8.1"
        assert note is not None
        assert note.confidence is confidence


def test_a_range_that_names_both_ends_is_asked() -> None:
    read, note = reading("ODD11-ODD13", at("actions.odd"))
    assert read == "11; 12; 13"
    assert note is not None
    assert note.confidence is CONFIRM


def test_one_is_the_whole_among_fractions_only() -> None:
    read, note = reading(1.0, at("actions.avancement"), 0.4, 0.0)
    assert read == 100
    assert note is not None
    assert note.confidence is LIKELY
    for others in ((40.0,), (0.4, 80.0), (0.0,), ("50 %",)):
        read, note = reading(1.0, at("actions.avancement"), *others)
        assert read == 1
        assert note is not None
        assert note.confidence is CONFIRM


def test_strokes_stand_for_points_among_dotted_codes_only() -> None:
    assert reading("1-1-2", at("actions.code"), "1.1.1")[0] == "1.1.2"
    assert reading("1-1-2", at("actions.code"))[0] == "1-1-2"


@pytest.mark.parametrize(
    ("place", "cell", "value"),
    [pytest.param(*pair[:3], id=f"{pair[0]}-{pair[1]!r:.70}") for pair in PAIRS
     if pair[3] == LITERAL and pair[1] != ""],
)  # fmt: skip
def test_a_literal_cell_reads_alike_when_strict(place: str, cell: Any, value: Value) -> None:
    assert reading(cell, at(place), strict=True) == (value, None)


@pytest.mark.parametrize(
    ("place", "cell"),
    [pytest.param(*pair[:2], id=f"{pair[0]}-{pair[1]!r:.70}") for pair in PAIRS
     if pair[3] in (SURE, LIKELY, CONFIRM)],
)  # fmt: skip
def test_nothing_is_understood_when_strict(place: str, cell: Any) -> None:
    read, note = reading(cell, at(place), strict=True)
    if at(place).kind is Kind.CHOICE:
        assert read not in at(place).vocabulary.labels  # type: ignore[union-attr]
    else:
        assert read is None
        assert note is not None
        assert note.confidence is REFUSED
