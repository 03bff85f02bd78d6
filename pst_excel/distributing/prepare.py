"""How a whole plan becomes one prefilled workbook for each service, or for those asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pst_excel.distributing.allocation import Allocation, ServiceWorkbook
from pst_excel.distributing.services import services_of, strangers, with_list
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date, listed, plural
from pst_excel.returns.tables import Return
from pst_excel.text.brief import brief
from pst_excel.text.errors import UsageError
from pst_excel.text.filenames import distinct


@dataclass(frozen=True)
class Preparation:
    """The workbooks of the services, in the order of their list, and what is in none of them.

    `gathered` are the services that the rows of the plan name, where its list is empty: the lists
    of the workbooks hold them. `without` are the services of the list that have no row, `left`
    counts by sheet the rows that nobody receives, `ownerless` names by sheet those that nobody is
    to keep up to date, and `strangers` are the services that answer for rows without being in the
    list: these four are empty where the services were chosen. `active` is what acts in the plan
    when it is opened, in words: none of it is in the workbooks. `archive` is the folder of the
    copies that were kept of the workbooks, if they were, and `not_kept` says why they were not.
    """

    workbooks: list[ServiceWorkbook]
    without: list[str] = field(default_factory=list)
    left: Mapping[str, int] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    ownerless: Mapping[str, list[str]] = field(default_factory=dict)
    active: tuple[str, ...] = ()
    archive: Path | None = None
    not_kept: str = ""
    gathered: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        counts = (
            plural(len(self.workbooks), "classeur"),
            plural(len(self.without), "service sans ligne"),
        )
        return brief(self, *counts)


def prepare(
    content: Return, services: Sequence[str] = (), due: dt.date | None = None
) -> Preparation:
    """Share a whole plan out among the services of its list, or among those asked for.

    Where the list is empty, they are those that its rows name. Raises: UsageError when the plan is
    the return of a service or names no service anywhere, when a service asked for is none of them,
    when no service has a row, and when the date of return is out of the legislature.
    """
    _refuse(content, due)
    found = services_of(content)
    known = found.names
    asked = found.chosen(services, content)
    share = Allocation(with_list(content, found))
    roles = {service: share.roles(service) for service in (asked or known)}
    day = due or content.identity(Role.OBSERVED)
    files = distinct(
        (content.plan.short, str(content.identity(Role.NAME) or "")),
        known, day.isoformat() if day else "", ".xlsx",
    )  # fmt: skip
    workbooks = [
        share.workbook(service, file, roles[service] or share.above(), due)
        for service, file in zip(known, files, strict=True)
        if service in roles and (asked or roles[service])
    ]
    gathered = known if found.gathered else []
    if asked:
        return Preparation(workbooks, active=content.active, gathered=gathered)
    unknown = strangers(content, known)
    if not workbooks:
        raise UsageError(_nothing_for(unknown, content), file=content.file)
    without = [service for service in known if not roles[service]]
    sent = {place for received in roles.values() for place in received}
    owned = {place for received in roles.values() for place, role in received.items() if not role}
    return Preparation(
        workbooks, without, share.left(sent), unknown, share.ownerless(owned),
        content.active, gathered=gathered,
    )  # fmt: skip


def _refuse(content: Return, due: dt.date | None) -> None:
    plan = content.plan
    if content.service:
        raise UsageError(
            f"« {content.file} » est le classeur d’un service ({content.service}), pas un"
            f" {plan.short} complet ; donnez le classeur que « pst-excel consolider » a écrit",
            file=content.file,
        )
    if plan.services is None:
        raise UsageError(f"rien ne dit entre qui « {content.file} » se répartit", file=content.file)
    if due is not None and not plan.first_year <= due.year <= plan.last_year + 1:
        raise UsageError(
            f"le {date(due)} n’est pas une date de retour pour la législature"
            f" {plan.first_year}-{plan.last_year}"
        )


def _nothing_for(strangers: Sequence[str], content: Return) -> str:
    """Say that no service of the list has a row, and which services have some."""
    words = (
        f"dans « {content.file} », aucun service de la liste n’a encore de ligne ; demandez leurs"
        " classeurs avec --service"
    )
    if not strangers:
        return words
    names = listed(f"« {name} »" for name in strangers)
    title = content.plan.lists.title
    return f"{words}, ou écrivez dans « {title} » les services que des lignes nomment : {names}"
