"""What the process is set to."""

import gc
import sys
import weakref

import pytest

from batch.system.process import SELDOM, clear_up, give_back, set_up


def test_memory_is_given_back_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    give_back()
    monkeypatch.setattr(sys, "platform", "win32")
    give_back()


def test_garbage_is_looked_for_seldom() -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        set_up()
        assert gc.get_threshold() == SELDOM
    finally:
        gc.set_threshold(*before)


class Loop:
    """Refers to itself."""

    def __init__(self) -> None:
        """Close the loop."""
        self.itself = self


def test_what_refers_to_itself_is_cleared_up() -> None:
    left = weakref.ref(Loop())
    clear_up()
    assert left() is None
