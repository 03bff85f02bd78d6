"""A campaign whose workbooks are out."""

from __future__ import annotations

import pytest
from support.campaigns import Campaign


@pytest.fixture
def campaign() -> Campaign:
    """A campaign whose first send is out."""
    started = Campaign()
    started.send()
    return started
