"""Personal data in texts that are published: an address, a telephone, a national number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pst_excel.findings import Severity
from pst_excel.pst.rules.book import RULES, matching
from pst_excel.pst.sheets import sheets
from pst_excel.rulebook import Book
from pst_excel.schema import Kind, Layout, Where
from pst_excel.stages import Stage

PUBLIC = tuple(
    f"{sheet.key}.{column.key}"
    for sheet in sheets(range(0))
    if sheet.layout is Layout.TABLE and not sheet.spare and not sheet.program
    for column in sheet.inputs
    if column.kind is Kind.TEXT and not column.hidden and not column.private
    if column.where is Where.BOTH
)
"""The texts that anyone may read once the plan is published."""

_NATIONAL = r"\b\d{2}[. ]?\d{2}[. ]?\d{2}[- ]\d{3}[. ]\d{2}\b"
_TELEPHONE = r"(?<![\d/.,-])(\+32|0032|0)[ ./-]?\(?\d\)?\d{0,2}([ ./-]?\d{2,3}){3,4}(?![\d/.,-]*\d)"
_CALLED = r"\b(tel(ephone)?|gsm|mobile)\b ?[.:]* ?\+?\d"
_WORDS = {
    "expected": "un texte sans donnée personnelle : une fonction, un service",
    "remedy": "Retirez-la : le PST se publie, et un agent se joint par son service.",
    "source": "RGPD : minimisation des données ; CDLD L1133-1 : le PST est publié",
}


def _texts(book: Book) -> pd.Series[Any]:
    """Return the texts that have a digit or an @, the others blank: few are worth a closer look."""
    return book.cells.where(
        book.cells.str.contains("[0-9@]", regex=True).fillna(False).astype(bool)
    )


@RULES.rule(
    "R28a", Severity.WARNING, "Un texte public contient une adresse électronique", at=PUBLIC,
    sentence="« {label} » de {code} contient une adresse électronique.", **_WORDS,
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | description
    1.1.1 | Renseignements au service Travaux
    """,
    bad="""
    Actions
    code  | description
    1.1.1 | Renseignements : julie.lambert@valbruyere.example
    """,
)  # fmt: skip
def has_an_address(book: Book) -> pd.Series[Any]:
    """Mark the texts with an e-mail address."""
    return matching(_texts(book), r"[\w.+-]+@[\w-]+\.\w{2,}")


@RULES.rule(
    "R28b", Severity.WARNING, "Un texte public contient un numéro de téléphone", at=PUBLIC,
    sentence="« {label} » de {code} contient un numéro de téléphone.", **_WORDS,
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | description
    1.1.1 | Dossier 2026/0412 du service Travaux, budget de 0,5 million
    """,
    bad="""
    Actions
    code  | description
    1.1.1 | Renseignements au 0475 12 34 56
    """,
)  # fmt: skip
def has_a_telephone(book: Book) -> pd.Series[Any]:
    """Mark the texts with a Belgian telephone number."""
    texts = _texts(book)
    return matching(texts, f"{_TELEPHONE}|{_CALLED}") & ~matching(texts, _NATIONAL)


@RULES.rule(
    "R28c", Severity.ERROR, "Un texte public contient un numéro national", at=PUBLIC,
    sentence="« {label} » de {code} contient un numéro de registre national.", **_WORDS,
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | description
    1.1.1 | Facture 85.07.30 du dossier 33
    """,
    bad="""
    Actions
    code  | description
    1.1.1 | Bénéficiaire 85.07.30-033.28
    """,
)  # fmt: skip
def has_a_national_number(book: Book) -> pd.Series[Any]:
    """Mark the texts with a number of the national register."""
    return matching(_texts(book), _NATIONAL)
