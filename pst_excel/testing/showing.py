"""What a failure shows of a drawn value, and how many of them are had at once."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from hypothesis.vendor.pretty import RepresentationPrinter, for_type_by_name

from pst_excel.model.plan import Plan
from pst_excel.model.words.wording import say
from pst_excel.returns.tables import Return

T = TypeVar("T")

SHOWN = 8_000
"""The characters that a failure shows of a return: hypothesis warns of more instead of failing."""


def some(strategy: SearchStrategy[T], count: int) -> list[T]:
    """Return the first values that a strategy gives, the same ones each time.

    For what costs less by the dozen: one start of a program, one check, for all of them.
    """
    found: list[T] = []

    @settings(
        max_examples=count, derandomize=True, database=None, phases=[Phase.generate],
        deadline=None, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def collect(value: T) -> None:
        found.append(value)

    collect()
    return found[:count]


def shown(drawn: Return) -> str:
    """Return what a failure shows of a return: the filled cells of its rows, a line each."""
    lines = [drawn.file]
    for key, table in drawn.tables.items():
        for at, row in enumerate(table.rows):
            held = {name: column[at] for name, column in table.columns.items()}
            said = [f"{name}={say(value)}" for name, value in held.items() if value is not None]
            lines.append(f"{key} {row}: {' | '.join(said)}")
    return "\n".join(lines)[:SHOWN]


def _print(drawn: Return, printer: RepresentationPrinter, cycle: bool) -> None:
    printer.text(f"<{shown(drawn)}>")


def _print_plan(plan: Plan, printer: RepresentationPrinter, cycle: bool) -> None:
    printer.text(f"<{plan.name}>")


for_type_by_name(Return.__module__, Return.__name__, _print)
for_type_by_name(Plan.__module__, Plan.__name__, _print_plan)
