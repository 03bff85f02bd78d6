"""How yes and no are read from crosses and boxes, by what the other cells of the column hold."""

from __future__ import annotations

import re

from pst_excel.cells.parsers.patterns import Context, Pattern
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.signs import CROSSED_BOXES, CROSSES, EMPTY_BOXES, TICKS
from pst_excel.model.words.vocabulary import Choice, Vocabulary
from pst_excel.text.spelling import fold

CROSS, CROSS_BESIDE = (
    "croix : non, ou case cochée ?",
    "croix dans une colonne où l’on dit oui : non",
)
BOX = "case barrée d’une croix : oui, ou non ?"
BOX_BESIDE = "case barrée d’une croix, parmi des cases vides ou cochées"
BOXES = "la case cochée parmi celles de la cellule"
_LONGEST = 40  # characters of « ☑ Oui ☐ Non » and the like
_TICKED = (*TICKS, *CROSSED_BOXES)


def _yes_and_no(context: Context) -> tuple[str, str] | None:
    """Return what yes and no are in the list of a column, if it is one of yes and no."""
    yes, no = (context.words.get(fold(signs[0])) for signs in (TICKS, EMPTY_BOXES))
    return (yes, no) if yes and no else None


def _cross(cell: RawCell, context: Context) -> Value:
    answers = _yes_and_no(context) if cell in CROSSES else None
    return answers[1] if answers else None


def _cross_beside(cell: RawCell, context: Context) -> Value:
    """Return no for a cross where other cells of the column say yes otherwise."""
    answers = _yes_and_no(context) if cell in CROSSES else None
    said = answers and any(context.words.get(fold(sign)) == answers[0] for sign in context.signs)
    return answers[1] if answers and said else None


def _crossed_box(cell: RawCell, context: Context) -> Value:
    answers = _yes_and_no(context) if cell in CROSSED_BOXES else None
    return answers[0] if answers else None


def _crossed_box_beside(cell: RawCell, context: Context) -> Value:
    """Return no beside ticked boxes, yes beside empty ones."""
    answers = _yes_and_no(context) if cell in CROSSED_BOXES else None
    if answers is None or not context.signs.intersection((*TICKS, *EMPTY_BOXES)):
        return None
    return answers[1] if context.signs.intersection(TICKS) else answers[0]


_BOX = "|".join(re.escape(sign) for sign in (*_TICKED, *EMPTY_BOXES))
_BOX_FIRST = re.compile(rf"({_BOX}) ?([^\W\d_]+)")
_WORD_FIRST = re.compile(rf"(?<![^\W\d_])([^\W\d_]++) ?:? ?({_BOX})")


def _boxes(cell: RawCell, context: Context) -> Value:
    """Return the one word of a cell whose box is ticked."""
    if not isinstance(cell, str) or len(cell) > _LONGEST or _yes_and_no(context) is None:
        return None
    if cell[:1].isalpha():
        pairs = [(box, word) for word, box in _WORD_FIRST.findall(cell)]
    else:
        pairs = _BOX_FIRST.findall(cell)
    ticked = [context.words.get(fold(word)) for box, word in pairs if box in _TICKED]
    return ticked[0] if len(ticked) == 1 else None


_ANSWER = Vocabulary(
    "reponse", "Réponse",
    (Choice("Présent", ("présent", *TICKS)), Choice("Absent", ("absent", *EMPTY_BOXES))),
)  # fmt: skip
_COLUMN = Column("x", "X", Kind.CHOICE, "", vocabulary=_ANSWER)

TICKING = (
    Pattern(CROSS_BESIDE, Confidence.LIKELY, _cross_beside, ()),
    Pattern(CROSS, Confidence.TO_CONFIRM, _cross, (("✗", "Absent"), ("✘", "Absent")), _COLUMN),
    Pattern(BOX_BESIDE, Confidence.LIKELY, _crossed_box_beside, ()),
    Pattern(BOX, Confidence.TO_CONFIRM, _crossed_box,
         (("☒", "Présent"), ("⊠", "Présent")), _COLUMN),
    Pattern(BOXES, Confidence.LIKELY, _boxes,
         (("☑ Présent ☐ Absent", "Présent"), ("☐ Présent ☒ Absent", "Absent"),
          ("Présent ☐ Absent ☑", "Absent")), _COLUMN),
)  # fmt: skip
