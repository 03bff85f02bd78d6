"""Whom the program writes to, and what: courteous, concrete, never more than one message each."""

from __future__ import annotations

import datetime as dt

import pytest
from support.remembered import AT, DUE, came, consolidated, sent

from pst_excel.campaign.entries import Came, Reminder, Sent
from pst_excel.campaign.memory import Arrival, Memory, Reminding, Round, Sending
from pst_excel.campaign.reminders import Case, cases, letter
from pst_excel.campaign.standing import standing

ERRORS = [f"Actions, cellule N{at} : ce n’est pas un pourcentage. Corrigez." for at in range(4, 9)]


def memory(
    *sends: Sent, returns: tuple[Came, ...] = (), services: tuple[str, ...] = (),
    reminders: tuple[Reminding, ...] = (),
) -> Memory:  # fmt: skip
    return Memory(
        "Valbruyère", due=DUE, services=services, reminders=reminders,
        sends=tuple(Sending(one, AT) for each in sends for one in each.workbooks),
        arrivals=tuple(Arrival(one, AT, at) for at, one in enumerate(returns, start=1)),
        rounds=(Round(1, AT, consolidated(1)),),
    )  # fmt: skip


def on(day: int, known: Memory, before: int | None = None) -> list[Case]:
    """Return whom is to be written to so many days after the day of return."""
    return cases(standing(known, DUE + dt.timedelta(days=day)), before)


def only(day: int, known: Memory, before: int | None = None) -> Case:
    (case,) = on(day, known, before)
    return case


def test_who_answered_without_errors_is_left_alone() -> None:
    assert on(30, memory(sent("Travaux"), returns=(came("Travaux"),))) == []


def test_who_is_not_late_yet_is_written_to_only_where_that_is_asked() -> None:
    known = memory(sent("Travaux"))
    assert on(-5, known) == on(-5, known, 4) == []
    case = only(-5, known, 5)
    assert case.why == (Reminder.SOON,)
    said = letter(case, workbook=True)
    assert said.subject == "PST – Valbruyère, Travaux : retour attendu pour le 30/09/2026"
    assert "dans 5\u00a0jours" in said.body
    assert "renvoyez-le en réponse à ce message pour le 30/09/2026." in said.body
    assert "aujourd’hui" in letter(only(0, known, 0)).body


@pytest.mark.parametrize(
    ("days", "subject", "words"),
    [
        (1, "retour attendu depuis le 30/09/2026", "si possible pour le 06/10/2026."),
        (7, "retour attendu depuis le 30/09/2026", "si possible pour le 12/10/2026."),
        (8, "retour en retard de 8\u00a0jours", "au plus tard le 12/10/2026."),  # Saturday: Monday
    ],
)
def test_the_tone_follows_the_days(days: int, subject: str, words: str) -> None:
    before = came("Travaux", due=DUE.replace(month=6))
    said = letter(only(days, memory(sent("Travaux"), returns=(before,))), workbook=True)
    assert said.subject.endswith(f": {subject}")
    assert words in said.body
    assert "répondait à un envoi précédent" in said.body
    assert ("reste incomplet" in said.body) == (days > 7)


def test_who_never_answered_is_asked_whether_anything_arrived() -> None:
    said = letter(only(20, memory(sent("Travaux"))))
    assert said.subject.endswith(": nous n’avons encore rien reçu")
    assert "il y a 20\u00a0jours. Si le classeur ne vous est pas parvenu" in said.body
    assert "joint" not in said.body  # nothing is


def test_errors_are_counted_and_the_first_said() -> None:
    known = memory(sent("Travaux"), returns=(came("Travaux", ERRORS),))
    said = letter(only(0, known), copy=True)
    assert said.subject.endswith("Travaux : 5\u00a0erreurs à corriger")
    assert [line[4:] for line in said.body.splitlines() if line.startswith("  – ")] == ERRORS[:3]
    assert "  … et 2\u00a0autres." in said.body
    assert "Ouvrez la copie annotée jointe, « retour Travaux.xlsx »" in said.body


def test_who_is_late_with_errors_in_an_older_return_gets_one_message_of_both() -> None:
    before = came("Travaux", ERRORS, due=DUE.replace(month=6))
    case = only(3, memory(sent("Travaux"), returns=(before,)))
    assert case.why == (Reminder.LATE, Reminder.ERRORS)
    said = letter(case, workbook=True, copy=True)
    assert "retour attendu depuis" in said.subject
    assert "comptait 5\u00a0erreurs, que la copie annotée jointe montre" in said.body
    assert "Ouvrez le classeur joint, « Travaux.xlsx »" in said.body


def test_a_service_of_the_list_that_was_sent_nothing_is_asked_for_its_return() -> None:
    case = only(3, memory(services=("Travaux",)))
    assert "Complétez le classeur de votre service." in letter(case).body


def test_an_address_is_that_of_the_service_not_of_those_who_wrote_to_it() -> None:
    ours = "Cellule : pst@valbruyere.example"
    known = memory(
        *(sent(name, contact=ours) for name in ("Culture", "Finances", "Sport", "Travaux")),
        returns=(
            came("Culture", ERRORS, "PST@valbruyere.example"),
            came("Finances", ERRORS, "Julie <finances@valbruyere.example>, poste 12"),
            came("Sport", ERRORS, "081/22 33 44"), came("Travaux", ERRORS),
        ),
    )  # fmt: skip
    assert {case.service: case.to for case in on(0, known)} == {
        "Culture": "", "Finances": "finances@valbruyere.example", "Sport": "", "Travaux": "",
    }  # fmt: skip
    assert f"posez-les à {ours}." in letter(on(0, known)[0]).body


def test_an_address_that_two_services_give_is_of_neither() -> None:
    both = "commun@valbruyere.example"
    known = memory(returns=(came("Culture", ERRORS, both), came("Sport", ERRORS, both)))
    assert [(case.to, case.help) for case in on(0, known)] == [("", both)] * 2


def test_a_name_of_several_lines_stays_on_one() -> None:
    name = "Travaux\r\nBcc: tous@example.org\u2028 et\u202e voirie"
    case = only(3, memory(sent(name)))
    said = letter(case, workbook=True)
    assert "Travaux Bcc: tous@example.org et voirie" in said.subject
    assert not {"\r", "\u2028", "\u202e"} & {*said.subject, *said.body}


def test_a_service_written_to_in_the_last_three_days_is_told() -> None:
    from pst_excel.campaign.entries import Notice

    def recent(days: int) -> dt.date | None:
        day = DUE + dt.timedelta(days=10 - days)
        notice = Reminding(Notice("TRAVAUX", ("en retard",), "rappel_Travaux.eml", "0"), day)
        return only(10, memory(sent("Travaux"), reminders=(notice,))).recent

    assert recent(3) == DUE + dt.timedelta(days=7)
    assert recent(0) is recent(4) is recent(-1) is None
