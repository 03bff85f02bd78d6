"""Whose PST it is, for which legislature, observed when, sent by whom."""

from pst_excel.model.schema import Column, Sheet
from pst_excel.model.thresholds import field_of
from pst_excel.model.words.kinds import Kind, Layout, Need, Where
from pst_excel.model.words.roles import Role
from pst_excel.pst import vocabularies as v
from pst_excel.pst.plausible import POPULATION, VERSION, YEARS
from pst_excel.pst.thresholds import THRESHOLDS

_USUAL = "le classeur est lu dans la législature du modèle"

IDENTIFICATION = Sheet(
    "identification",
    "Identification",
    "De quelle institution, de quelle législature et de quel service est ce classeur ?",
    (
        Column(
            "version", "Version du modèle", Kind.TEXT,
            "La version du modèle, écrite par le programme.", width=40, role=Role.VERSION,
            plausible=VERSION,
        ),
        Column(
            "nom", "Institution", Kind.TEXT,
            "Le nom de la commune, du CPAS ou de la province.",
            Need.REQUIRED, example="Valbruyère", aliases=("commune", "nom de l’institution", "nom"),
            role=Role.NAME,
        ),
        Column(
            "type", "Type d’institution", Kind.CHOICE,
            "Commune, CPAS ou Province.", Need.REQUIRED, vocabulary=v.TYPES_INSTITUTION,
            example="Commune", aliases=("type",), role=Role.TYPE,
        ),
        Column(
            "ins", "Code INS", Kind.CODE,
            "Le code INS à cinq chiffres ; un CPAS porte celui de sa commune.",
            Need.REQUIRED, example="92951", digits=5, aliases=("ins", "code nis", "nis"),
            prefixes=("INS", "NIS"),
            role=Role.NUMBER,
        ),
        Column("province", "Province", Kind.TEXT, "La province de l’institution.", example="Namur"),
        Column(
            "population", "Population", Kind.INTEGER,
            "Le nombre d’habitants au 1er janvier ; sert aux montants par habitant.",
            Need.ADVISED, low=POPULATION.low, example="20143",
            aliases=("habitants", "nombre d’habitants"), role=Role.SIZE, plausible=POPULATION,
        ),
        Column(
            "annee_debut", "Législature : début", Kind.YEAR,
            "L’année des élections.", Need.REQUIRED, low=2000, high=YEARS.high, example="2024",
            aliases=("année de début", "début de législature"), role=Role.FIRST_YEAR,
            meanwhile=_USUAL,
        ),
        Column(
            "annee_fin", "Législature : fin", Kind.YEAR,
            "La dernière année de la législature.", Need.REQUIRED, low=2000, high=YEARS.high,
            example="2030", aliases=("année de fin", "fin de législature"), role=Role.LAST_YEAR,
            meanwhile=_USUAL,
        ),
        Column(
            "date_observation", "Date d’observation", Kind.DATE,
            "La date à laquelle l’avancement est décrit ; les retards se comptent à cette date.",
            Need.ADVISED, example="31/10/2026", aliases=("observation", "situation au"),
            role=Role.OBSERVED,
        ),
        Column(
            "etape", "Étape du PST", Kind.CHOICE,
            "Un brouillon n’est pas contrôlé comme un PST suivi. Vide : brouillon tant qu’aucun"
            " statut n’est rempli, puis suivi.",
            vocabulary=v.ETAPES, example="Suivi", aliases=("étape",), since="2026.2",
            role=Role.STAGE,
        ),
        Column(
            "service", "Service déclarant", Kind.CHOICE,
            "Le service qui remplit ce classeur ; vide pour le PST complet.",
            Need.ADVISED, vocabulary=v.SERVICES, example="Travaux", aliases=("service",),
            role=Role.SERVICE,
        ),
        Column(
            "date_retour", "À renvoyer pour le", Kind.DATE,
            "La date à laquelle la cellule PST attend ce classeur en retour.",
            example="31/01/2027", aliases=("retour attendu le",), since="2026.2", role=Role.DUE,
        ),
        Column(
            "declaration", "Déclaration de politique", Kind.TEXT,
            "La {declaration} dont le PST découle.",
            example="{Declaration} 2024-2030", aliases=("DPC", "PPG"),
        ),
        Column(
            "date_college", "Date d’adoption", Kind.DATE,
            "La date à laquelle le PST est adopté {par_qui}.",
            aliases=("date du collège", "date du bureau permanent", "adopté le"),
        ),
        Column(
            "date_conseil", "Date du conseil", Kind.DATE,
            "La date à laquelle {le_conseil} a pris acte.",
            aliases=("date de prise d’acte",),
        ),
        *(
            Column(
                f"{key}_annonces", label, Kind.INTEGER,
                f"Le nombre {of} que la délibération ou la brochure annonce.", low=0,
                since="2026.2",
            )
            for key, label, of in (
                ("os", "OS annoncés", "d’OS"),
                ("oo", "OO annoncés", "d’OO"),
                ("actions", "Actions annoncées", "d’actions"),
            )
        ),
        Column(
            "contact", "Contact", Kind.TEXT,
            "L’adresse de fonction de la cellule PST, sans nom de personne.",
            example="pst@valbruyere.example", aliases=("e-mail", "courriel"), role=Role.CONTACT,
        ),
        Column(
            "envoi", "Envoi", Kind.TEXT,
            "L’envoi dont ce classeur est la réponse, écrit par le programme : le service, la date"
            " du retour, la marque de ce qui a été envoyé.",
            hidden=True, where=Where.RETURN, since="2026.2", role=Role.SEND,
        ),
        *map(field_of, THRESHOLDS),
    ),
    layout=Layout.FORM,
    aliases=("identité", "identification du pst"),
    identity=("type", "ins"),
    named_by="nom",
)  # fmt: skip
