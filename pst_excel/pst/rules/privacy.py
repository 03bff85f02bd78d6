"""Personal data in texts that are published: an address, a telephone, a national number."""

from __future__ import annotations

import re

import pandas as pd

from pst_excel.model.findings import Severity
from pst_excel.model.joins import mapped
from pst_excel.model.rules import RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.kinds import Kind, Layout, Where
from pst_excel.model.words.stages import Stage
from pst_excel.pst.sheets import sheets
from pst_excel.text.spelling import fold

RULES = RuleBook()

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
    "remedy": "Retirez ce qui désigne une personne : le PST se publie, et un agent se joint par son"
    " service.",
    "source": "RGPD : minimisation des données, dans un PST publié sur le site de l’institution",
}


_SHARED = "accueil|info|contact|commune|ville|cpas|pst|secretariat|college|cellule|service"
"""How the addresses of a service begin: they name nobody."""
_MAIL, _PHONE, _NUMBER = 1, 2, 4
_SIGN = re.compile("[0-9@]")
_KINDS = {
    _MAIL: re.compile(rf"\b(?!(?:{_SHARED})\b[\w.+-]*@)[\w.+-]+@[\w-]+\.\w{{2,}}"),
    _PHONE: re.compile(f"{_TELEPHONE}|{_CALLED}"),
    _NUMBER: re.compile(_NATIONAL),
}


def _kinds_in(text: str) -> float:
    """Return the sum of the kinds of personal data in a text; few texts have a digit or an @."""
    if not _SIGN.search(text):
        return 0.0
    key = fold(text)
    return float(sum(kind for kind, pattern in _KINDS.items() if pattern.search(key)))


def _told(view: RuleView, kind: int) -> Series:
    """Mark the texts with a kind of personal data; each column is read once for all kinds."""
    kinds = view.once(
        ("personal", view.sheet, view.column), lambda: mapped(view.cells, _kinds_in, "float64")
    )
    return pd.Series((kinds.fillna(0).to_numpy(int) & kind) > 0, index=view.here.index)


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
def has_an_address(view: RuleView) -> Series:
    """Mark the texts with an e-mail address."""
    return _told(view, _MAIL)


@RULES.rule(
    "R28b", Severity.HINT, "Un texte public contient un numéro de téléphone", at=PUBLIC,
    sentence="« {label} » de {code} contient un numéro de téléphone : est-ce celui d’une"
    " personne ?", **_WORDS,
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
def has_a_telephone(view: RuleView) -> Series:
    """Mark the texts with a Belgian telephone number."""
    return _told(view, _PHONE) & ~_told(view, _NUMBER)


@RULES.rule(
    "R28c", Severity.ERROR, "Un texte public contient un numéro national", at=PUBLIC,
    not_waivable=True,
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
def has_a_national_number(view: RuleView) -> Series:
    """Mark the texts with a number of the national register."""
    return _told(view, _NUMBER)
