"""What the commands say, on its way to the screen: the only module that writes there.

A file's name, a sheet's title and a cell come from others. Read by a terminal, what is in them
could erase what was said, forge a line or turn it round: signs of command are shown, not obeyed.
"""

from __future__ import annotations

import json
from typing import Any

import click

_PICTURES = 0x2400  # where the signs stand that show the first 32 characters
_DELETE, _DELETED = 0x7F, 0x2421
_UNSHOWN = "�"
_TURNING = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_BREAKING = (0x2028, 0x2029)
_SHOWN = (
    {code: _PICTURES + code for code in range(32)}
    | {_DELETE: _DELETED}
    | dict.fromkeys((*range(0x80, 0xA0), *_TURNING, *_BREAKING), _UNSHOWN)
    | {ord("\t"): " ", ord("\n"): " ⏎ "}
)
_ESCAPED = {code: f"\\u{code:04x}" for code in _SHOWN if code > ord(" ")}


def harmless(text: str) -> str:
    """Return a text on one line, in which no character tells a terminal what to do."""
    return text if text.isascii() and text.isprintable() else text.translate(_SHOWN)


def say(*lines: str, err: bool = False) -> None:
    """Say lines, on the screen or where errors are said."""
    for line in lines:
        click.echo(harmless(line), err=err)


def say_data(document: Any) -> None:
    """Say a document for programs, in JSON: each text is in it, as it is read back."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    click.echo(text if text.isascii() else text.translate(_ESCAPED))
