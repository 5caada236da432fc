"""Many units at once: an inbox of workbooks, their workers, and the city that they add up to (docs/全市汇总.md)."""
