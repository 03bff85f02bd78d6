"""The structural messages: what is said of a file, a sheet or a cell by itself."""

from __future__ import annotations

from collections.abc import Mapping

from pst_excel.model.findings import Finding, Message, Severity, Subject

_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT

CATALOGUE: dict[str, Message] = {
    message.code: message
    for message in (
        Message(
            "S01", _E, "Une feuille du modèle manque",
            "La feuille « {label} » manque.{guess}",
            "une feuille nommée « {label} »",
            "Rétablissez la feuille « {label} » avec son nom d’origine, ou repartez du modèle.",
        ),
        Message(
            "S02", _E, "Une colonne obligatoire manque",
            "La colonne « {label} » manque.{guess}",
            "un en-tête « {label} » sur la ligne des titres",
            "Rétablissez l’en-tête « {label} » ; l’ordre des colonnes est libre.",
        ),
        Message(
            "S03", _W, "Une colonne du modèle manque",
            "La colonne « {label} » manque.{guess}",
            "un en-tête « {label} » sur la ligne des titres",
            "Si la colonne a été renommée ou effacée, rétablissez son en-tête « {label} ».",
        ),
        Message(
            "S04", _E, "Deux colonnes portent le même titre",
            "La colonne « {label} » apparaît deux fois ; la première est lue.{kept}",
            "un seul en-tête « {label} »",
            "Renommez ou supprimez l’une des deux colonnes.",
        ),
        Message(
            "S05", _W, "Deux feuilles portent le même nom",
            "La feuille « {read} » ressemble à « {label} », déjà lue ; elle n’est pas reprise."
            "{same}",
            "une seule feuille « {label} »",
            "Copiez ses lignes dans « {label} », puis supprimez-la.",
        ),
        Message(
            "S06", _H, "Le classeur vient d’une autre version du modèle",
            "Le classeur suit la version {read} du modèle.",
            "la version {current}",
            "Rien d’urgent : la version est lue. Pour le prochain envoi, partez du modèle actuel.",
        ),
        Message(
            "S07", _W, "Une feuille a été reconnue sous un autre nom",
            "La feuille « {read} » a été lue comme « {label} ».",
            "une feuille nommée « {label} »",
            "Si c’est bien elle, rendez-lui son nom ; sinon, rétablissez la feuille « {label} ».",
        ),
        Message(
            "S08", _W, "Une colonne a été reconnue sous un autre titre",
            "La colonne « {read} » a été lue comme « {label} ».",
            "un en-tête « {label} »",
            "Si c’est bien elle, rendez-lui son titre « {label} » ; sinon, donnez-lui un titre qui"
            " ne lui ressemble pas.",
        ),
        Message(
            "S09", _W, "Une ligne n’a pas été reprise",
            "La ligne {row}, « {read} », n’a pas été lue comme une ligne du tableau.",
            "un code dans la colonne des codes",
            "Si c’en est une, complétez-la ; si c’est une remarque, placez-la hors du tableau.",
        ),
        Message(
            "S10", _W, "Des objectifs ont été repris de lignes de titre",
            "La feuille « {label} » n’a pas de ligne ; {count} y sont repris de « {read} ».",
            "une ligne par objectif dans « {label} »",
            "Recopiez ces objectifs dans « {label} », et complétez-les.",
        ),
        Message(
            "S11", _H, "Une ligne d’un autre service a été modifiée",
            "Cette ligne appartient à {owner} ; votre changement {to} est proposé.",
            "une ligne en gris italique, telle qu’elle a été envoyée",
            "Rien si vous le proposez ; sinon, remettez dans la ligne ce qu’elle disait.",
        ),
        Message(
            "S12", _H, "Le classeur contient de quoi agir à l’ouverture",
            "Le classeur contient de quoi agir à l’ouverture : {read}.",
            "un classeur sans macro, lien ni connexion",
            "Rien n’en est exécuté ni suivi ici ; une copie annotée le garde, la consolidation n’en"
            " reprend rien. À l’ouverture, n’activez que ce que vous attendiez.",
        ),
        Message(
            "S13", _H, "Une colonne est remplie et n’a pas de titre",
            "La colonne « {label} » est remplie, et rien ne dit de quoi : elle est gardée sous ce"
            " nom, que d’autres services peuvent donner à autre chose.",
            "un titre qui dit ce que la colonne contient",
            "Donnez un titre à la colonne, sur la ligne des titres.",
        ),
        Message(
            "S14", _H, "Une colonne est hors du tableau de la feuille",
            "{outside} hors du tableau, qui va de la colonne {first} à la colonne {last} : trier le"
            " tableau mettrait ce qui s’y trouve en face d’autres lignes.",
            "des valeurs dans les colonnes du tableau",
            "Placez titre et valeurs dans une colonne libre, au bout du tableau, ou étendez le"
            " tableau jusqu’à elles.",
        ),
        Message(
            "S15", _W, "Des lignes suivent des titres dans un autre ordre",
            "La {read} répète les titres dans un autre ordre que ceux du tableau : ce qui la suit"
            " ({rows}) a été lu sous ces titres-là.",
            "des lignes sous les titres du tableau, dans leur ordre",
            "Rien d’urgent si les valeurs sont justes ; pour que les listes, les couleurs et les"
            " calculs suivent, recopiez-les sous les titres du tableau.",
        ),
        Message(
            "V01", _E, "Une cellule obligatoire est vide",
            "« {label} » est vide.{meanwhile}",
            "{wanted}",
            "Complétez la cellule.",
        ),
        Message(
            "V02", _E, "Une cellule ne contient pas ce que la colonne attend",
            "« {label} » contient « {read} », qui n’est pas {kind}.{meanwhile}",
            "{kind}",
            "Corrigez la cellule ; une précision va dans une colonne de commentaire, s’il y en a"
            " une.",
        ),
        Message(
            "V03", _E, "Une valeur ne figure pas dans la liste",
            "« {label} » contient « {read} », qui ne figure pas dans la liste.{guess}{meanwhile}",
            "{choices}",
            "Choisissez une valeur de la liste déroulante.",
        ),
        Message(
            "V04", _E, "Un nombre sort des limites",
            "« {label} » vaut {read}.{meanwhile}",
            "{bounds}",
            "Corrigez le nombre.",
        ),
        Message(
            "V05", _E, "Un texte est trop long",
            "« {label} » compte {read}.",
            "{limit} caractères au plus (limite du format d’échange eComptes)",
            "Raccourcissez le texte et déplacez le détail dans « Description » ou « Commentaire ».",
        ),
        Message(
            "V06", _W, "Une lecture est à confirmer",
            "« {label} » : « {read} » {understood} – {reading}{meanwhile}",
            "{kind}",
            "{settled}.",
        ),
        Message(
            "V07", _E, "Une formule montre une erreur",
            "« {label} » montre l’erreur {read}.{meanwhile}",
            "{wanted}",
            "Corrigez la formule, ou tapez la valeur à sa place.",
        ),
        Message(
            "V08", _E, "Une formule n’a jamais été calculée",
            "« {label} » contient une formule dont le résultat n’est pas enregistré."
            "{meanwhile}",
            "{wanted}",
            "Ouvrez le classeur dans Excel ou LibreOffice, enregistrez-le, puis renvoyez-le.",
        ),
        Message(
            "V09", _W, "Une cellule obligatoire dit « pas encore connu »",
            "« {label} » porte « {read} » : la cellule compte comme vide."
            "{meanwhile}",
            "{wanted}",
            "Complétez-la quand la valeur sera connue.",
        ),
        Message(
            "V10", _E, "Une cellule contient une image",
            "« {label} » contient {read}, et aucune valeur.{meanwhile}",
            "{wanted}",
            "Écrivez la valeur dans la cellule, et placez l’image au-dessus des cellules (clic"
            " droit sur l’image › Placer au-dessus des cellules).",
        ),
        Message(
            "V11", _W, "Un texte ne tient pas dans une cellule d’Excel",
            "« {label} » compte {read} : une cellule d’Excel n’en montre que 32\u202f767.",
            "32\u202f767 caractères au plus",
            "Raccourcissez le texte, ou mettez la suite ailleurs : il est coupé dans les classeurs,"
            " et reste entier dans {where} et dans la sortie .json.",
        ),
        Message(
            "V12", _E, "Une valeur est hors du plausible",
            "« {label} » contient « {read} », hors du plausible : ce n’est pas pris en compte."
            "{meanwhile}",
            "{plausible}",
            "Corrigez la cellule ; son texte est gardé jusque-là.",
        ),
        Message(
            "V13", _E, "Les années ne font pas une législature",
            "« {label} » contient « {read} », qui ne fait pas une législature avec l’autre année."
            "{meanwhile}",
            "une législature d’un à {longest} ans",
            "Corrigez l’année du début ou celle de la fin.",
        ),
    )
}  # fmt: skip


def structural(
    sheet: str, code: str, words: Mapping[str, str], cell: str = "", record: str = ""
) -> Finding:
    """Return a finding about the structure of a sheet of the plan, by the code of its message."""
    subject = Subject(sheet=sheet, label=words.get("label", ""), cell=cell, record=record)
    return Finding(CATALOGUE[code], subject, words, words.get("read", ""))
