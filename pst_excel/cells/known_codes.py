"""The codes that a column may name, those of the sheets to which it refers, however padded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pst_excel.text.spelling import as_code, natural

_LONGEST = 64  # characters of a code that a range may name
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def unpadded(code: str) -> str:
    """Return what 01.01.01, 1.01.1 and 1.1.1 have in common; capitals do not count."""
    return _ZEROS.sub("", as_code(code))


@dataclass(frozen=True)
class KnownCodes:
    """Codes as their sheets write them."""

    codes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, values: Iterable[object]) -> KnownCodes:
        """Return the codes among the values of a column."""
        return cls(frozenset(value for value in values if isinstance(value, str)))

    def __bool__(self) -> bool:
        return bool(self.codes)

    def __contains__(self, code: str) -> bool:
        """Tell whether a code is known as it is written."""
        return code in self.codes or as_code(code) in self._plain

    @cached_property
    def _plain(self) -> frozenset[str]:
        return frozenset(map(as_code, self.codes))

    @cached_property
    def _by_numbers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code in sorted(self.codes):
            found.setdefault(unpadded(code), []).append(code)
        return found

    def alike(self, code: str) -> list[str]:
        """Return the known codes of the same numbers, whatever their zeros."""
        return self._by_numbers.get(unpadded(code), [])

    def has(self, code: str) -> bool:
        """Tell whether a code is known, whatever its zeros."""
        return bool(self.alike(code))

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """Return the codes from one to another of the same parent; none unless both are known."""
        if not (self.has(first) and self.has(last)) or len(first + last) > _LONGEST:
            return ()
        start, end = natural(unpadded(first)), natural(unpadded(last))
        if start >= end or start[:-2] != end[:-2] or start[-1] or end[-1]:
            return ()
        keys = {code: natural(unpadded(code)) for code in self.codes if len(code) <= _LONGEST}
        inside = {
            code: key
            for code, key in keys.items()
            if len(key) == len(start) and not key[-1] and start <= key <= end
        }
        return tuple(sorted(inside, key=inside.__getitem__))
