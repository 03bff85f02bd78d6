"""What the first sheet of the workbook says to the person who opens it."""

WELCOME: tuple[tuple[str, str], ...] = (
    (
        "À quoi sert ce classeur",
        "Il contient tout le programme stratégique transversal, du constat au budget. Chaque"
        " feuille répond à une question, écrite sous son titre.",
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
        " et copier des lignes, ajouter des colonnes à droite : elles sont reprises.",
    ),
    (
        "Plusieurs valeurs dans une cellule",
        "Séparez-les par un point-virgule : « 11; 13 » pour deux ODD, « Travaux; Mobilité » pour"
        " deux services.",
    ),
    (
        "Les codes relient les feuilles",
        "L’OO 2.3 porte le code de son OS (2) ; l’action 2.3.1 porte celui de son OO (2.3). Une"
        " action qui sert deux OO s’écrit une seule fois : « 2.3; 4.1 » et ses parts « 60; 40 ».",
    ),
    (
        "Avant de renvoyer",
        "Mettez à jour le statut, l’avancement et la date de mise à jour de vos actions,"
        " enregistrez au format .xlsx et renvoyez le fichier sans changer le nom des feuilles.",
    ),
)
