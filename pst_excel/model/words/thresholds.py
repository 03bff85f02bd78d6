"""Numbers from which rules speak, and that an institution may change in its identification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import say

THRESHOLDS = "Paramètres"
THRESHOLDS_HELP = (
    "Les seuils des contrôles et des chiffres. Une case vide suit l’usage, dit à droite ; ce que"
    " vous écrivez vaut pour votre institution."
)
TITLES = (THRESHOLDS, THRESHOLDS_HELP)
"""The title of the thresholds in the form, and what is said under it."""


@dataclass(frozen=True)
class Threshold:
    """A number from which a rule speaks: what it is, what it is unless an institution says so.

    `default` is the usual number, said by the `source` in a `year`; one that is not between `low`
    and `high` is not followed. `unit` says what is counted, after the number as its kind shows it.
    """

    key: str
    label: str
    help: str
    default: float
    kind: Kind
    unit: str
    low: float
    high: float
    source: str
    year: int
    since: str = ""

    def follows(self, value: object) -> TypeGuard[float]:
        """Tell whether what a form says is followed."""
        return isinstance(value, int | float) and self.low <= value <= self.high

    def of(self, value: object) -> float:
        """Return the number, given what a form says: the usual one where that is not followed."""
        return float(value) if self.follows(value) else self.default

    def said(self, value: float) -> str:
        """Say a number with what it counts: « 183 jours »."""
        return f"{say(value, self.kind)} {self.unit}".rstrip()

    @property
    def usual(self) -> str:
        """The usual number in words."""
        return self.said(self.default)

    @property
    def because(self) -> str:
        """Where the usual number comes from."""
        return f"{self.source}, {self.year}"
