"""The words for declaring a plan: sheets, lists, expressions, rules, figures, boards."""
