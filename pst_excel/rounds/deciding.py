"""What people decide of a return: it is set aside, or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pst_excel.campaign.entries import Decided, Verdict
from pst_excel.campaign.memory import Arrival, Memory
from pst_excel.model.words.wording import date, guess, listed
from pst_excel.rounds.workplace import Workplace
from pst_excel.text.brief import brief
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold

_DIGITS = 8  # of a hash: below, it may be a word


@dataclass(frozen=True)
class Ruling:
    """A decision, the return that it is about, and the consolidation that took it up, if any."""

    arrival: Arrival
    verdict: Verdict
    reason: str
    taken_in: int = 0

    def __repr__(self) -> str:
        return brief(self, self.verdict, self.arrival.came.file, self.reason)


def decide(work: Workplace, named: str, verdict: Verdict, reason: str = "") -> Ruling:
    """Set a return aside, or take it back; it is named by its file, service or hash.

    Raises: UsageError where no return, or several, are meant, or where nothing would change.
    """
    memory = work.register.memory
    arrival = found(memory, named, verdict)
    if arrival.aside == (verdict is Verdict.ASIDE):
        state = "est déjà écarté" if arrival.aside else "n’est pas écarté"
        raise UsageError(
            f"« {arrival.came.file} », reçu le {date(arrival.at)}, {state}", file=arrival.came.file
        )
    work.register.record(Decided(arrival.came.digest, verdict, reason), [work.layout.mark])
    return Ruling(arrival, verdict, reason, memory.taken().get(arrival.came.digest, 0))


def found(memory: Memory, named: str, verdict: Verdict = Verdict.ASIDE) -> Arrival:
    """Return the one return that is meant: by its path or name, its service, or its hash.

    Of several, those of which a verdict would change something; of a service, the latest of them.
    Raises: UsageError, which names those there are.
    """
    name, folded = Path(named).name, fold(named)

    def open_to(some: Sequence[Arrival]) -> Sequence[Arrival]:
        return [one for one in some if one.aside is (verdict is Verdict.BACK)] or some

    meant = open_to([one for one in memory.arrivals if one.came.file in (name, named)])
    if not meant and len(named) >= _DIGITS:
        meant = [one for one in memory.arrivals if one.came.digest.startswith(named.lower())]
    if not meant:
        mine = open_to([one for one in memory.arrivals if fold(one.came.service) == folded])
        meant = sorted(mine, key=lambda one: one.rank)[-1:]
    if not meant:
        names = [word for one in memory.arrivals for word in (one.came.file, one.came.service)]
        raise UsageError(
            f"aucun retour reçu ne s’appelle « {named} »{guess(named, dict.fromkeys(names))} ; ceux"
            " de la campagne sont listés par : pst-excel campagne etat --retours"
        )
    if len(meant) > 1:
        raise UsageError(_several(named, meant))
    return meant[0]


def _several(named: str, meant: Sequence[Arrival]) -> str:
    each = listed(
        f"{one.came.digest[:12]} (reçu le {date(one.at)} à {one.at:%H:%M})" for one in meant
    )
    return f"« {named} » est le nom de plusieurs retours ; nommez-le par son empreinte : {each}"
