"""What tables are made of: frames by sheet, one value for each row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import pandas as pd

Frame = pd.DataFrame
Frames = dict[str, pd.DataFrame]
Series: TypeAlias = "pd.Series[Any]"
Index: TypeAlias = "pd.Index[Any]"
Parameters = Mapping[str, Any]  # dates, years, lists: what rules and formulas share
SOURCE = "source"  # the level of an index that says of which return a row is
ABSENT = (
    "absent"  # the parameter of the services that have not answered, and the list of their keys
)
UNREAD = "non_compris"  # that of the cells whose text was not understood, by sheet and column
BESIDE = "a_cote"  # that of the rows that hold something which is no value of theirs
