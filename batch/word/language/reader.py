"""What is wrong with a tag, by the words that are known."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from jinja2 import nodes
from jinja2.tests import TESTS

from batch.areas.figures import PERCENT
from batch.values.names import did_you_mean
from batch.word.language.expressions import figure_id_of, sole_expression, stored_names, without_filters
from batch.word.language.filters import FOR_DATES, FOR_NUMBERS, OFFERED, filters
from batch.word.language.vocabulary import FIGURES, Vocabulary
from batch.word.markup.tags import STRANGE, Tag

Given: TypeAlias = Mapping[str, frozenset[str] | None]
"""A name that the template has given -> the names of what it holds; None where that is not known."""
_KNOWN_FILTERS: Final = frozenset(filters())
_DATE_PARTS: Final = frozenset({"year", "month", "day"})
_LOST_IN_SUMS: Final = FOR_NUMBERS - {"上期", "百分"}
"""Filters that say how a figure is written: of a part of a sum they are lost."""


@dataclass(frozen=True)
class Reader:
    """Finds what is wrong with an expression, by the words that are known."""

    vocabulary: Vocabulary

    def given(self, tree: nodes.Template) -> Given:
        """Return the names that a tag gives a meaning to."""
        match tree.body:
            case [nodes.For(target=nodes.Name(name=str(item)), iter=nodes.Name(name=str(owner)))]:
                return {item: self.vocabulary.lists.get(owner)}
        return dict.fromkeys(sorted(stored_names(tree)))

    def misnamed(self, tag: Tag) -> str:
        """Say how a figure is written that is no name to jinja2, or stands in the wrong braces; else nothing."""
        inside = tag.typed[2:-2].strip(" -+")
        figure = re.split("[|｜]", inside, maxsplit=1)[0].strip()
        if tag.keyword == STRANGE and figure in {*self.vocabulary.names}:
            return f"{tag.shown}是印出数字的，要写成{{{{ {inside} }}}}"
        for each in self.vocabulary.unspeakable:
            if re.search(rf"(?<![\"'“‘＂＇]){re.escape(each)}", tag.typed):
                how = inside.removeprefix(figure) if figure == each else ""
                written = f'{FIGURES}["{each}"]'
                shown = f"{{{{ {written}{how} }}}}" if tag.is_placeholder else written
                return f"{tag.shown}里的“{each}”要写成{shown}，因为名称里有特殊符号"
        return ""

    def faults(self, tree: nodes.Template, given: Given) -> Iterator[str]:
        """Yield the faults of what a tag says; ``given`` are names that the template itself has given before."""
        given = {**given, **self.given(tree)}
        sole = sole_expression(tree)
        match sole:
            case nodes.Name(name=str(name)) if name in self.vocabulary.blocks and name not in given:
                return
            case nodes.Name(name=str(name)) if items := self._items(name, given):
                yield self._of_items(name, items, given)
                return
            case nodes.Const(value=str(text)) if text in {*self.vocabulary.names}:
                yield f"“{text}”外面不要引号，写成{{{{ {text} }}}}"
                return
        tests = {id(part) for each in tree.find_all(nodes.If) for part in _truths(each.test)}
        yield from self._faults(tree, given, tests)

    def _items(self, name: str, given: Given) -> frozenset[str] | None:
        """Return the names of what is held by a list's items, or by an item."""
        return given[name] if name in given else self.vocabulary.lists.get(name)

    def _of_items(self, name: str, items: frozenset[str], given: Given) -> str:
        item = min(items, key=lambda each: (each != "名称", each))
        if name in given:
            return f"“{name}”后面要写出是哪一项，如{{{{ {name}.{item} }}}}"
        return f"“{name}”是几项内容，要逐项写：{{% for 面 in {name} %}}{{{{ 面.{item} }}}}{{% endfor %}}"

    def _faults(self, node: nodes.Node, given: Given, tests: set[int]) -> Iterator[str]:
        figure, owner = figure_id_of(node, given), _owner(node)
        if figure and owner not in self.vocabulary.fields | self.vocabulary.blocks:
            if figure not in self.vocabulary.units:
                yield self._unknown_figure(figure, owner, given)
            return
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in given:
            yield from self._name_faults(node, is_test=id(node) in tests)
        elif unquoted := _unquoted_date(node, given):
            yield unquoted
            return
        else:
            yield from self._own_faults(node, given)
            yield from self._part_faults(node, owner, given)
        for child in node.iter_child_nodes():
            if not (isinstance(node, nodes.Call) and child is node.node):
                yield from self._faults(child, given, tests)

    def _unknown_figure(self, figure: str, owner: str, given: Given) -> str:
        known = self.vocabulary
        if owner == FIGURES and figure in known.areas:
            return f"“{FIGURES}”后面不用再加“.”，直接写编号，如{{{{ {self._example(figure)} }}}}"
        if owner in known.areas or owner == FIGURES:
            return f"没有“{figure}”这个指标{did_you_mean(figure, known.units)}"
        near = did_you_mean(figure, known.units) or did_you_mean(owner, [*known.names, *sorted(given)])
        return f"没有“{owner}”这个工作面或名称{near}"

    def _example(self, area: str) -> str:
        return next((each for each in self.vocabulary.units if each.startswith(f"{area}.")), "办文.发文")

    def _name_faults(self, node: nodes.Name, *, is_test: bool) -> Iterator[str]:
        known = self.vocabulary
        if node.name in known.blocks:
            if not is_test:
                yield f"“{node.name}”是整段的内容，只能单独写成{{{{ {node.name} }}}}，不能再加写法或运算"
        elif node.name in known.areas or node.name == FIGURES:
            shown = f'{FIGURES}["{self._example("")}"]' if node.name == FIGURES else self._example(node.name)
            yield f"“{node.name}”后面要写出指标，如{{{{ {shown} }}}}"
        elif node.name in known.elsewhere:
            yield f"“{node.name}”只用在{known.elsewhere[node.name]}里"
        elif node.name not in known.fields:
            yield f"没有“{node.name}”这个名称{did_you_mean(node.name, known.names)}"

    def _part_faults(self, node: nodes.Node, owner: str, given: Given) -> Iterator[str]:
        """Yield what is asked of a text, a date, or an item of a list that it does not have."""
        match node:
            case nodes.Getattr(attr=str(name)) | nodes.Getitem(arg=nodes.Const(value=str(name))):
                if name.startswith("_"):
                    yield f"不能使用“{name}”"
                elif (items := given.get(owner)) is not None and name not in items:
                    yield f"“{owner}”没有“{name}”这一项{did_you_mean(name, sorted(items))}"
                elif owner in self.vocabulary.fields and owner not in given and name not in _DATE_PARTS:
                    yield f"“{owner}”后面不能再接“.{name}”"

    def _own_faults(self, node: nodes.Node, given: Given) -> Iterator[str]:
        match node:
            case nodes.Filter(name=name) if name not in _KNOWN_FILTERS:
                yield f"没有“{name}”这种写法，“|”后面可以用{'、'.join(OFFERED)}"
            case nodes.Filter():
                yield from self._misused_filter(node, given)
            case nodes.Test(name=name) if name not in TESTS:
                yield f"没有“{name}”这个判断"
            case nodes.Getattr() | nodes.Getitem() if (
                figure := figure_id_of(node.node, given)
            ) in self.vocabulary.units:
                yield f"指标“{figure}”后面不能再接别的，怎么写放在“|”后面"
            case nodes.Call():
                yield "这里不能像函数那样加括号，怎么写放在“|”后面"
            case nodes.Concat():
                yield "不支持 ~ ，把两个占位符接着写就可以"
            case nodes.Pow():
                yield "不支持 ** 运算"
            case nodes.BinExpr():
                yield from _lost_filters(node)

    def _misused_filter(self, node: nodes.Filter, given: Given) -> Iterator[str]:
        name, known = node.name, self.vocabulary
        base, _ = without_filters(node)
        figure = figure_id_of(base, given)
        unit = known.units.get(figure or "")
        if unit is not None and name in FOR_DATES:
            yield f"“{name}”用于日期，不能用于指标“{figure}”"
        if unit is not None and name == "百分" and unit != PERCENT:
            yield f"“百分”用于百分率和括号里的算式，“{figure}”的单位是“{unit}”"
        if (
            isinstance(base, nodes.Name)
            and base.name in known.fields
            and base.name not in given
            and name in FOR_NUMBERS
        ):
            yield f"“{name}”用于指标，不能用于“{base.name}”"


def _unquoted_date(node: nodes.Node, given: Given) -> str:
    """Say how the form of a date is written, where it is not in quotes."""
    if not (isinstance(node, nodes.Filter) and node.name in FOR_DATES):
        return ""
    names = {
        name.name for arg in node.args for name in (arg, *arg.find_all(nodes.Name)) if isinstance(name, nodes.Name)
    }
    return f'“{node.name}”的样子要加引号，如|{node.name}("yyyy-mm-dd")' if names - {*given} else ""


def _lost_filters(node: nodes.BinExpr) -> Iterator[str]:
    """Yield the filters on one part of a sum: what comes out is written without them."""
    lost = [name for side in (node.left, node.right) for name in without_filters(side)[1] if name in _LOST_IN_SUMS]
    if lost:
        yield f"算式要先加括号，“|{lost[0]}”写在括号后面，如{{{{ (办文.传阅 + 办文.拟办)|{lost[0]} }}}}"


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
