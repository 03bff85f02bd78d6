"""The tables that the library gives, as a page; their schemas, as files that other tools read."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pst_excel.model.dtypes import tidy_dtype
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.keys import ID
from pst_excel.model.words.kinds import Layout, Need
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.tables import ENTRY, FILE, LIST, RECEIVED, ROW, RULES
from pst_excel.model.words.wording import listed
from pst_excel.reference.markdown import Page, page, table
from pst_excel.returns.shared_rows import LOCAL
from pst_excel.returns.tidy import columns_of

_HEADS = ("Colonne", "Titre", "dtype", "Obligatoire", "Contrôles", "Unité", "Depuis", "Remarque")
_CHECKS = {
    "isin": LIST, "each_of_list": LIST, "greater_than_or_equal_to": "minimum",
    "less_than_or_equal_to": "maximum", "in_range": "minimum et maximum",
    "plausible": "plausible", "str_length": "longueur",
    "str_matches": "forme",
}  # fmt: skip


def tables_page(plan: Plan) -> Page:
    """Return the page of the tables: their columns, dtypes, checks and what is said of each."""
    intro = (
        "Les tables que la bibliothèque donne (`plan[\"actions\"]`, `plan.frames()`,"
        " `found[\"actions\"]`) : une ligne par élément, les colonnes par clé, ce qui est vide est"
        f" manquant. L’index est `{ID}`, l’identifiant stable. Une liste est une catégorie, dans"
        " l’ordre de son vocabulaire. Viennent ensuite les colonnes que des personnes ont"
        f" ajoutées, `{LOCAL}` et leur titre, et les textes reçus qui n’ont donné aucune valeur"
        f" sûre, `{RECEIVED}` et la clé de leur colonne. La table des retours lus commence par"
        f" `{FILE}` et `{ROW}`, puis ce que le programme a écrit dans la ligne à l’envoi.\n\n"
        "Chaque table a son schéma pandera : `PST.schema(\"actions\")` ; tous ensemble, avec les"
        " liens entre feuilles : `PST.schemas()`. Les mêmes pour d’autres outils :"
        " [JSON Schema](schemas/tables.schema.json) des tables de la sortie `.json`,"
        " [Frictionless](schemas/datapackage.json), [pandera](schemas/actions.pandera.json),"
        " une feuille par fichier."
    )  # fmt: skip
    return page("Les tables de la bibliothèque", intro, *(_part(s, plan) for s in plan))


def _part(sheet: Sheet, plan: Plan) -> str:
    if sheet.layout is Layout.LISTS:
        own = listed(f"`{v.key}`" for v in plan.vocabularies if v.local)
        said = f"`{LIST}` (str) : la clé d’une liste de l’institution ({own}) ; `{ENTRY}` (str)."
    else:
        schema = plan.schema(sheet.key)
        rows = [
            _row(c, [str(k.name) for k in schema.columns[c.key].checks]) for c in columns_of(sheet)
        ]
        rules = (schema.metadata or {}).get(RULES, [])
        said = table(_HEADS, rows)
        if rules:
            about = listed(f"`{code}`" for code in dict.fromkeys(rules))
            said += f"\n\nRègles d’une ligne seule que le schéma porte : {about}."
    return f"## `{sheet.key}` – {sheet.title}\n\n{said}"


def _row(column: Column, checks: list[str]) -> list[str]:
    required = column.need is Need.REQUIRED
    marks = ["calculée"] if column.need is Need.COMPUTED else []
    marks += ["nomme des personnes"] if column.private else []
    marks += ["plusieurs valeurs, séparées par « ; »"] if column.many else []
    marks += [f"code de {listed(f'`{key}`' for key in column.refers)}"] if column.refers else []
    return [
        f"`{column.key}`", column.label, f"`{tidy_dtype(column)}`",
        f"dès {column.stage.label}" if required else "",
        ", ".join(dict.fromkeys(_CHECKS[name] for name in checks)),
        column.unit, column.since, " ; ".join(marks),
    ]  # fmt: skip


def schema_files(plan: Plan) -> Mapping[str, bytes]:
    """Return the schemas by the name of their file."""
    schemas = plan.schemas(Stage.EVALUATION)
    files = {
        "tables.schema.json": _json(schemas.to_json_schema()),
        "datapackage.json": _json(schemas.to_data_package()),
    }
    for key, schema in schemas.items():
        # What stores a text depends on what is installed; the name is the same for all.
        text = str(schema.to_json())
        for stored in ("string[pyarrow]", "string[python]"):
            text = text.replace(stored, "str")
        files[f"{key}.pandera.json"] = _json(json.loads(text))
    return files


def _json(document: dict[str, object]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
