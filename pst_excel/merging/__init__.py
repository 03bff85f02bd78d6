"""Two states of a plan, or three → what changed, and one plan: by identity and by field."""
