"""The definitions of the sheets, their model and their loader."""
