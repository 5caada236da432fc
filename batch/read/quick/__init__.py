"""Sheets written as office programs write them, read by vector operations on their bytes."""
