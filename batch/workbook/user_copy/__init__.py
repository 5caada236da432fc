"""The marked copy: the user's own package with only those parts changed that marks stand in."""
