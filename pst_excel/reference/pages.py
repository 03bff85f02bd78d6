"""The declarations as Markdown pages: what the tool's users look up, said once in the plan.

Every page is a pure function of the plan. The sentence shown for a rule is the one that its own
bad example gives, so that no page shows a message that the program would not write.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pst_excel.checking.cells import AS_UNDERSTOOD
from pst_excel.checking.report import check
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.findings import Finding
from pst_excel.model.plan import Plan
from pst_excel.model.rules import Rule
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Layout, Need, Where
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.terms import filled
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.model.words.wording import listed, number, plain, plural
from pst_excel.reading import examples
from pst_excel.reference.example_tables import example_tables
from pst_excel.reference.figures_page import figures_page
from pst_excel.reference.markdown import Page, anchor, bullets, dense, page, table
from pst_excel.reference.readings_page import understood_page
from pst_excel.reference.tables_page import tables_page
from pst_excel.reference.thresholds_part import asked, thresholds_part


class _Holes(dict[str, str]):
    """What stands in the holes of a message that speaks of no cell in particular."""

    def __missing__(self, name: str) -> str:
        return f"‹{name}›"


_HOLES = _Holes(
    label="‹nom›", read="‹lu›", understood="a été compris comme « ‹compris› »", kind="‹genre›",
    choices="‹liste›",
    current="‹version›", bounds="‹limites›", limit="‹longueur›", help="‹aide de la colonne›",
    guess="", meanwhile="", owner="‹service›", to="lui", reading="‹raison›.",
    settled=AS_UNDERSTOOD,
)  # fmt: skip


def pages(plan: Plan, observed: dt.date) -> dict[str, Page]:
    """Return every page by its file name; the examples of rules are observed at a date."""
    return {
        "feuilles.md": sheets_page(plan),
        "listes.md": lists_page(plan),
        "regles.md": rules_page(plan, observed),
        "messages.md": messages_page(),
        "lectures.md": understood_page(plan),
        "chiffres.md": figures_page(plan),
        "tables.md": tables_page(plan),
    }


def sheets_page(plan: Plan) -> Page:
    """Return the data dictionary: every sheet, every column."""
    intro = (
        f"Le modèle {plan.version}, législature {plan.first_year}-{plan.last_year}. Les feuilles et"
        " les colonnes sont reconnues à leur nom, sans égard aux majuscules, aux accents ni à leur"
        " ordre. Une colonne peut être *obligatoire*, *recommandée* ou *facultative* ; les"
        " recommandées comptent, comme les obligatoires, dans la complétude."
    )
    index = bullets(f"[{s.title}](#{anchor(s.title)}) : {s.question}" for s in plan)
    return page("Les feuilles et leurs colonnes", intro, index, *(_sheet(s, plan) for s in plan))


def _sheet(sheet: Sheet, plan: Plan) -> str:
    facts = []
    if sheet.layout is Layout.FORM:
        facts.append("Une fiche : une ligne par champ.")
    if sheet.program:
        where = f"le {plan.short} consolidé ; absente du modèle vierge"
        facts.append(f"Écrite par le programme dans {where}.")
    if sheet.aliases:
        facts.append(f"Autres noms reconnus : {', '.join(sheet.aliases)}.")
    parts = [f"## {sheet.title}", f"**{sheet.question}**", " ".join(facts)]
    heads = ("Titre", "Clé", "Type", "Besoin", "Liste ou référence", "Aide", "Exemple",
             "Autres titres reconnus")  # fmt: skip
    parts.append(dense(heads, [_input(column, plan) for column in sheet.inputs]))
    if sheet.computed:
        rows = ((_titled(c), f"`{c.key}`", c.unit or str(c.kind), c.help) for c in sheet.computed)
        parts += ["Colonnes calculées :", table(("Titre", "Clé", "Type", "Aide"), rows)]
    return "\n\n".join(part for part in parts if part)


def _input(column: Column, plan: Plan) -> tuple[str, ...]:
    voc, source = column.vocabulary, ""
    if voc is not None:
        source = f"[{voc.label}](listes.md#{anchor(voc.label)})"
    elif column.refers:
        source = "code de " + listed((plan[key].title for key in column.refers), "ou")
    need = "écrit par le programme" if column.where is not Where.BOTH else str(column.need)
    if column.default is not None and column.need is Need.REQUIRED:
        need += f" ; vide se lit « {column.default} »"
    return (
        _titled(column), f"`{column.key}`", _kind(column), need, source,
        filled(column.help, plan.terms_of()), filled(column.example, plan.terms_of()),
        ", ".join(column.aliases),
    )  # fmt: skip


def _titled(column: Column) -> str:
    words = (
        ("masquée", column.hidden),
        ("nomme des personnes", column.private),
        (f"depuis le modèle {column.since}", column.since),
    )
    marks = [word for word, holds in words if holds]
    return f"**{column.label}**" + (f" ({', '.join(marks)})" if marks else "")


def _kind(column: Column) -> str:
    """Return the kind with its limits."""
    words = [str(column.kind)]
    low, high = (
        "" if bound is None else f"{bound:g}" if column.kind == "année" else plain(bound)
        for bound in (column.low, column.high)
    )
    if low and high:
        words.append(f"de {low} à {high}")
    elif low or high:
        words.append(f"au moins {low}" if low else f"au plus {high}")
    if column.max_length is not None:
        words.append(f"{number(column.max_length)} caractères au plus")
    if column.many:
        words.append("plusieurs séparés par « ; »")
    return ", ".join(words)


def lists_page(plan: Plan) -> Page:
    """Return the lists: their choices, the words also understood, where they serve."""
    intro = (
        "Les listes *communes* sont les mêmes pour toutes les institutions. Celles *de"
        f" l’institution* se complètent dans la feuille « {plan.lists.title} » ; les valeurs"
        " données ici sont celles du modèle vierge. Les autres mots reconnus sont lus comme la"
        " valeur, sans égard aux majuscules ni aux accents."
    )
    return page("Les listes", intro, *(_list(vocabulary, plan) for vocabulary in plan.vocabularies))


def _list(vocabulary: Vocabulary, plan: Plan) -> str:
    uses = [
        f"{sheet.title} › {column.label}"
        for sheet in plan
        for column in sheet.inputs
        if column.vocabulary is not None and column.vocabulary.key == vocabulary.key
    ]
    facts = [
        f"Clé `{vocabulary.key}`, liste {'de l’institution' if vocabulary.local else 'commune'}."
    ]
    if vocabulary.private:
        facts.append("Elle nomme des personnes : elle ne quitte pas l’institution.")
    facts += [vocabulary.help, f"Sert à : {', '.join(uses)}." if uses else ""]
    heads = ("Valeur", "Code", "Sens", "Autres mots reconnus")
    rows = [(f"**{c.label}**", c.code, c.help, ", ".join(c.synonyms)) for c in vocabulary.choices]
    body = dense(heads, rows) if rows else "Vide dans le modèle vierge."
    return "\n\n".join((f"## {vocabulary.label}", " ".join(filter(None, facts)), body))


def rules_page(plan: Plan, observed: dt.date) -> Page:
    """Return the coherence rules, each with its sentence and its two examples."""
    rules: list[Rule] = sorted(plan.rules, key=lambda rule: rule.code)
    trial = sum(rule.trial for rule in rules)
    intro = (
        f"{plural(len(rules), 'règle')}, dont {trial} à l’essai. Chaque règle compare plusieurs"
        " cellules ; l’*étape* est celle dès laquelle elle parle : un brouillon n’est pas blâmé de"
        " ses coûts. Une règle *à l’essai* est comptée et ne blâme personne. Une règle"
        f" « {plan.short} complet » ne juge pas le retour d’un seul service. Le message, l’attendu"
        " et le remède montrés sont ceux que donne l’exemple à corriger ; les colonnes que"
        " l’exemple ne montre pas sont vides. Date d’observation des exemples :"
        f" {observed:%d/%m/%Y}. La commande `pst-excel regles` montre la même chose.\n\n"
        f"« Pourquoi » dit d’où vient la règle. {plan.sources}".rstrip()
    )
    findings = findings_of_examples(rules, plan, observed)
    index = table(
        ("Code", "Gravité", "Étape", "Ce qui est trouvé", "Portée"),
        (
            (
                f"[{r.code}](#{anchor(r.code)})",
                _severity(r),
                r.stage.label,
                r.title,
                _scope(r, plan),
            )
            for r in rules
        ),
    )
    parts = [index, *thresholds_part(rules, plan)]
    return page("Les règles", intro, *parts, *(_rule(r, findings[r.code], plan) for r in rules))


def findings_of_examples(
    rules: Sequence[Rule], plan: Plan, observed: dt.date
) -> dict[str, Finding]:
    """Return the finding that the bad example of each rule gives.

    Raises: ValueError for a rule whose bad example does not break it.
    """
    returns = [examples.return_of(rule.bad, plan, rule.code) for rule in rules]
    found = check(returns, plan, observed, stage=Stage.EVALUATION).findings
    findings = {f.code: f for f in found if f.code == f.file}
    silent = [rule.code for rule in rules if rule.code not in findings]
    if silent:
        raise ValueError(f"the bad examples of {', '.join(silent)} break no rule")
    return findings


def _severity(rule: Rule) -> str:
    return f"{rule.severity}, à l’essai" if rule.trial else str(rule.severity)


def _scope(rule: Rule, plan: Plan) -> str:
    return ", ".join([rule.scope(plan)] + ["avec l’état précédent"] * rule.needs_previous)


def _rule(rule: Rule, finding: Finding, plan: Plan) -> str:
    places = [f"{plan[sheet].title} › {plan[sheet][key].label}" for sheet, key in rule.places(plan)]
    shown = places if len(places) <= _PLACES else [*places[:_PLACES], "…"]
    silent = f"Se tait quand parle déjà : {listed(rule.after)}" if rule.after else ""
    together = (
        f"Dite une fois par colonne au-delà de {plural(rule.gathered, 'cellule')}"
        if rule.gathered is not None
        else ""
    )
    facts = bullets(
        fact
        for fact in (
            f"Gravité : {_severity(rule)}",
            f"Étape : {rule.stage.label} ; portée : {_scope(rule, plan)} ;"
            f" depuis le modèle {rule.since}",
            f"Cellule montrée : {listed(shown, 'ou')}",
            f"Message : {finding.message}",
            f"Attendu : {finding.expected}",
            f"Remède : {finding.remedy}",
            f"Pourquoi : {filled(rule.source, plan.terms_of())}",
            asked(rule),
            silent,
            together,
        )
        if fact
    )
    return "\n\n".join(
        (
            f"## {rule.code}", f"**{rule.title}**", facts,
            "À corriger :", example_tables(rule.bad, plan),
            "En ordre :", example_tables(rule.good, plan),
        )
    )  # fmt: skip


_PLACES = 6


def messages_page() -> Page:
    """Return the structural messages: what is said of a file, a sheet or a cell by itself."""
    intro = (
        "Ces messages portent sur une feuille, une colonne ou une cellule prise seule. Entre ‹ ›,"
        " ce que le programme remplace : ‹nom› est le nom de la feuille ou de la colonne, ‹lu› ce"
        " que le classeur contient. Quand un nom connu est proche, le message le propose. D’une"
        " colonne dont les chiffres ont besoin, il dit ce qu’ils font en attendant."
    )
    index = table(
        ("Code", "Gravité", "Ce qui est trouvé"),
        ((f"[{m.code}](#{anchor(m.code)})", str(m.severity), m.title) for m in CATALOGUE.values()),
    )
    parts = []
    for message in CATALOGUE.values():
        facts = (
            f"Gravité : {message.severity}",
            f"Message : {message.sentence.format_map(_HOLES)}",
            f"Attendu : {message.expected.format_map(_HOLES)}",
            f"Remède : {message.remedy.format_map(_HOLES)}",
        )
        parts.append(f"## {message.code}\n\n**{message.title}**\n\n{bullets(facts)}")
    return page("Les messages de structure", intro, index, *parts)
