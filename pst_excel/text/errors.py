"""What stops a run, each said in one French sentence that says what to do.

PstError                   what a person can mend: `file`, `sheet`, `cell`      exit code 2
├── UsageError             what was given cannot be used                        exit code 2
│   └── UnknownName        a key that is none, a KeyError too: `name`, `known`  exit code 2
├── OutputError            the result cannot be written where it was asked      exit code 2
│   └── Busy               another run holds the campaign (`campaign.lock`)     exit code 2
└── UnreadableFile         one file cannot be read; the others go on            exit code 3
    └── ProgramFault       the program itself fails on one file                 exit code 70

What is wrong in a workbook that can be read is no error: it is a `Finding`.
"""

from __future__ import annotations


class PstError(Exception):
    """A condition that a person can mend; its text is the sentence to show.

    `file` is what it is about, as it was given, `sheet` and `cell` where in it; empty where that
    does not apply, or nobody knows.
    """

    exit_code = 2

    def __init__(
        self, sentence: str = "", *, file: object = "", sheet: str = "", cell: str = ""
    ) -> None:
        super().__init__(sentence)
        self.file, self.sheet, self.cell = str(file), sheet, cell

    def __str__(self) -> str:
        return str(self.args[0])


class UsageError(PstError):
    """The command, or a function, was given something that it cannot use."""


class UnknownName(UsageError, KeyError):
    """What has the `name` does not exist; those that are `known` do."""

    def __init__(self, sentence: str = "", *, name: object = "", known: tuple[str, ...] = ()):
        super().__init__(sentence)
        self.name, self.known = str(name), known


class OutputError(PstError):
    """The result cannot be written where it was asked."""


class UnreadableFile(PstError):
    """One file cannot be read as a PST workbook."""

    exit_code = 3


class ProgramFault(UnreadableFile):
    """The program fails on one file by a fault of its own, which is to be reported."""

    exit_code = 70
