"""Readers that crash, hang or eat memory do it in a process of their own."""

import errno
import os
import subprocess
import time
from collections.abc import Callable

import pytest

from batch.errors import BatchError
from batch.read import isolated
from batch.read.grid import Damaged, TooMuch
from tests.closed import refusing


def aborts(_: bytes) -> bytes:
    os.abort()


def hangs(content: bytes) -> bytes:
    time.sleep(60)
    return content


def devours(content: bytes) -> bytes:
    return content * (1 << 34)


def length(content: bytes) -> int:
    return len(content)


@pytest.mark.parametrize("reader", [aborts, hangs, devours], ids=lambda each: each.__name__)
def test_a_reader_that_fails_in_its_own_process_takes_nothing_with_it(
    monkeypatch: pytest.MonkeyPatch, reader: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(isolated, "CHILD_SECONDS", 2)
    with pytest.raises(Damaged):
        isolated.read_isolated(reader, b"x")


def test_a_reader_in_its_own_process_gives_what_it_reads() -> None:
    assert isolated.read_isolated(length, b"x" * 1_000_000) == 1_000_000


def exceeds(_: bytes) -> bytes:
    message = "有 9 张工作表，上限 8 张"
    raise TooMuch(message)


def test_a_limit_met_in_its_own_process_is_told_as_everywhere() -> None:
    with pytest.raises(TooMuch, match="上限 8 张"):
        isolated.read_isolated(exceeds, b"x")


def test_where_no_process_can_be_started_that_is_told_and_not_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", refusing(errno.EAGAIN))
    with pytest.raises(BatchError, match="开不了新的进程（同时运行的程序太多）"):
        isolated.read_isolated(length, b"x")
