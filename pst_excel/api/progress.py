"""How far a long work is, for who asks to see: a call for each file, or a bar where it is run.

Nothing is imported, drawn or said unless it is asked for.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import TypeAlias

from pst_excel.text.errors import UsageError
from pst_excel.text.html import escaped

Step: TypeAlias = Callable[[str], object]
Showing: TypeAlias = Step | bool | None
"""What is told the name of each file done; `True` draws a bar, None and `False` nothing."""


@contextlib.contextmanager
def shown(progress: Showing, label: str, count: Callable[[], int]) -> Iterator[Step | None]:
    """Give what is to be called for each file done; None where nobody looks.

    `True` draws a bar in a notebook or on a terminal, and nothing where there is neither; only then
    is it asked how many files there are. Raises: UsageError.
    """
    if progress is None or progress is False:
        yield None
    elif callable(progress):
        yield progress
    elif progress is not True:
        raise UsageError(
            "progress : ni True, ni une fonction ; écrivez progress=True, ou donnez une fonction"
            " qui reçoit le nom de chaque fichier"
        )
    elif in_notebook():
        yield _in_a_cell(label, count())
    elif not sys.stderr.isatty():
        yield None
    else:
        with _on_a_terminal(label, count()) as step:
            yield step


def in_notebook() -> bool:
    """Tell whether this is run by a notebook: by a shell of IPython that has a kernel."""
    found = sys.modules.get("IPython")
    shell = found.get_ipython() if found is not None else None
    return getattr(shell, "kernel", None) is not None


def _in_a_cell(label: str, total: int) -> Step:
    """Draw a bar in the cell of a notebook, which each step puts in the place of the last."""
    display = import_module("IPython.display")
    handle = display.display(display.HTML(bar(label, 0, total)), display_id=True)
    done: list[str] = []

    def step(name: str) -> None:
        done.append(name)
        handle.update(display.HTML(bar(label, len(done), total, name)))

    return step


def bar(label: str, done: int, total: int, name: str = "") -> str:
    """Return a bar as HTML: how many files are done of how many, in words as well."""
    counted = f"{done} sur {total}"
    last = f" · {escaped(name)}" if name and done < total else ""
    return (
        f'<div lang="fr"><label>{escaped(label)} <progress value="{done}" max="{total or 1}">'
        f"{counted}</progress></label> {counted}{last}</div>"
    )


@contextlib.contextmanager
def _on_a_terminal(label: str, total: int) -> Iterator[Step]:
    """Draw a bar where errors are said: that of rich where it is installed, else that of click."""
    # No name is drawn: what is in one could tell a terminal what to do.
    if find_spec("rich") is not None:
        rich, console = import_module("rich.progress"), import_module("rich.console")
        columns = rich.TextColumn("{task.description}"), rich.BarColumn(), rich.MofNCompleteColumn()
        with rich.Progress(*columns, console=console.Console(stderr=True)) as drawn:
            task = drawn.add_task(label, total=total)
            yield lambda _name: drawn.advance(task)
    else:
        import click

        with click.progressbar(length=total, label=label, file=sys.stderr) as plain:
            yield lambda _name: plain.update(1)
