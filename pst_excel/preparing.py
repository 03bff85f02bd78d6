"""How a whole plan is shared out: one prefilled workbook for each service.

A service gets its own rows to keep up to date, the rows where it is a partner and, above both, what
they refer to; these are lent. Which rows are whose follows from the declaration: `Sheet.owner`,
`Sheet.partners`, `Column.refers`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pst_excel.batch import Return, Table
from pst_excel.errors import UsageError
from pst_excel.filenames import distinct
from pst_excel.lending import PARTNER, REFERENCE, ROLE, STAMP, held, named, stamp
from pst_excel.parsing import Value
from pst_excel.schema import HEADING_ROW, SEPARATOR, Column, Sheet, Where
from pst_excel.spelling import fold, nearest
from pst_excel.wording import date, listed

OWN = ""
_FEW = 12  # names that a sentence can bear

Place = tuple[str, int]
"""A row of the plan: its sheet, its position in the table."""


@dataclass(frozen=True)
class Envelope:
    """What one service receives: its workbook and the name of its file, its rows counted.

    `rows` counts the rows of each sheet by role, the service's own under an empty one.
    """

    service: str
    file: str
    content: Return
    rows: Mapping[str, Mapping[str, int]]

    @property
    def starting(self) -> bool:
        """Whether the service has no row yet: none is its own, none has it for a partner."""
        return not any(counts[OWN] or counts[PARTNER] for counts in self.rows.values())


@dataclass(frozen=True)
class Preparation:
    """The envelopes of a plan, in the order of the list of services, and what is in none of them.

    `without` are the services of the list that have no row, `left` counts by sheet the rows that
    nobody receives, `ownerless` names by sheet those that nobody is to keep up to date, and
    `strangers` are the services that answer for rows without being in the list: all four are empty
    where the services were chosen.
    """

    envelopes: list[Envelope]
    without: list[str] = field(default_factory=list)
    left: Mapping[str, int] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    ownerless: Mapping[str, list[str]] = field(default_factory=dict)


def prepare(
    content: Return, services: Sequence[str] = (), due: dt.date | None = None
) -> Preparation:
    """Share a whole plan out among the services of its list, or among those asked for.

    Raises: UsageError when the plan is the return of a service or has no list of services, when a
    service asked for is not in the list, when no service has a row, and when the date of return is
    out of the legislature.
    """
    if content.service:
        raise UsageError(
            f"« {content.file} » est le classeur d’un service ({content.service}), pas un PST"
            " complet ; donnez le classeur que « pst-excel consolider » a écrit"
        )
    plan = content.plan
    if due is not None and not plan.first_year <= due.year <= plan.last_year + 1:
        raise UsageError(
            f"le {date(due)} n’est pas une date de retour pour la législature"
            f" {plan.first_year}-{plan.last_year}"
        )
    known = _services(content)
    asked = _asked(services, known, content)
    share = _Share(content)
    roles = {service: share.roles(service) for service in known}
    day = due or content.identity("date_observation")
    files = distinct(
        ("PST", str(content.identity("nom") or "")), known, day.isoformat() if day else "", ".xlsx"
    )
    envelopes = [
        share.envelope(service, file, roles[service] or share.above(), due)
        for service, file in zip(known, files, strict=True)
        if (service in asked if asked else roles[service])
    ]
    if asked:
        return Preparation(envelopes)
    if not envelopes:
        raise UsageError(
            f"dans « {content.file} », aucun service de la liste n’a encore de ligne ; demandez"
            " leurs classeurs avec --service"
        )
    without = [service for service in known if not roles[service]]
    sent = {place for received in roles.values() for place in received}
    owned = {place for received in roles.values() for place, role in received.items() if not role}
    return Preparation(
        envelopes, without, share.left(sent), share.strangers(known), share.ownerless(owned)
    )


def _services(content: Return) -> list[str]:
    vocabulary = content.plan.form["service"].vocabulary
    by_key: dict[str, str] = {}
    for label in content.lists.get(vocabulary.key, ()) if vocabulary else ():
        by_key.setdefault(fold(label), label)
    by_key.pop("", None)
    if not by_key:
        raise UsageError(
            f"« {content.file} » n’a aucun service dans ses listes ; écrivez-les dans sa feuille"
            f" « {content.plan.lists.title} »"
        )
    return list(by_key.values())


def _asked(services: Iterable[str], known: Sequence[str], content: Return) -> set[str]:
    """Return the services asked for, as the list spells them."""
    by_key = {fold(label): label for label in known}
    words = []
    for service in services:
        if fold(service) not in by_key:
            near = nearest(service, known)
            words.append(f"« {service} »" + (f" (est-ce « {near} » ?)" if near else ""))
    if not words:
        return {by_key[fold(service)] for service in services}
    are = "n’est pas un service" if len(words) == 1 else "ne sont pas des services"
    shown = f"la feuille « {content.plan.lists.title} » de « {content.file} » les donne"
    if len(known) <= _FEW:
        shown = f"il y a {listed(f'« {label} »' for label in known)}"
    raise UsageError(f"{listed(words)} {are} de la liste ; {shown}")


class _Share:
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
        self.links = self._links()
        self.stamps = {
            sheet.key: [stamp(row) for row in held(content, table, sheet)]
            for sheet, table in self.tables
        }

    def _links(self) -> dict[Place, list[Place]]:
        codes: dict[str, dict[str, list[int]]] = {}
        for sheet, table in self.tables:
            found = codes.setdefault(sheet.key, {})
            for at, code in enumerate(table.columns.get("code", ())):
                found.setdefault(str(code or ""), []).append(at)
        links: dict[Place, list[Place]] = {}
        for sheet, table in self.tables:
            for column in sheet.inputs:
                cells = table.columns[column.key] if column.refers else []
                for at, cell in enumerate(cells):
                    pieces = [p.strip() for p in str(cell).split(SEPARATOR.strip())] if cell else ()
                    links.setdefault((sheet.key, at), []).extend(
                        (target, to)
                        for target in _levels(sheet, column, table, at)
                        for piece in pieces
                        for to in codes.get(target, {}).get(piece, ())
                    )
        return links

    def roles(self, service: str) -> dict[Place, str]:
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

    def above(self) -> dict[Place, str]:
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

    def left(self, sent: set[Place]) -> dict[str, int]:
        """Count by sheet the rows that nobody receives."""
        counts = {
            sheet.key: sum((sheet.key, at) not in sent for at in range(len(table)))
            for sheet, table in self.tables
        }
        return {key: count for key, count in counts.items() if count}

    def ownerless(self, owned: set[Place]) -> dict[str, list[str]]:
        """Return by sheet the codes of the rows that no service of the list answers for."""
        codes = {
            sheet.key: [
                str(code or "")
                for at, code in enumerate(table.columns["code"])
                if (sheet.key, at) not in owned
            ]
            for sheet, table in self.tables
            if sheet.owner
        }
        return {key: found for key, found in codes.items() if found}

    def strangers(self, known: Sequence[str]) -> list[str]:
        """Return the services that answer for rows and are not in the list."""
        keys = {fold(label) for label in known}
        found: dict[str, None] = {}
        for sheet, table in self.tables:
            for cell in table.columns.get(sheet.owner, ()):
                text = str(cell or "")
                if fold(text) not in keys:
                    found |= dict.fromkeys(piece.strip() for piece in text.split(SEPARATOR.strip()))
        return [service for service in found if service and fold(service) not in keys]

    def envelope(
        self, service: str, file: str, roles: Mapping[Place, str], due: dt.date | None
    ) -> Envelope:
        """Return what a service receives: its rows, its identification, the lists."""
        made = Return(file, "", self.plan, {}, dict(self.content.lists))
        filled = self._form(made, service, due)
        rows: dict[str, dict[int, int]] = {self.plan.form.key: {1: 1}}
        counts = {}
        for sheet, table in self.tables:
            places = [at for at in range(len(table)) if (sheet.key, at) in roles]
            picked = self._picked(sheet, table, places, [roles[(sheet.key, at)] for at in places])
            made.tables[sheet.key] = picked
            rows[sheet.key] = dict(zip((table.rows[at] for at in places), picked.rows, strict=True))
            counts[sheet.key] = Counter(roles[(sheet.key, at)] for at in places)
        made.notes = [
            replace(note, row=rows[note.sheet][note.row])
            for note in self.content.notes
            if note.row in rows.get(note.sheet, ())
            and not note.note.understood
            and (note.sheet, note.key) not in filled
        ]
        return Envelope(service, file, made, counts)

    def _form(self, made: Return, service: str, due: dt.date | None) -> set[tuple[str, str]]:
        """Fill the identification of a workbook; return the cells that are not the plan's own."""
        form = self.plan.form
        filled: dict[str, Value] = {
            "version": self.plan.version, "service": service, "date_retour": due
        }  # fmt: skip
        if due is not None:
            filled["date_observation"] = due
        columns = {
            column.key: [filled.get(column.key, self.content.identity(column.key))]
            for column in form.inputs
        }
        made.tables[form.key] = Table(form.key, form.title, columns, [1], {})
        return {(form.key, key) for key in filled}

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
            columns[ROLE] = [role or None for role in roles]
            columns[STAMP] = [self.stamps[sheet.key][at] for at in places]
        rows = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + len(places)))
        local = {name: [cells[at] for at in places] for name, cells in table.locals.items()}
        return Table(sheet.key, sheet.title, columns, rows, {}, locals=local)


def _naming(service: str, table: Table, key: str) -> Iterable[int]:
    """Give the rows of which a column names a service; no column, no row."""
    for at, cell in enumerate(table.columns.get(key, ())):
        if service in named(str(cell or "")):
            yield at


def _levels(sheet: Sheet, column: Column, table: Table, at: int) -> tuple[str, ...]:
    """Return the sheets in which a code is looked for: the one that the row says, if it says so."""
    if not column.chosen_by:
        return column.refers
    chosen = table.columns[column.chosen_by][at]
    vocabulary = sheet[column.chosen_by].vocabulary
    labels = vocabulary.labels if vocabulary else ()
    return (column.refers[labels.index(str(chosen))],) if chosen in labels else column.refers
