"""What is said of the messages that were made ready for the services."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from pst_excel.campaign.entries import Reminder
from pst_excel.campaign.layout import Layout
from pst_excel.model.words.wording import date, listed, plural

if TYPE_CHECKING:
    from pst_excel.rounds.reminding import Message, Reminding


def reminded(done: Reminding, layout: Layout) -> Iterator[str]:
    """Say to whom there is a message, why and in which file, and what is left to people."""
    every = sorted((*done.written, *done.again), key=lambda one: one.notice.file)
    if every:
        yield f"{_counted(done)}, dans {layout.reminders} :"
    elif not done.edited:
        yield f"Personne à relancer le {date(done.today)}."
    for one in every:
        yield f"  {_told(one)} → {one.notice.file}{'' if one in done.written else ' (inchangé)'}"
        yield from (f"    ⚠ {remark}." for remark in one.remarks)
    yield from _remarks(done, every, layout)
    if every:
        yield (
            "Rien n’est envoyé par le programme : ouvrez chaque message, relisez-le, complétez"
            " l’adresse s’il en manque une, et envoyez-le."
        )


def _counted(done: Reminding) -> str:
    new, same = len(done.written), len(done.again)
    parts = [plural(new, "message préparé", "messages préparés")] if new else []
    if same:
        parts.append(plural(same, "message inchangé", "messages inchangés"))
    return f"Rappels du {date(done.today)} : {listed(parts)}"


def _told(one: Message) -> str:
    standing, reasons = one.case.standing, []
    if Reminder.LATE in one.notice.why:
        never = ", jamais répondu" if standing.never else ""
        reasons.append(f"en retard de {plural(standing.days, 'jour')}{never}")
    if Reminder.SOON in one.notice.why and standing.due is not None:
        reasons.append(f"attendu pour le {date(standing.due)}")
    if Reminder.ERRORS in one.notice.why:
        reasons.append(plural(standing.errors, "erreur"))
    to = f", à {one.to}" if one.to else ""
    return f"{one.notice.service} : {' · '.join(reasons)}{to}"


def _remarks(done: Reminding, every: Collection[Message], layout: Layout) -> Iterator[str]:
    """Say what a person should know before sending."""
    if done.unseen:
        count = plural(len(done.unseen), "fichier", "fichiers")
        yield (
            f"⚠ {count} de « {layout.returns.name} » pas encore reçu{_s(done.unseen)}"
            f" ({listed(done.unseen)}) : pst-excel campagne recevoir, puis recommencez."
        )
    for day in sorted({one.recent for one in every if one.recent is not None}):
        names = [one.notice.service for one in every if one.recent == day]
        yield f"⚠ Déjà relancé{_s(names)} le {date(day)} : {listed(names)}."
    blank = [one.notice.service for one in every if not one.to]
    if blank:
        whom = f"pour {listed(blank)}" if len(blank) < len(every) else "à chaque message"
        yield f"⚠ Il manque l’adresse {whom} : complétez « À » en l’ouvrant."
    for message in done.edited:
        yield (
            f"⚠ {message.notice.file} n’est plus tel que le programme l’a écrit, et reste ainsi :"
            " pour en avoir un nouveau, supprimez-le et recommencez."
        )
    if done.gone:
        yield f"Retiré, plus nécessaire : {listed(done.gone)}."
    if done.kept:
        yield f"⚠ Plus nécessaire, mais modifié par vous, et laissé là : {listed(done.kept)}."


def _s(names: Collection[str]) -> str:
    return "s" if len(names) > 1 else ""
