"""One example of every rule broken, in a workbook where nothing else is wrong.

The bad example of each rule is dressed: what it leaves blank is filled with what the columns give
as examples, what it refers to is added, and its codes are moved to a place of their own, so that
all of them stand in one plan without touching each other. A place is that of the rule's code: a
new rule adds its rows to the workbook, and changes none of those of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pst_excel.model.rules import Rule
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import ID
from pst_excel.model.words.kinds import Kind, Layout, Need
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.readings import LEVEL_TYPES
from pst_excel.pst.sheets.common import LIEN
from pst_excel.reading import examples
from pst_excel.reading.examples import Raw
from pst_excel.returns.identity import derived
from pst_excel.returns.tables import Return

Row = dict[str, str]
TABLES = {sheet.title: sheet for sheet in PST if sheet.layout is Layout.TABLE}
OS, OO, ACTIONS, INDICATEURS = (PST[key].title for key in ("os", "oo", "actions", "indicateurs"))
CONSTAT, EVALUATION = PST["constat"].title, PST["evaluation"].title
FORM, LISTS = PST.form.title, PST.lists.title
_BY_STATUS: dict[str, Row] = {
    v.NON_COMMENCE: {"avancement": "0", "debut_prevu": "01/03/2027", "debut_effectif": ""},
    v.TERMINE: {"avancement": "100", "fin_effective": "30/09/2026"},
    v.ABANDONNE: {"commentaire": "Le subside est refusé."},
    v.EN_ATTENTE: {"commentaire": "Le subside est attendu."},
    v.PROBLEME: {"commentaire": "Le terrain est pollué.", "sante": v.BLOCAGE,
                 "detail_sante": "Le terrain est pollué."},
}  # fmt: skip
_BEGUN = {"debut_effectif": "15/03/2026"}
IDENTITY: Row = {
    "nom": "Valbruyère", "type": v.COMMUNE, "ins": "92951", "population": "20143",
    "annee_debut": "2024", "annee_fin": "2030", "date_observation": "31/10/2026",
    "declaration": "Déclaration de politique communale 2024-2030", "etape": "Évaluation",
}  # fmt: skip
LISTED = (
    ("services", "Travaux"), ("services", "Mobilité"), ("services", "Culture, tourisme"),
    ("mandataires", "DUPONT Marie"), ("agents", "LAMBERT Julie"),
)  # fmt: skip


def dressed(text: str, place: int = 0, agent: str = "PETIT Luc") -> Raw:
    """Return an example as a whole plan where nothing else is wrong, led by an agent.

    With a place, its codes are moved there.
    """
    raw = {title: [dict(row) for row in rows] for title, rows in examples.tables_of(text).items()}
    given = set(raw)
    for title in (OS, OO, ACTIONS, INDICATEURS):
        raw.setdefault(title, [])
    _links(raw, given)
    _ancestors(raw, given)
    _descendants(raw, given)
    for title, rows in raw.items():
        if title in TABLES:
            raw[title] = [_filled(TABLES[title], row, agent) for row in rows]
    known = {row["cle"]: row["valeur"] for row in raw.get(FORM, [])}
    raw[FORM] = [{"cle": k, "valeur": value} for k, value in (IDENTITY | known).items()]
    listed = [(row["liste"], row["valeur"]) for row in raw.get(LISTS, [])]
    raw[LISTS] = [
        {"liste": key, "valeur": value}
        for key, value in dict.fromkeys([*LISTED, ("agents", agent), *listed])
    ]
    return _moved(raw, place) if place else raw


def _links(raw: Raw, given: set[str]) -> None:
    """Say what rows belong to where they do not, and add it unless the example shows that level."""
    shown = given & {OS, OO, ACTIONS}
    for title, rows in list(raw.items()):
        linked = title in TABLES and "code_lie" in TABLES[title]
        for row in rows:
            if linked:
                row.setdefault("niveau", v.NIVEAU_ACTION)
                row.setdefault("code_lie", "1.1.1")
                target = PST[LIEN[v.NIVEAUX.labels.index(row["niveau"])]].title
                _add(raw, {target} if shown else set(), target, row["code_lie"])
            if title == CONSTAT:
                row.setdefault("liens", "1")
            if title in (CONSTAT, EVALUATION) and not shown:
                _add(raw, given, OS, row["liens" if title == CONSTAT else "code"])


def _ancestors(raw: Raw, given: set[str]) -> None:
    """Add the OO and the OS above the rows, in the sheets that the example does not show."""
    for row in raw[ACTIONS]:
        row.setdefault("code_oo", row["code"].rpartition(".")[0])
        _add(raw, given, OO, row["code_oo"], row)
    for row in raw[OO]:
        row.setdefault("code_os", row["code"].rpartition(".")[0])
        _add(raw, given, OS, row["code_os"], row)


def _descendants(raw: Raw, given: set[str]) -> None:
    """Add what every row must have below: an OO, an action that runs, an indicator."""
    below = {row["code_os"] for row in raw[OO]}
    for row in raw[OS] if OO not in given else ():
        if row["code"] not in below:
            _add(raw, set(), OO, f"{row['code']}.1", row)
    for row in raw[OO]:
        serving = [action for action in raw[ACTIONS] if row["code"] in _pieces(action["code_oo"])]
        dropped = all(action.get("statut") == v.ABANDONNE for action in serving)
        if dropped and OO not in given if serving else ACTIONS not in given:
            _add(raw, set(), ACTIONS, f"{row['code']}.9", row)
    for at, row in enumerate(added for added in raw[ACTIONS] if added["code"].endswith(".9")):
        row["echeance"] = f"31/12/{2027 + at // 6 % 3}"
    measured = {row.get("code_lie") for row in raw[INDICATEURS]}
    for row in raw[ACTIONS]:
        if row["code"] not in measured and not {ACTIONS, INDICATEURS} <= given:
            raw[INDICATEURS].append({"code": f"I{row['code']}", "niveau": v.NIVEAU_ACTION,
                                     "code_lie": row["code"]})  # fmt: skip


def _add(raw: Raw, given: set[str], title: str, codes: str, like: Row | None = None) -> None:
    """Add rows of a sheet that the example does not show, in the volet of another row."""
    if title in given:
        return
    known = {row.get("code") for row in raw[title]}
    same = {"volet": like["volet"]} if like and "volet" in like else {}
    for code in _pieces(codes):
        above = {_ABOVE[title]: code.rpartition(".")[0]} if title in _ABOVE else {}
        if code not in known:
            raw[title].append(same | above | {"code": code})


_ABOVE = {OO: "code_os", ACTIONS: "code_oo"}


def _pieces(cell: str) -> list[str]:
    return [piece.strip() for piece in cell.split(";") if piece.strip()]


def _filled(sheet: Sheet, row: Row, agent: str) -> Row:
    """Return a row whose blanks are filled as a careful colleague would; what is said stays."""
    ours = {
        column.key: column.example
        for column in sheet.inputs
        if column.need in (Need.REQUIRED, Need.ADVISED) and column.key != "code"
    }
    ours |= {key: agent for key in ("agent_pilote", "responsable_administratif") if key in ours}
    return ours | _words(sheet.key, row) | row


def _words(key: str, row: Row) -> Row:
    """Return what only this row may say: its title, and what its status implies."""
    code = row.get("code", "")
    if key == "actions":
        status = row.get("statut") or v.EN_COURS
        return _BEGUN | {"intitule": f"Aménager le tronçon n° {code} de la piste cyclable",
                         "etp": "0,5"} | _BY_STATUS.get(status, {})  # fmt: skip
    if key == "oo":
        return {"intitule": f"Aménager 12 km de pistes cyclables d’ici 2029, tronçon n° {code}"}
    if key == "os":
        return {"intitule": f"Être une commune où l’on roule à vélo, axe n° {code}"}
    if key == "indicateurs":
        level = row.get("niveau") or v.NIVEAU_ACTION
        return {"niveau": level, "realise_2025": "1200", "annee_depart": "2024",
                "type_indicateur": LEVEL_TYPES[level]}  # fmt: skip
    if key == "budget":
        numbered = row.get("service_budgetaire", v.EXTRAORDINAIRE) == v.EXTRAORDINAIRE
        return {"source_financement": v.FONDS_PROPRES, "prevu": "250000",
                "projet_extraordinaire": "20260012" if numbered else ""}  # fmt: skip
    return {}


_RULE = re.compile(r"R([0-9][0-9])([a-z]?)")
_NUMBERED = re.compile(r"(?<=n° )[0-9.]+")
_CODE = re.compile(r"([A-Za-z]*)([0-9]+)((?:\.[0-9]+)*)")
ROOM = 100
"""The numbers of a place; a rule has so many places for its letters as well."""


def place_of(code: str) -> int:
    """Return the place of a rule, which no other rule has: 1302 for R13b, 1300 for R13.

    Raises: ValueError for a code of another form.
    """
    match = _RULE.fullmatch(code)
    if match is None:
        raise ValueError(f"{code}: a rule has two digits, and one small letter at most")
    return int(match[1]) * ROOM + (ord(match[2]) - ord("a") + 1 if match[2] else 0)


def _moved(raw: Raw, place: int) -> Raw:
    """Return the tables with each code moved to a place of its own.

    Raises: ValueError for a code that would fall in the place of another rule.
    """

    def moved(code: str) -> str:
        match = _CODE.fullmatch(code)
        if match and int(match[2]) >= ROOM:
            raise ValueError(f"{code}: an example numbers its codes under {ROOM}")
        return f"{match[1]}{place * ROOM + int(match[2])}{match[3]}" if match else code

    elsewhere: Raw = {}
    for title, rows in raw.items():
        keys = (
            {c.key for c in TABLES[title].inputs if c.kind is Kind.CODE} if title in TABLES else ()
        )
        elsewhere[title] = [
            {
                key: "; ".join(map(moved, _pieces(cell)))
                if key in keys
                else _NUMBERED.sub(lambda m: moved(m[0]), cell)
                for key, cell in row.items()
            }
            for row in rows
        ]
    return elsewhere


def text_of(raw: Raw) -> str:
    """Return tables as the small tables of text that they came from."""
    return "\n\n".join(_block(title, rows) for title, rows in raw.items() if rows)


def _block(title: str, rows: list[Row]) -> str:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    lines = [" | ".join(row.get(key, "") for key in keys) for row in rows]
    return "\n".join([title, " | ".join(keys), *lines])


def broken(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Raw, Raw]]:
    """Give each rule with its bad example dressed, now and before, at a place of its own."""
    for rule in rules:
        now, was = (
            _identified(dressed(part, place_of(rule.code), f"EXEMPLE {rule.code}"), rule.code)
            if part
            else {}
            for part in examples.parted(rule.bad)
        )
        yield rule, now, was


def _identified(raw: Raw, code: str) -> Raw:
    """Return the tables of a rule's example with ids that depend on no other example."""
    return {
        title: [
            {ID: derived(code, title, *(row.get(key, "") for key in TABLES[title].identity))} | row
            for row in rows
        ]
        if title in TABLES and ID in TABLES[title]
        else rows
        for title, rows in raw.items()
    }


def selftest(rules: Iterable[Rule] = PST.rules) -> tuple[Return, Return]:
    """Return a plan with one example of every rule broken, and its state before."""
    now: Raw = {}
    was: Raw = {}
    for _, current, before in broken(rules):
        for into, example in ((now, current), (was, before)):
            for title, rows in example.items():
                into.setdefault(title, []).extend(rows)
    return _together(now), _together(was)


def _together(raw: Raw) -> Return:
    form = {
        row["cle"]: row["valeur"]
        for row in raw.get(FORM, [])
        if row["valeur"] != IDENTITY.get(row["cle"])
    }
    identity = IDENTITY | form
    raw[FORM] = [{"cle": key, "valeur": value} for key, value in identity.items()]
    listed = dict.fromkeys((row["liste"], row["valeur"]) for row in raw.get(LISTS, []))
    raw[LISTS] = [{"liste": key, "valeur": value} for key, value in listed]
    return examples.return_of(text_of(raw), PST)
