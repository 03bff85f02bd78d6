"""The workbooks that are mutated: of each kind that a command is given, and the good ones beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.template import write_template
from pst_excel.pst import PST
from pst_excel.testing import added
from support import CLEAN, OBSERVED, OLD_TEMPLATE, SAMPLES, WRITTEN, damaged, read, workbook
from support.annotated import FAULTY, handed_back
from support.campaigns import Campaign
from support.modernised import RELATION, package, parts, related
from support.one_round import FINANCES, TRAVAUX, answers, at, write
from support.stirred import add_sheets, stirred


def _away(text: str) -> str:
    return text.replace("Valbruyère", "Montargeau").replace("92951", "92952")


RETURN = CLEAN.replace("nom               |", "service | Travaux\nnom |").replace("I1", "I2")
SERVICE = CLEAN.replace("nom               |", "service | Finances\nnom |").replace(
    "1.1.1", "1.1.2"
)
_MICROSOFT = "http://schemas.microsoft.com/office"
_TALK = (
    f'<ThreadedComments xmlns="{_MICROSOFT}/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="E5" dT="2026-01-05T10:11:12.34" personId="{A}" id="{1}">'
    "<text>On garde ?</text></threadedComment>"
    '<threadedComment ref="E5" personId="{A}" id="{2}" parentId="{1}"><text>Oui.</text>'
    "</threadedComment></ThreadedComments>"
)


@cache
def united() -> bytes:
    """Return the plan that two returns make."""
    returns = [read(data, f"{at}.xlsx") for at, data in enumerate((workbook(RETURN), service()))]
    return as_bytes(consolidate(returns, PST, OBSERVED), ".xlsx")


@cache
def service() -> bytes:
    """Return the return of a service."""
    return workbook(SERVICE)


@cache
def sent() -> bytes:
    """Return the workbook that a service of the plan receives."""
    preparation = prepare(read(united()), (), date(2027, 1, 31))
    return write_template(preparation.workbooks[0].content)


@cache
def disputed() -> bytes:
    """Return a plan that leaves to be decided a value, and a code that two services chose."""
    campaign = Campaign()
    campaign.send()
    for who, title in ((TRAVAUX, "Rouler bien"), (FINANCES, "Rouler vite")):
        filled = at(campaign, who)
        write(filled, "1.1", "oo", intitule=title)
        added(filled, "actions", code="1.1.9", intitule=title, code_oo="1.1")
    return as_bytes(answers(campaign, TRAVAUX, FINANCES), ".xlsx")


@cache
def lived_in() -> bytes:
    """Return a return with sheets, notes, drawings and a conversation of people’s own."""
    data = damaged(handed_back(workbook(FAULTY)), add_sheets)
    sheet = next(name for name in parts(data) if name.endswith("worksheets/sheet6.xml"))
    folder, _, name = sheet.rpartition("/")
    talks = RELATION.format(77, "threadedComment", "../threadedComments/threadedComment1.xml")
    return package(data, {
        f"{folder}/_rels/{name}.rels": related(data, sheet, talks),
        "xl/threadedComments/threadedComment1.xml": _TALK,
    })  # fmt: skip


def _kept(name: str) -> Callable[[], bytes]:
    return lambda: (WRITTEN / name).read_bytes()


_MADE: dict[str, Callable[[], bytes]] = {
    "retour.xlsx": lambda: workbook(RETURN),
    "ailleurs.xlsx": lambda: workbook(_away(CLEAN)),
    "ailleurs_annote.xlsx": lambda: handed_back(workbook(_away(FAULTY))),
    "service.xlsx": service,
    "annote.xlsx": lambda: handed_back(workbook(FAULTY)),
    "habite.xlsx": lived_in,
    "consolide.xlsx": united,
    "a_decider.xlsx": disputed,
    "rempli.xlsx": (SAMPLES / "retours" / "PST_Valbruyere_travaux.xlsx").read_bytes,
    "ailleurs_consolide.xlsx": (SAMPLES / "institutions" / "PST_grand-sart.xlsx").read_bytes,
    "envoi.xlsx": sent,
    "ancien.xlsx": OLD_TEMPLATE.read_bytes,
    "ancien_habite.xlsx": stirred,
    "libreoffice.ods": _kept("libreoffice.ods"),
    "libreoffice.xls": _kept("libreoffice.xls"),
    "libreoffice.xlsx": _kept("libreoffice.xlsx"),
    "sheetjs.xlsb": _kept("sheetjs.xlsb"),
    "sheetjs.xlsx": _kept("sheetjs.xlsx"),
}
BASES = sorted(_MADE)
AWAY = [name for name in BASES if name.startswith("ailleurs")]
"""The workbooks of another institution than the good ones'."""


@cache
def base(name: str) -> bytes:
    """Return a workbook of the list."""
    return _MADE[name]()
