"""Whether control tags open and close each other, and each pair in one place of the document."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from batch.word.joining import NUMBER, TAG
from batch.word.placing import MIDDLE, OPENING
from batch.word.tags import STRANGE, Tag

DEEPEST: Final = 4
"""Loops within loops: each level multiplies the time, and no report has a fourth dimension."""


def nesting_faults(root: Any, tags: Mapping[int, Tag]) -> Iterator[tuple[int, str]]:  # noqa: ANN401 lxml is untyped
    """Yield (number of the tag, fault) for every placed control tag of a story without its other half."""
    waiting: list[tuple[int, Tag, Any]] = []
    own = [(int(element.get(NUMBER)), element.getparent()) for element in root.iter(TAG)]
    placed = [(number, tags[number], place) for number, place in own if not tags[number].is_output]
    if any(tag.keyword == STRANGE or tag.unclosed for _, tag, _ in placed):
        return  # told for themselves: whose half such a tag would be, nobody knows
    for number, tag, place in placed:
        if tag.keyword in OPENING:
            waiting.append((number, tag, place))
            if sum(each.keyword == "for" for _, each, _ in waiting) > DEEPEST:
                yield number, f"{tag.shown}：{{% for %}}最多套{DEEPEST}层"
        elif tag.keyword in MIDDLE or tag.keyword.startswith("end"):
            wanted = _openers(tag.keyword)
            if not waiting or waiting[-1][1].keyword not in wanted:
                yield number, f"{tag.shown}前面没有对应的{_either(wanted)}"
                continue
            _, opener, where = waiting[-1]
            if where is not place:
                yield number, _apart(opener, tag)
            if tag.keyword not in MIDDLE:
                waiting.pop()
    for number, tag, _ in waiting:
        yield number, f"{tag.shown}没有收尾，后面要有{{% end{tag.keyword} %}}"


def _openers(keyword: str) -> frozenset[str]:
    if keyword == "elif":
        return frozenset({"if"})
    return frozenset({"if", "for"}) if keyword == "else" else frozenset({keyword.removeprefix("end")})


def _either(keywords: frozenset[str]) -> str:
    return "或".join(f"{{% {each} %}}" for each in sorted(keywords, reverse=True))


def _apart(opener: Tag, tag: Tag) -> str:
    return (
        f"{opener.shown}和{tag.shown}不在一处：要写在同一段里，或各自独占一段"
        "（隔着表格的行用{%tr %}，隔着单元格用{%tc %}）"
    )
