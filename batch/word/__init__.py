"""Everything that knows Word files: templates, what is filled into them, and how a page looks."""
