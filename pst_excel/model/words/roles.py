"""What the program itself must know of a column, whatever the plan calls it."""

from __future__ import annotations

from enum import Enum, auto


class Role(Enum):
    """What the program uses a column for; one column of a sheet at most has each role.

    Those that a plan does not give are done without: where no field says which service filled a
    workbook, each is a whole plan.
    """

    # Of the form.
    VERSION = auto()  # the version of the template that the workbook follows
    NAME = auto()  # the institution whose plan it is
    TYPE = auto()  # what kind of institution that is
    NUMBER = auto()  # its official number
    SIZE = auto()  # how large it is
    FIRST_YEAR = auto()  # the years between which the plan stands
    LAST_YEAR = auto()
    OBSERVED = auto()  # the date at which things are told
    STAGE = auto()  # how far the plan has come
    DUE = auto()  # the date at which the workbook is to come back
    CONTACT = auto()  # whom to write to, which may differ from one return to another
    SEND = auto()  # of which send the workbook is the answer, as the program wrote it

    # Of the form: who filled the workbook, blank for a whole plan. Of a waiver: to whom it is
    # limited.
    SERVICE = auto()

    # Of the sheet of waivers.
    RULE = auto()  # the rule whose findings are accepted
    SCOPE = auto()  # the codes of the rows where they are, or all
    REASON = auto()
    AUTHOR = auto()
    UNTIL = auto()  # the last day on which they are

    # Of the rows that services keep up to date.
    UPDATED = auto()  # when the row was last brought up to date
    UPDATED_THEN = auto()  # what that was when the row was sent
