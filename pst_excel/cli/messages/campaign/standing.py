"""How a campaign stands, on the screen and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pst_excel.campaign.entries import State, Verdict
from pst_excel.campaign.memory import Arrival
from pst_excel.campaign.standing import ServiceStanding, Stand, Standing
from pst_excel.cli.messages.campaign.columns import Heading, aligned
from pst_excel.model.words.wording import date, listed, plural

_SIGNS = {Stand.ANSWERED: "✔", Stand.LATE: "✖", Stand.AWAITED: "…", Stand.NEVER_ASKED: "–",
          Stand.GONE: "–"}  # fmt: skip
_HEADINGS = (
    Heading(""), Heading("Service"), Heading("État"), Heading("Reçu le"), Heading("Modèle"),
    Heading("Lignes", right=True), Heading("Err.", right=True), Heading("Avert.", right=True),
    Heading("Cons.", right=True), Heading("Fichier"),
)  # fmt: skip
_ARRIVED = tuple(map(Heading, ("Reçu le", "Service", "État", "Empreinte", "Fichier")))
_DIGITS = 12  # of a hash, by which a return may be named


def standing(found: Standing) -> Iterator[str]:
    """Say who answered, who is late, what came, and what is to be done."""
    memory = found.memory
    whose = f" de {memory.institution}" if memory.institution else ""
    yield f"Campagne{whose}, le {date(found.today)}."
    yield f"{summary(found)}."
    if found.services:
        yield ""
        yield from aligned(_HEADINGS, [_row(one) for one in found.services])
        yield ""
    yield from _remarks(found)
    yield _last(found)
    yield from _next(found)


def summary(found: Standing) -> str:
    """Say in one line how many answered, how many are late, how many never answered."""
    answered, late = found.having(Stand.ANSWERED), found.having(Stand.LATE)
    every = len(found.services) - len(found.having(Stand.NEVER_ASKED, Stand.GONE))
    parts = [f"{plural(len(answered), 'service a', 'services ont')} répondu sur {every}"]
    if late:
        worst = max(one.days for one in late)
        parts.append(f"{len(late)} en retard, jusqu’à {plural(worst, 'jour')}")
    never = sum(one.never for one in found.services)
    if never:
        parts.append(f"{never} n’{'a' if never == 1 else 'ont'} jamais répondu")
    return " · ".join(parts) if every else "Aucun service encore : rien n’a été envoyé ni reçu"


def _row(one: ServiceStanding) -> Sequence[str]:
    came = one.counts.came if one.counts else None
    if one.counts is None or came is None:
        return (_SIGNS[one.stand], one.service, _stand(one), "", "", "", "", "", "", "")
    before = "" if one.stand is Stand.ANSWERED else "au tour d’avant : "
    return (
        _SIGNS[one.stand], one.service, _stand(one), date(one.counts.at),
        came.version or "?", str(came.rows), *map(str, came.findings), f"{before}{came.file}",
    )  # fmt: skip


def _stand(one: ServiceStanding) -> str:
    due = f" pour le {date(one.due)}" if one.due else ""
    days = plural(one.days, "jour")
    if one.stand is Stand.ANSWERED:
        words = f"reçu, {days} de retard" if one.days else "reçu"
    elif one.stand is Stand.LATE:
        words = f"en retard de {days}"
    elif one.stand is Stand.AWAITED:
        words = f"attendu{due}"
    else:
        words = str(one.stand)
    return f"{words}, jamais répondu" if one.never else words


def _remarks(found: Standing) -> Iterator[str]:
    """Say what of the returns does not count, what no service sent, who is in no list."""
    unlisted = [one.service for one in found.services if not one.listed]
    if unlisted:
        yield f"⚠ Hors de la liste des services : {listed(unlisted)}."
    for one in found.memory.arrivals:
        if one.decision is not None and one.aside:
            yield f"⚠ Écarté le {date(one.decision.at)} : {one.came.file} ({one.decision.reason})."
        elif one.came.state == State.REFUSED:
            yield f"✖ Refusé le {date(one.at)} : {one.came.file} : {one.came.reason}."
    for one in found.others:
        if one.counts:
            kind = "plan entier" if one.came.state == State.PLAN else "de service inconnu"
            yield f"⚠ Reçu le {date(one.at)}, {kind} : {one.came.file}."
    for name in found.memory.lacking:
        yield f"⚠ L’archive a perdu ou abîmé « {name} » : pst-excel campagne reparer."


def _last(found: Standing) -> str:
    if not found.memory.rounds:
        return "Aucune consolidation encore."
    one = found.memory.rounds[-1]
    gave = one.gave
    errors = plural(gave.findings[0], "erreur")
    asked = plural(gave.conflicts, "point à décider", "points à décider")
    return (
        f"Dernière consolidation : n° {one.number}, le {date(one.at)} à {one.at:%H:%M},"
        f" {errors}, {asked}."
    )


def _next(found: Standing) -> Iterator[str]:
    if found.memory.rounds and not found.memory.sends:
        yield "Rien n’a encore été envoyé : pst-excel campagne envoyer"
    if found.waiting:
        count = plural(len(found.waiting), "retour n’est pas", "retours ne sont pas")
        yield f"{count} encore dans le plan : pst-excel campagne consolider"
    to_write = [one for one in found.services if one.stand is Stand.LATE or one.errors]
    if to_write:
        count = plural(len(to_write), "service")
        yield f"{count} à relancer (retard ou erreurs) : pst-excel campagne rappels"


def every_return(found: Standing) -> Iterator[str]:
    """Say of each file that ever came whose it is, and what became of it."""
    taken = found.taken
    rows = []
    for one in found.memory.arrivals:
        number = taken.get(one.came.digest)
        stand = Verdict.ASIDE if one.aside else one.came.state
        state = f"{stand}, consolidation n° {number}" if number else str(stand)
        rows.append((f"{date(one.at)} {one.at:%H:%M}", one.came.service or "?", state,
                     one.came.digest[:_DIGITS], one.came.file))  # fmt: skip
    yield from aligned(_ARRIVED, rows)


def json_standing(found: Standing) -> dict[str, Any]:
    """Return how a campaign stands, for programs."""
    taken = found.taken
    return {
        "institution": found.memory.institution,
        "date": found.today.isoformat(),
        "services": [
            {
                "service": one.service, "etat": one.stand, "jours_de_retard": one.days,
                "echeance": one.due.isoformat() if one.due else None,
                "jamais_repondu": one.never, "dans_la_liste": one.listed,
                "retour": one.counts.came.digest if one.counts else None,
            }
            for one in found.services
        ],
        "retours": [_json_arrival(one, taken) for one in found.memory.arrivals],
        "consolidations": [
            {"numero": one.number, "le": one.at.isoformat(), "passage": one.gave.run,
             "empreinte": one.gave.digest}
            for one in found.memory.rounds
        ],
    }  # fmt: skip


def _json_arrival(one: Arrival, taken: dict[str, int]) -> dict[str, Any]:
    came = one.came
    errors, warnings, hints = came.findings
    return {
        "fichier": came.file, "empreinte": came.digest, "service": came.service,
        "etat": Verdict.ASIDE if one.aside else came.state, "raison": came.reason,
        "motif": one.decision.reason if one.decision and one.aside else "",
        "recu_le": one.at.isoformat(), "version": came.version, "lignes": came.rows,
        "erreurs": errors, "avertissements": warnings, "conseils": hints, "auteur": came.author,
        "enregistre_le": came.saved, "situation_au": came.observed,
        "consolidation": taken.get(came.digest), "remarques": list(came.remarks),
    }  # fmt: skip
