"""The examples in the docstrings hold."""

import doctest
import importlib
import pkgutil

import pytest

import batch

MODULES = sorted(
    each.name for each in pkgutil.walk_packages(batch.__path__, "batch.") if not each.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = map(importlib.import_module, MODULES)
    assert sum(len(each.examples) for module in modules for each in finder.find(module)) > 20
