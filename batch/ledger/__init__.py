"""From grids to one book: which sheet is which, where its table stands, what each cell means, files joined."""
