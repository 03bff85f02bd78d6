"""Comment faire concrètement, dans quel ordre, avec qui et quels moyens ? The actions."""

from dataclasses import replace

from pst_excel.model.counted_rows import helper
from pst_excel.model.expressions.conditions import blank, holds
from pst_excel.model.expressions.core import All, Col, Const, Either, Is, Not, OneOf, Param
from pst_excel.model.expressions.lookups import Fetch, Head
from pst_excel.model.expressions.relations import Nth, OrDefault
from pst_excel.model.schema import Column, Sheet, banded
from pst_excel.model.words.colors import Shade
from pst_excel.model.words.doubts import ONE_OR_ALL
from pst_excel.model.words.endless import ENDLESS
from pst_excel.model.words.keys import SHOWN_CODE
from pst_excel.model.words.kinds import Kind, Need, Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.writing import Elsewhere
from pst_excel.pst import vocabularies as v
from pst_excel.pst.plausible import PERCENTS
from pst_excel.pst.sheets.actions_counted import counted
from pst_excel.pst.sheets.common import (
    CHOIX,
    COMMENTAIRE,
    ID,
    MANDATAIRE,
    NO_OS,
    ODD,
    ORIGIN,
    PLANS,
    PRIORITE,
    ROLE,
    STAMP,
    VOLET,
    WITHOUT_CODE,
    advised,
    optional,
    title,
    titled,
)

_OO = Head(Nth("code_oo", 1))

_SANS_FIN = Elsewhere(
    ENDLESS, "type_action", v.PERENNE,
    f"une tâche qui revient ou ne finit pas : plutôt le type « {v.PERENNE} » ?",
)  # fmt: skip

_SUIVI = banded(
    "À chaque mise à jour",
    Column(
        "statut", "Statut", Kind.CHOICE, "Où en est l’action à la date d’observation.",
        Need.REQUIRED, vocabulary=v.STATUTS, example="En cours", width=16, stage=Stage.FOLLOW_UP,
        aliases=("état", "état d’avancement", "statut action"),
        meanwhile="l’action compte sous « Sans statut »",
        elsewhere=replace(_SANS_FIN, value=v.EN_COURS),
    ),
    Column(
        "avancement", "Avancement %", Kind.PERCENT,
        "Un nombre de 0 à 100. Terminé = 100 ; Non commencé = 0.",
        Need.REQUIRED, low=0, high=100, example="40", width=12, stage=Stage.FOLLOW_UP,
        aliases=("avancement", "progression", "pourcentage", "taux d’avancement", "% évolution"),
        meanwhile="l’action n’entre pas dans les taux d’avancement",
        elsewhere=Elsewhere((), "statut", v.TERMINE, ONE_OR_ALL, 100.0),
    ),
    Column(
        "echeance", "Échéance", Kind.DATE, "La date à laquelle l’action doit être terminée.",
        Need.ADVISED, example="31/12/2027", width=11,
        aliases=("date d’échéance", "fin prévue", "délai"), elsewhere=_SANS_FIN,
    ),
    Column(
        "debut_effectif", "Début effectif", Kind.DATE, "La date à laquelle elle a commencé.",
        width=11, aliases=("date de début effective",), elsewhere=_SANS_FIN,
    ),
    Column(
        "fin_effective", "Fin effective", Kind.DATE, "La date à laquelle elle s’est terminée.",
        width=11, aliases=("date de fin effective",), elsewhere=_SANS_FIN,
    ),
    Column(
        "sante", "Santé", Kind.CHOICE, "La météo de l’action : Bon, Risque, Blocage, En pause.",
        vocabulary=v.SANTE, example="Bon", width=10, aliases=("indice de santé", "indice santé"),
    ),
    Column(
        "detail_sante", "Détail santé", Kind.TEXT, "Ce qui menace ou bloque l’action.", width=19,
        aliases=("détails de l’indice de santé", "détails indice santé"),
    ),
    Column(
        "commentaire", "Commentaire d’avancement", Kind.TEXT,
        "L’état d’avancement en mots ; obligatoire de fait pour justifier un arrêt ou un report.",
        width=28, aliases=(*COMMENTAIRE.aliases, "commentaire", "commentaire avancement",
                           "commentaire sur l’état d’avancement"),
    ),
    Column(
        "date_maj", "Mis à jour le", Kind.DATE, "La date de la dernière mise à jour de la ligne.",
        Need.ADVISED, example="15/10/2026", width=11, aliases=("date de mise à jour",),
        role=Role.UPDATED,
    ),
)  # fmt: skip

