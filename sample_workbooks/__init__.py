"""Invented sample workbooks of one school office, and the scripts that write them."""
