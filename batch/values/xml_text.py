"""Text as XML writes it; the standard library's own module for this would load all of its network modules."""

from typing import Any, Final, TypeAlias

Element: TypeAlias = Any
"""An lxml element; the library ships no types."""

_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_IN_TEXT: Final = str.maketrans(_TEXT)
_IN_ATTRIBUTE: Final = str.maketrans(_TEXT | {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


def escaped(text: str) -> str:
    """Return a text as it stands between two tags.

    >>> escaped("A & B <C>")
    'A &amp; B &lt;C&gt;'
    """
    return text.translate(_IN_TEXT)


def quoted(text: str) -> str:
    r"""Return a text as the value of an attribute, in its quotation marks.

    >>> quoted('5" & 6\n')
    '"5&quot; &amp; 6&#10;"'
    """
    return f'"{text.translate(_IN_ATTRIBUTE)}"'


def unescaped(text: str) -> str:
    """Return what is meant by a text that a serialiser wrote: its five marks, each once.

    >>> unescaped("a &lt; b &amp;lt; &quot;c&quot;")
    'a < b &lt; "c"'
    """
    for mark, written in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        text = text.replace(written, mark)
    return text
