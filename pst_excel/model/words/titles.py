"""The titles of the sheets that the program writes."""

from __future__ import annotations

CONTROLES, RETOURS, CONFLITS, JOURNAL = "Contrôles", "Retours", "Conflits", "Journal"
HISTORIQUE, PROVENANCE = "Historique", "Provenance"
DEPUIS, EVOLUTION = "Depuis la dernière fois", "Évolution"
BILAN, COMPLETUDE = "Bilan des contrôles", "Complétude"
MODERNISATION = "Modernisation"
METHODE = "Méthode"
LISEZ_MOI = "Lisez-moi"
CONTROLS = (CONTROLES, "À corriger")
"""What the control sheet of a return may be called: the second where the first is another sheet."""

OURS = (
    *CONTROLS, BILAN, COMPLETUDE, RETOURS, CONFLITS, HISTORIQUE, JOURNAL, PROVENANCE, MODERNISATION,
    DEPUIS, EVOLUTION, METHODE,
)  # fmt: skip
OF_A_RETURN = (*CONTROLS, MODERNISATION)
"""Those of them that the workbook of a service may have: another of their titles is its own."""
LEDGERS = (RETOURS, CONFLITS, HISTORIQUE, PROVENANCE, EVOLUTION)
"""The sheets of the whole plan in which the program keeps what it knows from run to run."""
