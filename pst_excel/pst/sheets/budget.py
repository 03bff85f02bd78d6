"""Avec quels moyens financiers ? One row for an action, an exercice and a source of financing."""

from pst_excel.model.counted_rows import helper
from pst_excel.model.expressions.conditions import holds
from pst_excel.model.expressions.core import All, Filled
from pst_excel.model.expressions.counting import LineKey, OrZero
from pst_excel.model.expressions.relations import OrDefault
from pst_excel.model.schema import Column, Naming, Sheet, banded
from pst_excel.model.words.colors import Shade
from pst_excel.model.words.kinds import Kind, Need, Where
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.accounts import ARTICLE
from pst_excel.pst.plausible import YEARS
from pst_excel.pst.sheets.common import COMMENTAIRE, ID, NIVEAU, OBJET, ORIGIN, ROLE, STAMP, linked
from pst_excel.pst.sheets.counting import LINKED

EXERCICE_PANEL, SOURCE_PANEL = "exercice", "source"


def _amount(key: str, label: str, text: str, *aliases: str, need: Need = Need.OPTIONAL) -> Column:
    return Column(
        key, label, Kind.AMOUNT, text, need, low=0, width=13, aliases=aliases, stage=Stage.ADOPTION,
        meanwhile="un montant vide ou illisible ne compte pas, un négatif compte avec son signe",
    )  # fmt: skip


_SUIVI = banded(
    "À chaque mise à jour",
    Column(
        "exercice", "Exercice", Kind.YEAR, "L’exercice budgétaire.", Need.REQUIRED,
        low=2000, high=YEARS.high, example="2026", width=9,
        aliases=("année", "exercice budgétaire"), stage=Stage.ADOPTION,
    ),
    Column(
        "source_financement", "Source de financement", Kind.CHOICE,
        "D’où vient l’argent : une ligne par source.", Need.REQUIRED, vocabulary=v.SOURCES,
        example="Subside", width=20, stage=Stage.ADOPTION,
        aliases=("source", "financement", "mode de financement"),
    ),
    _amount(
        "prevu", "Prévu", "Le montant estimé, en euros.", "montant prévu", "estimé", "montant",
        need=Need.REQUIRED,
    ),
    _amount("inscrit", "Inscrit", "Le montant inscrit au budget, en euros.", "montant inscrit"),
    _amount("engage", "Engagé", "Le montant engagé, en euros.", "montant engagé"),
    _amount("realise", "Réalisé", "Le montant payé (imputé), en euros.", "montant réalisé",
            "imputé"),
    COMMENTAIRE,
)  # fmt: skip

_COMPTES = banded(
    "Au budget",
    Column(
        "service_budgetaire", "Service (O/E)", Kind.CHOICE,
        "Ordinaire, ou extraordinaire pour un investissement.", Need.REQUIRED,
        vocabulary=v.SERVICES_BUDGETAIRES, example="Extraordinaire", width=14,
        stage=Stage.ADOPTION,
        aliases=("O/E", "service", "service ordinaire/extraordinaire"),
    ),
    Column(
        "recette_depense", "R/D", Kind.CHOICE, "Dépense ou recette. Vide se lit « Dépense ».",
        Need.REQUIRED, vocabulary=v.RECETTE_DEPENSE, default=v.DEPENSE, example="Dépense",
        width=10, meanwhile="la ligne n’est pas comptée parmi les dépenses",
        aliases=("type R/D", "recette/dépense", "recette / dépense"),
    ),
    Column(
        "financeur", "Financeur", Kind.CHOICE, "Pour un subside : le pouvoir subsidiant.",
        vocabulary=v.FINANCEURS, example="Wallonie", width=20,
        aliases=("type de budget", "pouvoir subsidiant"),
    ),
    Column(
        "article", "Article budgétaire", Kind.TEXT,
        "Fonction / code économique, comme au budget.", example="421/731-60", width=16,
        aliases=("article",), writing=ARTICLE,
    ),
    Column(
        "projet_extraordinaire", "N° de projet extraordinaire", Kind.TEXT,
        "Huit chiffres : l’année puis un numéro.", example="20260012", width=14,
        aliases=("n° projet", "numéro de projet"),
    ),
    Column("libelle", "Libellé", Kind.TEXT, "L’objet de la dépense.", width=36),
    Column(
        "code", "Code", Kind.CODE, "Le numéro de la ligne, s’il vous est utile.",
        example="B1", width=8, aliases=("n°", "numéro", "code ligne"),
    ),
    seen=2,
)  # fmt: skip

BUDGET = Sheet(
    "budget",
    "Budget",
    "Avec quels moyens financiers ? Une ligne par action, exercice et source de financement.",
    (
        ID,
        ROLE,
        STAMP,
        NIVEAU,
        linked("Le code de l’action (ou de l’OO, de l’OS) financée."),
        OBJET,
        *_SUIVI,
        *_COMPTES,
        ORIGIN,
        Column(
            "sens_lu", "R/D lu", Kind.CODE, "Dépense ou recette, vide étant lu « Dépense ».",
            Need.COMPUTED, where=Where.WHOLE, hidden=True,
            formula=OrDefault("recette_depense", v.DEPENSE),
        ),
        helper("emprunt", "Emprunt", "Le prévu d’une dépense que l’institution emprunte, 0 sinon.",
               OrZero(All((holds("sens_lu", v.DEPENSE), holds("source_financement", v.EMPRUNT),
                           Filled("prevu", number=True))), "prevu")),
        *LINKED,
        helper("cle_exercice", "Clé de l’exercice", "L’exercice, tel que les formules le"
               " comparent.", LineKey("exercice", EXERCICE_PANEL), Kind.CODE),
        helper("cle_source", "Clé de la source", "La source, telle que les formules la comparent.",
               LineKey("source_financement", SOURCE_PANEL), Kind.CODE),
    ),
    aliases=("budgets", "financement", "volet financier"),
    shade=Shade.SAND,
    records=("ligne de budget", "lignes de budget"),
    identity=("code_lie", "exercice", "service_budgetaire", "recette_depense", "source_financement",
              "financeur", "libelle", "code"),
    named_by="libelle",
    kept="objet",
    naming=Naming(
        "budget", masculine=True, by=("code", "code_lie", "exercice", "source_financement")
    ),
)  # fmt: skip
