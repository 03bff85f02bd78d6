"""Returns → findings: structure, rules, waivers, completeness, round after round."""
