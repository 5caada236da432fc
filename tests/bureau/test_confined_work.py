"""Work in a child that lasts: whatever becomes of it, the program goes on, and the next piece of work finds a child."""

import os
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from batch.bureau.confined import Failed, Succeeded, confined, end_children
from batch.errors import BatchError
from batch.system.child import Limits

LIMITS = Limits(seconds=20, memory=2 << 30)


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    yield
    end_children()


def own_number(_: object) -> int:
    return os.getpid()


def aborts(_: object) -> None:
    os.abort()


def hangs(_: object) -> None:
    time.sleep(60)


def devours(size: int) -> int:
    return len(bytearray(size))


def refuses(name: str) -> None:
    message = f"“{name}”不是工作簿。"
    raise BatchError(message)


def is_mistaken(_: object) -> None:
    raise KeyError


def prints(text: str) -> str:
    print(text)  # noqa: T201 that is the point
    sys.stdout.flush()
    os.write(1, text.encode())
    return text


def test_one_child_does_one_piece_of_work_after_the_other() -> None:
    first, second = (confined(own_number, None, LIMITS) for _ in range(2))
    assert isinstance(first, Succeeded)
    assert first == second
    assert first.result != os.getpid()


@pytest.mark.parametrize(
    ("work", "argument", "reason"),
    [
        (aborts, None, "意外中止"),
        (devours, 8 << 30, "内存超过"),
        (is_mistaken, None, "程序出错（KeyError）"),
        (refuses, "坏.xlsx", "“坏.xlsx”不是工作簿。"),
    ],
)
def test_what_goes_wrong_is_an_answer(work: Callable[[object], object], argument: object, reason: str) -> None:
    answer = confined(work, argument, LIMITS)
    assert isinstance(answer, Failed)
    assert reason in answer.reason
    assert answer.is_final is (work is refuses)
    assert isinstance(confined(own_number, None, LIMITS), Succeeded)


def test_what_takes_too_long_is_ended() -> None:
    started = time.monotonic()
    answer = confined(hangs, None, Limits(seconds=1.5, memory=2 << 30))
    assert isinstance(answer, Failed)
    assert "秒还没有完成" in answer.reason
    assert time.monotonic() - started < 15


def test_what_a_library_prints_is_no_answer() -> None:
    assert confined(prints, "噪声\n", LIMITS) == Succeeded("噪声\n")


def test_a_failure_has_the_name_of_the_file_unless_it_names_it_itself() -> None:
    assert Failed("处理时程序意外中止。").of("台账.xlsx").reason == "“台账.xlsx”处理时程序意外中止。"
    assert Failed("“台账.xlsx”已损坏。", is_final=True).of("台账.xlsx").reason == "“台账.xlsx”已损坏。"


@pytest.mark.skipif(sys.platform == "win32", reason="killed by number")
def test_a_child_ends_when_its_parent_is_killed() -> None:
    answer = confined(own_number, None, LIMITS)
    assert isinstance(answer, Succeeded)
    end_children()
    with pytest.raises(ProcessLookupError):
        os.kill(answer.result, 0)
