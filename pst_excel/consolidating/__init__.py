"""The returns of many services → one plan, every conflict listed."""
