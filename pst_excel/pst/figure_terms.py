"""What each figure of the PST counts, in words, and what holds for all: nothing is said twice."""

from __future__ import annotations

from dataclasses import replace

from pst_excel.model.figures.workings import Terms
from pst_excel.pst.sheets.counting import PARTS

_KINDS = "Actions abandonnées, pérennes et hors champ"
_ALL_TYPES = f"{_KINDS} : toutes comptent."
_APART = f"{_KINDS} : aucune n’y entre."
_SIGNED = "Une correction, comptée avec son signe."
_CODELESS = "Sans code, une ligne compte ; deux lignes d’un même code comptent deux fois."
_NO_ACTIONS = "Sans objet : ce ne sont pas des actions."

OS = Terms("Les lignes de la feuille OS.", "OS", _CODELESS, _NO_ACTIONS)
OO = Terms("Les lignes de la feuille OO.", "OO", _CODELESS, _NO_ACTIONS)
ACTIONS = Terms("Les lignes de la feuille Actions.", "action", _CODELESS, _ALL_TYPES)
FOLLOWED = Terms(
    "Les actions suivies : de type PST et pas abandonnées.",
    "action",
    "Un type vide se lit « PST » ; un type hors de la liste n’est pas « PST ». Sans statut, ou avec"
    " un statut hors de la liste, l’action est suivie, « Sans statut ».",
    _APART,
)

PROGRESS = replace(
    FOLLOWED,
    missing="Sans avancement, ou à un avancement impossible, l’action n’entre pas dans la moyenne."
    " Connu : les actions suivies dont l’avancement va de 0 à 100.",
)
BY_BUDGET = replace(
    FOLLOWED,
    missing="L’action n’entre que si son avancement va de 0 à 100 et si ses dépenses prévues, tous"
    " exercices ensemble, dépassent zéro. Connu : ces actions.",
    signs="Une correction diminue le poids de son action ; à zéro ou moins, l’action n’entre pas.",
)
BY_ETP = replace(
    FOLLOWED,
    missing="L’action n’entre que si son avancement va de 0 à 100 et si ses ETP dépassent zéro sans"
    " dépasser 500. Connu : ces actions.",
)
BY_STATUS = replace(
    FOLLOWED,
    missing="Une action sans statut est au dénominateur, jamais au numérateur. Connu : les actions"
    " suivies dont le statut est de la liste.",
)
LATE = replace(
    FOLLOWED,
    missing="Sans échéance, une action n’est pas en retard ; sans statut, elle peut l’être."
    " L’échéance du jour d’observation n’est pas passée. Connu : les actions suivies qui ont une"
    " échéance.",
)
SHARE_LATE = replace(
    FOLLOWED,
    missing="Sans échéance, l’action n’est ni au numérateur ni au dénominateur. Connu : les actions"
    " suivies qui ont une échéance.",
)
LATE_START = replace(
    FOLLOWED,
    missing="Sans début prévu, ou avec un début effectif, l’action n’est pas en retard de démarrage"
    " ; son échéance n’y fait rien. Connu : les actions suivies qui ont un début prévu.",
)

AMOUNT = Terms(
    "Les dépenses de la feuille Budget : de tous les exercices, de tous les niveaux et sans lien ;"
    " pas les recettes.",
    "ligne de budget",
    "Un R/D vide se lit « Dépense » ; hors de la liste, la ligne n’est pas une dépense. Un montant"
    " vide n’ajoute rien. Connu : les dépenses dont le montant est rempli ; sans aucune, le chiffre"
    " est inconnu, jamais 0 €.",
    f"{_KINDS} : leurs dépenses comptent.",
    _SIGNED,
)
EXECUTION = replace(
    AMOUNT,
    missing="Chacune des deux sommes prend les montants qu’elle trouve : un réalisé sans inscrit"
    " est au numérateur. Inconnue quand les inscrits font zéro ou qu’aucun réalisé n’est rempli."
    " Connu : les dépenses dont l’inscrit est rempli.",
)
ATTAINMENT = Terms(
    "Les lignes de la feuille Indicateurs : de tous les niveaux et sans lien.",
    "indicateur",
    "Sans cible, sans mesure jusqu’à l’année d’observation ou, sauf « Maintien », sans valeur de"
    " départ, l’indicateur n’entre pas dans la moyenne. Connu : ceux dont l’atteinte est connue.",
    f"{_KINDS} : leurs indicateurs comptent.",
)
FILLED = replace(
    ACTIONS,
    missing="C’est ce qu’on compte : chaque colonne obligatoire ou recommandée de la ligne. Type et"
    " Synergie sont toujours remplis, leur vide ayant un sens ; une valeur impossible est remplie,"
    " un texte non compris dans un nombre ou une date ne l’est pas.",
)

