"""What the program is measured against: each a whole program of its own, given the workbook and a folder."""
