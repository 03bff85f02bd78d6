"""What is understood of the form of a file that is not the template's, and how it is said.

`TOLERANCES` declares each once, with its example: the journal, the documentation and the tests
follow from it. Below, when a name is another name: prefer not reading to a wrong reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from pst_excel.cells.readings import Confidence, Reading
from pst_excel.model.findings import Subject
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.wording import listed, say
from pst_excel.text.spelling import fold, in_digits, one_fault


@dataclass(frozen=True)
class Tolerance:
    """One way of reading what is not laid out as in the template, with an example of it.

    The example is told as the reference shows it: what is there → what is understood.
    """

    rule: str
    confidence: Confidence
    meaning: str
    example: str

    @property
    def understood(self) -> str:
        """What is understood in the example: in some ways of reading, always the same."""
        return self.example.partition(" → ")[2]

    def reading(self, subject: Subject, read: str, understood: str) -> Reading:
        """Return what was read of a place and understood in this way."""
        return Reading(say(read, limit=300), understood, self.confidence, self.rule, subject)


_SURE, _LIKELY, _TO_CONFIRM = Confidence.SURE, Confidence.LIKELY, Confidence.TO_CONFIRM

SHEET_AFFIXED = Tolerance(
    "nom de feuille complété", _LIKELY,
    "Le nom d’une feuille, avec un numéro, une année ou « {short} » en plus, est celui de la"
    " feuille.",
    "PST - Actions 2026 → Actions",
)  # fmt: skip
SHEET_NEAR = Tolerance(
    "nom de feuille approché", _LIKELY,
    "Une faute de frappe dans le nom d’une feuille qui manque, quand les titres le confirment.",
    "Bugdet → Budget",
)  # fmt: skip
SHEET_BY_HEADINGS = Tolerance(
    "feuille reconnue à ses titres", _TO_CONFIRM,
    "Une feuille d’un autre nom dont les titres sont, sans doute possible, ceux d’une feuille"
    " qui manque.",
    "Suivi → Actions",
)  # fmt: skip
SHEET_HIDDEN = Tolerance(
    "feuille masquée lue", _SURE, "Une feuille masquée est lue comme les autres.",
    "Budget, masquée → lue comme les autres",
)  # fmt: skip
ROWS_ABOVE = Tolerance(
    "lignes au-dessus des titres lues", _SURE,
    "Les lignes reçues qu’un tri a mises au-dessus des titres sont lues comme les autres.",
    "lignes 5 à 18, au-dessus des titres → lues comme les autres",
)  # fmt: skip
ROWS_HIDDEN = Tolerance(
    "lignes masquées lues", _SURE,
    "Les lignes masquées, le plus souvent par un filtre, sont lues comme les autres.",
    "lignes 8, 12 à 15, masquées → lues comme les autres",
)  # fmt: skip
COLUMNS_HIDDEN = Tolerance(
    "colonnes masquées lues", _SURE, "Les colonnes masquées sont lues comme les autres.",
    "« Statut », masquée → lue comme les autres",
)  # fmt: skip
HEADING_NEAR = Tolerance(
    "titre approché", _LIKELY,
    "Une faute de frappe, une unité ou des mots de liaison dans le titre d’une colonne qui manque,"
    " quand une seule colonne peut être la bonne.",
    "Échéance (jj/mm/aaaa) → Échéance",
)  # fmt: skip
HEADING_ON_TWO_ROWS = Tolerance(
    "titres sur deux lignes", _LIKELY, "Des titres écrits sur deux lignes sont lus ensemble.",
    "lignes 4 et 5 → une seule ligne de titres",
)  # fmt: skip
HEADING_REPEATED = Tolerance(
    "ligne de titres répétée", _SURE,
    "Une ligne qui répète les titres au milieu du tableau n’est pas reprise.",
    "Code action · Intitulé · Statut → titres répétés, ligne écartée",
)  # fmt: skip
HEADINGS_OTHERWISE = Tolerance(
    "titres répétés dans un autre ordre", _LIKELY,
    "Des lignes collées avec leurs titres sous le tableau, dans un autre ordre (celui d’un modèle"
    " plus ancien), sont lues sous ces titres-là.",
    "ligne 20, titres dans un autre ordre → lignes 21 à 24, sous ces titres",
)  # fmt: skip
MERGED = Tolerance(
    "cellules fusionnées", _LIKELY,
    "Une valeur fusionnée sur plusieurs lignes remplies vaut pour chacune d’elles.",
    "1.1, fusionné sur les lignes 6 à 9 → 1.1 sur chaque ligne",
)  # fmt: skip
SECTION = Tolerance(
    "ligne de section", _LIKELY,
    "Un objectif écrit comme titre entre les lignes n’est pas une ligne du tableau.",
    "OO 1.1 : Favoriser la mobilité douce → OO 1.1, pour les lignes 6 à 9",
)  # fmt: skip
PARENT = Tolerance(
    "code repris de la ligne de section", _LIKELY,
    "Le code d’un objectif écrit comme titre vaut pour les lignes qui le suivent et n’en ont pas.",
    "(vide) → 1.1",
)  # fmt: skip
SHEET_FROM_SECTIONS = Tolerance(
    "feuille tirée des lignes de section", _LIKELY,
    "Quand la feuille des objectifs manque ou est vide, les objectifs écrits comme titres dans une"
    " autre feuille sont repris.",
    "Actions, lignes 5 et 9 → 2 lignes de « OO »",
)  # fmt: skip
TOTAL = Tolerance(
    "ligne de total écartée", _SURE,
    "Une ligne de total n’est pas reprise : celle d’un tableau d’Excel, un sous-total du menu"
    " Données (« Total Travaux », « Nombre Travaux », « Total général »), ou une ligne sans code"
    " dont le titre dit que c’en est un.",
    "Sous-total OS 1 · 125 000 → total, ligne écartée",
)  # fmt: skip
SUMS = Tolerance(
    "ligne de sommes à confirmer", _TO_CONFIRM,
    "Une ligne sans texte ni code, dont chaque nombre est la somme de ceux qui le précèdent, est un"
    " total : elle n’est pas reprise.",
    "125 000 → somme des lignes précédentes, ligne écartée",
)  # fmt: skip
SIGNS = Tolerance(
    "signe seul écarté", _SURE,
    "Une ligne qui ne contient qu’un signe (., -, x), des zéros, des cases à cocher ou des valeurs"
    " par défaut n’est pas une ligne du tableau : elle n’est pas reprise.",
    ". → signe seul, écarté",
)  # fmt: skip
UNNAMED = Tolerance(
    "colonne sans titre", _SURE,
    "Des valeurs sous aucun titre, ou sous un signe, sont gardées dans une colonne qui porte le nom"
    " de ses lettres.",
    "AK4, sans titre → Colonne AK",
)  # fmt: skip
OUTSIDE = Tolerance(
    "valeur hors du tableau", _SURE,
    "Une valeur à droite du tableau, sous aucun titre et sur aucune ligne, n’est pas reprise.",
    "Voir le collège → hors du tableau, pas reprise",
)  # fmt: skip
ASIDE = Tolerance(
    "remarque écartée", _TO_CONFIRM,
    "Un texte seul sur sa ligne, là où l’on attend un code, est une remarque : il n’est pas repris"
    " comme une ligne.",
    "Document de travail → remarque, ligne écartée",
)  # fmt: skip
IMAGE = Tolerance(
    "image dans la cellule", _SURE,
    "Une image placée dans une cellule n’est pas une valeur : une ligne qui n’a rien d’autre n’est"
    " pas reprise, une colonne ajoutée garde la mention de l’image.",
    "une image dans la cellule → image non reprise",
)  # fmt: skip
LONG = Tolerance(
    "texte plus long qu’une cellule", _SURE,
    "Un texte de plus de 32\u202f767 caractères, écrit par un autre programme qu’Excel, est lu"
    " entier ; les classeurs, où il ne tient pas, disent où ils le coupent.",
    "60\u202f000 caractères → lu entier ; coupé dans les cellules",
)  # fmt: skip
RECEIVED = Tolerance(
    "texte reçu remplacé", _SURE,
    "Le texte reçu à côté d’une colonne n’est plus repris quand la cellule a été remplie.",
    "environ 50 → remplacé par ce que dit la cellule",
)  # fmt: skip
FIELD_ELSEWHERE = Tolerance(
    "valeur plus loin que son titre", _LIKELY,
    "Dans la fiche, une valeur séparée de son titre par des blancs, ou écrite dessous, est lue.",
    "Code INS · (vide) · 92951 → 92951",
)  # fmt: skip

TOLERANCES = (
    SHEET_AFFIXED, SHEET_NEAR, SHEET_BY_HEADINGS, SHEET_HIDDEN, ROWS_ABOVE, ROWS_HIDDEN,
    COLUMNS_HIDDEN, HEADING_NEAR, HEADING_ON_TWO_ROWS, HEADING_REPEATED, HEADINGS_OTHERWISE,
    MERGED, SECTION, PARENT, SHEET_FROM_SECTIONS, TOTAL, SUMS, SIGNS, ASIDE, IMAGE, UNNAMED,
    OUTSIDE, LONG, RECEIVED, FIELD_ELSEWHERE,
)  # fmt: skip
"""Every way of reading, in the order in which the documentation tells them."""


def rows_in_words(numbers: Iterable[int]) -> str:
    """Say rows by their numbers: « ligne 8 », « lignes 8, 12 à 15 »."""
    known = sorted(set(numbers))
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(known), key=lambda pair: pair[1] - pair[0])
    ]
    spans = [
        f"{run[0]} à {run[-1]}" if len(run) > 2 else listed(str(number) for number in run)
        for run in runs
    ]
    joined = ", ".join(spans) if len(spans) > 1 else spans[0]
    return f"{'ligne' if len(known) == 1 else 'lignes'} {joined}"


_WORDS = re.compile(r"[^\W_]+|[%€]")
_ASIDES = re.compile(r"[(\[][^()\[\]]*[)\]]")
_NUMBERS = re.compile(r"[0-9]+")
_LINKS = frozenset(("a", "au", "aux", "d", "de", "des", "du", "en", "l", "la", "le", "les"))
_UNITS = {
    Kind.DATE: frozenset({"jj", "mm", "aaaa"}),
    Kind.AMOUNT: frozenset({"€", "eur", "euro", "euros"}),
    Kind.PERCENT: frozenset({"%", "taux"}),
}
_ADDED_TO_SHEETS = frozenset(_WORDS.findall("copie de la feuille ou du tableau, version"))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something, as comparison keys."""
    return tuple(word for word in _WORDS.findall(fold(text)) if word not in _LINKS)