HAVING = replace(
    FOLLOWED, missing="Une case vide : l’action ne l’a pas. Connu : toutes les actions suivies."
)
HAVING_INDICATOR = replace(
    HAVING,
    missing="Il suffit d’une ligne d’Indicateurs liée à l’action, même sans mesure ; celles de son"
    " OO ne comptent pas. Connu : toutes les actions suivies.",
)
HAVING_BUDGET = replace(
    HAVING,
    missing="L’action a un budget quand ses dépenses prévues, tous exercices ensemble, dépassent"
    " zéro. Connu : toutes les actions suivies.",
    signs="Une correction peut ramener le budget de l’action à zéro : elle n’en a plus.",
)
IN_SYNERGY = replace(HAVING, missing="Vide se lit « Non ». Connu : toutes les actions suivies.")
STATUS = Terms(
    "Les actions de type PST.",
    "action",
    "Une action sans statut est au dénominateur de chaque part : les parts font 100 % avec celle"
    " des « Sans statut ». Connu : les actions PST dont le statut est de la liste.",
    "Les abandonnées comptent ; les pérennes et les hors champ, non.",
)

STATUSLESS = replace(
    STATUS,
    missing="Une case vide, ou hors de la liste, est ce que le chiffre compte. Connu : toutes.",
)

_PEOPLE = "Sans population, ou à zéro, le chiffre est inconnu et connu pour aucune ligne."
ACTIONS_PER_HEAD = replace(FOLLOWED, missing=f"{_PEOPLE} Connu : sinon, toutes.")
AMOUNT_PER_HEAD = replace(
    AMOUNT,
    missing=f"{_PEOPLE} Connu : sinon, les dépenses dont le prévu est rempli ; sans aucune, le"
    " chiffre est inconnu.",
)
LOANS_PER_HEAD = replace(
    AMOUNT,
    missing=f"{_PEOPLE} De même sans les années de la législature. Un emprunt à charge d’autrui"
    " n’en est pas ; sans prévu rempli, le chiffre est inconnu. Connu : les dépenses dont le prévu"
    " est rempli. Il se compare à la « Balise d’emprunt » d’Identification, que R18 oppose à"
    " l’exercice le plus lourd.",
)

