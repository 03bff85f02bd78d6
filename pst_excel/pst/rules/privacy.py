"""Personal data in texts that are published: an address, a telephone, a national number."""

from __future__ import annotations

import re

import pandas as pd

from pst_excel.model.findings import Severity
from pst_excel.model.joins import exploded, found, mapped
from pst_excel.model.rules import RuleBook, RuleView
from pst_excel.model.schema import SEPARATOR
from pst_excel.model.series import Frame, Series
from pst_excel.model.words.kinds import Kind, Layout, Where
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.personal import (
    SUSPECT,
    has_national_number,
    has_telephone,
    words_of_a_service,
    words_of_addresses,
)
from pst_excel.pst.rules.questions import any_piece, own_list
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

_WORDS = {
    "expected": "un texte sans donnée personnelle : une fonction, un service",
    "remedy": "Retirez ce qui désigne une personne : le PST se publie, et un agent se joint par son"
    " service.",
    "source": "RGPD : minimisation des données, dans un PST publié sur le site de l’institution",
}


_PHONE, _NUMBER, _MAIL = 1, 2, 4
_SIGN = re.compile(f"@|{SUSPECT.pattern}")


def _kinds_in(text: str) -> float:
    """Return the sum of the kinds of personal data in a text; few texts have a sign of one."""
    if not _SIGN.search(text):
        return 0.0
    key = fold(text)
    mail = _MAIL if "@" in key and words_of_addresses(key) else 0
    return float(mail + _PHONE * has_telephone(key) + _NUMBER * has_national_number(key))


def _told(view: RuleView, kind: int) -> Series:
    """Mark the texts with a kind of personal data; each column is read once for all kinds."""
    kinds = view.once(
        ("personal", view.sheet, view.column), lambda: mapped(view.cells, _kinds_in, "float64")
    )
    return pd.Series((kinds.fillna(0).to_numpy(int) & kind) > 0, index=view.here.index)


def _names_in(text: str) -> str:
    return SEPARATOR.join(sorted(words_of_addresses(fold(text))))


def _services(view: RuleView) -> Frame:
    """Return the words by which each institution and its services are known, one `mot` a row."""
    names = pd.concat([own_list(view, v.SERVICES)["valeur"], view["identification"]["nom"]])
    words = mapped(names, lambda name: SEPARATOR.join(words_of_a_service(fold(name))), "str")
    return exploded(words).to_frame("mot")


@RULES.rule(
    "R28a", Severity.WARNING, "Un texte public contient une adresse électronique", at=PUBLIC,
    sentence="« {label} » de {code} contient une adresse électronique.", **_WORDS,
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | description
    1.1.1 | Renseignements : cadre.de.vie@valbruyere.example

    Listes
    liste    | valeur
    services | Cadre de vie
    """,
    bad="""
    Actions
    code  | description
    1.1.1 | Renseignements : julie.lambert@valbruyere.example
    """,
)  # fmt: skip
def has_an_address(view: RuleView) -> Series:
    """Mark the texts with an e-mail address that is not that of a service."""
    told = _told(view, _MAIL)
    if not told.any():
        return told
    words = exploded(mapped(view.cells[told], _names_in, "str"))
    services = view.once("words of services", lambda: _services(view))
    return any_piece(~found(words, services, "mot"), view.here)


@RULES.rule(
    "R28b", Severity.HINT, "Un texte public contient un numéro de téléphone", at=PUBLIC,
    sentence="« {label} » de {code} contient un numéro de téléphone : est-ce celui d’une"
    " personne ?", **_WORDS,
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | description
    1.1.1 | Du 01/03/2026 au 31/12/2027, BCE 0207.123.456, IBAN BE68 5390 0754 7034
    """,
    bad="""
    Actions
    code  | description
    1.1.1 | Renseignements au 0475 12 34 56
    """,
)  # fmt: skip
def has_a_telephone(view: RuleView) -> Series:
    """Mark the texts with a telephone number."""
    return _told(view, _PHONE) & ~_told(view, _NUMBER)


@RULES.rule(
    "R28c", Severity.ERROR, "Un texte public contient un numéro national", at=PUBLIC,
    not_waivable=True,
    sentence="« {label} » de {code} contient un numéro de registre national.", **_WORDS,
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | description
    1.1.1 | Dossier 85.07.30-033.27
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
