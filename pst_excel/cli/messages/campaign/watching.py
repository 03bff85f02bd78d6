"""What is said while a campaign is watched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pst_excel.campaign.entries import State
from pst_excel.campaign.layout import HANDED_BACK, Layout
from pst_excel.cli.messages.campaign.receiving import sender, severities
from pst_excel.model.words.wording import number, plural
from pst_excel.rounds.watching.happenings import Happening, What

_SENTENCES = {
    What.SAME: "⚠ {file} est une copie identique de {other} : compté une fois.",
    What.ELSEWHERE: "{file} : déjà {other}, par une autre commande.",
    What.NO_WORKBOOK: "⚠ {file} n’a pas un nom de classeur (.xlsx, .xls, .ods …) : pas ouvert.",
    What.HANDED_BACK: "{file} : sa copie annotée est écrite à présent, {folder}/{other}.",
    What.NOT_ANNOTATED: "⚠ {file} : pas annoté, {reason}.",
    What.COPY_LATER: "⚠ {file} : sa copie annotée suivra, {reason}.",
    What.OPEN: "{file} est ouvert dans Excel ou LibreOffice : il sera lu quand il sera fermé.",
    What.TAKEN_OPEN: (
        "⚠ {file} est ouvert depuis un quart d’heure : il est lu tel qu’il est enregistré."
    ),
    What.LOCKED: "⚠ {file} ne peut pas être ouvert pour le moment : il est réessayé.",
    What.NOT_YET: "⚠ {file} ne se lit pas encore comme un classeur : il est relu sous peu.",
    What.LEFT: "⚠ {file} : pas lu, {reason}.",
    What.NOT_UNITED: "⚠ {file} : pas consolidé, {reason}.",
    What.PLAN_OPEN: (
        "{file} est ouvert dans Excel ou LibreOffice : la consolidation suivra quand il sera fermé."
    ),
    What.REMARK: "⚠ {reason}.",
    What.STRAY: (
        "⚠ {file} est une copie de conflit de {other}, faite par la synchronisation : rien n’en est"
        " repris ; comparez-les, puis supprimez-la."
    ),
    What.REMADE: "⚠ Le dossier « {file} » n’était plus là : il est refait, vide.",
    What.BUSY: "Une autre commande travaille dans la campagne : la surveillance attend sa fin.",
    What.TROUBLE: "✖ {reason} ; la surveillance réessaie d’elle-même.",
    What.AWAY: "⚠ « {file} » n’est plus accessible : la surveillance attend son retour.",
    What.BACK: "« {file} » est de nouveau accessible.",
}


def started(layout: Layout, interval: float, once: bool) -> Iterator[str]:
    """Say what is watched, how often, and what makes the plan follow."""
    folder = layout.folder.absolute()
    if once:
        yield f"« {folder} » : ce qui attend dans « {layout.returns.name} » est pris, puis fin."
        return
    every = "chaque seconde" if interval == 1 else f"toutes les {number(interval)} secondes"
    yield f"Surveillance de « {folder} », {every} ; pour arrêter : Ctrl-C."
    yield (
        f"Un retour déposé dans « {layout.returns.name} » est contrôlé, annoté et noté, puis"
        f" « {layout.plan.name} » est mis à jour. Seul un nouveau retour le met à jour : ce que"
        " vous y corrigez ou décidez est repris avec lui, ou par « pst-excel campagne consolider »."
    )


def happened(one: Happening, at: dt.datetime) -> Iterator[str]:
    """Say what happened, and at which hour."""
    first, *others = _lines(one)
    yield f"{at:%H:%M:%S} {first}"
    yield from (f"         {line}" for line in others)


def _lines(one: Happening) -> Iterator[str]:
    if one.what is What.CAME:
        yield from _came(one)
    elif one.what is What.UNITED:
        yield _united(one)
    else:
        yield _SENTENCES[one.what].format(
            file=one.file, reason=one.reason, other=one.other, folder=HANDED_BACK
        )


def _came(one: Happening) -> Iterator[str]:
    assert one.came is not None
    if one.came.state == State.REFUSED:
        yield f"✖ {one.file} : {one.came.reason}."
        return
    copy = f" ; copie annotée : {HANDED_BACK}/{one.came.copy}" if one.came.copy else ""
    yield f"{one.file} : reçu, {sender(one.came)}, {one.rows}, {severities(one.came)}{copy}."
    yield from (f"⚠ {remark}." for remark in one.came.remarks)


def _united(one: Happening) -> str:
    decide = f", {plural(one.to_decide, 'point')} à décider" if one.to_decide else ""
    return f"{one.file} est à jour : consolidation n° {one.number}, {one.rows}{decide}."
