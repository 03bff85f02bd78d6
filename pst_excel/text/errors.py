"""What stops a run, each said in one French sentence.

PstError
├── UsageError             the command was given something it cannot use          exit code 2
├── OutputError            the result cannot be written where it was asked         exit code 2
└── UnreadableFile         one file cannot be read; the others go on               exit code 3
"""


class PstError(Exception):
    """A condition that a person can mend; its text is the sentence to show."""


class UsageError(PstError):
    """The command was given something that it cannot use."""


class OutputError(PstError):
    """The result cannot be written where it was asked."""


class UnreadableFile(PstError):
    """One file cannot be read as a PST workbook."""
