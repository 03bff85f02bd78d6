"""The page that says what the reader understands: ways of writing, tables, formats, limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from pst_excel.cells.parsers import READERS
from pst_excel.cells.parsers.patterns import UNSEEN, Pattern
from pst_excel.cells.parsers.several import REFUSED_SHARES, SEVERAL, SeveralPattern
from pst_excel.cells.parsing import parse
from pst_excel.cells.readings import NO_VALUE, Confidence
from pst_excel.cells.values import ShownText, Value, as_text
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import listed, number, say
from pst_excel.model.words.writing import Elsewhere
from pst_excel.reading.limits import Limits
from pst_excel.reading.locating.tolerances import TOLERANCES
from pst_excel.reference.markdown import Page, bullets, page, table
from pst_excel.reference.plausible_part import plausible_part

_ORDER = (
    Kind.NUMBER, Kind.AMOUNT, Kind.INTEGER, Kind.PERCENT, Kind.YEAR, Kind.DATE, Kind.CODE,
    Kind.CHOICE,
)  # fmt: skip
_SHOWN = 6  # words that another column says
_INTRO = (
    "Un agent pressé écrit « 12 500,00 € », « fin 2026 » ou « en  cours » : le programme le"
    " comprend comme un collègue attentif le ferait, et le dit. Chaque lecture qui n’est pas"
    " littérale est une ligne du *journal des corrections* : la cellule, ce qui s’y trouve, ce"
    " qui a été compris, avec quelle confiance et par quelle lecture. Le journal est la feuille"
    " « Journal » du {short} consolidé ; `pst-excel verifier --journal` le montre à l’écran."
)
_CONFIDENCES = {
    Confidence.SURE: "il n’y a qu’une façon de comprendre",
    Confidence.LIKELY: "une autre lecture est possible, mais peu plausible",
    Confidence.TO_CONFIRM: "la valeur est prise, et une remarque (V06) demande de la vérifier",
}
_KEPT = (
    "Ce qui n’est pas compris est une remarque (V02). Un texte qui ne donne pas de valeur est"
    " gardé : dans sa cellule quand le classeur retourne au service, à droite, dans une"
    " colonne « … (texte reçu) », dans le {short} consolidé. Avec `--strict`, rien de ce qui suit"
    " n’est compris : les cellules doivent être écrites comme le modèle le demande."
)
_TEXT = (
    "Un texte est gardé tel qu’il est écrit. Dans les autres colonnes, les espaces insécables, les"
    " espaces doubles, les traits d’union conditionnels et les autres signes que l’on ne voit pas"
    f" n’empêchent pas de lire : lecture « {UNSEEN[1]} »."
)
_FORMATS = (
    "`.xlsx`, `.xlsm` (les macros ne sont jamais exécutées), `.xlsb`, `.xls` et `.ods`,"
    " reconnus à leur contenu et non à leur nom, qu’ils viennent d’Excel, de LibreOffice, de"
    " Google Sheets ou d’un autre programme. Un autre fichier est nommé pour ce qu’il est : un"
    " PDF, un texte, un classeur protégé par un mot de passe, un fichier tronqué. Aucun lien"
    " n’est suivi."
)
_LIMITS = (
    "Un fichier qui dépasse l’une de ces limites est écarté avec une phrase, et les autres sont"
    " lus. Elles sont bien au-delà de tout {short} ; `--limite lignes=200000` en change une."
)


def understood_page(plan: Plan) -> Page:
    """Return the page, from the declarations of the readings, of the tables and of the limits.

    What a reading makes of a list is shown by the examples of the plan's own, where they have some.
    """
    met = _met(plan)
    kinds = [_kind(kind, _ORDER[:at], met) for at, kind in enumerate(_ORDER)]
    return page(
        "Ce que le programme comprend", _INTRO.format(short=plan.short),
        bullets(f"**{confidence}** : {words}" for confidence, words in _CONFIDENCES.items()),
        _KEPT.format(short=plan.short), "## Les fichiers", _FORMATS, "## Un texte",
        _TEXT,
        *kinds, _several(), _of_columns(plan), plausible_part(plan), _tables(plan),
        "## Les limites", _LIMITS.format(short=plan.short), _limits(),
    )  # fmt: skip


def _met(plan: Plan) -> dict[str, list[tuple[str, str]]]:
    """Return the examples of the lists, by the reading that understands each.

    Raises: ValueError for an example that is not read as it says.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for vocabulary in plan.vocabularies:
        column = Column(vocabulary.key, vocabulary.label, Kind.CHOICE, "", vocabulary=vocabulary)
        for cell, label in vocabulary.examples:
            read = parse([cell], column, {vocabulary.key: vocabulary.by_spelling})
            if read.values != [label] or not read.readings:
                raise ValueError(f"{vocabulary.key}: « {cell} » is not read as « {label} »")
            found.setdefault(read.readings[0][1].rule, []).append((cell, label))
    return found


def _own(kind: Kind) -> list[Pattern]:
    """Return the forms of a kind, but for those whose examples are of another."""
    forms = READERS[kind].forms
    return [form for form in forms if form.column is None or form.column.kind is kind]


