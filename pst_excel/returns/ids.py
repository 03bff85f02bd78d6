"""What the ids that the program makes look like."""

from __future__ import annotations

import re

LENGTH = 12  # hexadecimal digits
_ID = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


def is_id(text: str) -> bool:
    """Tell whether a text is an id as the program makes them, and nothing else."""
    return _ID.fullmatch(text) is not None
