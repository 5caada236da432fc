"""The tags in a paragraph's text: placeholders, control tags and comments, as jinja2 will read them."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from batch.values.cell import shortened

KEYWORDS: Final = ("if", "elif", "else", "endif", "for", "endfor", "set")
"""Words of the control tags that a template may use."""
STRANGE: Final = "?"
"""The keyword of a control tag that says no word which templates have."""
COMMENT: Final = "#"
TAG_LIKE: Final = re.compile(r"\{[{%#]|[}%#]\}")
"""The beginning or the end of a tag."""
LINE_BREAKING: Final = dict.fromkeys(map(ord, "\r\n\t\v\f"), " ")

_INSIDE: Final = r"[^\ufffc]{0,4000}?"
"""What a tag holds: no picture, and not so much that a search for its end would go through the whole paragraph."""
_TAG: Final = re.compile(rf"\{{\{{(?!\{{){_INSIDE}\}}\}}|\{{%{_INSIDE}%\}}|\{{#{_INSIDE}#\}}")
_PARTS: Final = re.compile(r"\{([{%#])([-+]?)(?:(tr|tc|p|r)(?=\s))?(.*?)([-+]?)([}%#])\}", re.DOTALL)
_WORD: Final = re.compile(r"\s*([A-Za-z_]+)")
_SPLIT_WORD: Final = re.compile(r"\A(\s*)(?:(end)\s+(?=[a-z])|else\s+if\b)", re.IGNORECASE)
_LIKE_ENOUGH: Final = 0.7
_SHOWN: Final = 60
"""Characters of a tag that a message quotes."""
_QUOTES: Final = {'"': '"', "'": "'", "“": '"', "”": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'"}
_CLOSING: Final = {'"': '"“”＂', "'": "'‘’＇"}
_FOLDED: Final[dict[int, int | str]] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if not chr(code).isalnum()},
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\u200b\ufeff"), " "),
    **dict.fromkeys(map(ord, "–−"), "-"),
    **dict.fromkeys(map(ord, "丨│∣¦"), "|"),
    **str.maketrans("、。×÷【〔】〕《〈》〉", ",.*/[[]]<<>>"),
    **{ord(sign): typed for sign, typed in (("≥", ">="), ("≤", "<="), ("≠", "!="))},
}
"""What a Chinese input method or Word's own correction makes of the signs that stand in a tag."""


@dataclass(frozen=True)
class Tag:
    """A tag, from ``start`` to ``end`` in its paragraph's text."""

    start: int
    end: int
    typed: str
    """As it stands in the template."""
    text: str
    """As jinja2 reads it: signs folded, the prefix taken off."""
    keyword: str
    """The word of a control tag (if, endfor …), :data:`COMMENT`, or empty for a placeholder.

    Where the word is none that templates have, the one it is most like, or :data:`STRANGE`.
    """
    level: str = ""
    """Its prefix: tr, tc, p or r where it stands for the whole row, cell, paragraph or run that holds it."""
    misspelt: str = ""
    """The word as it stands there, if it is none that templates have."""

    @property
    def is_placeholder(self) -> bool:
        """Say whether it prints a value."""
        return not self.keyword

    @property
    def shown(self) -> str:
        """Return the tag as a message quotes it."""
        return shortened(self.typed, _SHOWN)

    @property
    def unclosed(self) -> str:
        """Return the beginning of a tag that reaches into the next one because its own end is missing."""
        inner = None if self.keyword == COMMENT else TAG_LIKE.search(self.typed[2:-2])
        return self.typed[: inner.start() + 2].strip() if inner else ""


def find_tags(text: str) -> tuple[Tag, ...]:
    """Return the tags of a paragraph's text, in order."""
    return tuple(map(_tag, _TAG.finditer(text)))


def folded(code: str) -> str:
    """Return a tag's inside with the signs that jinja2 knows; what stands between quotes stays as typed.

    >>> folded(" 指标［“师德（师风）.培训”］｜单位 ")
    ' 指标["师德（师风）.培训"]|单位 '
    """
    pieces: list[str] = []
    at = 0
    while at < len(code):
        quote = _QUOTES.get(code[at])
        end = _closing(code, at, quote) if quote else None
        if quote and end is not None:
            pieces.append(quote + code[at + 1 : end] + quote)
            at = end + 1
        else:
            pieces.append(quote or code[at].translate(_FOLDED))
            at += 1
    return "".join(pieces)


def _closing(code: str, opening: int, quote: str) -> int | None:
    """Return where a text in quotes ends: a straight quote is closed by the next one, if there is one."""
    if code[opening] == quote and (end := code.find(quote, opening + 1)) > 0:
        return end
    ends = [end for sign in _CLOSING[quote] if (end := code.find(sign, opening + 1)) > 0]
    return min(ends, default=None)


def _tag(match: re.Match[str]) -> Tag:
    typed = match.group()
    parts = _PARTS.fullmatch(typed)
    if parts is None:
        return Tag(match.start(), match.end(), typed, typed, "")
    kind, before, level, code, after, _ = parts.groups()
    code = folded(code.translate(LINE_BREAKING))
    ending = {"{": "}}", "%": "%}", COMMENT: "#}"}[kind]
    keyword, misspelt = (COMMENT if kind == COMMENT else ""), ""
    if kind == "%":
        code = _SPLIT_WORD.sub(lambda found: found[1] + ("end" if found[2] else "elif"), code)
        keyword, misspelt, code = _keyword(code)
    text = f"{{{kind}{before}{code if code[:1].isspace() else ' ' + code}{after}{ending}"
    return Tag(match.start(), match.end(), typed, text, keyword, level or "", misspelt)


def _keyword(code: str) -> tuple[str, str, str]:
    """Return the word of a control tag, that word again if it is unknown, and the tag with the word in small letters.

    Word begins a sentence with a capital, also where the sentence is a tag; and before a Chinese name a blank
    is easily forgotten.
    """
    match = _WORD.match(code)
    if match is None:
        return STRANGE, code.strip() or STRANGE, code
    word = match.group(1).lower()
    code = f"{code[: match.start(1)]}{word} {code[match.end() :]}"
    if word in KEYWORDS:
        return word, "", code
    like = get_close_matches(word, KEYWORDS, n=1, cutoff=_LIKE_ENOUGH)
    return like[0] if like else STRANGE, word, code
