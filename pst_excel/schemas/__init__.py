"""The declaration as schemas: pandera's, and what other tools read of the same columns."""
