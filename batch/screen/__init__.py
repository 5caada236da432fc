"""What the clerk types and sees: options, words, lists and tables on the screen."""