def _kind(kind: Kind, before: Sequence[Kind], met: Mapping[str, list[tuple[str, str]]]) -> str:
    """Return the section of a kind: what was not told under those before it."""
    reader = READERS[kind]
    homes = {
        form.rule: READERS[earlier].words for earlier in reversed(before) for form in _own(earlier)
    }
    refused = {repr(cell) for earlier in before for cell, _ in READERS[earlier].refused}
    parts = [f"## {reader.words[:1].upper()}{reader.words[1:]}"]
    new = [form for form in _own(kind) if form.rule not in homes]
    parts.append(_ways(new, kind, met) if new else "")
    shared = [form.rule for form in _own(kind) if form.rule in homes]
    if shared:
        home = listed(dict.fromkeys(homes[rule] for rule in shared))
        parts.append(f"Comme pour {home} : {' · '.join(shared)}.")
    rows = [(_cell(cell), why) for cell, why in reader.refused if repr(cell) not in refused]
    if rows:
        parts += ["Ce qui n’est pas deviné :", table(("Dans la cellule", "Pourquoi"), rows)]
    return "\n\n".join(filter(None, parts))


def _ways(
    ways: Sequence[Pattern | SeveralPattern],
    kind: Kind,
    met: Mapping[str, list[tuple[str, str]]] = MappingProxyType({}),
) -> str:
    heads = ("Lecture", "Confiance", "Exemples")
    rows = (
        (way.rule, str(way.confidence), _examples(met.get(way.rule, way.examples), kind))
        for way in ways
    )
    return table(heads, rows)


def _examples(examples: Iterable[tuple[Any, Value]], kind: Kind) -> str:
    lines = (
        f"{_cell(cell)} → {NO_VALUE if value is None else say(value, kind)}"
        for cell, value in examples
    )
    return "<br>".join(lines)


def _cell(cell: Any) -> str:
    """Say what a cell holds, so that a text is told from a number or a date."""
    if isinstance(cell, ShownText):
        return f"{_cell(cell.held)}, affiché « {cell} »"
    if isinstance(cell, str):
        return f"« {cell} »"
    if isinstance(cell, bool):
        return "VRAI"
    if isinstance(cell, dt.date):
        return f"la date {say(cell)}"
    return f"l’heure {cell:%H:%M}" if isinstance(cell, dt.time) else f"le nombre {say(cell)}"


def _several() -> str:
    intro = (
        "Le point-virgule et le retour à la ligne séparent toujours ; des puces devant les lignes"
        " ne gênent pas. Une virgule, une barre, « et », « puis », « + » ou « & » séparent quand"
        " chaque morceau est connu : « Paix, justice et institutions efficaces » reste un seul ODD,"
        " « ADT/Mobilité » un seul service. Un second code n’est jamais pris pour un intitulé ni"
        " collé au premier ; là où l’on attend un seul code, deux sont refusés. Une suite de codes"
        " (« 1.1 à 1.3 ») ne nomme que des codes qui existent dans leur feuille."
    )
    refused = table(("Dans la cellule", "Pourquoi"), ((f"« {c} »", w) for c, w in REFUSED_SHARES))
    return "\n\n".join((
        "## Plusieurs valeurs dans une cellule", intro, _ways(SEVERAL, Kind.TEXT),
        "Ce qui n’est pas deviné :", refused,
    ))  # fmt: skip


def _settled(sheet: Sheet, elsewhere: Elsewhere) -> tuple[str, str]:
    """Return how sure a reading is that another column may settle, and examples of it."""
    if elsewhere.words:
        words = " · ".join(f"« {word} »" for word in elsewhere.words[:_SHOWN])
        return str(Confidence.TO_CONFIRM), f"{words} … → {NO_VALUE}"
    told = f"« {elsewhere.label} » en « {sheet[elsewhere.key].label} »"
    return str(Confidence.SURE), f"{told} → {as_text(elsewhere.value or NO_VALUE)}"


def _of_columns(plan: Plan) -> str:
    """Return what is read in some columns alone: a form of texts, words that another one says."""
    rows = []
    for sheet in plan:
        for column in sheet.inputs:
            place = f"{column.label} ({sheet.title})"
            if writing := column.writing:
                pairs = "<br>".join(f"« {text} » → {normal}" for text, normal in writing.examples)
                rows.append((place, writing.rule, str(Confidence.SURE), pairs))
            if elsewhere := column.elsewhere:
                rows.append((place, elsewhere.question, *_settled(sheet, elsewhere)))
    if not rows:
        return ""
    intro = (
        "Un code se lit aussi d’après la feuille où il est défini : « 01.01 » est « 1.1 » quand"
        " c’est ainsi que la feuille l’écrit. Parmi des codes qui ont tous le même nombre de"
        " chiffres (05.1.01, 05.1.02), 05.1.3 est 05.1.03. Un mot qui est la réponse d’une autre"
        " colonne est demandé, sauf si elle le dit déjà."
    )
    heads = ("Colonne", "Lecture", "Confiance", "Exemples")
    return "\n\n".join(("## Dans certaines colonnes", intro, table(heads, rows)))


def _tables(plan: Plan) -> str:
    intro = (
        "Les feuilles et les colonnes sont reconnues à leur nom ou à leurs autres noms, sans égard"
        " aux majuscules, aux accents ni aux espaces ; la ligne des titres peut être ailleurs, les"
        " colonnes déplacées, d’autres ajoutées. Le reste est une lecture :"
    )
    heads = ("Lecture", "Confiance", "Ce qui est compris", "Exemple")
    rows = (
        (way.rule, str(way.confidence), way.meaning.format(short=plan.short), way.example)
        for way in TOLERANCES
    )
    return "\n\n".join(("## Les feuilles et les tableaux", intro, table(heads, rows)))


def _limits() -> str:
    rows = []
    for limit in fields(Limits):
        value = f"{number(getattr(Limits(), limit.name))} {limit.metadata['unit']}".strip()
        rows.append((f"`{limit.metadata['french']}`", limit.metadata["words"], value))
    return table(("Nom", "Ce qu’elle borne", "Valeur"), rows)
