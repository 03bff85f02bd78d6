"""What is said of a campaign."""
