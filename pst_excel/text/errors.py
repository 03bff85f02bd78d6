"""What stops a run, each said in one French sentence.

PstError
├── UsageError             the command was given something it cannot use          exit code 2
├── OutputError            the result cannot be written where it was asked         exit code 2
└── UnreadableFile         one file cannot be read; the others go on               exit code 3
    └── ProgramFault       the program itself fails on one file                    exit code 70
"""


class PstError(Exception):
    """A condition that a person can mend; its text is the sentence to show."""

    exit_code = 2


class UsageError(PstError):
    """The command was given something that it cannot use."""


class OutputError(PstError):
    """The result cannot be written where it was asked."""


class UnreadableFile(PstError):
    """One file cannot be read as a PST workbook."""

    exit_code = 3


class ProgramFault(UnreadableFile):
    """The program fails on one file by a fault of its own, which is to be reported."""

    exit_code = 70
