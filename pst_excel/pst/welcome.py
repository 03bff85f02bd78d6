"""What the first sheet says to whom, and what the page of the rules says of their sources."""

from pst_excel.model.words.free_columns import free_headings

WELCOME: tuple[tuple[str, str], ...] = (
    (
        "À quoi sert ce classeur",
        "Il contient le programme stratégique transversal, du constat au budget : tout entier, ou"
        " la part d’un service. Chaque feuille répond à une question, écrite sous son titre.",
    ),
    (
        "Par où commencer",
        "1. Identification : l’institution, la législature et, pour un service, son nom.\n"
        "2. Listes : les services, mandataires et agents de l’institution.\n"
        "3. OS, OO, Actions, puis Indicateurs et Budget. Constat se remplit quand vous voulez.",
    ),
    (
        "Une ligne, un élément",
        "Une action par ligne, sans ligne de titre entre deux. Vous pouvez trier, filtrer, insérer"
        " et copier des lignes. Une colonne à vous ? Donnez un titre à"
        f" « {free_headings(())[0]} », à droite : elle se trie avec les lignes et elle est reprise."
        " La colonne « Saisie » dit ce qui manque à chaque ligne.",
    ),
    (
        "Plusieurs valeurs dans une cellule",
        "La liste en donne une ; tapez les autres à la suite, séparées par un point-virgule :"
        " « 11; 13 » pour deux ODD, « Travaux; Mobilité » pour deux services.",
    ),
    (
        "Les codes relient les feuilles",
        "L’OO 2.3 porte le code de son OS (2) ; l’action 2.3.1 porte celui de son OO (2.3). La"
        " liste de l’OO montre le code et l’intitulé : choisissez, ou tapez le code seul. Une"
        " action qui sert deux OO s’écrit une seule fois : « 2.3; 4.1 » et ses parts « 60; 40 ».",
    ),
    (
        "Avant de renvoyer",
        "Mettez à jour le statut, l’avancement et la date de mise à jour de vos actions,"
        " enregistrez au format .xlsx et renvoyez le fichier sans changer le nom des feuilles.",
    ),
)

SERVICE: tuple[tuple[str, str], ...] = (
    (
        "Par où commencer",
        "1. Actions : filtrez « ↻ à mettre à jour » en colonne Saisie ; pour chaque ligne, le"
        " statut, l’avancement, les dates, la santé, le commentaire et « Mis à jour le ».\n"
        "2. Indicateurs : la valeur de l’année ; Budget : les montants que vous connaissez.\n"
        "3. S’il manque un nom dans une liste, ajoutez-le dans Listes.",
    ),
    *WELCOME[2:],
)

CONSOLIDATED: tuple[tuple[str, str], ...] = (
    (
        "À quoi sert ce classeur",
        "Il réunit les retours des services en un seul PST, calcule le tableau de bord et les"
        " contrôles, et prépare l’évaluation.",
    ),
    (
        "Par où commencer",
        "1. Tableau de bord : où en est le programme ; puis « Depuis la dernière fois » : ce qui a"
        " changé.\n"
        "2. Contrôles : ce qu’il faut corriger, le plus grave d’abord, et le service à contacter.\n"
        "3. Retours et Conflits : qui a répondu, et ce que vous avez à décider.",
    ),
    (
        "Décider",
        "Dans Conflits, chaque ligne montre ce qui tient et ce que dit un retour. Choisissez dans"
        " la liste « Décision », puis consolidez à nouveau : c’est appliqué, et gardé dans"
        " Historique.",
    ),
    (
        "Ce classeur est à vous",
        "Corrigez une donnée, ajoutez une feuille, une colonne, une note, une couleur, écrivez les"
        " appréciations de l’Évaluation : la consolidation suivante, sous le même nom, met ce"
        " fichier à jour et garde tout cela. Les feuilles que le programme calcule (Tableau de"
        " bord, Contrôles, Retours…) sont refaites.",
    ),
    (
        "D’où vient une valeur",
        "La colonne « Provenance » de chaque ligne, que le + au-dessus des lettres déplie (un clic"
        " mène à Conflits s’il y a lieu), la feuille masquée Provenance pour chaque cellule (clic"
        " droit sur un onglet, Afficher) et la commande « pst-excel dou ».",
    ),
)

SOURCES = (
    "CDLD : le code de la démocratie locale, dont L1123-27 vaut pour une commune (L2212-47 pour une"
    " province, l’article 27ter de la loi organique pour un CPAS). eComptes : le format d’échange"
    " de la comptabilité régionale. iA.PST : le logiciel de PST d’iMio. UVCW : le guide de l’Union"
    " des Villes et Communes. Usage : ce que les PST publiés font."
)
