"""What a tag says, as jinja2 reads it: its names, its figure, and what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from batch.suggest import did_you_mean
from batch.word.filters import FOR_DATES, FOR_NUMBERS
from batch.word.tags import COMMENT, Tag
from batch.word.vocabulary import FIGURES, Vocabulary

_ENDS: Final = frozenset({"endif", "endfor", "endwith", "else"})
_BARE: Final = re.compile(r"\{%[-+]?\s*\w+\s*[-+]?%\}")
_HALF: Final = {"if": "{% endif %}", "elif": "{% endif %}", "for": "{% endfor %}", "with": "{% endwith %}"}
"""What makes of an opening tag a template of its own."""
_ELIF: Final = re.compile(r"\belif\b")


class TagError(Exception):
    """What is wrong with the writing of a tag, in Chinese."""


def parsed(environment: Environment, tag: Tag) -> nodes.Template | None:
    """Return what a tag says; None of one that says nothing (a comment, the end of a passage).

    Raises:
        TagError: it cannot be read, or is of a kind that templates here do not have.

    """
    keyword = tag.keyword
    if keyword == COMMENT:
        return None
    if not tag.is_known:
        message = f"不能使用{tag.typed}这样的标签" if keyword != "?" else f"{tag.typed}写法不对"
        raise TagError(message)
    if keyword in _ENDS and _BARE.fullmatch(tag.text):
        return None
    text = _ELIF.sub("if", tag.text, count=1) if keyword == "elif" else tag.text
    try:
        return environment.parse(text + ("" if tag.is_capturing else _HALF.get(keyword, "")))
    except TemplateSyntaxError as error:
        raise TagError(_syntax_fault(tag, error)) from error
    except RecursionError as error:
        message = f"{tag.typed[:20]}…套了太多层"
        raise TagError(message) from error


def _syntax_fault(tag: Tag, error: TemplateSyntaxError) -> str:
    if tag.is_capturing and "end" in str(error.message):
        return f"{tag.typed}要和{{% end{tag.keyword} %}}写在同一段里"
    if tag.is_placeholder:
        return f"{tag.typed}写法不对：{{{{ }}}}里写名称，如{{{{ 办文.发文 }}}}，“|”后面写过滤器"
    return f"{tag.typed}写法不对"


def figure_id_of(node: nodes.Node, hidden: frozenset[str] = frozenset()) -> str | None:
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
    names = {each.name for each in tree.find_all(nodes.Name) if each.ctx in {"store", "param"}}
    return frozenset(names | {each.name for each in tree.find_all(nodes.Macro)})


@dataclass(frozen=True)
class Reader:
    """Finds what is wrong with an expression, by the words that are known."""

    environment: Environment
    vocabulary: Vocabulary

    def misnamed(self, tag: Tag) -> str:
        """Say how a figure is written whose id is no name to jinja2; empty if the tag is of another kind."""
        figure = tag.typed[2:-2].partition("|")[0].partition("｜")[0].strip()
        if tag.is_placeholder and figure in self.vocabulary.units and not figure.replace(".", "", 1).isidentifier():
            return f'{tag.typed}要写成{{{{ {FIGURES}["{figure}"] }}}}，因为名称里有特殊符号'
        return ""

    def faults(self, tree: nodes.Template, local: frozenset[str]) -> Iterator[str]:
        """Yield the faults of what a tag says; ``local`` are names that the template itself has given."""
        local |= stored_names(tree)
        sole = sole_expression(tree)
        if isinstance(sole, nodes.Name) and sole.name in self.vocabulary.blocks - local:
            return
        tests = {id(part) for each in tree.find_all(nodes.If) for part in _truths(each.test)}
        yield from self._faults(tree, local, tests)

    def _faults(self, node: nodes.Node, local: frozenset[str], tests: set[int]) -> Iterator[str]:
        figure, owner = figure_id_of(node, local), _owner(node)
        if figure and owner not in self.vocabulary.fields | self.vocabulary.blocks:
            if figure not in self.vocabulary.units:
                yield self._unknown_figure(figure, owner, local)
            return
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in local:
            yield from self._name_faults(node, is_test=id(node) in tests)
        else:
            yield from self._own_faults(node, local)
        for child in node.iter_child_nodes():
            yield from self._faults(child, local, tests)

    def _unknown_figure(self, figure: str, owner: str, local: frozenset[str]) -> str:
        known = self.vocabulary
        if owner in known.areas or owner == FIGURES:
            return f"没有“{figure}”这个指标{did_you_mean(figure, known.units)}"
        near = did_you_mean(figure, known.units) or did_you_mean(owner, [*known.names, *sorted(local)])
        return f"没有“{owner}”这个工作面或名称{near}"

    def _name_faults(self, node: nodes.Name, *, is_test: bool) -> Iterator[str]:
        known = self.vocabulary
        if node.name in known.blocks:
            if not is_test:
                yield f"“{node.name}”是整段的内容，只能单独写成{{{{ {node.name} }}}}，不能再加过滤器或运算"
        elif node.name in known.areas or node.name == FIGURES:
            example = next((each for each in known.units if each.startswith(f"{node.name}.")), "办文.发文")
            shown = f'{FIGURES}["{example}"]' if node.name == FIGURES else example
            yield f"“{node.name}”后面要写出指标，如{{{{ {shown} }}}}"
        elif node.name not in known.fields:
            yield f"没有“{node.name}”这个名称{did_you_mean(node.name, known.names)}"

    def _own_faults(self, node: nodes.Node, local: frozenset[str]) -> Iterator[str]:
        match node:
            case nodes.Filter(name=name) if name not in self.environment.filters:
                yield f"没有“{name}”这个过滤器{did_you_mean(name, sorted(self.environment.filters))}"
            case nodes.Filter():
                yield from self._misused_filter(node, local)
            case nodes.Test(name=name) if name not in self.environment.tests:
                yield f"没有“{name}”这个判断"
            case nodes.Getattr() | nodes.Getitem() if (
                figure := figure_id_of(node.node, local)
            ) in self.vocabulary.units:
                yield f"指标“{figure}”后面不能再接别的，过滤器写在“|”后面"
            case nodes.Getattr(attr=str(name)) | nodes.Getitem(arg=nodes.Const(value=str(name))) if name.startswith(
                "_"
            ):
                yield f"不能使用“{name}”"
            case nodes.Call() if not _is_own_call(node, local):
                yield "不能调用函数，只能用过滤器和模板自己的macro"
            case nodes.Concat():
                yield "不支持 ~ ，把两个占位符接着写就可以"
            case nodes.Pow():
                yield "不支持 ** 运算"

    def _misused_filter(self, node: nodes.Filter, local: frozenset[str]) -> Iterator[str]:
        name, known = node.name, self.vocabulary
        base, _ = without_filters(node)
        figure = figure_id_of(base, local)
        unit = known.units.get(figure or "")
        if unit is not None and name in FOR_DATES:
            yield f"“{name}”用于日期，不能用于指标“{figure}”"
        if unit is not None and name == "百分" and unit != "%":
            yield f"“百分”用于百分率和括号里的算式，“{figure}”的单位是“{unit}”"
        if isinstance(base, nodes.Name) and base.name in known.fields - local and name in FOR_NUMBERS:
            yield f"“{name}”用于指标，不能用于“{base.name}”"


def _owner(node: nodes.Node) -> str:
    """Return the name that an attribute or an item is asked of; empty if it is of something else."""
    match node:
        case nodes.Getattr(node=nodes.Name(name=str(name))) | nodes.Getitem(node=nodes.Name(name=str(name))):
            return name
    return ""


def _truths(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the parts of a condition that are only asked whether they are there."""
    if isinstance(node, nodes.And | nodes.Or):
        yield from _truths(node.left)
        yield from _truths(node.right)
    elif isinstance(node, nodes.Not):
        yield from _truths(node.node)
    else:
        yield node


def _is_own_call(node: nodes.Call, local: frozenset[str]) -> bool:
    match node.node:
        case nodes.Name(name=name):
            return name in local or name == "caller"
        case nodes.Getattr(node=nodes.Name(name="loop")):
            return True
    return False
