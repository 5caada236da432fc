"""How fast the program is beside others: its own workbooks, its peers, one table. Run ``python -m tests.benchmark``."""
