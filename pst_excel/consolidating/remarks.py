"""What is said of files that were not taken as they came, one sentence each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pst_excel.consolidating.answering import Answering
from pst_excel.consolidating.choosing import Chosen
from pst_excel.consolidating.ledgers import heard_in
from pst_excel.consolidating.reference import Reference
from pst_excel.merging.alignment import Realigned
from pst_excel.merging.answers import Answer, Basis
from pst_excel.merging.conflicts import Conflict
from pst_excel.merging.states import State
from pst_excel.model.figures.boards import Board
from pst_excel.model.plan import Plan
from pst_excel.model.words.roles import Role
from pst_excel.model.words.titles import LISEZ_MOI, OF_A_RETURN, OURS
from pst_excel.model.words.wording import date, listed, plural, shortened
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold

_NAME = 60  # characters of the name of a record in a sentence


def remarks(
    heard: Answering, known: Reference, conflicts: Sequence[Conflict],
    lists: Mapping[str, tuple[str, ...]], refused: Iterable[str],
) -> tuple[str, ...]:  # fmt: skip
    """Return the sentences, file by file."""
    plan = known.state.plan
    found = list(refused)
    alone = len(heard.chosen) == 1
    already = {one.digest for one in heard_in(known.state.returned)}
    for one in heard.chosen:
        digests = {one.returned.digest, *(older.returned.digest for older in one.older)}
        if not digests <= already:
            found += _of_file(one, plan, lists, alone)
    due = [d for one in heard.chosen if isinstance(d := _due(one), dt.date)]
    for one in heard.new:
        found += _of_send(one, max(due, default=None))
    new = {one.returned.digest for one in heard.new}
    for answer in heard.answers:
        if answer.state.returned.digest in new:
            found += _of_answer(answer)
    found += realigned(known.state.returned.file, known.told, known.state)
    for conflict in conflicts:
        if conflict.remark:
            name = shortened(conflict.name, _NAME)
            found.append(f"Conflits, {name} : {conflict.remark.rstrip('.')}")
    return tuple(dict.fromkeys(found))


def _of_file(
    one: Chosen, plan: Plan, lists: Mapping[str, tuple[str, ...]], alone: bool
) -> Iterator[str]:
    returned = one.returned
    if one.older:
        files = listed([*(older.returned.file for older in one.older), returned.file])
        yield (
            f"{files} viennent du même service ({one.author}) : le plus récent, {returned.file},"
            " compte ; ce que les autres disaient d’autre est dans « Historique »"
        )
    if foreign := foreign_sheets(returned):
        yield f"{returned.file} : feuilles ajoutées, non reprises : {', '.join(foreign)}"
    if not returned.service and not one.author and not alone:
        yield (
            f"{returned.file} est un {plan.short} complet parmi des retours de services : ce qu’il"
            " dit d’autre est proposé dans « Conflits »"
        )
    if one.author and returned.service and fold(one.author) != fold(returned.service):
        yield (
            f"{returned.file} dit venir du service « {returned.service} », mais répond à l’envoi de"
            f" « {one.author} » : ses lignes restent celles de {one.author}"
        )
    services = lists.get(plan.services.key, ()) if plan.services is not None else ()
    if one.author and services and fold(one.author) not in map(fold, services):
        form = plan.form
        yield (
            f"{returned.file} dit venir du service « {one.author} », qui n’est pas dans la liste"
            f" des services ; corrigez « {form.by_role[Role.SERVICE].label} » dans sa feuille"
            f" « {form.title} », ou ajoutez-le à « {plan.lists.title} »"
        )


def _of_send(one: Chosen, latest: dt.date | None) -> Iterator[str]:
    """Say of a return that it answers an older send."""
    due = _due(one)
    if isinstance(due, dt.date) and latest is not None and due < latest:
        yield (
            f"{one.returned.file} répond à l’envoi du {date(due)}, plus ancien que celui du"
            f" {date(latest)} : comparé à ce que cet envoi contenait"
        )


def _due(one: Chosen) -> object:
    return (one.send or one.returned).identity(Role.DUE)


def _of_answer(answer: Answer) -> Iterator[str]:
    """Say of a return that its send is not known, where it matters, and which ids were wrong."""
    if any(basis is Basis.DOUBTED for basis, _ in answer.changes):
        yield (
            f"{answer.file} : son envoi n’est pas dans les archives ; comparé ligne par ligne au"
            f" {answer.state.plan.short}, sans savoir tout ce qui avait été envoyé"
        )
    yield from realigned(answer.file, answer.told, answer.state)


def realigned(file: str, told: Iterable[Realigned], state: State) -> Iterator[str]:
    """Say which rows had lost or exchanged their ids, the rows of one reason together."""
    groups: dict[tuple[str, str], list[int]] = {}
    for row in told:
        groups.setdefault((row.sheet, row.reason), []).append(row.row)
    for (sheet, reason), rows in groups.items():
        title = state.returned.tables[sheet].title
        few = ", ".join(map(str, sorted(rows)[:6])) + (" …" if len(rows) > 6 else "")
        count = plural(len(rows), "ligne")
        yield f"{file}, {title}, {count} ({few}) : {reason}"


def answered(counting: Sequence[Chosen]) -> list[Return]:
    """Return the returns that answer the latest send, or no send that is dated."""
    due = [day for one in counting if isinstance(day := _due(one), dt.date)]
    latest = max(due, default=None)
    return [
        one.returned
        for one in counting
        if not isinstance(day := _due(one), dt.date) or latest is None or day >= latest
    ]


def foreign_sheets(returned: Return) -> list[str]:
    """Return the titles of the sheets that people added to a return.

    The workbook of a service has no board: one of that title is a sheet of its own.
    """
    if returned.service:
        ours = {LISEZ_MOI, *OF_A_RETURN}
    else:
        boards = (board.title for board in returned.plan.boards if isinstance(board, Board))
        ours = {LISEZ_MOI, *OURS, *boards}
    return [title for title in returned.foreign if title not in ours]


def absent_services(
    returns: Iterable[Return], plan: Plan, lists: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Return the services of the list without a return; none when no return names its service."""
    sent = {fold(returned.service) for returned in returns}
    services = lists.get(plan.services.key, ()) if plan.services is not None else ()
    return [] if sent <= {""} else [label for label in services if fold(label) not in sent]
