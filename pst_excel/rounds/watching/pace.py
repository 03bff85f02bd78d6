"""How often who watches a campaign looks, and for how many looks it is patient."""

from __future__ import annotations

import math

INTERVAL: float = 2
"""Seconds between two looks."""

GRACE = 10
"""Looks at the same unreadable file before it is taken for what it is."""

CROWD = 30
"""Looks for which a folder in which files keep coming is waited for."""

RESTS = (1, 2, 5, 10, 30)
"""Looks between two tries of what does not go, the last one from then on."""

SURE = 3
"""Looks that miss a campaign before it is gone."""

_OPEN = 15 * 60
_FASTEST = 0.01


def patience(interval: float) -> int:
    """Return how many looks a file that is open is waited for: a quarter of an hour."""
    return math.ceil(_OPEN / max(interval, _FASTEST))
