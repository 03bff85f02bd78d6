"""What people ask of plans that were merged: what changed, where a value comes from."""
