"""With what a consolidation is compared: the plan as the last one wrote it, and who answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from pst_excel.consolidating.answering import Answering
from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.ledgers import heard_in, run_in
from pst_excel.consolidating.reference import Reference
from pst_excel.consolidating.since import Answers, Since, since
from pst_excel.merging.docket import Entry
from pst_excel.merging.draft import Draft
from pst_excel.merging.states import linked, state_of
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold


def since_last_time(
    known: Reference, archive: Archive, replaced: Return | None, heard: Answering, draft: Draft,
    entries: Iterable[Entry], observed: dt.date, absent: Sequence[str],
) -> Since:  # fmt: skip
    """Return what changed from the result that is brought up to date, else replaced, to a draft.

    It is compared as the program left it, where that is known: what people corrected in it since
    is a change as well.
    """
    last = replaced or known.state.returned
    if replaced is not None:
        before = linked(state_of(archive.replaced or replaced))
    else:
        before = known.written or known.state
    answers = _answers(last, heard, absent)
    return since(last, before, draft, entries, observed, answers, bool(run_in(last)))


def _answers(last: Return, heard: Answering, absent: Sequence[str]) -> Answers:
    earlier = {fold(one.service) for one in heard_in(last)}
    new = sorted({one.author for one in heard.new if one.author}, key=fold)
    first = tuple(author for author in new if fold(author) not in earlier)
    return Answers(first, tuple(a for a in new if a not in first), tuple(absent))
