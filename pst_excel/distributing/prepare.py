"""How a whole plan becomes one prefilled workbook for each service, or for those asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pst_excel.distributing.allocation import Allocation, ServiceWorkbook
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date, listed
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UsageError
from pst_excel.text.filenames import distinct
from pst_excel.text.spelling import fold, nearest

_FEW = 12  # names that a sentence can bear


@dataclass(frozen=True)
class Preparation:
    """The workbooks of the services, in the order of their list, and what is in none of them.

    `without` are the services of the list that have no row, `left` counts by sheet the rows that
    nobody receives, `ownerless` names by sheet those that nobody is to keep up to date, and
    `strangers` are the services that answer for rows without being in the list: all four are empty
    where the services were chosen. `active` is what acts in the plan when it is opened, in words:
    none of it is in the workbooks. `archive` is the folder of the copies that were kept of the
    workbooks, if they were, and `not_kept` says why they were not.
    """

    workbooks: list[ServiceWorkbook]
    without: list[str] = field(default_factory=list)
    left: Mapping[str, int] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    ownerless: Mapping[str, list[str]] = field(default_factory=dict)
    active: tuple[str, ...] = ()
    archive: Path | None = None
    not_kept: str = ""


def prepare(
    content: Return, services: Sequence[str] = (), due: dt.date | None = None
) -> Preparation:
    """Share a whole plan out among the services of its list, or among those asked for.

    Raises: UsageError when the plan is the return of a service or has no list of services, when a
    service asked for is not in the list, when no service has a row, and when the date of return is
    out of the legislature.
    """
    _refuse(content, due)
    known = _services(content)
    asked = _asked(services, known, content)
    share = Allocation(content)
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
    if asked:
        return Preparation(workbooks, active=content.active)
    if not workbooks:
        raise UsageError(
            f"dans « {content.file} », aucun service de la liste n’a encore de ligne ; demandez"
            " leurs classeurs avec --service"
        )
    without = [service for service in known if not roles[service]]
    sent = {place for received in roles.values() for place in received}
    owned = {place for received in roles.values() for place, role in received.items() if not role}
    return Preparation(
        workbooks, without, share.left(sent), share.strangers(known), share.ownerless(owned),
        content.active,
    )  # fmt: skip


def _refuse(content: Return, due: dt.date | None) -> None:
    plan = content.plan
    if content.service:
        raise UsageError(
            f"« {content.file} » est le classeur d’un service ({content.service}), pas un"
            f" {plan.short} complet ; donnez le classeur que « pst-excel consolider » a écrit"
        )
    if plan.services is None:
        raise UsageError(f"rien ne dit entre qui « {content.file} » se répartit")
    if due is not None and not plan.first_year <= due.year <= plan.last_year + 1:
        raise UsageError(
            f"le {date(due)} n’est pas une date de retour pour la législature"
            f" {plan.first_year}-{plan.last_year}"
        )


def _services(content: Return) -> list[str]:
    vocabulary = content.plan.services
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
