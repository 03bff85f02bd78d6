"""What came back, told apart: whose each file is, what it answers, what is odd with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath

from pst_excel.campaign.entries import Came, SentWorkbook, State
from pst_excel.campaign.memory import Memory
from pst_excel.cells.values import as_text
from pst_excel.checking.report import Report, counted_rows
from pst_excel.consolidating.choosing import latest
from pst_excel.model.findings import POINTS, Finding, Severity
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date, guess, shortened
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.conflict_copies import original_of
from pst_excel.text.spelling import fold
from pst_excel.text.version import AUTHOR

_TOLD = 3  # errors of a return that are written down in words
_LONGEST = 400  # characters of each


@dataclass(frozen=True)
class Telling:
    """What is needed to tell of a file: what the campaign remembers, and how files were checked.

    `sent` are sends that stand in the archive and not in the register, by their ids; `names` are
    those of the files that came together.
    """

    memory: Memory
    report: Report
    sent: dict[str, Return]
    names: tuple[str, ...] = ()

    def came(self, returned: Return) -> Came:
        """Return what is written down of a return."""
        send = self._send(returned)
        service = (send.service if send is not None else "") or returned.service
        mine = [one for one in self.report.findings if one.file == returned.file]
        found = [one.severity for one in mine]
        rows, _ = counted_rows([returned], returned.plan, [])
        due = send.due if send is not None else _iso(returned.identity(Role.DUE))
        _, saved, changed, *_ = latest(returned, None)
        state, reason = self._state(returned)
        return Came(
            returned.digest, returned.file, state, reason, service, returned.service,
            send.id if send is not None else returned.send, due,
            as_text(returned.identity(Role.VERSION) or ""), _iso(returned.identity(Role.OBSERVED)),
            returned.saved, "" if returned.author == AUTHOR else returned.author,
            as_text(returned.identity(Role.CONTACT) or ""), rows.get(returned.plan.main.title, 0),
            tuple(found.count(severity) for severity in POINTS), first_errors(mine),
            (due or _iso(returned.identity(Role.OBSERVED)), saved, changed),
            as_text(returned.identity(Role.NAME) or ""), tuple(returned.whose),
            remarks=tuple(self._remarks(returned, service, send)),
        )  # fmt: skip

    def _state(self, returned: Return) -> tuple[State, str]:
        if is_foreign(returned, self.memory.owner):
            plan = returned.plan
            whose = f"{returned.institution}, {plan.first_year}-{plan.last_year}"
            return State.REFUSED, (
                f"il est d’une autre institution ou législature ({whose}) que la campagne"
                f" ({self.memory.institution}) ; corrigez sa feuille « {plan.form.title} », ou"
                " retirez-le"
            )
        return (State.PLAN if is_whole_plan(returned) else State.RECEIVED), ""

    def _send(self, returned: Return) -> SentWorkbook | None:
        known = {one.workbook.id: one.workbook for one in self.memory.sends}
        if returned.send in known:
            return known[returned.send]
        kept = self.sent.get(returned.send)
        if kept is None:
            return None
        return SentWorkbook(
            kept.send, kept.digest, kept.service, kept.file, _iso(kept.identity(Role.DUE))
        )

    def _remarks(self, returned: Return, service: str, send: SentWorkbook | None) -> Iterator[str]:
        known = {*self.names, *(one.came.file for one in self.memory.arrivals)}
        if original := original_of(PurePath(returned.file).name, known):
            yield (
                f"son nom est celui d’une copie de conflit de « {original} », comme la"
                " synchronisation en fait quand deux personnes enregistrent un fichier en même"
                " temps ; les deux sont repris"
            )
        if is_whole_plan(returned):
            yield (
                f"c’est un {returned.plan.short} consolidé, pas le retour d’un service : ce qu’il"
                " dit d’autre sera proposé dans « Conflits »"
            )
            return
        if not service:
            yield "il ne dit pas de quel service il vient"
        elif self.memory.services and fold(service) not in map(fold, self.memory.services):
            yield (
                f"le service « {service} » n’est pas dans la liste"
                f"{guess(service, self.memory.services)}"
            )
        if service and returned.service and fold(service) != fold(returned.service):
            yield (
                f"il dit venir de « {returned.service} », mais répond à l’envoi de « {service} » :"
                f" il compte pour {service}"
            )
        yield from self._of_send(returned, service, send)

    def _of_send(self, returned: Return, service: str, send: SentWorkbook | None) -> Iterator[str]:
        mine = [one.workbook for one in self.memory.sends
                if fold(one.workbook.service) == fold(service)]  # fmt: skip
        ids = {one.id for one in mine}
        if not self.memory.sends:
            return  # nothing was sent from here: there is nothing to compare with
        if returned.send and returned.send not in ids:
            yield (
                "l’envoi auquel il répond n’est pas dans le registre"
                + ("" if send is None else " ; sa copie est dans l’archive, il lui est comparé")
            )
        elif mine and send is not None and send.id != mine[-1].id and send.due < mine[-1].due:
            yield (
                f"il répond à l’envoi à rendre pour le {_day(send.due)} ; le dernier est à rendre"
                f" pour le {_day(mine[-1].due)}"
            )
        elif mine and not returned.send:
            yield "il n’est pas fait dans le classeur envoyé : il est comparé ligne par ligne"


def first_errors(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the first errors in words: where, in which row, what is found, what to do."""
    errors = (one for one in findings if one.severity is Severity.ERROR)
    return tuple(_in_words(one) for one in islice(errors, _TOLD))


def _in_words(finding: Finding) -> str:
    cell = f"cellule {finding.cell}" if finding.cell else ""
    place = ", ".join(part for part in (finding.sheet, cell, finding.record) if part)
    where = " ".join(part for part in (place, finding.to_see) if part)
    said = f"{finding.message} {finding.remedy}".strip()
    return shortened(f"{where} : {said}" if where else said, _LONGEST)


def refused(refusal: Refusal, digest: str) -> Came:
    """Return what is written down of a file that cannot be read."""
    return Came(digest, refusal.file, State.REFUSED, refusal.reason, fault=refusal.fault)


def is_whole_plan(returned: Return) -> bool:
    """Tell whether a workbook is one that a consolidation wrote."""
    return bool(returned.ledgers) and not returned.service


def is_foreign(returned: Return, owner: Sequence[str]) -> bool:
    """Tell whether a return says that it is of another institution or legislature than one."""
    if not any(owner) or not any(returned.owner):
        return False
    known = len(returned.owner)
    if returned.says_years and all(owner[known:]):
        return tuple(returned.whose) != tuple(owner)
    return tuple(returned.owner) != tuple(owner[:known])


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else ""


def _day(iso: str) -> str:
    return date(dt.date.fromisoformat(iso)) if iso else "une date inconnue"


def unknown_sends(returns: Iterable[Return], memory: Memory) -> list[str]:
    """Return the ids of the sends that returns name and the register does not know."""
    known = {one.workbook.id for one in memory.sends}
    return sorted({one.send for one in returns if one.send and one.send not in known})
