"""The words that say of a task that it comes again and again, or never ends."""

ENDLESS = (
    "permanent", "permanente", "permanents", "permanentes", "en permanence", "permanence",
    "récurrent", "récurrente", "récurrents", "récurrentes", "récurrence", "pérenne", "continu",
    "continue", "en continu", "de manière continue", "de façon continue", "action continue",
    "action permanente", "action récurrente", "tâche permanente", "tâche récurrente",
    "mission permanente", "annuel", "annuelle", "annuellement", "mensuel", "mensuelle",
    "trimestriel", "trimestrielle", "hebdomadaire", "quotidien", "quotidienne", "au quotidien",
    "périodique", "régulier", "régulière", "régulièrement", "chaque année", "chaque mois",
    "chaque semaine", "chaque trimestre", "tous les ans", "tous les mois", "toutes les semaines",
    "toute l’année", "indéfini", "durée indéterminée", "à durée indéterminée",
    "sans fin", "sans échéance", "pas d’échéance", "pas de fin", "au fil de l’eau",
    "toute la législature", "durant toute la législature", "tout au long de la législature",
)  # fmt: skip
