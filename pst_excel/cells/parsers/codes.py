"""How codes are read: dressed with a level or a title, or turned by Excel into numbers and dates.

Sources of the forms: the codes of Namur (1.1.1.), Tubize (OS 1), Marche-en-Famenne (O.O 5.1,
05.1.01) and iA.PST (OS.3, A.45, « A.45 - SA.46 - Titre »).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from pst_excel.cells.parsers.code_lists import COMMA, OPEN, PATH, path_of, several_codes
from pst_excel.cells.parsers.patterns import (
    NOT_KNOWN,
    Context,
    KindReader,
    Pattern,
    Understood,
)
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, ShownText, Value, is_date, is_number
from pst_excel.model.schema import SEPARATOR, Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.vocabulary import SHOWN
from pst_excel.text.spelling import in_digits

_NUMBERED = r"[0-9]+(?:\.[0-9]+)*"


class _Forms(NamedTuple):
    """How a code is told among the words that people write before those of a column."""

    plain: re.Pattern[str]
    dressed: re.Pattern[str]
    figures: re.Pattern[str]
    titled: re.Pattern[str]


@cache
def _forms(prefixes: tuple[str, ...]) -> _Forms:
    """Return the forms of codes before which these words may stand, acronyms with or without dots.

    A word of one letter is one only with a dot or a space: A45 is a code.
    """
    bare = [(word, word.replace(".", "")) for word in prefixes]
    acronyms = [
        undotted for _, undotted in bare if undotted.isupper() and 1 < len(undotted) <= _LETTERS
    ]
    letters = [undotted for _, undotted in bare if undotted.isupper() and len(undotted) == 1]
    words = [re.escape(word) for word, undotted in bare if undotted not in (*acronyms, *letters)]
    longest = sorted(acronyms, key=len, reverse=True)
    levels = "|".join([*(r"\.? ?".join(acronym) for acronym in longest), *words])
    ways = [rf"(?:{levels})\.?"] * bool(levels) + [rf"[{''.join(letters)}][. ]"] * bool(letters)
    level = f"(?:{'|'.join(ways)})?" if ways else ""
    before = rf"{level}[ ]?(?:n°|nº|no\.?|num[ée]ro)?[ ]?"
    other = f"(?!(?i:{'|'.join(acronyms)}))" if acronyms else ""
    ignoring, across = re.IGNORECASE, re.IGNORECASE | re.DOTALL
    return _Forms(
        re.compile(rf"{_NUMBERED}|{other}[A-Za-z]{{1,{_LETTERS}}}-?{_NUMBERED}"),
        re.compile(rf"{before}({_NUMBERED})", ignoring),
        re.compile(rf"(?:{levels})[ :]*+([0-9 .]+)" if levels else r"([0-9 .]+)", ignoring),
        re.compile(
            rf"({before}{_NUMBERED})\.?(?: ?[-–—:)] ?| )(?=[^\d\W])(?:\S* \S.*|\S{{6,}})", across
        ),
    )


_LETTERS = 3  # at most, of an acronym and of what begins a code
_SPACED = re.compile(r"(?<=\.) +(?=[0-9])|(?<=[0-9]) +(?=\.)")
_AND = re.compile(r"[ .,]*(?:et|and|ou|puis|plus|ainsi que|etc)\b", re.IGNORECASE)
_ETC = re.compile(r"(.*?[^ ,.])[ ,.]*+(?:\betc\.*+|…|(?<=\.\.))", re.IGNORECASE)
_FIGURE = re.compile("[0-9]")
_COMMAS = re.compile(r"[0-9]+(?:,[0-9]+)+")
_STROKES = re.compile(r"[0-9]+(?:([-/_])[0-9]+)(?:\1[0-9]+)*")


def _literal(cell: RawCell, context: Context) -> Value:
    """Return a code as it stands, a whole number included; a drop-down list leaves its title."""
    if isinstance(cell, str):
        text, shown, title = cell.partition(SHOWN.rstrip())
        if shown and SHOWN.rstrip() in title and several_codes(cell, context):
            return None
    elif is_number(cell) and float(cell).is_integer():
        text = f"{cell:.0f}"
    else:
        return None
    digits, forms = context.column.digits, _forms(context.column.prefixes)
    plain = in_digits(text) and len(text) >= digits if digits else forms.plain.fullmatch(text)
    return text if plain else None


def _dressed(cell: RawCell, context: Context) -> Value:
    if not isinstance(cell, str):
        return None
    bare = cell.partition(SHOWN.rstrip())[0].removeprefix("(").removeprefix(" ").rstrip(" .)")
    text = _SPACED.sub("", bare)
    forms = _forms(context.column.prefixes)
    match = forms.dressed.fullmatch(text)
    if match is None and context.column.digits:
        match = forms.figures.fullmatch(text)
    return match[1].replace(" ", "") if match else (text if forms.plain.fullmatch(text) else None)


def _lost_zero(cell: RawCell, context: Context) -> Value:
    digits = context.column.digits
    text = f"{cell:.0f}" if is_number(cell) and float(cell).is_integer() else cell
    if not digits or not isinstance(text, str):
        return None
    text = text.replace(" ", "").replace(".", "")
    return text.zfill(digits) if in_digits(text) and len(text) <= digits else None


def _path(cell: RawCell, context: Context) -> Value | Understood:
    path = path_of(cell, context) if isinstance(cell, str) else None
    return Understood(path.codes[0], path.confidence, path.rule) if path else None


def _titled(cell: RawCell, context: Context) -> Value | Understood:
    if not isinstance(cell, str):
        return None
    match = _forms(context.column.prefixes).titled.fullmatch(cell)
    if match is None:
        return None
    code = _literal(match[1], context) or _dressed(match[1], context)
    return (
        Understood(code, Confidence.TO_CONFIRM, AND_MORE)
        if _AND.match(cell, match.end(1))
        else code
    )


def _open(cell: RawCell, context: Context) -> Value:
    """Return the code after which « etc. » says that there are others."""
    match = _ETC.fullmatch(cell) if isinstance(cell, str) else None
    return (_literal(match[1], context) or _dressed(match[1], context)) if match else None


def _with_comma(cell: RawCell, context: Context) -> Value | Understood:
    if not isinstance(cell, str) or not _COMMAS.fullmatch(cell):
        return None
    code = cell.replace(",", ".")
    if not context.column.many:
        return code
    # Where there may be several, 3,2 is one code among codes of two parts, and is asked.
    alike = len(context.widths) == code.count(".") + 1
    return Understood(code, Confidence.TO_CONFIRM, COMMA) if alike else None


def _with_strokes(cell: RawCell, context: Context) -> Value:
    # A commune may have codes such as 2026-12: only among dotted codes is this one of them.
    if isinstance(cell, str) and context.widths and (match := _STROKES.fullmatch(cell)):
        return cell.replace(match[1], ".")
    return None


def _from_number(cell: RawCell, context: Context) -> Value | Understood:
    if not is_number(cell):
        return None
    code = f"{cell:.10g}"
    ten = f"{code}0"
    if ten in context.known and code not in context.known:
        return Understood(ten, Confidence.TO_CONFIRM, LOST_TEN)
    asked = ten in context.texts or (ten in context.known and "." in code)
    return Understood(code, Confidence.TO_CONFIRM, LOST_TEN_OR_NOT) if asked else code


def _from_date(cell: RawCell, context: Context) -> Value:
    """Return the code that Excel took for a date, with as many parts and figures as the others."""
    if not is_date(cell):
        return None
    widths = context.widths
    parts = (cell.day, cell.month, cell.year % 100)[: 2 if len(widths) == 2 else 3]
    widths = widths if len(widths) == len(parts) else (1,) * len(parts)
    return ".".join(f"{part:0{width}d}" for part, width in zip(parts, widths, strict=True))


def _as_shown(cell: RawCell, context: Context) -> Value | Understood:
    """Return the code that the format of a number or of a date shows, where it looks like one."""
    if not isinstance(cell, ShownText):
        return None
    text = str(cell)
    literal = _literal(text, context)
    if is_date(cell.held):  # a format of days shows a code only where it is as long as the others
        alike = tuple(map(len, text.split("."))) == context.widths
        return literal if alike else None
    if literal is None:
        return CODE.understand(text, context)
    unsure = cell.padded and context.zeros_by_habit
    return Understood(literal, Confidence.TO_CONFIRM, BY_FORMAT.rule) if unsure else literal


AND_MORE = "« et » après le code : un autre code, ou l’intitulé ?"
FIRST_OF = "plusieurs codes dans la cellule : le premier ?"
ZEROS = "zéros de tête du code"
LOST_TEN = "zéro final perdu (1.10 devenu 1.1)"
LOST_TEN_OR_NOT = "code devenu un nombre : 1.1, ou 1.10 ?"
_FIVE = Column("x", "X", Kind.CODE, "", digits=5)
_LEVELS = ("O.S", "O.O", "S.A", "A", "objectif opérationnel", "action")
DRESSED = Column("x", "X", Kind.CODE, "", prefixes=_LEVELS)

BY_FORMAT = Pattern(
    "code affiché par son format", Confidence.SURE, _as_shown,
    ((ShownText("1.10", 1.1), "1.10"), (ShownText("05", 5), "05"), (ShownText("1.1", 11), "1.1"),
     (ShownText("OO 1.10", 1.1), "1.10")),
    DRESSED,
)  # fmt: skip
_FORMS = (
    Pattern("zéros de tête perdus, ou espaces", Confidence.SURE, _lost_zero,
         ((3000, "03000"), ("3000", "03000"), ("92 951", "92951"), ("92.951", "92951")), _FIVE),
    Pattern(OPEN, Confidence.TO_CONFIRM, _open,
         (("1.1, etc.", "1.1"), ("OO 1.1 …", "1.1")), DRESSED),
    Pattern("préfixe ou ponctuation du code", Confidence.SURE, _dressed,
         (("OS 1", "1"), ("O.S. 1", "1"), ("O.S 5", "5"), ("OS1", "1"), ("OO n° 2.3", "2.3"),
          ("O.O 5.1", "5.1"), ("OO.12", "12"), ("Action 2.3.1", "2.3.1"), ("A.45", "45"),
          ("SA.46", "46"), ("n° 3", "3"), ("2.3.1.", "2.3.1"), ("1.1)", "1.1"),
          ("1. 1. 1", "1.1.1"),
          ("Objectif opérationnel 2.3", "2.3"), ("C1.", "C1")), DRESSED),
    Pattern(PATH, Confidence.LIKELY, _path,
         (("A.45 - SA.46 - Planter", "46"), ("OS 1 - OO 1.1", "1.1"),
          ("1 - 1.1 - Doubler les pistes", "1.1")), DRESSED),
    Pattern("intitulé à la suite du code", Confidence.LIKELY, _titled,
         (("1.1 - Doubler les pistes", "1.1"), ("1.1. Doubler les pistes", "1.1"),
          ("OO 1.1 : Doubler les pistes", "1.1"), ("OS.3 - Être une commune", "3"),
          ("1.1.1 Planter des arbres", "1.1.1")), DRESSED),
    Pattern(COMMA, Confidence.LIKELY, _with_comma,
         (("1,1", "1.1"), ("1,1,10", "1.1.10"))),
    Pattern("tirets ou barres au lieu de points", Confidence.LIKELY, _with_strokes, ()),
    Pattern("code devenu un nombre", Confidence.LIKELY, _from_number,
         ((1.1, "1.1"), (2.15, "2.15"))),
    BY_FORMAT,
    Pattern("code devenu une date", Confidence.TO_CONFIRM, _from_date,
         ((dt.datetime(2001, 1, 5), "5.1.1"), (dt.date(2026, 2, 1), "1.2.26"))),
    NOT_KNOWN,
)  # fmt: skip

CODE = KindReader(
    "un code", _literal, _FORMS,
    ((True, "une case cochée"), (dt.time(1, 1), "une heure"),
     ("Attention, le budget est à revoir", "une phrase, sans aucun chiffre"),
     ("1.1 et 1.2", "deux codes, où l’on en attend un"), ("1.1 1.10", "deux codes, ou un seul ?"),
     ("1.1 - 1.2", "deux codes, où l’on en attend un")),
)  # fmt: skip


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 2 and not _FIGURE.search(text)


def understood(cell: RawCell, context: Context) -> Understood | None:
    """Return what a code that is not plain means; a text that no form knows stands as it is.

    But a sentence is no code: several words, and not one figure. Nor are two codes one.
    """
    one = not context.column.many and not context.column.digits
    if one and isinstance(cell, str) and (several := several_codes(cell, context)):
        first = Understood(several.codes[0], Confidence.TO_CONFIRM, FIRST_OF)
        return first if several.titled else None
    found = CODE.understand(cell, context)
    if found is not None or not isinstance(cell, str) or _is_sentence(cell):
        return found
    return Understood(cell, Confidence.SURE, "")


def as_known(found: Understood | None, context: Context) -> Understood | None:
    """Return the codes of a cell as their own sheets write them: 1.1 for 01.01 where 1.1 is."""
    if found is None or not isinstance(found.value, str) or found.value in context.known:
        return found
    written = found.value.split(SEPARATOR)
    codes = SEPARATOR.join(dict.fromkeys(_as_known(code, context) for code in written))
    if codes == found.value:
        return found
    rule = found.rule if found.confidence is not Confidence.SURE else ZEROS
    return Understood(codes, found.confidence, rule)


def _as_known(code: str, context: Context) -> str:
    alike = context.known.alike(code)
    return alike[0] if code not in context.known and len(alike) == 1 else code
