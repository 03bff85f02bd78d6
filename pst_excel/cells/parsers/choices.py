"""How the values of lists are read: spelt otherwise, numbered, named as people are, mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pst_excel.cells.parsers.patterns import NOT_KNOWN, Context, KindReader, Pattern
from pst_excel.cells.parsers.ticks import TICKING
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value, as_text
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.vocabulary import Choice, Vocabulary
from pst_excel.text.spelling import fold, in_digits, one_fault

_FIGURES = re.compile(r"[0-9]")
LONG_ENOUGH = 5  # a shorter word is one letter away from too many others


def literal(cell: RawCell, context: Context) -> Value:
    """Return the label of a list, which a number, a tick or what the list shows say as well."""
    text = as_text(cell)
    label = context.words.get(fold(text))
    if label is None or label == text or not isinstance(cell, str):
        return label
    vocabulary = context.column.vocabulary
    return label if vocabulary is not None and text in vocabulary.shown else None


def _spelt(cell: RawCell, context: Context) -> Value:
    return context.words.get(fold(as_text(cell)))


@cache
def _number(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    words = "".join(rf"{re.escape(fold(word))}s?|" for word in prefixes)
    before = rf"(?:les? |l')?(?:{words})? ?(?:n°|no|numero)?"
    return re.compile(rf"{before}[ .:]*0*([0-9]{{1,2}})[.)]?(?:(?: ?[-:–·] ?| )(.+))?")


_OTHERS = re.compile(r"[0-9,;/]|^(?:et|a|au) ")


def numbered(vocabulary: Vocabulary | None) -> bool:
    """Tell whether the labels of a list are numbers whose meaning is told beside them."""
    return vocabulary is not None and vocabulary.explained and all(
        in_digits(label) for label in vocabulary.labels
    )  # fmt: skip


def _numbered(cell: RawCell, context: Context) -> Value:
    """Return the label that a number names, unless the words after it name another."""
    vocabulary = context.column.vocabulary
    if not isinstance(cell, str) or vocabulary is None or not numbered(vocabulary):
        return None
    match = _number(vocabulary.prefixes).fullmatch(fold(cell))
    label = context.words.get(match[1]) if match else None
    if match is None or label is None or not match[2]:
        return label
    title = context.words.get(match[2])
    return label if title == label or not (title or _OTHERS.search(match[2])) else None


def _named(cell: RawCell, context: Context) -> Value:
    return _person(cell, context, _full_names)


def _short(cell: RawCell, context: Context) -> Value:
    return _person(cell, context, _short_names)


_INITIAL = re.compile(r"\b\w")
_CIVILITY = re.compile(r"(?:m|mr|mme|mlle|monsieur|madame|mademoiselle|dr|me)\.? (?=\w{2})")


def _person(cell: RawCell, context: Context, names: Any) -> Value:
    """Return the one person of the list that a cell can name, None where there are two."""
    vocabulary = context.column.vocabulary
    if not isinstance(cell, str) or vocabulary is None or not vocabulary.persons:
        return None
    key = _CIVILITY.sub("", fold(cell))
    people = dict.fromkeys(context.words.values())
    named = [label for label in people if key in {fold(name) for name in names(label)}]
    return named[0] if len(named) == 1 else None


def _parts(label: str) -> tuple[list[str], list[str]]:
    """Return the surname, in capitals in the list, and the first names of « DUPONT Marie »."""
    words = label.split()
    capitals = [w for w in words if w.isupper() and len(w.strip(".")) > 1] or words[:1]
    return capitals, [w for w in words if w not in capitals]


def _full_names(label: str) -> Iterable[str]:
    surname, first = (" ".join(part) for part in _parts(label))
    return (label, f"{first} {surname}", f"{surname}, {first}", f"{surname} ({first})")


def _short_names(label: str) -> Iterable[str]:
    surname, first = _parts(label)
    letters = "".join(_INITIAL.findall(" ".join(first)))
    if not letters:  # no first name, or one of signs alone: « DUPONT … »
        return surname
    whole = " ".join(surname)
    initials = "".join(word[0] for word in surname)
    return (
        whole, f"{whole} {letters}", f"{whole} {letters[0]}.", f"{letters} {whole}",
        f"{letters[0]}. {whole}", f"{letters}{initials}", f"{letters[0]}.{initials[0]}.",
        f"{letters}{whole[:2]}", f"{initials}{letters}",
    )  # fmt: skip


def _mistyped(cell: RawCell, context: Context) -> Value:
    """Return the one label a spelling of which is one typing fault away, never one of two."""
    vocabulary = context.column.vocabulary
    if not isinstance(cell, str) or (vocabulary is not None and vocabulary.persons):
        return None
    return one_fault_away(fold(cell), context.words)


def _mistyped_name(cell: RawCell, context: Context) -> Value:
    vocabulary = context.column.vocabulary
    if not isinstance(cell, str) or vocabulary is None or not vocabulary.persons:
        return None
    names = {fold(n): label for label in set(context.words.values()) for n in _full_names(label)}
    return one_fault_away(fold(cell), names)


def one_fault_away(text: str, words: Mapping[str, str]) -> str | None:
    """Return the only value a key of which is one fault away: a letter more, less, other, moved."""
    if len(text) < LONG_ENOUGH or text in words:
        return None
    figures = _FIGURES.findall(text)  # which nobody mistypes: 1.1 is another thing than 1.2
    near = {
        label
        for key, label in words.items()
        if len(key) >= LONG_ENOUGH and one_fault(text, key) and _FIGURES.findall(key) == figures
    }
    return near.pop() if len(near) == 1 else None


_BRACKETS = re.compile(r"([^()]+?) ?\([^()]*\)")
_DETAIL = re.compile(r"(.+?) ?(?:[(,;:]| [-–—] ).+", re.DOTALL)


def _with_detail(cell: RawCell, context: Context) -> Value:
    vocabulary = context.column.vocabulary
    if not isinstance(cell, str) or vocabulary is None:
        return None
    if context.column.many:
        return detailed(cell, context)
    if vocabulary.local:
        return None
    match = _DETAIL.fullmatch(cell)
    return context.words.get(fold(match[1])) if match else None


def detailed(cell: str, context: Context) -> str | None:
    """Return the label after which brackets say more, of a list from which several are taken."""
    match = _BRACKETS.fullmatch(cell)
    return context.words.get(fold(match[1])) if match else None


_LIST = Vocabulary(
    "exemple", "Exemple",
    (Choice("En chemin", ("parti", "partie")), Choice("Arrivé", ("livré", "100 %")),
     Choice("Non chargé", ("à charger",)), Choice("Présent", ("x", "✓", "1", "vrai"))),
)  # fmt: skip
_GOALS = Vocabulary(
    "objectifs", "Objectifs",
    (Choice("9", ("Industrie et innovation",), "Industrie et innovation"),
     Choice("13", (), "Lutte contre les changements climatiques"),
     Choice("15", ("Vie terrestre",), "Vie terrestre")),
    explained=True, prefixes=("ODD", "SDG"),
)  # fmt: skip
_PEOPLE = Vocabulary(
    "personnes", "Personnes",
    (Choice("DUPONT Marie"), Choice("VAN DEN BERG Jean-Paul"), Choice("DUBOIS Marc"),
    Choice("LEROY Anne")),
    local=True, persons=True,
)  # fmt: skip


def _in(vocabulary: Vocabulary) -> Column:
    return Column("x", "X", Kind.CHOICE, "", vocabulary=vocabulary)


CHOICE = KindReader(
    "une valeur de la liste", literal,
    (
        Pattern("synonyme ou graphie de la liste", Confidence.SURE, _spelt,
             (("en chemin", "En chemin"), ("EN  CHEMIN", "En chemin"), ("Partie", "En chemin"),
              ("ARRIVE", "Arrivé"), ("livré", "Arrivé"), ("A charger", "Non chargé"),
              ("En chemin.", "En chemin"), ("✓", "Présent"), ("X", "Présent"),
              ("Vrai", "Présent")), _in(_LIST)),
        *TICKING,
        Pattern("numéro dans une écriture plus longue", Confidence.SURE, _numbered,
             (("ODD 13", "13"), ("ODD13", "13"), ("n° 9", "9"), ("09", "9"),
              ("15 - Vie terrestre", "15"), ("ODD 15 : Vie terrestre", "15"), ("SDG 13", "13")),
             _in(_GOALS)),
        Pattern("nom et prénom dans un autre ordre", Confidence.SURE, _named,
             (("Marie Dupont", "DUPONT Marie"), ("Mme Dupont Marie", "DUPONT Marie"),
              ("Dupont, Marie", "DUPONT Marie"),
              ("Jean-Paul Van den Berg", "VAN DEN BERG Jean-Paul"),
              ("Madame Anne LEROY", "LEROY Anne")), _in(_PEOPLE)),
        Pattern("nom seul ou initiales, uniques dans la liste", Confidence.LIKELY, _short,
             (("Dupont", "DUPONT Marie"), ("M. Dubois", "DUBOIS Marc"),
              ("Dupont M.", "DUPONT Marie"),
              ("AL", "LEROY Anne"), ("ALe", "LEROY Anne"), ("A. Leroy", "LEROY Anne")),
             _in(_PEOPLE)),
        Pattern("une faute de frappe", Confidence.LIKELY, _mistyped,
             (("En chemni", "En chemin"), ("Arivé", "Arrivé"), ("Non cahrgé", "Non chargé")),
             _in(_LIST)),
        Pattern("une faute de frappe dans un nom", Confidence.TO_CONFIRM, _mistyped_name,
             (("DUPOND Marie", "DUPONT Marie"), ("Anne Leroi", "LEROY Anne")), _in(_PEOPLE)),
        Pattern("précision à la suite de la valeur", Confidence.TO_CONFIRM, _with_detail,
             (("En chemin (40 %)", "En chemin"), ("Arrivé, sauf la peinture", "Arrivé"),
              ("En chemin : voir note", "En chemin"), ("Livré - voir rapport", "Arrivé")),
             _in(_LIST)),
        NOT_KNOWN,
    ),
)  # fmt: skip
