"""Which sheet of a workbook is which of ours, by its name; unsure is said, never guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from batch.read.grid import SheetHead
from batch.values.names import fold, nearest

_NUMBERING: Final = re.compile(r"(?:附件|附表|表)?\(?[0-9一二三四五六七八九十]{0,3}\)?[.、,:\-_]?")
_AROUND: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|20[0-9]{2}(?:年度?|学年)?|[-_.、]")
_KINDS: Final = ("台账", "登记表", "登记簿", "登记册", "记录表", "明细表", "工作", "表")
"""What offices put behind an area's name; a 汇总 or 统计 of it is not its ledger."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Which sheet is which, and what is to be said of the others."""

    chosen: Mapping[str, str]
    """Sheet name of the definitions -> title in the file."""
    several: Mapping[str, tuple[str, ...]]
    """Sheet name -> titles that are equally good for it: none is taken."""
    hidden: Mapping[str, str]
    """Sheet name -> title of the hidden sheet that would be it."""
    near: Mapping[str, str]
    """Sheet name -> the title that is most like it."""
    others: tuple[str, ...]
    """Visible sheets that are none of ours."""
    hidden_others: tuple[str, ...]
    """Hidden sheets that are left out beside a visible one, or are none of ours."""


def match_titles(heads: Sequence[SheetHead], names: Sequence[str], passed_over: frozenset[str]) -> Matching:
    """Return which sheet is which of ``names``; those titled as in ``passed_over`` are not spoken of."""
    told = [head for head in heads if head.title not in passed_over]
    visible = [head.title for head in told if not head.is_hidden]
    concealed = [head.title for head in told if head.is_hidden]
    chosen: dict[str, str] = {}
    several: dict[str, tuple[str, ...]] = {}
    hidden: dict[str, str] = {}
    for name in names:
        good = _good_titles(visible, name)
        if len(good) == 1:
            chosen[name] = good[0]
        elif good:
            several[name] = good
        elif behind := _good_titles(concealed, name):
            hidden[name] = behind[0]
    taken = {*chosen.values(), *(title for titles in several.values() for title in titles)}
    others = tuple(title for title in visible if title not in taken)
    absent = [name for name in names if name not in {*chosen, *several, *hidden}]
    near = {name: title for name in absent if (title := _near_title(name, others)) is not None}
    return Matching(
        chosen,
        several,
        hidden,
        near,
        tuple(title for title in others if title not in near.values()),
        tuple(title for title in concealed if title not in hidden.values()),
    )


def bare_title(title: str) -> str:
    """Return a sheet's title without numbering, year, notes in brackets and words such as 台账.

    >>> bare_title("1.办文台账（2022年）")
    '办文'
    """
    bare = _NUMBERING.sub("", _AROUND.sub("", fold(title)), count=1)
    while (kind := next((each for each in _KINDS if bare.endswith(each) and bare != each), None)) is not None:
        bare = bare.removesuffix(kind)
    return bare


def _good_titles(titles: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the titles that are this name: to the letter if there is one, else but for spaces, else bare of all."""
    ways = (
        lambda title: title == name,
        lambda title: fold(title) == fold(name),
        lambda title: bare_title(title) == fold(name),
    )
    found = (tuple(title for title in titles if way(title)) for way in ways)
    return next((good for good in found if good), ())


def _near_title(name: str, titles: Sequence[str]) -> str | None:
    by_spelling = {bare_title(title): title for title in titles}
    near = nearest(name, by_spelling)
    return by_spelling[near] if near is not None else None
