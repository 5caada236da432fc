"""What many units add up to, and the files that say so."""
