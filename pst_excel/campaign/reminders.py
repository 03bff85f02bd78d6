"""Whom to write to, and what: those who are late, whose return is due soon, or has errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pst_excel.campaign.contacts import Contacts, flat
from pst_excel.campaign.entries import Reminder
from pst_excel.campaign.standing import ServiceStanding, Stand, Standing
from pst_excel.model.words.titles import CONTROLES, LISEZ_MOI
from pst_excel.model.words.wording import date, plural, shortened

RECENT = 3
"""Days during which a service that was written to is told to have been."""
_PATIENT = 7  # days of lateness up to which the tone is light
_SOON, _FIRM = 5, 2  # days that are left to answer, as the tone is light or firm
_NAME = 80  # characters of a name in a subject


@dataclass(frozen=True)
class Case:
    """A service to write to: how it stands, why, from whom, the address that is known of it.

    `help` is where questions are asked, as the workbooks say it; both may be empty.
    """

    standing: ServiceStanding
    why: tuple[Reminder, ...]
    today: dt.date
    plan: str
    institution: str
    to: str = ""
    help: str = ""

    @property
    def service(self) -> str:
        """The service in one line."""
        return flat(self.standing.service)

    @property
    def late(self) -> bool:
        """Whether its return is late."""
        return Reminder.LATE in self.why

    @property
    def firm(self) -> bool:
        """Whether it is so late that the tone is firm."""
        return self.late and self.standing.days > _PATIENT

    @property
    def recent(self) -> dt.date | None:
        """The day on which it was last written to, where that is recent and another day."""
        day = self.standing.reminded
        return day if day is not None and 0 < (self.today - day).days <= RECENT else None


@dataclass(frozen=True)
class Letter:
    """What is written to a service: to which address, under which subject, in which words."""

    to: str
    subject: str
    body: str


def cases(found: Standing, before: int | None = None) -> list[Case]:
    """Return the services to write to; with `before`, also those due within so many days."""
    memory = found.memory
    contacts = Contacts(memory)
    return [
        Case(
            one, why, found.today, flat(memory.plan), flat(memory.institution),
            contacts.of(one), contacts.help,
        )
        for one in found.services
        if (why := _why(one, found.today, before))
    ]  # fmt: skip


def _why(one: ServiceStanding, today: dt.date, before: int | None) -> tuple[Reminder, ...]:
    found = []
    if one.stand is Stand.LATE:
        found.append(Reminder.LATE)
    awaited = one.due if one.stand is Stand.AWAITED else None
    if before is not None and awaited is not None and (awaited - today).days <= before:
        found.append(Reminder.SOON)
    if one.errors:
        found.append(Reminder.ERRORS)
    return tuple(found)


def letter(case: Case, workbook: bool = False, copy: bool = False) -> Letter:
    """Return what is written to a service.

    `workbook` tells whether what it was sent is attached, `copy` its annotated return.
    """
    asked = Reminder.ERRORS not in case.why or len(case.why) > 1
    parts = [
        "Bonjour,",
        *(_opening(case) if asked else ()),
        *(_errors(case, asked, copy) if Reminder.ERRORS in case.why else ()),
        _steps(_to_answer(case, workbook) if asked else _to_correct(case, copy)),
        _help(case),
        "Merci d’avance, et bien à vous,",
        "\n".join(part for part in (_whose(case), case.help) if part),
    ]
    return Letter(case.to, _subject(case), "\n\n".join(parts) + "\n")


def _whose(case: Case) -> str:
    return " – ".join(part for part in (case.plan, case.institution) if part)


def _subject(case: Case) -> str:
    one, due = case.standing, _due(case)
    if case.late and one.never:
        what = "nous n’avons encore rien reçu"
    elif case.firm:
        what = f"retour en retard de {plural(one.days, 'jour')}"
    elif case.late:
        what = f"retour attendu depuis le {due}"
    elif Reminder.SOON in case.why:
        what = f"retour attendu pour le {due}"
    else:
        what = f"{plural(one.errors, 'erreur')} à corriger"
    return f"{shortened(_whose(case), _NAME)}, {shortened(case.service, _NAME)} : {what}"


def _opening(case: Case) -> Iterator[str]:
    """Say where the return is, as the days have it."""
    one, due, ago = case.standing, _due(case), plural(case.standing.days, "jour")
    if not case.late:
        yield (
            f"Le retour de « {case.service} » est attendu pour le {due}, {_ahead(case)}. S’il est"
            " déjà en route, merci : ce message n’est qu’un rappel."
        )
    elif one.never:
        yield (
            f"Nous n’avons encore rien reçu de « {case.service} », dont le retour était attendu"
            f" pour le {due}, il y a {ago}. Si le classeur ne vous est pas parvenu, ou si c’est à"
            " quelqu’un d’autre de le remplir, dites-le-nous."
        )
    elif case.firm:
        yield (
            f"Le retour de « {case.service} » était attendu pour le {due} : il manque depuis {ago}."
        )
    else:
        yield (
            f"Le retour de « {case.service} » était attendu pour le {due}, il y a {ago}, et ne nous"
            " est pas encore parvenu. S’il est déjà en route, merci : ne tenez pas compte de ce"
            " message."
        )
    if case.firm:
        yield (
            f"Sans lui, le {case.plan} reste incomplet, et votre service y figure parmi ceux qui"
            " n’ont pas répondu. Si quelque chose vous retient, dites-le-nous : nous chercherons"
            " une solution avec vous."
        )
    if case.late and one.counts is not None and not one.errors:
        yield (
            f"Votre dernier retour, reçu le {date(one.counts.at)}, répondait à un envoi précédent."
        )


def _errors(case: Case, asked: bool, copy: bool) -> Iterator[str]:
    """Say how many errors the return that counts has, and the first of them."""
    arrival = case.standing.counts
    if arrival is None:
        return
    came, every = arrival.came, plural(case.standing.errors, "erreur")
    if asked:
        known = ", que la copie annotée jointe montre" if copy else ""
        yield (
            f"Votre dernier retour, reçu le {date(arrival.at)}, comptait {every}{known} : vérifiez"
            " que rien n’en reste dans le classeur que vous renverrez."
        )
    else:
        yield (
            f"Merci pour le retour de « {case.service} », reçu le {date(arrival.at)}"
            f" (« {flat(came.file)} »). Le contrôle y trouve {every}."
        )
    lines = [f"  – {flat(one)}" for one in came.errors]
    more = case.standing.errors - len(lines)
    if lines and more > 0:
        lines.append(f"  … et {plural(more, 'autre')}.")
    if lines:
        yield "\n".join(lines)


def _to_answer(case: Case, attached: bool) -> Iterator[str]:
    sent = case.standing.sent
    if sent is None:
        yield "Complétez le classeur de votre service."
    else:
        name, day = flat(sent.workbook.file), date(sent.at)
        yield (
            f"Ouvrez le classeur joint, « {name} » : c’est celui qui a été préparé pour vous le"
            f" {day}."
            if attached
            else f"Ouvrez le classeur « {name} », qui a été préparé pour vous le {day}."
        )
        yield "Mettez à jour ce qui a changé ; laissez le reste tel quel."
    yield f"Enregistrez-le, et renvoyez-le en réponse à ce message{_by(case)}."


def _to_correct(case: Case, attached: bool) -> Iterator[str]:
    counts = case.standing.counts
    if attached and counts is not None:
        yield (
            f"Ouvrez la copie annotée jointe, « {flat(counts.came.copy)} » : les cellules à revoir"
            f" y sont colorées, et la feuille « {CONTROLES} » dit pour chacune quoi faire."
        )
        yield "Corrigez dans cette copie, et enregistrez-la."
        yield f"Renvoyez-la en réponse à ce message{_by(case)}."
    else:
        yield "Corrigez votre classeur, et enregistrez-le."
        yield f"Renvoyez-le en réponse à ce message{_by(case)}."


def _steps(steps: Iterator[str]) -> str:
    lines = [f"  {at}. {step}" for at, step in enumerate(steps, start=1)]
    return "\n".join(["Ce qui vous est demandé :", *lines])


def _help(case: Case) -> str:
    ask = f"posez-les à {case.help}" if case.help else "répondez simplement à ce message"
    return (
        f"Besoin d’aide ? La feuille « {LISEZ_MOI} » du classeur explique comment le remplir ; pour"
        f" vos questions, {ask}."
    )


def _by(case: Case) -> str:
    """Say by when an answer is asked: the day that was said, else one that can be kept."""
    if Reminder.SOON in case.why:
        return f" pour le {_due(case)}"
    if case.firm:
        return f", au plus tard le {date(_working_day(case.today, _FIRM))}"
    return f", si possible pour le {date(_working_day(case.today, _SOON))}"


def _working_day(today: dt.date, days: int) -> dt.date:
    """Return the day after so many days; of a week-end, the Monday that follows."""
    day = today + dt.timedelta(days=days)
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _due(case: Case) -> str:
    due = case.standing.due
    return date(due) if due is not None else ""


def _ahead(case: Case) -> str:
    due = case.standing.due
    days = (due - case.today).days if due is not None else 0
    return {0: "aujourd’hui", 1: "demain"}.get(days, f"dans {plural(days, 'jour')}")
