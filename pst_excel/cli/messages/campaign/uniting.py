"""What is said of a consolidation of a campaign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pst_excel.campaign.layout import Layout
from pst_excel.cli.messages.consolidation import consolidated
from pst_excel.model.words.wording import date, plural
from pst_excel.pst import PST

if TYPE_CHECKING:
    from pst_excel.rounds.uniting import United


def united(done: United, layout: Layout) -> Iterator[str]:
    """Say what a consolidation did, and under which number it is remembered."""
    yield from (f"⚠ {remark}." for remark in done.remarks)
    if done.again:
        yield f"{numbered(done)}."
        return
    yield from consolidated(done.result, layout.plan, done.written)
    new = plural(len(done.result.fresh), "retour nouveau", "retours nouveaux")
    yield f"{numbered(done)} : {new}."


def summary(done: United) -> Iterator[str]:
    """Say in few words what the first consolidation gave."""
    yield from (f"⚠ {remark}." for remark in done.remarks)
    yield f"{numbered(done)} : {plural(done.round.gave.rows, *PST.main.records)}."


def numbered(done: United) -> str:
    """Say under which number a consolidation is remembered."""
    one = done.round
    if done.again:
        return (
            f"Rien n’a changé depuis la consolidation n° {one.number}, du {date(one.at)} à"
            f" {one.at:%H:%M}"
        )
    return f"C’est la consolidation n° {one.number} de la campagne"
