"""A folder that appears whole, and that is never lost once somebody has worked in it (docs/可靠性.md)."""
