"""To whom a service's messages go: the address that it gives, not that of those who write.

The workbooks that are sent name where to ask; most come back with that name as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from pst_excel.campaign.memory import Memory
from pst_excel.campaign.standing import ServiceStanding
from pst_excel.text.spelling import fold

_LOOKED_AT = 500  # characters of a cell in which an address is looked for
_ADDRESS = re.compile(
    r"(?<![\w.+@-])[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}(?![\w@-])"
)


def flat(text: str) -> str:
    """Return a text on one line, its spaces single, without signs of command or direction."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def address_in(text: str) -> str:
    """Return the first e-mail address of a text; empty where there is none."""
    found = _ADDRESS.search(text[:_LOOKED_AT])
    return found[0] if found else ""


class Contacts:
    """Whom the returns of a campaign name, told from those who wrote to the services."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def of(self, one: ServiceStanding) -> str:
        """Return the address that a service gives last as its own; empty where it gives none."""
        counting = sorted((a for a in one.arrivals if a.counts), key=lambda arrival: arrival.rank)
        given = (address_in(arrival.came.contact) for arrival in reversed(counting))
        return next((one for one in given if one and fold(one) not in self._ours), "")

    @cached_property
    def help(self) -> str:
        """Where questions are asked, in one line: as was sent last, else as most returns say."""
        sent = [flat(one.workbook.contact) for one in self._memory.sends]
        return next((said for said in reversed(sent) if said), "") or next(iter(self._shared), "")

    @cached_property
    def _ours(self) -> set[str]:
        sent = {fold(address_in(one.workbook.contact)) for one in self._memory.sends}
        return sent | {fold(one) for one in self._shared}

    @cached_property
    def _shared(self) -> list[str]:
        """The addresses that several services give, the most given first: they are of none."""
        given = {
            (address_in(one.came.contact), fold(one.came.service))
            for one in self._memory.arrivals
            if one.counts
        }
        times = Counter(address for address, _ in sorted(given) if address)
        return [address for address, count in times.most_common() if count > 1]
