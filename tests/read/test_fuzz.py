"""A short run of the fuzzer; CI runs it for a minute, and a longer one is run by hand."""

import pytest

from tests.fuzz_reading import fuzz


@pytest.mark.slow
def test_mutated_workbooks_are_read_or_refused_in_a_sentence() -> None:
    ended = fuzz(seed=20, seconds=4)
    assert ended["refused"] > 0
    assert ended.total() > ended["refused"]
