"""Many units at once: an inbox of workbooks, their workers, and the whole of them all (docs/全市汇总.md)."""