_OBJECTIF = banded(
    "Objectif",
    Column(
        "code_oo", "OO", Kind.CODE,
        "Le code de l’OO servi ; plusieurs, séparés par un point-virgule, si l’action est"
        " transversale.",
        Need.REQUIRED, refers=("oo",), many=True, example="1.1", width=10,
        aliases=("code OO", "objectif opérationnel", "OO parent"), meanwhile=f"l’action {NO_OS}",
    ),
    titled("oo_titre", "OO servi", "L’OO servi, le premier s’il y en a plusieurs.",
           Fetch("oo", SHOWN_CODE, _OO)),
    titled("os_titre", "OS servi", "L’OS dont relève cet OO.",
           Fetch("os", SHOWN_CODE, Head(Fetch("oo", "code_os", _OO)))),
    Column(
        "parts", "Parts (%)", Kind.INTEGER,
        "Si l’action sert plusieurs OO : la part de chacun en %, dans le même ordre ; total 100.",
        many=True, plausible=PERCENTS, example="60; 40", width=9, aliases=("parts", "répartition"),
        meanwhile="le budget de l’action se répartit à parts égales dans ses OO",
    ),
    seen=1,
)  # fmt: skip

_CONTENU = banded(
    "Contenu",
    Column(
        "type_action", "Type", Kind.CHOICE,
        "PST : un projet. Pérenne : une tâche récurrente. Hors champ : pour mémoire."
        " Vide se lit « PST ».",
        Need.REQUIRED, vocabulary=v.TYPES_ACTION, default=v.TYPE_PST, example="PST", width=12,
        meanwhile="l’action n’est pas suivie",
        aliases=("type d’action",),
    ),
    VOLET,
    Column("description", "Description", Kind.TEXT, "Le contenu de l’action.", width=46),
    PRIORITE,
    Column(
        "mission_obligatoire", "Mission obligatoire", Kind.CHOICE,
        "Volet interne : l’action relève-t-elle d’une mission obligatoire de l’administration ?",
        vocabulary=v.OUI_NON, width=12,
    ),
    Column(
        "synergie", "Synergie commune-CPAS", Kind.CHOICE,
        "Oui si commune et CPAS la mènent ensemble. Vide se lit « Non ».",
        Need.REQUIRED, vocabulary=v.OUI_NON, default=v.NON, example="Non", width=18,
        aliases=("synergie", "synergie Ville-CPAS", "synergie Ville/CPAS"),
    ),
    Column(
        "validee", "Validée", Kind.CHOICE, "L’action est-elle validée par le comité de pilotage ?",
        vocabulary=v.OUI_NON, width=9,
    ),
    seen=2,
)  # fmt: skip

_QUI = banded(
    "Qui",
    Column(
        "service_pilote", "Service pilote", Kind.CHOICE, "Le service qui mène l’action : un seul.",
        Need.REQUIRED, vocabulary=v.SERVICES, example="Travaux", width=22, stage=Stage.ADOPTION,
        aliases=("service porteur", "service", "gestionnaire", "service gestionnaire"),
    ),
    Column(
        "agent_pilote", "Agent pilote", Kind.CHOICE, "La personne qui mène l’action.",
        Need.ADVISED, vocabulary=v.AGENTS, example="LAMBERT Julie", width=20, private=True,
        aliases=("porteur", "porteur de l’action", "pilote", "agent"),
    ),
    optional(MANDATAIRE),
    Column(
        "services_partenaires", "Services partenaires", Kind.CHOICE,
        "Les autres services qui y travaillent, séparés par un point-virgule.",
        vocabulary=v.SERVICES, many=True, width=24,
        aliases=("service(s) partenaire(s) internes", "partenaires internes"),
    ),
    Column(
        "partenaires_cpas", "Partenaires : CPAS", Kind.TEXT,
        "Le CPAS, ou ses services, séparés par un point-virgule.", width=20,
        aliases=("CPAS", "partenaire CPAS"),
    ),
    Column(
        "intercommunales", "Partenaires : intercommunales", Kind.TEXT,
        "Les intercommunales, séparées par un point-virgule.", width=20,
        aliases=("intercommunales",),
    ),
    Column(
        "asbl", "Partenaires : asbl", Kind.TEXT,
        "Les asbl communales ou paracommunales, séparées par un point-virgule.", width=20,
        aliases=("asbl", "asbl communales"),
    ),
    Column(
        "tiers", "Partenaires : tiers", Kind.TEXT,
        "Les autres partenaires, séparés par un point-virgule.", width=20,
        aliases=("tiers", "partenaires externes", "service(s) partenaire(s) externes",
                 "autres partenaires", "partenaires"),
    ),
    seen=2,
)  # fmt: skip

