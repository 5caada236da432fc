"""The console for results: where every command prints."""

from rich.console import Console


def console() -> Console:
    """Return the console for results; rich itself obeys NO_COLOR and leaves colour out in a pipe."""
    return Console(highlight=False, markup=False, emoji=False)
