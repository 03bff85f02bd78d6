"""What the command says on the screen, in French: grouped, the worst first, the good news too."""
