"""Settings of every test: hypothesis gives the same examples on every run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings
from support.window import Window, lacking, opened_window

from pst_excel.cli.commands import cli
from pst_excel.returns.cache import CACHE
from pst_excel.workers.faults import CRASH

os.environ[CRASH] = "1"  # a fault of the program is no outcome of a test
os.environ[CACHE] = ""  # what another run has read is none either

# Where pyarrow is installed, as for these tests, pandas keeps texts in it; most users have none.
pd.set_option("mode.string_storage", "python")

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],  # a whole plan is a large example
)
settings.load_profile("ci")

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Return the command: arguments in, the result with its exit code, stdout and stderr out."""

    def call(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(cli, [str(one) for one in arguments], prog_name="pst-excel")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture(scope="session")
def libreoffice_window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Return the one window of LibreOffice of these tests: starting it takes seconds."""
    if missing := lacking():
        pytest.skip(missing)
    with opened_window(tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(libreoffice_window: Window) -> Iterator[Window]:
    """Return a real window of LibreOffice, without any workbook before and after."""
    yield libreoffice_window
    libreoffice_window.close()
