"""Every pattern of the package, and whether a text exists on which it takes long."""

from support.patterns.every import every_pattern, used
from support.patterns.pumps import Pump, pump

__all__ = ["Pump", "every_pattern", "pump", "used"]
