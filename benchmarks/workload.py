"""Workloads for the benchmarks: as many service returns as asked, on the standard template."""

from __future__ import annotations

from pathlib import Path

from pst_excel.excel.books.template import write_template
from pst_excel.reference.samples import content
from pst_excel.reference.samples.content import MAIN

ACTIONS = 12


def write_returns(folder: Path, count: int) -> list[Path]:
    """Write returns of 12 actions, with their indicators and budgets; return their paths."""
    identity, lists, rows = content.identity_of(MAIN), content.lists_of(MAIN), content.rows_of(MAIN)
    services = [f"Service {number:03d}" for number in range(1, count + 1)]
    lists = lists | {"services": tuple(services)}
    managers = [{**row, "services": services[0]} for row in rows["oo"]]
    paths = []
    for number, service in enumerate(services):
        share = {"os": rows["os"], "oo": managers, "actions": [], "indicateurs": [], "budget": []}
        for at in range(ACTIONS):
            base = rows["actions"][(number * ACTIONS + at) % len(rows["actions"])]
            code = f"{base['code_oo'].split(';')[0]}.{number * ACTIONS + at + 100}"
            named = {"code": code, "service_pilote": service, "services_partenaires": ""}
            title = f"{base['intitule']} ({service})"
            share["actions"].append({**base, **named, "actions_liees": "", "intitule": title[:250]})
            for sheet in ("indicateurs", "budget"):
                own = [r for r in rows[sheet] if r["code_lie"] == base["code"]]
                share[sheet] += [
                    {**r, "code_lie": code, "code": f"{r['code']}-{code}"} for r in own
                ]
        made = content.return_of(identity | {"service": service}, share, lists)
        path = folder / f"PST_{number + 1:03d}.xlsx"
        path.write_bytes(write_template(made))
        paths.append(path)
    return paths
