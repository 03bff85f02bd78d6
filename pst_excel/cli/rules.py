"""The rules as the command lists them, and each as it explains it: a line each, or a page each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.findings import Finding
from pst_excel.model.rules import Rule
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.terms import filled
from pst_excel.model.words.wording import guess, listed, plural
from pst_excel.pst import PST
from pst_excel.reading import examples
from pst_excel.reference.pages import findings_of_examples
from pst_excel.reference.samples.content import OBSERVED
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold

RULES: tuple[Rule, ...] = tuple(sorted(PST.rules, key=lambda rule: rule.code))


def chosen(codes: Sequence[str] = (), stage: Stage | None = None) -> list[Rule]:
    """Return the rules of some codes, or families of codes (R10), that a stage asks.

    Raises: UsageError for a code of no rule.
    """
    known = {fold(rule.code): rule for rule in RULES}
    wanted: dict[str, Rule] = {}
    for code in codes:
        found = {key: r for key, r in known.items() if key.startswith(fold(code))}
        if not found and code.upper() in CATALOGUE:
            raise UsageError(
                f"« {code} » est un message de structure, dit de cellules prises seules : la page"
                " « Les messages de structure » de la référence l’explique"
            )
        if not found:
            near = guess(code, [rule.code for rule in RULES])
            raise UsageError(
                f"« {code} » n’est le code d’aucune règle{near} ; la commande « pst-excel regles »"
                " les liste toutes"
            )
        wanted |= found
    rules = list((wanted or known).values())
    return [rule for rule in rules if stage is None or rule.stage.reached(stage)]


def listing(rules: Sequence[Rule]) -> Iterator[str]:
    """Give a line for each rule, sheet by sheet."""
    for sheet in PST:
        here = [rule for rule in rules if rule.places(PST)[0][0] == sheet.key]
        if here:
            yield f"{sheet.title} ({plural(len(here), 'règle')})"
            yield from (f"  {_line(rule)}" for rule in here)
            yield ""
    trial = sum(rule.trial for rule in rules)
    tested = f", dont {trial} à l’essai, qui ne blâment personne" if trial else ""
    yield f"{plural(len(rules), 'règle')}{tested}."
    yield "Pour tout savoir de l’une d’elles : pst-excel regles R10a"


def _line(rule: Rule) -> str:
    trial = " (à l’essai)" if rule.trial else ""
    sign = rule.effective_severity.sign
    return f"{rule.code:<5} {sign} {rule.stage.label:<10}  {rule.title}{trial}"


def told(rules: Sequence[Rule]) -> Iterator[str]:
    """Say all of each rule: what it finds, what to do, from where it comes, two examples."""
    findings = findings_of_examples(rules, PST, OBSERVED)
    for rule in rules:
        yield from _page(rule, findings[rule.code])
        yield ""


def _page(rule: Rule, finding: Finding) -> Iterator[str]:
    trial = ", à l’essai : comptée, elle ne blâme personne" if rule.trial else ""
    yield f"{rule.code} — {rule.title}"
    yield f"  gravité    {rule.severity}{trial}"
    yield f"  étape      dès « {rule.stage.label} » ; depuis le modèle {rule.since}"
    yield f"  portée     {rule.scope(PST)}"
    yield f"  cellule    {listed(_places(rule), 'ou')}"
    if rule.gathered is not None:
        many = plural(rule.gathered, "cellule")
        yield f"  groupée    dite une fois par colonne au-delà de {many}"
    yield f"  message    {finding.message}"
    yield f"  attendu    {finding.expected}"
    yield f"  à faire    {finding.remedy}"
    yield f"  pourquoi   {filled(rule.source, PST.terms_of())}"
    for one in rule.thresholds:
        yield f"  paramètre  {one.label}, d’usage {one.usual} ({one.because})"
    for title, text in (("à corriger", rule.bad), ("en ordre", rule.good)):
        yield f"  {title} :"
        yield from (f"      {line}" if line else "" for line in _example(text))


def _places(rule: Rule) -> list[str]:
    by_sheet = groupby(rule.places(PST), key=lambda place: place[0])
    texts = []
    for sheet, places in by_sheet:
        labels = [PST[sheet][key].label for _, key in places]
        shown = labels if len(labels) <= 3 else [*labels[:2], plural(len(labels) - 2, "autre")]
        texts.append(f"{PST[sheet].title} › {listed(shown, 'ou')}")
    return texts


def _example(text: str) -> Iterable[str]:
    """Return an example with the headings that cells show."""
    for title, heads, rows in examples.shown(text, PST):
        table = [heads, *rows]
        widths = [max(len(row[at]) for row in table) for at in range(len(heads))]
        yield title
        for row in table:
            yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))


def as_json(rule: Rule) -> dict[str, Any]:
    """Return a rule under French keys, for programs."""
    return {
        "code": rule.code,
        "titre": rule.title,
        "gravite": str(rule.severity),
        "essai": rule.trial,
        "etape": str(rule.stage),
        "portee": rule.scope(PST),
        "depuis": rule.since,
        "colonnes": [f"{sheet}.{key}" for sheet, key in rule.places(PST)],
        "phrase": rule.sentence,
        "attendu": rule.expected,
        "remede": rule.remedy,
        "source": filled(rule.source, PST.terms_of()),
        "apres": list(rule.after),
        "groupee_au_dela_de": rule.gathered,
        "parametres": [one.key for one in rule.thresholds],
    }
