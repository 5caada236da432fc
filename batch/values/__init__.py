"""What everything is made of: cells, columns of them, rows, names, widths, and packages of the same bytes."""
