"""What a campaign keeps between its runs: the archive of what was sent, returned, consolidated."""
