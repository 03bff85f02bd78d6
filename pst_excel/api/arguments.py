"""What callers give, made what the library works with; what it cannot be is said in a sentence."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeAlias

from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import say
from pst_excel.reading.limits import Limits, Options
from pst_excel.text.days import written_day
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold

PathLike: TypeAlias = str | os.PathLike[str]
Paths: TypeAlias = PathLike | Iterable[PathLike]
Day: TypeAlias = dt.date | str
"""A date, or one as people write it."""

_NO_LISTS = ("bytes", "DataFrame", "Series", "ndarray", "Consolidation")
"""What may be looped over and is no list of things."""
_VOWELS = ("a", "e", "i", "o", "u")
_KINDS = {
    "NoneType": "rien (None)", "str": "un texte", "bytes": "des octets", "bool": "vrai ou faux",
    "int": "un nombre", "float": "un nombre", "list": "une liste", "tuple": "une liste",
    "dict": "un dictionnaire", "set": "un ensemble", "DataFrame": "un tableau (DataFrame)",
    "Series": "une colonne (Series)", "PosixPath": "un chemin", "WindowsPath": "un chemin",
}  # fmt: skip


def wrong(name: str, given: object, wanted: str, remedy: str = "") -> UsageError:
    """Return the error of an argument of another kind: what it is, what was wanted, what to do."""
    kind = _KINDS.get(type(given).__name__, f"un objet {type(given).__name__}")
    is_said = isinstance(given, str | int | float) and not isinstance(given, bool)
    value = f", « {say(str(given), limit=60)} »," if is_said else ""
    instead = f"{'d’' if fold(wanted)[:1] in _VOWELS else 'de '}{wanted}".replace("de le ", "du ")
    return UsageError(f"{name} : {kind}{value} au lieu {instead}{' ; ' * bool(remedy)}{remedy}")


def several(given: Any) -> list[Any] | None:
    """Return the things of a list or of anything like one; None for what is none."""
    if not isinstance(given, Iterable) or isinstance(given, str | os.PathLike):
        return None
    return None if type(given).__name__ in _NO_LISTS else list(given)


def is_frame(given: object) -> bool:
    """Tell whether a table of pandas was given, which is not imported for that."""
    return type(given).__name__ == "DataFrame"


def path_of(given: Any, name: str) -> Path:
    """Return a path. Raises: UsageError."""
    if isinstance(given, str | os.PathLike) and isinstance(os.fspath(given), str) and str(given):
        return Path(given)
    raise wrong(name, given, "un chemin", "écrivez par exemple « PST.xlsx »")


def paths_of(given: Any, name: str) -> list[Path]:
    """Return one path or several as a list. Raises: UsageError."""
    if isinstance(given, str | os.PathLike):
        return [path_of(given, name)]
    found = several(given)
    if found is None:
        raise wrong(name, given, "un chemin ou plusieurs", "écrivez par exemple « retours »")
    return [path_of(one, name) for one in found]


def names_of(given: Any, name: str, example: str) -> list[str]:
    """Return one name or several as a list, none where nothing is given. Raises: UsageError."""
    if given is None or isinstance(given, str):
        return [given] if given else []
    found = several(given)
    odd = [given] if found is None else [one for one in found if not isinstance(one, str)]
    if odd:
        raise wrong(name, odd[0], "un nom ou plusieurs", f"écrivez par exemple « {example} »")
    return found or []


def date_of(given: Any, name: str = "observed") -> dt.date | None:
    """Return a day: a date or a moment of any library, or as people write it.

    Raises: UsageError.
    """
    if given is None:
        return None
    if type(given).__name__ == "datetime64":  # of numpy, which is not imported for that
        given = given.astype("datetime64[D]").item()
    if isinstance(given, dt.datetime):
        if given == given:  # a blank of pandas is not
            return given.date()
    elif isinstance(given, dt.date):
        return given
    elif isinstance(given, str) and (found := written_day(given.strip())) is not None:
        return found
    raise wrong(name, given, "une date", "écrivez « 2026-12-31 », ou « 31/12/2026 »")


def stage_of(given: Any) -> Stage | None:
    """Return a stage: itself, or that of a value or label, as people write it.

    Raises: UsageError.
    """
    return None if given is None else Stage.of(given)


def options_of(given: Any) -> Options:
    """Return the options; the usual ones where there are none. Raises: UsageError."""
    if given is None:
        return Options()
    if not isinstance(given, Options):
        example = "limits=…" if isinstance(given, Limits) else "strict=True"
        raise wrong("options", given, "Options", f"écrivez par exemple Options({example})")
    if not isinstance(given.limits, Limits):
        example = "écrivez par exemple Options(limits=Limits(rows=200_000))"
        raise wrong("options.limits", given.limits, "Limits", example)
    for one in fields(Limits):
        value = getattr(given.limits, one.name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise wrong(f"Limits.{one.name}", value, "un nombre entier, plus grand que zéro")
    return given


def whole_of(given: Any, name: str, wanted: str, remedy: str, least: int = 0) -> int:
    """Return a whole number that is not too small. Raises: UsageError."""
    if isinstance(given, int) and not isinstance(given, bool) and given >= least:
        return given
    raise wrong(name, given, wanted, remedy)


def workers_of(given: Any) -> int | None:
    """Return how many processes are to work, None for those that suit. Raises: UsageError."""
    remedy = "donnez 1 ou plus, ou rien"
    return (
        given if given is None else whole_of(given, "workers", "un nombre de processus", remedy, 1)
    )
