"""What is looked at in a file before any reader opens it, and what its reader hides of it."""
