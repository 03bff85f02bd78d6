"""Work that is done apart, kept: done once for the same contents, however often a test needs it.

What the program does in processes apart depends on nothing but what it is given and the files that
it is given the paths of. A campaign that is stopped at each of its steps needs the same again and
again: it is done once, and given back as a process gives it, so that only what touches the folder
of the campaign is done anew each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import pickle
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FunctionType
from typing import Any
from unittest import mock

from pst_excel.api import annotating
from pst_excel.campaign.archive import Kept
from pst_excel.pst import PST
from pst_excel.workers import loading

_SHARED = loading.shared


class KeptWork:
    """The outcomes of work, by what it was given; `done` counts what was done really."""

    def __init__(self, root: Path) -> None:
        self.root, self.done = root, 0
        self._outcomes: dict[str, bytes] = {}

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """Let the program take what is kept."""
        with (
            mock.patch.object(loading, "shared", self._shared),
            mock.patch.object(annotating, "shared", self._shared),
        ):
            yield

    def _shared(
        self, work: Callable[[Any], Any], items: Sequence[Any], few: int,
        workers: int | None = None, died: Any = None,
    ) -> Iterator[Any]:  # fmt: skip
        for item in items:
            key = self._key(work, item)
            if key not in self._outcomes:
                (outcome,) = _SHARED(work, [item], few, workers, died)
                self._outcomes[key] = pickle.dumps(outcome)
                self.done += 1
            yield pickle.loads(self._outcomes[key])

    def _key(self, work: Callable[[Any], Any], item: Any) -> str:
        stream = io.BytesIO()
        _Pickler(stream).dump((work, item))
        names = sorted(one.name for one in self.root.rglob(f"archive/{Kept.CONSOLIDATED}/*"))
        return hashlib.sha256(stream.getvalue() + repr(names).encode()).hexdigest()


class _Pickler(pickle.Pickler):
    """What tells two works apart: paths and what they hold, functions by their names."""

    def reducer_override(self, given: Any) -> Any:
        if isinstance(given, Path):
            held = hashlib.sha256(given.read_bytes()).hexdigest() if given.is_file() else ""
            return str, (f"{given} {held}",)
        if given is PST:
            return str, ("PST",)
        if isinstance(given, FunctionType):
            return str, (f"{given.__module__}.{given.__qualname__}",)
        return NotImplemented
