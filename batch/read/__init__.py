"""Workbook files of any kind to grids of cell values; nothing is guessed, nothing is run, nothing is changed."""
