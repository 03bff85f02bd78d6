"""How far a long work is: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import click

Step = Callable[[str, int], None]


@contextlib.contextmanager
def progress(label: str) -> Iterator[Step | None]:
    """Give what is to be called at each step, with its name and how many there are in all.

    None where nobody looks. The bar is there from the first step on, where there are several.
    """
    if not sys.stderr.isatty():
        yield None
        return
    with contextlib.ExitStack() as shown:
        bars: list[Any] = []

        def step(_name: str, count: int) -> None:
            if not bars and count > 1:
                made = click.progressbar(length=count, label=label, file=sys.stderr)
                bars.append(shown.enter_context(made))
            for bar in bars:
                bar.update(1)

        yield step