_MOYENS = banded(
    "Moyens et liens",
    Column(
        "debut_prevu", "Début prévu", Kind.DATE, "La date de début prévue.", Need.ADVISED,
        example="01/03/2026", width=12, aliases=("date de début prévue", "début"),
        elsewhere=_SANS_FIN,
    ),
    Column(
        "etp", "ETP", Kind.NUMBER, "Les moyens humains, en équivalents temps plein.",
        low=0, high=500, example="0,5", width=8, aliases=("moyens humains", "RH"),
        meanwhile="l’action n’entre pas dans le taux pondéré par les ETP",
    ),
    advised(ODD),
    PLANS,
    Column(
        "actions_liees", "Actions liées", Kind.CODE,
        "Les codes des actions liées, séparés par un point-virgule.",
        refers=("actions",), many=True, width=14,
    ),
    seen=1,
)  # fmt: skip

_INPUTS = (
    ID,
    ROLE,
    STAMP,
    Column(
        "maj_recue", "Mise à jour reçue", Kind.DATE,
        "La date de mise à jour que la ligne portait à l’envoi : tant qu’elle ne change pas, la"
        " ligne est à mettre à jour.",
        hidden=True, where=Where.RETURN, since="2026.3", role=Role.UPDATED_THEN,
    ),
    CHOIX,
    Column(
        "code", "Code action", Kind.CODE, "Le numéro de l’action.", Need.REQUIRED,
        example="1.1.1", width=9, aliases=("code", "n° action", "numéro d’action", "numéro"),
        meanwhile=WITHOUT_CODE,
    ),
    title("Ce qui sera fait, concrètement.", "Aménager une piste cyclable rue de la Station",
          width=36),
    *_SUIVI,
    *_OBJECTIF,
    *_CONTENU,
    *_QUI,
    *_MOYENS,
    ORIGIN,
)  # fmt: skip

TYPE_LU = OrDefault("type_action", v.TYPE_PST)
RECURRENT = Is(TYPE_LU, "=", Const(v.PERENNE))
RUNNING = All((Is(TYPE_LU, "=", Const(v.TYPE_PST)), Not(OneOf("statut", v.CLOS))))
"""A project that is neither finished nor abandoned."""
EN_RETARD = All((Is(Col("echeance"), "<", Param("date_observation")), RUNNING))
DEMARRAGE_EN_RETARD = All(
    (
        Is(Col("debut_prevu"), "<", Param("date_observation")),
        blank("debut_effectif", number=True),
        Is(TYPE_LU, "=", Const(v.TYPE_PST)),
        holds("statut", v.NON_COMMENCE),
    )
)
"""A project not begun after its planned start; one that waits says for what."""
BLOQUEE = All(
    (
        Either((holds("statut", v.PROBLEME), holds("sante", v.BLOCAGE))),
        Not(OneOf("statut", v.CLOS)),
    )
)
"""An action in trouble: statut Problème, or santé Blocage while it is still open."""
_ATTENDUE = All(
    (
        Not(OneOf("statut", v.CLOS)),
        Not(holds("type_action", v.HORS_CHAMP)),
        Either((blank("date_maj", number=True), Is(Col("date_maj"), "=", Col("maj_recue")))),
    )
)
"""An action that goes on, and whose date of update is the one that it was sent with."""


_COMPUTED = (
    Column(
        "type_lu", "Type lu", Kind.CODE, "Le type, vide étant lu « PST ».", Need.COMPUTED,
        where=Where.WHOLE, formula=TYPE_LU, hidden=True,
    ),
    helper("synergie_lue", "Synergie lue", "La synergie, vide étant lu « Non ».",
           OrDefault("synergie", v.NON), Kind.CODE),
    *counted(_INPUTS, EN_RETARD, DEMARRAGE_EN_RETARD, RUNNING, BLOQUEE),
)  # fmt: skip

ACTIONS = Sheet(
    "actions",
    "Actions",
    "Comment faire concrètement, dans quel ordre de priorité, avec quels pilotes et quels moyens ?",
    (*_INPUTS, *_COMPUTED),
    aliases=("action", "programme d’actions", "projets"),
    shade=Shade.PETROL,
    main=True,
    named_by="intitule",
    kept="intitule",
    records=("action", "actions"),
    owner="service_pilote",
    partners="services_partenaires",
    due=_ATTENDUE,
)
