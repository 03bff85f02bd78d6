"""Which rows of a whole plan go to which service, and what each service receives.

A service gets its own rows to keep up to date, the rows where it is a partner and, above both, what
they refer to; these are lent. Which rows are whose follows from the declaration: `Sheet.owner`,
`Sheet.partners`, `Column.refers`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from pst_excel.cells.values import Value
from pst_excel.distributing.row_order import OWN, in_order
from pst_excel.model.schema import HEADING_ROW, PARTNER, REFERENCE, Sheet
from pst_excel.model.words.keys import ID, ROW_ROLE, STAMP
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.roles import Role
from pst_excel.returns.identity import derived
from pst_excel.returns.links import PlanRow, links_of
from pst_excel.returns.sends import send_name
from pst_excel.returns.shared_rows import fingerprint, named, row_contents
from pst_excel.returns.tables import Return, Table
from pst_excel.text.brief import brief
from pst_excel.text.spelling import fold


@dataclass(frozen=True)
class ServiceWorkbook:
    """What one service receives: its workbook and the name of its file, its rows counted.

    `rows` counts the rows of each sheet by role, the service's own under an empty one.
    """

    service: str
    file: str
    content: Return
    rows: Mapping[str, Mapping[str, int]]

    def __repr__(self) -> str:
        return brief(self, self.service, self.file)

    @property
    def starting(self) -> bool:
        """Whether the service has no row yet: none is its own, none has it for a partner."""
        return not any(counts[OWN] or counts[PARTNER] for counts in self.rows.values())


class Allocation:
    """A plan being shared out: its tables, which row names which, what each row holds."""

    def __init__(self, content: Return) -> None:
        self.content = content
        self.plan = content.plan
        self.tables: list[tuple[Sheet, Table]] = [
            (sheet, content.tables[sheet.key])
            for sheet in content.plan.tables
            if not sheet.program and sheet.key in content.tables
        ]
        self.order = {sheet.key: number for number, sheet in enumerate(content.plan)}
        self.links = links_of(self.tables)
        self.stamps = {
            sheet.key: [fingerprint(row) for row in row_contents(content, table, sheet)]
            for sheet, table in self.tables
        }

    def roles(self, service: str) -> dict[PlanRow, str]:
        """Return the rows that a service receives, each with its role."""
        key = fold(service)
        own = {(s.key, at) for s, t in self.tables for at in _naming(key, t, s.owner)}
        own |= {
            place
            for place, targets in self.links.items()
            if not self.plan[place[0]].owner and not own.isdisjoint(targets)
        }
        roles = dict.fromkeys(own, OWN)
        for sheet, table in self.tables:
            for at in _naming(key, table, sheet.partners):
                roles.setdefault((sheet.key, at), PARTNER)
        waiting = list(roles)
        while waiting:
            place = waiting.pop()
            for target in self.links.get(place, ()):
                # What stands before in the plan is above: never the work of another service.
                if self.order[target[0]] < self.order[place[0]] and target not in roles:
                    roles[target] = REFERENCE
                    waiting.append(target)
        return roles

    def above(self) -> dict[PlanRow, str]:
        """Return all to which a service may attach its first rows, as reference."""
        keys = {
            target
            for sheet, _ in self.tables
            for column in sheet.inputs
            for target in column.refers
            if sheet.owner and self.order[target] < self.order[sheet.key]
        }
        return {
            (sheet.key, at): REFERENCE
            for sheet, table in self.tables
            if sheet.key in keys
            for at in range(len(table))
        }

    def left(self, sent: set[PlanRow]) -> dict[str, int]:
        """Count by sheet the rows that nobody receives."""
        counts = {
            sheet.key: sum((sheet.key, at) not in sent for at in range(len(table)))
            for sheet, table in self.tables
        }
        return {key: count for key, count in counts.items() if count}

    def ownerless(self, owned: set[PlanRow]) -> dict[str, list[str]]:
        """Return by sheet the codes of the rows that no service of the list answers for."""
        codes = {
            sheet.key: [
                str(code or "")
                for at, code in enumerate(table.columns[sheet.leading])
                if (sheet.key, at) not in owned
            ]
            for sheet, table in self.tables
            if sheet.owner
        }
        return {key: found for key, found in codes.items() if found}

    def workbook(
        self, service: str, file: str, roles: Mapping[PlanRow, str], due: dt.date | None
    ) -> ServiceWorkbook:
        """Return what a service receives: its rows, its identification, the lists."""
        prepared = Return(file, "", self.plan, {}, dict(self.content.lists))
        filled = self._form(prepared, service, due)
        rows: dict[str, dict[int, int]] = {self.plan.form.key: {1: 1}}
        counts, sent = {}, []
        order = in_order(self.tables, roles, self.links)
        for sheet, table in self.tables:
            places = order[sheet.key]
            picked = self._picked(sheet, table, places, [roles[(sheet.key, at)] for at in places])
            prepared.tables[sheet.key] = picked
            rows[sheet.key] = dict(zip((table.rows[at] for at in places), picked.rows, strict=True))
            counts[sheet.key] = Counter(roles[(sheet.key, at)] for at in places)
            ids = picked.columns.get(ID, [None] * len(picked))
            # A send is known by what it holds, in whatever order.
            for at, ident in sorted(zip(places, ids, strict=True), key=itemgetter(0)):
                role = roles[(sheet.key, at)]
                sent += [sheet.key, str(ident or ""), role, self.stamps[sheet.key][at]]
        for reading in self.content.readings:
            key, row, column = reading.place
            if not reading.understood and row in rows.get(key, ()) and (key, column) not in filled:
                subject = prepared.tables[key].subject(rows[key][row], column)
                prepared.readings.append(reading.at(subject))
        self._name(prepared, service, due, sent)
        return ServiceWorkbook(service, file, prepared, counts)

    def _form(self, prepared: Return, service: str, due: dt.date | None) -> set[tuple[str, str]]:
        """Fill the identification of a workbook; return the cells that are not the plan's own."""
        form = self.plan.form
        by_role: dict[Role, Value] = {
            Role.VERSION: self.plan.version, Role.SERVICE: service, Role.DUE: due
        }  # fmt: skip
        if due is not None:
            by_role[Role.OBSERVED] = due
        filled = form.keyed(by_role)
        columns = {
            column.key: [filled.get(column.key, self.content.identity(column.key))]
            for column in form.inputs
        }
        prepared.tables[form.key] = Table(form.key, form.title, columns, [1], {})
        return {(form.key, key) for key in filled}

    def _name(
        self, prepared: Return, service: str, due: dt.date | None, rows: Iterable[str]
    ) -> None:
        """Write in the form which send it is: the same fields, lists and rows are the same send."""
        form = self.plan.form
        table = prepared.tables[form.key]
        (fields,) = row_contents(prepared, table, form)
        lists = {key: "\n".join(labels) for key, labels in prepared.lists.items()}
        ident = derived(fingerprint(fields), fingerprint(lists), *rows)
        name: dict[Role, list[Value]] = {Role.SEND: [send_name(service, due, ident)]}
        table.columns.update(form.keyed(name))

    def _picked(
        self, sheet: Sheet, table: Table, places: Sequence[int], roles: Sequence[str]
    ) -> Table:
        """Return some rows of a table, one under the other, with their role and their stamp."""
        columns: dict[str, list[Value]] = {
            column.key: [None] * len(places) for column in sheet.inputs
        }
        for column in sheet.inputs:
            if column.where is Where.BOTH and column.key in table.columns:
                columns[column.key] = [table.columns[column.key][at] for at in places]
        if STAMP in columns:
            columns[ROW_ROLE] = [role or None for role in roles]
            columns[STAMP] = [self.stamps[sheet.key][at] for at in places]
        if (then := sheet.by_role.get(Role.UPDATED_THEN)) is not None:
            columns[then.key] = [*columns[sheet.by_role[Role.UPDATED].key]]
        rows = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + len(places)))
        local = {name: [cells[at] for at in places] for name, cells in table.locals.items()}
        return Table(sheet.key, sheet.title, columns, rows, {}, locals=local)


def _naming(service: str, table: Table, key: str) -> Iterable[int]:
    """Give the rows of which a column names a service; no column, no row."""
    for at, cell in enumerate(table.columns.get(key, ())):
        if service in named(str(cell or "")):
            yield at
