"""Many plans → their figures side by side."""
