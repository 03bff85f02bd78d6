"""What is said of a campaign that begins, of its sends, of decisions, of what is issued again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pst_excel.campaign.entries import Verdict
from pst_excel.campaign.layout import Layout
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date, listed, plural

if TYPE_CHECKING:
    from pst_excel.rounds.creating import Creation
    from pst_excel.rounds.deciding import Ruling
    from pst_excel.rounds.reissuing import Reissue
    from pst_excel.rounds.sending import Sending


def created(made: Creation, due: dt.date | None) -> Iterator[str]:
    """Say what campaign was made, of what, and what comes next."""
    from pst_excel.cli.messages.campaign.receiving import received
    from pst_excel.cli.messages.campaign.uniting import summary

    layout = made.layout
    whose = f" de {made.institution}" if made.institution else ""
    by = f", retours attendus pour le {date(due)}" if due else ""
    yield f"Campagne{whose} faite dans {layout.folder}{by}."
    if made.united is not None:
        yield from summary(made.united)
    if made.carried:
        copies = plural(made.carried, "copie reprise", "copies reprises")
        yield f"{copies} des archives du plan : ce qui avait été envoyé et reçu est connu."
    yield from received(made.reception, layout, quiet=True)
    yield f"{layout.readme.name} dit ce que chaque dossier contient."
    if layout.plan.is_file():
        yield f"Et maintenant : pst-excel campagne envoyer {layout.folder}"
    elif made.reception.came:
        yield f"Et maintenant : pst-excel campagne consolider {layout.folder}"
    else:
        yield (
            f"Et maintenant : déposez les retours des services dans {layout.returns}, puis"
            f" pst-excel campagne consolider {layout.folder}"
        )


def sent(result: Sending, layout: Layout, today: dt.date) -> Iterator[str]:
    """Say what was made ready for whom, what is the same as before, what is not in it."""
    from pst_excel.cli.messages.preparation import prepared

    yield from prepared(result.preparation, layout.plan, layout.sends, [])
    due = result.preparation.workbooks[0].content.identity(Role.DUE)
    if isinstance(due, dt.date) and due < today:
        yield f"⚠ Le {date(due)} est passé : donnez la date du nouveau tour avec --echeance."
    if result.waiting:
        count = plural(len(result.waiting), "retour reçu n’est pas encore consolidé",
                       "retours reçus ne sont pas encore consolidés")  # fmt: skip
        yield (
            f"⚠ {count} : ce que disent {listed(result.waiting)} n’est pas dans ces classeurs."
            " Consolidez d’abord, puis envoyez à nouveau."
        )
    if result.again:
        count = plural(len(result.again), "service reçoit", "services reçoivent")
        yield f"{count} le même classeur qu’au dernier envoi : rien n’a changé pour eux."
    if result.left:
        names = listed(one.name for one in result.left)
        yield (
            f"⚠ Modifié depuis son envoi dans « {layout.sends.name} », et laissé là : {names}. Si"
            f" c’est un retour, déplacez-le dans « {layout.returns.name} »."
        )
    yield f"Et maintenant : envoyez ces classeurs ; déposez ce qui revient dans {layout.returns}"


def ruled(ruling: Ruling) -> Iterator[str]:
    """Say what was decided of a return, and what it changes."""
    came = ruling.arrival.came
    of = f" ({came.service})" if came.service else ""
    if ruling.verdict is Verdict.BACK:
        yield f"{came.file}{of} compte à nouveau, dès la prochaine consolidation."
        return
    yield f"{came.file}{of} est écarté : {ruling.reason}."
    if ruling.taken_in:
        yield (
            f"Il était déjà repris dans la consolidation n° {ruling.taken_in} : la prochaine s’en"
            " passe si elle le peut, et le dit."
        )
    yield f'Pour revenir en arrière : pst-excel campagne ecarter "{came.file}" --reprendre'


def reissued(result: Reissue) -> Iterator[str]:
    """Say which consolidation was issued again, and where."""
    from pst_excel.cli.messages.files import written

    one = result.round
    yield (
        f"Consolidation n° {one.number}, du {date(one.at)} à {one.at:%H:%M}, telle qu’elle a été"
        " écrite."
    )
    yield from written(result.file, result.previous)
