"""Where a consolidation without a plan to start from starts: what the returns tell of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pst_excel.merging.contents import Content
from pst_excel.merging.known_rows import KnownRows
from pst_excel.merging.states import State, linked, records_from, state_of
from pst_excel.model.plan import Plan
from pst_excel.model.words.roles import Role
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold


def starting_state(returns: Sequence[Return], plan: Plan) -> State:
    """Return the plan that was sent, as the rows that nobody touched tell it.

    Of a row that was sent several times, the latest send counts. It is empty where nothing was
    sent.
    """
    ordered = sorted(returns, key=_sent_last, reverse=True)
    codes = KnownRows([])
    untouched = [(state_of(one), codes.stamps(one)) for one in ordered]
    sheets: dict[str, dict[str, dict[str, Content]]] = {sheet.key: {} for sheet in plan.tables}
    for state, stamps in untouched:
        as_sent = stamps.untouched(state)
        for key, ident in sorted(as_sent):
            records = state.sheets[key]
            known = sheets[key].setdefault(ident, {})
            if not known:
                known |= records.record(records.position[ident])
    found = {key: records_from(plan[key], list(rows.items())) for key, rows in sheets.items()}
    return linked(State(Return("", "", plan, {}, {}), found))


def _sent_last(returned: Return) -> tuple[str, str]:
    sent = returned.identity(Role.DUE)
    return (sent.isoformat() if isinstance(sent, dt.date) else "", fold(returned.service))
