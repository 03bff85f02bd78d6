"""What a column holds, how much it is needed, where it stands; how a sheet is laid out."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds, named as the data dictionary names it."""

    TEXT = "texte"
    CODE = "code"
    CHOICE = "liste"
    INTEGER = "entier"
    NUMBER = "nombre"
    PERCENT = "pourcentage"
    AMOUNT = "montant"
    YEAR = "année"
    DATE = "date"

    @property
    def is_number(self) -> bool:
        """Tell whether values of this kind are numbers in a frame (float64)."""
        return self in _NUMBERS

    @property
    def is_text(self) -> bool:
        """Tell whether values of this kind are texts in a frame (str)."""
        return self in (Kind.TEXT, Kind.CODE, Kind.CHOICE)


_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.PERCENT, Kind.AMOUNT, Kind.YEAR})


class Need(StrEnum):
    """How much a column is needed in a row that has been started."""

    REQUIRED = "obligatoire"
    ADVISED = "recommandé"
    OPTIONAL = "facultatif"
    COMPUTED = "calculé"


class Where(StrEnum):
    """In which workbooks a column stands: in those that people fill, in the whole plan, in both."""

    BOTH = "partout"
    RETURN = "retour"
    WHOLE = "plan consolidé"


class Layout(StrEnum):
    """How a sheet is laid out."""

    TABLE = "tableau"
    FORM = "fiche"
    LISTS = "listes"