SHARED = replace(
    FOLLOWED,
    missing="Un OO inconnu, ou au-delà du quatrième, compte comme « Sans OO ». Deux fois le même OO"
    " n’en font qu’un. Connu : toutes les actions suivies.",
)
_NO_DATE = "Sans date d’observation, aucune n’est connue."
PACE = replace(
    FOLLOWED,
    missing="Il faut un avancement de 0 à 100, un début (effectif, sinon prévu) et une échéance qui"
    f" n’est pas avant lui ; une action terminée y entre. {_NO_DATE} Connu : ces actions.",
)
ON_PACE = replace(
    PACE,
    missing=f"{PACE.missing} Le seuil est « Écart de rythme » d’Identification, 10 points si la"
    " case est vide ; à l’écart du seuil même, l’action est en avance ou en retard.",
)
MEANS = replace(
    FOLLOWED,
    missing="Vide, ou hors de 0 à 500, n’ajoute rien. Connu : les actions suivies dont les ETP sont"
    " remplis.",
)
_RUNNING = "Les actions suivies qui ne sont pas terminées."
LACKING = replace(
    FOLLOWED, rows=_RUNNING,
    missing="Une case vide est ce qu’on compte. Connu : toutes les actions suivies, pas terminées.",
)  # fmt: skip
LACKING_INDICATOR = replace(
    LACKING,
    missing="Une ligne d’Indicateurs liée à l’action, même sans mesure, suffit. Connu : toutes les"
    " actions suivies, pas terminées.",
)
LACKING_BUDGET = replace(
    LACKING,
    missing="L’action a un budget quand ses dépenses prévues, tous exercices ensemble, dépassent"
    " zéro. Connu : toutes les actions suivies, pas terminées.",
    signs="Une correction peut ramener le budget de l’action à zéro : elle n’en a plus.",
)
AGE = replace(
    LACKING,
    missing="Sans « Mis à jour le », l’action n’entre pas dans la moyenne ; une date après celle"
    f" d’observation compte zéro jour. {_NO_DATE} Connu : les actions suivies, pas terminées, qui"
    " ont cette date.",
)
STALE = replace(
    LACKING,
    missing="Sans « Mis à jour le », l’action compte. Le seuil est « Action sans mise à jour »"
    " d’Identification, 183 jours si la case est vide. Connu : toutes les actions suivies, pas"
    " terminées.",
)
COMING = replace(
    LACKING,
    missing="Sans échéance, ou l’échéance passée, l’action n’est pas comptée."
    f" {_NO_DATE} Connu : les actions suivies, pas terminées, qui ont une échéance.",
)
BLOCKED = replace(
    ACTIONS,
    missing="Sans statut, une action peut l’être par sa santé ; sans santé, par son statut. Connu :"
    " toutes.",
    aside="Pérennes et hors champ : comptées, qui les mène attend aussi une décision. Abandonnées :"
    " non.",
)
UNEXPLAINED = Terms(
    "Les actions PST abandonnées.", "action",
    "Un mot dans l’une des deux cases suffit. Connu : toutes les actions PST abandonnées.",
    "Les pérennes et les hors champ n’y entrent pas.",
)  # fmt: skip
UNMEASURED = replace(
    ATTAINMENT, missing="Une atteinte inconnue est ce que le chiffre compte. Connu : tous."
)
UNSERVED = replace(
    OO, missing="Un OO sans code ne peut être servi : il compte. Connu : tous les OO."
)
SETTING = Terms(
    "La fiche Identification.",
    "institution",
    "Vide, ou hors de ses bornes, la balise est celle de l’usage.",
    "Sans objet : un paramètre.",
)
OS_UNSERVED = replace(
    OS, missing="Un OS sans code ne peut être servi : il compte. Connu : tous les OS."
)

