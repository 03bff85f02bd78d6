"""What people do in a workbook, one gesture at a time, with words that nobody wrote before."""

from __future__ import annotations

from pst_excel.returns.tables import Return
from pst_excel.testing import gestures

WORDS = ("abeille", "bouleau", "cerise", "dragon", "écluse", "fanfare", "girouette", "hangar",
         "igloo", "jardin", "kiosque", "lanterne", "moulin", "nuage", "orage", "parapluie")  # fmt: skip
TEXTS = {
    "os": ("intitule", "vision"),
    "oo": ("intitule", "commentaire"),
    "actions": ("intitule", "description", "commentaire"),
    "indicateurs": ("libelle", "commentaire"),
    "budget": ("libelle", "commentaire"),
    "constat": ("intitule", "description"),
}
SHEETS = ("actions", "oo", "actions", "budget", "actions", "indicateurs", "os", "constat")
FIELDS = [(sheet, key) for sheet, keys in TEXTS.items() for key in keys]
HIDDEN = ("id", "role", "empreinte")


class Hand:
    """Somebody at work: each gesture is given a workbook, a place in a sheet, a choice."""

    def __init__(self) -> None:
        self.count = 0

    def word(self) -> str:
        """Return a text that nobody wrote before."""
        self.count += 1
        return f"{WORDS[self.count % len(WORDS)]} {self.count}"

    def write(self, filled: Return, at: int, which: int) -> None:
        sheet = SHEETS[which]
        if size := len(filled.tables[sheet]):
            key = TEXTS[sheet][which % len(TEXTS[sheet])]
            gestures.put(filled, sheet, at % size, **{key: self.word()})

    def progress(self, filled: Return, at: int, which: int) -> None:
        if size := len(filled.tables["actions"]):
            value = (None, 0.0, 40.0, 50.0, 60.0, 100.0, "presque", "bientôt")[which]
            if isinstance(value, str):
                gestures.unread(filled, "actions", at % size, "avancement", value)
            else:
                gestures.emptied(filled, "actions", at % size, "avancement")
                gestures.put(filled, "actions", at % size, avancement=value)

    def link(self, filled: Return, at: int, which: int) -> None:
        sheet = ("actions", "budget")[which % 2]
        if size := len(filled.tables[sheet]):
            key = "code_oo" if sheet == "actions" else "code_lie"
            codes = ("1.2", "1.1.2", "1.1", "1.2.1", "1.1; 1.2", "1.1.1", "9.9", "9.9.9")
            gestures.put(filled, sheet, at % size, **{key: codes[which]})

    def hand_over(self, filled: Return, at: int, which: int) -> None:
        if size := len(filled.tables["actions"]):
            service = ("Travaux", "Culture", None, "Finances")[which % 4]
            gestures.put(filled, "actions", at % size, service_pilote=service)

    def add_action(self, filled: Return, at: int, which: int) -> None:
        code = ("1.1.4", "1.1.5", "1.2.2", None)[which % 4]
        gestures.added(filled, "actions", code=code, code_oo="1.1", intitule=self.word(),
                     service_pilote=filled.service or "Finances")  # fmt: skip

    def add_line(self, filled: Return, at: int, which: int) -> None:
        gestures.added(filled, "budget", niveau="Action", code_lie="1.1.1", exercice=2028.0,
                     prevu=2500.0, libelle=self.word() if which % 2 else None)  # fmt: skip

    def copy_row(self, filled: Return, at: int, which: int) -> None:
        if size := len(filled.tables[SHEETS[which]]):
            gestures.copied(filled, SHEETS[which], at % size)

    def remove_row(self, filled: Return, at: int, which: int) -> None:
        if size := len(filled.tables[SHEETS[which]]):
            gestures.removed(filled, SHEETS[which], at % size)

    def empty_row(self, filled: Return, at: int, which: int) -> None:
        if size := len(filled.tables[SHEETS[which]]):
            table = filled.tables[SHEETS[which]]
            for key in table.columns:
                if key not in HIDDEN:
                    gestures.put(filled, SHEETS[which], at % size, **{key: None})

    def sort(self, filled: Return, at: int, which: int) -> None:
        table = filled.tables[SHEETS[which]]
        if size := len(table):
            order = [(place + 1 + at) % size for place in range(size)]
            keys = [key for key in table.columns if key not in HIDDEN]
            gestures.ordered(filled, SHEETS[which], order, keys if at % 2 else ())

    def erase_ids(self, filled: Return, at: int, which: int) -> None:
        table = filled.tables[SHEETS[which]]
        table.columns["id"][:] = [None] * len(table)

    def name_agent(self, filled: Return, at: int, which: int) -> None:
        filled.lists["agents"] = (*filled.lists.get("agents", ()), self.word())

    def recode(self, filled: Return, at: int, which: int) -> None:
        if size := len(filled.tables["actions"]):
            code = ("1.1.1", "1.1.2", "1.1.7", "1.1.8")[which % 4]
            gestures.put(filled, "actions", at % size, code=code)


GESTURES = ("write", "write", *(name for name in vars(Hand) if name[0] != "_" and name != "word"))
