"""What is done in a campaign: sends, returns, consolidations, decisions, each remembered."""