def names_of(sheet: Sheet) -> frozenset[str]:
    """Return the words by which a sheet and its records are called, singular and plural."""
    several = (words_of(name) for name in (*sheet.names, *sheet.records))
    words = {word for name in several if len(name) == 1 for word in name}
    return frozenset(words | {word.removesuffix("s") for word in words})


def core_of(title: str, plan: Plan) -> tuple[str, ...]:
    """Return the words of a sheet's title without what people add: a number, a year, the plan."""
    added = _ADDED_TO_SHEETS | {*words_of(plan.name), *words_of(plan.short)}
    words = (word for word in words_of(title) if not in_digits(word.removeprefix("v")))
    return tuple(sorted(word for word in words if word not in added))


def slip(key: str, other: str) -> bool:
    """Tell whether two keys differ by slips of the keyboard: at most one in a word."""
    words, others = words_of(key), words_of(other)
    return words != others and len(words) == len(others) and all(map(_one_slip, words, others))


def _one_slip(word: str, other: str) -> bool:
    if word == other:
        return True
    if word.rstrip("s") == other.rstrip("s"):
        return len(word) > 2
    if min(len(word), len(other)) < 5 or not (word.isalpha() and other.isalpha()):
        return False
    return one_fault(word, other)


def candidates(text: str, sheet: Sheet) -> list[Column]:
    """Return the columns of a sheet of which a heading may be another spelling."""
    bare = fold(_ASIDES.sub(" ", text))
    years = [number for number in _NUMBERS.findall(text) if len(number) == 4]
    numbers = _NUMBERS.findall(bare)
    names = names_of(sheet) | {word for need in Need for word in words_of(need)}
    return [
        column
        for column in sheet.columns
        if any(
            numbers == _NUMBERS.findall(heading)
            and _near(
                bare, heading, names | _UNITS.get(column.kind, frozenset()) | {fold(column.kind)}
            )
            and all(year in heading for year in years)
            for heading in column.headings
        )
    ]


def _near(bare: str, heading: str, neutral: frozenset[str]) -> bool:
    if bare == heading or slip(bare, heading):
        return True
    given, wanted = Counter(words_of(bare)), Counter(words_of(heading))
    return bool(wanted) and wanted <= given and neutral.issuperset(given - wanted)
