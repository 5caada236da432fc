"""From a party-affairs office's ledger workbook to its checked, traceable reports."""

__version__ = "0.1.0"
