"""A template filled with the values of a run, and put in order so that Word opens it."""
