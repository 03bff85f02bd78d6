"""The keys that the program itself owns: what they name means the same in every plan."""

from __future__ import annotations

ID = "id"  # the hidden column that tells a record from another, kept by the program
CODE = "code"  # the column by which people, and the other sheets, name a record
SHOWN_CODE = "choix"  # the computed column of what a drop-down list shows of a record
ORIGIN = "origine"  # the column that says from which return a row of the whole plan comes
ROW_ROLE, STAMP = "role", "empreinte"  # why a row was sent to a service, and what it held then
LINE = "ligne"  # the computed flag of a row that says something: what is counted
KEY, RANK = "cle", "rang"  # how formulas know a record: by its code, by its place in its sheet
