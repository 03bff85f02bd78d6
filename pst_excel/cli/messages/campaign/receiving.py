"""What is said of what came back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pst_excel.campaign.entries import Came, State
from pst_excel.campaign.layout import Layout
from pst_excel.model.findings import POINTS
from pst_excel.model.words.wording import plural

if TYPE_CHECKING:
    from pst_excel.rounds.handing_back import Handed
    from pst_excel.rounds.receiving import Reception


def received(result: Reception, layout: Layout, quiet: bool = False) -> Iterator[str]:
    """Say of each file that came what it is and what is found in it; `quiet` where nothing came."""
    good = [one for one in result.came if one.state != State.REFUSED]
    if good:
        count = plural(len(good), "retour reçu", "retours reçus")
        yield f"{count} ; copies annotées dans {layout.handed_back} :"
    for one in good:
        yield f"  {one.file} : {told(one)}"
        yield from (f"    ⚠ {remark}." for remark in one.remarks)
    for one in result.came:
        if one.state == State.REFUSED:
            yield f"✖ {one.file} : {one.reason}."
    yield from handed(result.handed)
    for annotation in result.owed.annotations:
        if not annotation.reason:
            yield f"{annotation.file} : copie annotée écrite à présent, {annotation.name}."
    yield from handed(result.owed)
    for name, before in () if quiet else result.copies:
        yield f"⚠ {name} est une copie identique de {before} : compté une fois."
    for name, reason in result.waiting:
        yield f"⚠ {name} : pas lu cette fois, {reason}."
    if not quiet and not result.came and not result.waiting:
        yield f"Rien de nouveau dans {layout.returns}."


def handed(copies: Handed) -> Iterator[str]:
    """Say of which returns there is no annotated copy, or none yet, and why."""
    for annotation in copies.annotations:
        if annotation.reason:
            yield f"⚠ {annotation.file} : pas annoté, {annotation.reason}."
    for name, reason in copies.later:
        yield f"⚠ {name} : sa copie annotée suivra, {reason}."


def told(one: Came) -> str:
    """Say whose a return is, how many rows and findings it has."""
    from pst_excel.pst import PST

    return f"{sender(one)}, {plural(one.rows, *PST.main.records)}, {severities(one)}"


def sender(one: Came) -> str:
    """Say whose a return is."""
    return "plan entier" if one.state == State.PLAN else one.service or "service inconnu"


def severities(one: Came) -> str:
    """Say how many findings of each severity a return has."""
    parts = [
        plural(count, *severity.names)
        for count, severity in zip(one.findings, POINTS, strict=True)
        if count
    ]
    return " · ".join(parts) or "sans remarque"
