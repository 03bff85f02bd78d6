"""Valid returns, drawn from the declaration: a new column is drawn like the others."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter, for_type_by_name

from pst_excel.cells.parsers.own_codes import padded_alike
from pst_excel.cells.values import Value
from pst_excel.excel.books.template import blank
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW, SEPARATOR, Column, Sheet
from pst_excel.model.words.kinds import Kind, Where
from pst_excel.model.words.plausible import Shape
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.model.words.wording import say
from pst_excel.pst.plausible import DAYS
from pst_excel.returns.tables import Return, Table
from pst_excel.text.spelling import fold, tidy, verbatim

Lists = dict[str, tuple[str, ...]]

SHOWN = 8_000
"""The characters that a failure shows of a return: hypothesis warns of more instead of failing."""

_TRAPS = (
    "=1+1", "+32 81 22 33 44", "-12 %", "@commune", "'apostrophe", '="a"&"b"', "=SOMME(A1:A9)",
    "0042", "1.10", "1E5", "31/12/2026", "TRUE", "#N/A", "nan", "null", "http://exemple.be/?a=1&b=2",
    "mailto:pst@exemple.be", "« Où ? », dit l’œuvre n° 1", 'guillemets "droits"', "<b>&amp;</b>",
    "première ligne\nseconde ligne", "deux  espaces", "👨\u200d👩\u200d👧", "🚲 vélo 🌳", "a;b", "_x000D_", "x" * 255, "Ça\nva ?", "ƒ ✱ *",
)  # fmt: skip
_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"),
    include_characters="\n",
)  # fmt: skip
_CODES = st.from_regex(r"[1-9][0-9]?(\.(0?[1-9]|[1-9]0)){0,2}|[CI][1-9][0-9]?", fullmatch=True)
_TITLES = st.sampled_from(
    ("Travaux", "Finances", "Mobilité", "Ressources humaines", "État civil", "DUPONT Marie",
     "LAMBERT Julie", "Œuvres sociales", "Petite enfance")
)  # fmt: skip


def texts(limit: int | None = None) -> st.SearchStrategy[str]:
    """Return texts that a person may write, without space around, never blank to the eye."""
    longest = limit or 300
    written = st.text(_CHARACTERS, min_size=1, max_size=longest)
    either = st.one_of(st.sampled_from(_TRAPS), written)
    return either.map(verbatim).filter(lambda text: len(text) <= longest and tidy(text) != "")


def _decimals(low: float, high: float, decimals: int) -> st.SearchStrategy[float]:
    scale = 10**decimals
    whole = st.integers(round(low * scale), round(high * scale))
    return whole.map(lambda value: value / scale)


def _choices(vocabulary: Vocabulary, lists: Lists) -> st.SearchStrategy[str]:
    return st.sampled_from(lists.get(vocabulary.key) or vocabulary.labels)


def _one(column: Column, lists: Lists) -> st.SearchStrategy[Value]:
    """Return valid values of a column; a percentage of 1 or less may be a fraction, so is not one."""
    low = column.low if column.low is not None else -1_000_000
    high = column.high if column.high is not None else 1_000_000
    if column.vocabulary is not None:
        return _choices(column.vocabulary, lists)
    if isinstance(column.plausible, Shape):
        return st.from_regex(column.plausible.pattern, fullmatch=True)
    if column.digits:
        return st.from_regex(rf"[0-9]{{{column.digits}}}", fullmatch=True)
    by_kind: dict[Kind, st.SearchStrategy[Value]] = {
        Kind.TEXT: texts(column.max_length),
        Kind.CODE: _CODES,
        Kind.DATE: st.dates(DAYS.first, DAYS.last),
        Kind.YEAR: st.integers(round(low), round(high)).map(float),
        Kind.INTEGER: st.integers(round(low), round(high)).map(float),
        Kind.PERCENT: st.one_of(st.just(0.0), _decimals(max(2, low), high, 1)),
        Kind.NUMBER: _decimals(low, high, 3),
        Kind.AMOUNT: _decimals(low, high, 2),
    }
    return by_kind[column.kind]


def cells(column: Column, lists: Lists) -> st.SearchStrategy[Value]:
    """Return what a cell of a column may hold: a valid value, several, or nothing."""
    if column.many:
        if column.kind is Kind.INTEGER:
            piece: st.SearchStrategy[str] = st.integers(1, 99).map(str)
        else:
            piece = _one(column, lists).map(str)
        several = st.lists(piece, min_size=1, max_size=3, unique=True).map(SEPARATOR.join)
        return st.one_of(st.none(), several)
    one = _one(column, lists)
    return one if column.default is not None or column.key == "code" else st.one_of(st.none(), one)


@st.composite
def tables(draw: st.DrawFn, sheet: Sheet, lists: Lists, program: bool = False) -> Table:
    """Draw the rows of a sheet, each with an id of its own and a code."""
    count = draw(st.integers(0, 3))
    columns: dict[str, list[Value]] = {}
    for column in sheet.inputs:
        if column.key == "id":
            columns["id"] = [f"{sheet.key}{number}" for number in range(count)]
        elif column.where is not Where.BOTH and not program:
            columns[column.key] = [None] * count
        else:
            drawn = st.lists(cells(column, lists), min_size=count, max_size=count)
            columns[column.key] = draw(drawn.filter(_padded_alike))
    rows = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + count))
    return Table(sheet.key, sheet.title, columns, rows, {})


def _padded_alike(values: list[Value]) -> bool:
    """Tell whether no code of a column would be read as a slip among the others."""
    raw = [value if isinstance(value, str) else "" for value in values]
    return padded_alike(raw, values, [])[1] == []


@st.composite
def returns(draw: st.DrawFn, plan: Plan) -> Return:
    """Draw a whole return: its identification, its own lists, the rows of every sheet."""
    lists: Lists = {
        v.key: tuple(draw(st.lists(_TITLES, min_size=1, max_size=4, unique_by=fold)))
        for v in plan.vocabularies
        if v.local and not v.labels
    }
    known = {"version", "annee_debut", "annee_fin"}
    form = {c.key: draw(cells(c, lists)) for c in plan.form.inputs if c.key not in known}
    said = {key: value for key, value in form.items() if value is not None}
    drawn = replace(blank(plan, said), lists=lists)
    for sheet in plan.tables:
        if not sheet.program:
            drawn.tables[sheet.key] = draw(tables(sheet, lists))
    return drawn


@st.composite
def linked(draw: st.DrawFn, plan: Plan) -> Return:
    """Draw a return whose rows name one another: a code drawn alone seldom is that of a row."""
    drawn = draw(returns(plan))
    for sheet in plan.tables:
        table = drawn.tables.get(sheet.key)
        for column in sheet.inputs if table else ():
            known = {str(code) for key in column.refers for code in _codes(drawn, key)}
            if not known:
                continue
            most = 3 if column.many else 1
            codes = st.lists(st.sampled_from(sorted(known)), unique=True, max_size=most)
            table.columns[column.key] = [SEPARATOR.join(draw(codes)) or None for _ in table.rows]
    return drawn


def _codes(drawn: Return, sheet: str) -> list[Value]:
    return drawn.tables[sheet].columns["code"] if sheet in drawn.tables else []


def shown(drawn: Return) -> str:
    """Return what a failure shows of a return: the filled cells of its rows, a line each."""
    lines = [drawn.file]
    for key, table in drawn.tables.items():
        for at, row in enumerate(table.rows):
            held = {name: column[at] for name, column in table.columns.items()}
            said = [f"{name}={say(value)}" for name, value in held.items() if value is not None]
            lines.append(f"{key} {row}: {' | '.join(said)}")
    return "\n".join(lines)[:SHOWN]


def _print(drawn: Return, printer: RepresentationPrinter, cycle: bool) -> None:
    printer.text(f"<{shown(drawn)}>")


def _print_plan(plan: Plan, printer: RepresentationPrinter, cycle: bool) -> None:
    printer.text(f"<{plan.name}>")


for_type_by_name(Return.__module__, Return.__name__, _print)
for_type_by_name(Plan.__module__, Plan.__name__, _print_plan)
