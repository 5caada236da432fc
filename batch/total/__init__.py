"""Figures with their rows: entries in, totals out."""
