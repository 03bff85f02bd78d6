"""The plan being merged: the records of the reference, brought up to date one content at a time."""

from __future__ import annotations

from pst_excel.merging.contents import Content, label_of, said
from pst_excel.merging.naming import name_of
from pst_excel.merging.states import State
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.wording import plural

Record = dict[str, Content]


class Draft:
    """The records of a plan by sheet and id, in order; it starts as a copy of a state."""

    def __init__(self, state: State) -> None:
        self.plan = state.plan
        self.start = state
        self.records: dict[str, dict[str, Record]] = {sheet.key: {} for sheet in self.plan.tables}
        self.records[self.plan.form.key] = {}
        for key, found in state.sheets.items():
            names = list(found.fields)
            rows = zip(*found.fields.values(), strict=True)
            self.records[key] = {
                ident: dict(zip(names, row, strict=True))
                for ident, row in zip(found.ids, rows, strict=True)
            }

    def get(self, sheet: str, ident: str) -> Record | None:
        """Return a record; None where the plan has none of this id."""
        return self.records.get(sheet, {}).get(ident)

    def code(self, sheet: str, ident: str) -> str | None:
        """Return the code that a record has now."""
        record = self.get(sheet, ident)
        found = record.get(CODE) if record is not None else None
        return found if isinstance(found, str) and found else None

    def said(self, content: Content, sheet: str, field: str) -> str:
        """Say a content of a field in words, the records that it names by their present codes."""
        return said(content, self.plan[sheet], field, self.code)

    def name(self, sheet: str, record: Record) -> str:
        """Say which record it is: its code and its name; what it hangs on where it has no code."""
        declared = self.plan[sheet]
        if declared.layout is Layout.FORM:
            return declared.title
        if declared.identity != (CODE,) and CODE in declared:
            return self.named(sheet, record)
        keys = dict.fromkeys((*((CODE,) if CODE in declared else ()), declared.named_by))
        words = [self.said(record[key], sheet, key) for key in keys if record.get(key)]
        if not words:
            words = [
                self.said(record[key], sheet, key) for key in declared.identity if record.get(key)
            ]
        return " · ".join(dict.fromkeys(words))

    def named(self, sheet: str, record: Record, brief: bool = False) -> str:
        """Say which record it is in a sentence of its own: what it is, its code, its title."""
        return name_of(self.plan, sheet, record, self.code, brief)

    def called(self, sheet: str, record: Record) -> str:
        """Return what a record is called, without its code."""
        return self.said(record.get(self.plan[sheet].named_by), sheet, self.plan[sheet].named_by)

    def label(self, sheet: str, field: str) -> str:
        """Return the heading of a field as people see it."""
        return label_of(self.plan[sheet], field)

    def hanging(self, sheet: str, ident: str) -> list[str]:
        """Say how many records of each other sheet name a record."""
        found: list[str] = []
        for other in self.plan.tables:
            if other.program or other.key == sheet:
                continue
            count = sum(
                (sheet, ident) in self._above(other, record)
                for record in self.records[other.key].values()
            )
            if count:
                found.append(plural(count, *other.records))
        return found

    def owners(self, sheet: str, ident: str, depth: int = 4) -> str:
        """Return who answers for a record, as its row says or those on which it hangs; else ''."""
        declared, record = self.plan[sheet], self.get(sheet, ident) or {}
        if declared.owner:
            return str(record.get(declared.owner) or "")
        for target, above in self._above(declared, record):
            if depth and (found := self.owners(target, above, depth - 1)):
                return found
        return ""

    @staticmethod
    def _above(declared: Sheet, record: Record) -> list[tuple[str, str]]:
        pieces = [
            piece
            for column in declared.inputs
            if column.refers
            for piece in getattr(record.get(column.key), "pieces", ())
        ]
        return [(piece.sheet, piece.id) for piece in pieces if piece.sheet]
