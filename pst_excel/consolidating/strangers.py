"""Returns of another institution or legislature: left out where it is clear which they are."""

from __future__ import annotations

from collections.abc import Sequence

from pst_excel.model.words.wording import listed
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.errors import UsageError

_NAMED = 3  # files that a sentence can name


def without_strangers(
    returns: Sequence[Return], previous: Return | Refusal | None, named: bool
) -> tuple[list[Return], list[Refusal]]:
    """Return the returns of one institution and legislature, and the refusals of the others.

    The plan to bring up to date says which it is where a return agrees with it, or where it was
    `named`; else most of the returns do. What says neither goes with the others. Raises:
    UsageError where it is not clear.
    """
    plan = previous if isinstance(previous, Return) and any(previous.whose) else None
    whose = _known([*returns, *([plan] if plan is not None and named else [])])
    owners: dict[tuple[str, ...], list[Return]] = {}
    for returned in returns:
        if any(whose[id(returned)]):
            owners.setdefault(whose[id(returned)], []).append(returned)
    if plan is not None and named:
        owners.setdefault(plan.whose, [plan])
    if len(owners) < 2:
        return list(returns), []
    ours = _ours(owners, plan)
    if ours is None:
        raise UsageError(_unclear(list(owners.values()), returns[0]))
    others = [one for one in returns if whose[id(one)] != ours and any(whose[id(one)])]
    left = {id(one) for one in others}
    kept = [one for one in returns if id(one) not in left]
    return kept, [_refused(one, owners[ours][0]) for one in others]


def _known(returns: Sequence[Return]) -> dict[int, tuple[str, ...]]:
    """Return whose each return is, by its identity: years not understood part it from no one."""
    said = {returned.whose: returned for returned in returns if returned.says_years}
    return {
        id(returned): next(
            (one for one in said.values() if one.goes_with(returned)), returned
        ).whose
        for returned in returns
    }


def _ours(
    owners: dict[tuple[str, ...], list[Return]], plan: Return | None
) -> tuple[str, ...] | None:
    """Return whose plan it is; None where neither the plan nor most of the returns tell."""
    if plan is not None and plan.whose in owners:
        return None if owners[plan.whose][0] is plan else plan.whose
    most = max(owners, key=lambda whose: len(owners[whose]))
    every = sum(map(len, owners.values()))
    return most if 2 * len(owners[most]) > every else None


def _refused(stranger: Return, one_of_ours: Return) -> Refusal:
    form = stranger.plan.form.title
    return Refusal(
        stranger.file,
        f"il est d’une autre institution ou législature ({_whose(stranger)}) que les autres"
        f" ({_whose(one_of_ours)}) ; il n’est pas repris : corrigez sa feuille « {form} », ou"
        " retirez-le de ce dossier",
    )


def _whose(returned: Return) -> str:
    plan = returned.plan
    return f"{returned.institution}, {plan.first_year}-{plan.last_year}"


def _unclear(groups: list[list[Return]], first: Return) -> str:
    names = [
        f"{group[0].institution} ({', '.join(sorted(r.file for r in group)[:_NAMED])}"
        f"{' …' if len(group) > _NAMED else ''})"
        for group in sorted(groups, key=lambda group: (-len(group), group[0].file))
    ]
    return (
        f"les classeurs viennent de plusieurs institutions ou législatures : {listed(names)}."
        f" Mettez de côté ceux qui n’appartiennent pas à ce {first.plan.short}, ou corrigez leur"
        f" feuille « {first.plan.form.title} »"
    )
