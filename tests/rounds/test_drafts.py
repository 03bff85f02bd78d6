"""A message opens as a draft with its accents and its files, and no name breaks a header."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage

import pytest

from pst_excel.campaign.reminders import Letter
from pst_excel.rounds.drafts import Attached, draft

BODY = "Bonjour,\n\n« Été » — il y a 3\u00a0jours : œuvrez !\n" + "x" * 300 + "\n"
HARD = [
    "Population – État civil", 'Service "Travaux", <voirie>; (nord)', "x" * 200, "é" * 200,
    "Vélos 🚲 et piétons 🚶 " * 8, "A\r\nBcc: tous@example.org", "A\nContent-Type: text/html\n\n<b>",
    "=?utf-8?q?Bcc=3A?= ruse", "", "\u202eà l’envers",
]  # fmt: skip


def opened(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


@pytest.mark.parametrize("name", HARD)
def test_no_name_breaks_a_header(name: str) -> None:
    data = draft(
        Letter("a@b.example", f"PST, {name} : 3 erreurs", BODY), [Attached(f"{name}.xlsx", b"1")]
    )
    message = opened(data)
    assert message.keys() == ["X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"]
    plain = "".join(sign if sign.isprintable() else " " for sign in name)
    assert message["Subject"].split() == f"PST, {plain} : 3 erreurs".split()
    (file,) = message.iter_attachments()
    safe = re.sub(r'[<>:"/\\|?*]', "_", plain)
    assert (file.get_filename() or "").split() == f"{safe}.xlsx".split()
    head, _, _ = data.partition(b"\r\n\r\n")
    assert head.isascii()
    assert max(map(len, data.split(b"\r\n"))) < 998  # what a line of mail may hold


def test_words_and_files_come_out_as_they_went_in() -> None:
    files = [Attached("envoi.xlsx", bytes(range(256)) * 50), Attached("macros.xlsm", b"2")]
    message = opened(draft(Letter("", "Été", BODY), files))
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == BODY
    assert body["Content-Transfer-Encoding"] == "quoted-printable"
    found = [(one.get_filename(), one.get_content()) for one in message.iter_attachments()]
    assert found == [(one.name, one.data) for one in files]


def test_it_is_a_draft_of_nobody_to_nobody_where_no_address_is_known() -> None:
    message = opened(draft(Letter("", "Été", BODY), []))
    assert message["X-Unsent"] == "1"
    assert not {"To", "From", "Date", "Message-ID"} & set(message.keys())


def test_the_same_words_and_files_give_the_same_bytes() -> None:
    letter, files = Letter("", "Été", BODY), [Attached("envoi.xlsx", b"1")]
    assert draft(letter, files) == draft(letter, files)
    assert draft(letter, files) != draft(letter, [Attached("envoi.xlsx", b"2")])
