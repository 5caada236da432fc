"""What tags may say: names, filters, bounds, and what is wrong with the others."""
