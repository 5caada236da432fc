"""Everything that knows Word: what a report says, and how a page looks."""
