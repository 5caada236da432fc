"""The nearest known name, for a message that asks "did you mean"."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name most like the word, or None where none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return near[0] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return 「，是不是“…”」 with the nearest known name, or nothing."""
    near = nearest(word, known)
    return f"，是不是“{near}”" if near else ""
