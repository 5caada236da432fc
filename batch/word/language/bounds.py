"""Bounds of a template's work: the passes of loops are counted, and no list holds a list.

What a template says is data of someone else's making. A loop in a loop in a loop needs few words and has no
end; a list of two lists of two lists is soon too long to look at.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

from batch.word.language.filters import UnfitError

MOST_PASSES: Final = 100_000
"""Passes of all loops of one template; a report that tells every figure of every area takes some hundreds."""
_LOOP: Final = " loop"
_LIST: Final = " list"
"""Filters around what a loop goes through and around a list; the blank keeps their names from templates."""
_GROUPS: Final = (list, tuple, set, Mapping)


@dataclass
class LoopPasses:
    """How often the loops of a template have been passed so far."""

    count: int = 0

    def add(self, count: int) -> None:
        """Count so many passes.

        Raises:
            SecurityError: they are more than any report needs.

        """
        self.count += count
        if self.count > MOST_PASSES:
            message = "循环重复的次数太多"
            raise SecurityError(message)


class Bounding(NodeTransformer):
    """Puts the filters of :func:`bounding_filters` into a template's tree."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 jinja2's own naming
        """Count the passes of a loop before it begins."""
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _LOOP)
        return node

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802 as above
        """Keep a list flat."""
        self.generic_visit(node)
        return _filtered(node, _LIST)

    visit_Dict = visit_List  # noqa: N815 as above

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802 as above
        """Keep a list flat; the names that a loop or a ``set`` gives are written as a tuple too."""
        return self.visit_List(node) if node.ctx == "load" else node  # type: ignore[arg-type] # a list to the filter


def bounding_filters(made: LoopPasses) -> dict[str, Callable[[Context, Any], Any]]:
    """Return the filters that :class:`Bounding` puts in."""

    @pass_context  # else jinja2 would work them out while it reads the template, once
    def passes(_: Context, values: object) -> list[object]:
        if isinstance(values, Undefined):
            str(values)  # raises what is undefined
        if not isinstance(values, Iterable):
            message = "in后面要是能逐项写出的内容，如各工作面"
            raise UnfitError(message)
        listed = list(values)
        made.add(len(listed))
        return listed

    return {_LOOP: passes, _LIST: _flat}


@pass_context
def _flat(_: Context, values: Any) -> Any:  # noqa: ANN401 a list, a tuple or a mapping
    if any(isinstance(each, _GROUPS) for each in (values.values() if isinstance(values, Mapping) else values)):
        message = "列表里不能再放列表"
        raise SecurityError(message)
    return values


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
