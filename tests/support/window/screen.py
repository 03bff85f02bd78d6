"""A screen and a LibreOffice Calc on it, that nobody sees; what they need, and what is missing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from support.office import SOFFICE, write_profile

SIZE = (1366, 768)
LIMIT = 60.0  # seconds until something ends or answers
SETTINGS = (
    ("org.openoffice.Office.Linguistic/General", "UILocale", "fr"),
    ("org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("org.openoffice.Office.Calc/Layout/Line", "PageBreak", "false"),  # no lines over cells
)


@cache
def lacking() -> str:
    """Say which program a real window lacks here, and what follows; nothing when none."""
    found = {
        "LibreOffice (soffice)": SOFFICE is not None,
        "a LibreOffice with windows": bool(_drawn()),
        "Xvfb": shutil.which("Xvfb") is not None,
        "a Python that has uno": hand_python() is not None,
    }
    missing = [name for name, there in found.items() if not there]
    return f"not installed: {', '.join(missing)}: no gesture is tried in a real window" * bool(
        missing
    )


def _drawn() -> list[Path]:
    return list(_programs().glob("libvclplug_[!s]*lo.so")) if SOFFICE else []


def _programs() -> Path:
    return Path(str(SOFFICE)).resolve().parent


@cache
def hand_python() -> str | None:
    """Return the Python that can talk to LibreOffice: that of LibreOffice, or of the system."""
    for python in (str(_programs() / "python"), "/usr/bin/python3"):
        if (
            shutil.which(python)
            and not subprocess.run(
                [python, "-c", "import uno"], capture_output=True, check=False
            ).returncode
        ):
            return python
    return None


@contextmanager
def calc(folder: Path, pipe: str, locale: str, size: tuple[int, int] = SIZE) -> Iterator[Path]:
    """Start a screen and LibreOffice on it, listening at a pipe; give the file of what is shown."""
    with ExitStack() as started:
        display, shown = started.enter_context(_screen(folder, size))
        profile = folder / "profile"
        write_profile(profile, locale, SETTINGS)
        command = [
            str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--norestore", "--nologo",
            "--nolockcheck", "--nodefault", f"--accept=pipe,name={pipe};urp",
        ]  # fmt: skip
        started.enter_context(_running(command, {"DISPLAY": display, "SAL_USE_VCLPLUGIN": "gen"}))
        yield shown


@contextmanager
def _screen(folder: Path, size: tuple[int, int]) -> Iterator[tuple[str, Path]]:
    reading, writing = os.pipe()
    width, height = size
    command = [
        "Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24",
        "-nolisten", "tcp", "-nocursor", "-fbdir", str(folder),
    ]  # fmt: skip
    with _running(command, {}, writing), os.fdopen(reading, encoding="ascii") as told:
        os.close(writing)
        yield f":{told.readline().strip()}", folder / "Xvfb_screen0"


@contextmanager
def _running(command: list[str], changed: Mapping[str, str], *kept: int) -> Iterator[None]:
    # soffice starts a process of its own: both are in a new group, and end together.
    process = subprocess.Popen(
        command, env=os.environ | changed, pass_fds=kept, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(LIMIT)
