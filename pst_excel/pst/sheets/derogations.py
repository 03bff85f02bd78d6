"""Which findings are accepted, why, by whom and until when: one waiver a row."""

from pst_excel.model.schema import ALL, Column, Naming, Sheet
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.roles import Role
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.common import ID, ROLE, STAMP

DEROGATIONS = Sheet(
    "derogations",
    "Dérogations",
    "Une remarque que vous assumez ? Dites pourquoi et jusqu’à quand : elle ne comptera plus.",
    (
        ID,
        ROLE,
        STAMP,
        Column(
            "code", "Règle", Kind.TEXT,
            "Le code de la règle, tel que les contrôles le montrent.", Need.REQUIRED,
            example="R10a", width=9, aliases=("code de la règle", "code", "code règle"),
            role=Role.RULE,
        ),
        Column(
            "portee", "Portée", Kind.CODE,
            f"Les codes des lignes visées, séparés par un point-virgule, ou « {ALL} ».",
            Need.REQUIRED, refers=("os", "oo", "actions"), many=True, example="1.1.1", width=16,
            aliases=("lignes", "codes"), role=Role.SCOPE,
        ),
        Column(
            "service_vise", "Service visé", Kind.CHOICE,
            "Le service auquel la dérogation se limite ; vide : tous.",
            vocabulary=v.SERVICES, width=22, aliases=("service",), role=Role.SERVICE,
        ),
        Column(
            "motif", "Motif", Kind.TEXT, "Pourquoi la remarque est acceptée.", Need.REQUIRED,
            example="Subside reporté par la Région : le calendrier suit sa décision.", width=52,
            aliases=("raison", "justification"), role=Role.REASON,
        ),
        Column(
            "auteur", "Décidé par", Kind.TEXT, "Qui en a décidé : une fonction, ou un nom.",
            Need.REQUIRED, example="Comité de pilotage", width=26, private=True,
            aliases=("auteur",), role=Role.AUTHOR,
        ),
        Column(
            "echeance", "Valable jusqu’au", Kind.DATE,
            "Le dernier jour où la remarque est acceptée ; ensuite elle compte à nouveau.",
            Need.REQUIRED, example="30/06/2027", width=14, aliases=("expiration", "échéance"),
            role=Role.UNTIL,
        ),
    ),
    aliases=("dérogation", "dispenses"),
    records=("dérogation", "dérogations"),
    identity=("code", "portee", "service_vise"),
    named_by="motif",
    naming=Naming(by=("code", "portee")),
    spare=True,
)  # fmt: skip
