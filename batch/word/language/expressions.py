"""What a tag says, as jinja2 reads it: its names and its figure."""

import re
from collections.abc import Container
from functools import cache, lru_cache
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from batch.word.language.environment import environment
from batch.word.language.vocabulary import FIGURES
from batch.word.markup.tags import COMMENT, KEYWORDS, STRANGE, Tag

_ENDS: Final = frozenset({"endif", "endfor", "else"})
_BARE: Final = re.compile(r"\{%[-+]?\s*\w+\s*[-+]?%\}")
_HALF: Final = {"if": "{% endif %}", "elif": "{% endif %}", "for": "{% endfor %}"}
"""What makes of an opening tag a template of its own."""
_ELIF: Final = re.compile(r"\belif\b")
_CONDITION: Final = "写成{{% {} 办文.发文 %}}或{{% {} 办文.发文 > 50 %}}，相等用=="
_FORMS: Final = {
    "": "{{ }}里写名称，如{{ 办文.发文 }}；怎么写放在“|”后面，如{{ 办文.发文|约|单位 }}",
    "if": _CONDITION.format("if", "if"),
    "elif": _CONDITION.format("elif", "elif"),
    "for": "写成{% for 面 in 各工作面 %}",
    "set": "写成{% set 合计 = 办文.传阅 + 办文.拟办 %}",
    **{end: f"{{% {end} %}}里不能再写别的" for end in _ENDS},
}
"""How each kind of tag is written; the key is its keyword."""
_WORDS: Final = "、".join(KEYWORDS)
_TAGS: Final = "、".join(f"{{% {word} %}}" for word in KEYWORDS)
MOST_TAGS: Final = 2048
"""Tags that are kept as they were read: several templates of an office have some hundreds each."""
DEEPEST_TREE: Final = 100
"""Levels of an expression: a sum of a hundred figures has as many."""


class TagError(Exception):
    """What is wrong with the writing of a tag, in Chinese."""


@cache
def _reader() -> Environment:
    """Return an environment that only reads."""
    return environment()


@lru_cache(maxsize=MOST_TAGS)
def parsed(tag: Tag) -> nodes.Template | None:
    """Return what a tag says; None of one that says nothing (a comment, the end of a clause).

    It is kept: a template is checked and then filled, and that of the owners for each of them.

    Raises:
        TagError: it cannot be read, or is of a kind that templates here do not have.

    """
    keyword = tag.keyword
    if keyword == COMMENT:
        return None
    if tag.misspelt:
        raise TagError(_unknown_word(tag))
    if keyword in _ENDS and _BARE.fullmatch(tag.text):
        return None
    text = _ELIF.sub("if", tag.text, count=1) if keyword == "elif" else tag.text
    try:
        tree = _reader().parse(text + _HALF.get(keyword, ""))
    except TemplateSyntaxError as error:
        message = f"{tag.shown}写法不对：{_FORMS[keyword]}"
        raise TagError(message) from error
    except RecursionError as error:
        raise TagError(_too_deep(tag)) from error
    if _is_deep(tree):
        raise TagError(_too_deep(tag))
    return tree


def _is_deep(tree: nodes.Node) -> bool:
    """Say whether a tree has more levels than those who walk through it can go down."""
    level = [tree]
    for _ in range(DEEPEST_TREE):
        level = [child for each in level for child in each.iter_child_nodes()]
        if not level:
            return False
    return True


def _too_deep(tag: Tag) -> str:
    return f"{tag.shown}套了太多层"


def _unknown_word(tag: Tag) -> str:
    if tag.keyword != STRANGE:
        return f"没有“{tag.misspelt}”这个标签，是不是“{tag.keyword}”"
    if tag.misspelt.isascii() and tag.misspelt.isalpha():
        return f"不能使用{tag.shown}这样的标签，可以用{_TAGS}"
    return f"{tag.shown}写法不对：印出数字用{{{{ 名称 }}}}；{{% %}}里以英文的{_WORDS}开头"


def figure_id_of(node: nodes.Node, hidden: Container[str] = ()) -> str | None:
    """Return the id that a node names as a figure: 办文.发文, 办文["发文"] or 指标["办文.发文"].

    ``hidden`` are names that a loop or a ``set`` has given another meaning.
    """
    if isinstance(node, nodes.Getattr):
        owner, name = node.node, node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        owner, name = node.node, node.arg.value
    else:
        return None
    if not isinstance(owner, nodes.Name) or owner.name in hidden:
        return None
    return name if owner.name == FIGURES else f"{owner.name}.{name}"


def sole_expression(tree: nodes.Template) -> nodes.Node | None:
    """Return the expression of a template that is one placeholder."""
    match tree.body:
        case [nodes.Output(nodes=[expression])]:
            return expression
    return None


def without_filters(node: nodes.Node) -> tuple[nodes.Node, tuple[str, ...]]:
    """Return what is filtered, and the filters on it."""
    names: list[str] = []
    while isinstance(node, nodes.Filter) and node.node is not None:
        names.append(node.name)
        node = node.node
    return node, tuple(names)


def stored_names(tree: nodes.Node) -> frozenset[str]:
    """Return the names that a tag gives a meaning to."""
    return frozenset(each.name for each in tree.find_all(nodes.Name) if each.ctx == "store")
