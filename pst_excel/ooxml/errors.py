"""Why a workbook is not patched: each reason is a class, and its text is the sentence to show."""

from __future__ import annotations


class PatchError(Exception):
    """A workbook cannot be patched, or not in this way; the file is left as it is."""


class NotAWorkbook(PatchError):
    """The file is not a package of spreadsheet parts, or it is not whole."""


class Malformed(PatchError):
    """A part says what it may not: an address, a number or a style that there is none of."""


class Protected(PatchError):
    """The file is encrypted, digitally signed, or shared with a log of revisions."""


class Refused(PatchError):
    """One change would break what stands in the workbook: an array, a merged cell, a table."""


class UnexpectedChange(PatchError):
    """The file that was made differs from the original by more than what was asked."""
