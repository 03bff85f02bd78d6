"""One return as cells of any kind, those who write it, and the files that other programs wrote."""