COMMON = (
    ("Une ligne",
     "Une ligne compte dès qu’une case visible que l’on remplit y dit quelque chose : même un texte"
     " qui n’est pas compris, même une colonne ajoutée, même sans code. L’id et la provenance,"
     " écrits par le programme, n’y suffisent pas."),
    ("Les mots et les codes",
     "Codes, services, sources et statuts se comparent sans égard aux majuscules : a7 est A7. Les"
     " accents comptent, et 1.1, 1.10 et 01 sont trois codes."),
    ("Les liens",
     "Une ligne de Budget ou d’Indicateurs se rattache à une seule ligne : celle du niveau qu’elle"
     " dit, ou, sans niveau, la première qui porte le code parmi les actions, puis les OO, puis les"
     " OS. De deux lignes d’un même code, la première dans la feuille la reçoit, jamais les deux."
     " Un code lié vide ou inconnu : la ligne est sans lien, et comptée comme telle."),
    ("Les actions partagées",
     "Une action qui sert plusieurs OO compte une fois dans les totaux, et entière sous chacun de"
     " ces OO, avec ses taux et ses indicateurs : jamais pour une fraction. Sous un OS elle compte"
     " une fois, même quand deux de ses OO en relèvent. Les lignes d’un tableau par OO ou par OS"
     " peuvent donc faire plus que leur total : de ce qui est partagé. Un OO inconnu la met aussi"
     f" sous « Sans OO » et « Sans OS » ; à partir de {PARTS + 1} OO, elle compte sous les"
     f" {PARTS - 1} premiers, et sous « Sans OO » et « Sans OS » pour les autres."),
    ("Les parts",
     "Le budget d’une action partagée, lui, se répartit : chaque OO en a sa part, et les parts font"
     f" le tout. De 2 à {PARTS} OO, les parts écrites valent quand elles sont entières, autant que"
     " les OO, et font 100 ; sinon les parts sont égales. À partir de"
     f" {PARTS + 1} OO elles sont égales, les {PARTS - 1} premiers OO reçoivent la leur et tout le"
     " reste va sous « Sans OO » et « Sans OS »."),
    ("Les lignes « Sans … »",
     "Chaque tableau finit par la ligne de ce qui n’a pas de place : une case vide, un OO ou un OS"
     " inconnu, une valeur écrite après la consolidation et qui n’a pas encore de ligne. Elle a ses"
     " propres comptes et ses propres taux ; elle n’est pas un reste obtenu par soustraction. Les"
     " comptes et les montants des lignes font le total, aux actions partagées près, et le total"
     " est le chiffre du haut de la page. Dans Évaluation ce sont ceux des OS et de « Sans OS » ;"
     " les OO sont dessous."),
    ("En propre et en dessous",
     "Le budget et les indicateurs d’un OS ou d’un OO sont la somme de deux parts : en propre, les"
     " lignes dont le niveau est le sien ; en dessous, celles de ses actions, et pour un OS celles"
     " de ses OO. Une ligne sans lien est en dessous de « Sans OS » et de « Sans OO ». D’une action"
     " partagée, le budget y est par sa part, et chaque indicateur entier. Au total, en propre est"
     " ce qui est propre à un OS."),
    ("Connu",
     "« Connu pour n sur N » : N lignes sont dans le champ du chiffre, n y servent vraiment. Un"
     " taux qui ne repose sur aucune ligne est inconnu, jamais zéro ; un compte sans ligne est"
     " zéro. Dans la comparaison, un chiffre qui regarde une feuille ou une colonne que le fichier"
     " n’a pas est n.d."),
    ("Les valeurs impossibles",
     "Un avancement hors de 0 à 100 et des ETP hors de 0 à 500 n’entrent dans aucun taux ; la ligne"
     " reste comptée. C’est ce que V04 signale."),
    ("Les montants négatifs",
     "Un montant négatif est une correction : il compte avec son signe dans les sommes, et dans les"
     " sommes qu’un taux divise. V04 le signale."),
    ("L’atteinte d’un indicateur",
     "Hausse ou Baisse : (dernière mesure − départ) ÷ (cible − départ), ramené entre 0 et 1 ;"
     " inconnue sans départ, quand la cible est le départ ou quand elle est du mauvais côté. Sans"
     " sens, la cible dit lequel. Maintien : 1 moins l’écart à la cible, en part de la cible,"
     " jamais moins de 0 ; à une cible de 0, 1 si la mesure est 0, 0 sinon. La dernière mesure est"
     " celle du dernier exercice rempli, au plus tard l’année d’observation."),
    ("La date d’observation",
     "Les retards et les mesures se lisent à cette date : celle que l’on donne à la commande, sinon"
     " la plus récente des classeurs, sinon celle du jour. La comparaison prend celle de chaque"
     " classeur et n’en invente pas : sans elle, les retards et l’atteinte y sont n.d."),
    ("Les services sans retour",
     "Leurs lignes restent, telles qu’au dernier envoi, et comptent partout. Le tableau de bord le"
     " dit sous ses chiffres : les services, et le nombre de leurs actions de tous types. Sous les"
     " actions suivies, « ⚠ dont n sans retour », et la colonne « Sans retour » de chaque ligne,"
     " disent combien des suivies sont d’un service qui n’a pas répondu."),
)  # fmt: skip
"""What holds for every figure: a subject, and what is said of it."""
