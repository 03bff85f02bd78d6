"""What the declarations give beside the program: reference pages, samples."""
