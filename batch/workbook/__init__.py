"""Everything that knows Excel: reading, the template, the marked copy, the summary."""
