"""Measure everything beside its peers, and print one table.

``python -m tests.benchmark --folder FOLDER [--rounds 5] [--only small,medium] [--script] [--markdown]``; the peers are
in the extra ``benchmark``. Times are those of whole processes by the clock, memory is their peak.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.benchmark.measures import FEW_OWNERS, MANY_OWNERS, MEGA, SIZES, Bench, Measure, Results, batch, peer


class Line(NamedTuple):
    """One line of the table."""

    name: str
    ours: str
    peer: str
    ratio: str
    goal: str
    is_met: bool


HEADER = Line("measure", "ours", "peer", "ratio", "goal", is_met=True)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where workbooks are kept for the next time")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join(SIZES), help="sizes, by commas")
    parser.add_argument(
        "--script", action="store_true", help="run the office script on the large workbook too: minutes"
    )
    parser.add_argument("--markdown", action="store_true")
    given = parser.parse_args()
    sizes = given.only.split(",")
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench(given.folder or Path(temporary))
        bench.folder.mkdir(parents=True, exist_ok=True)
        lines = list(_lines(bench, sizes, given.rounds, is_scripted=given.script))
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d}, {machine}, medians of {given.rounds}\n\n")
    sys.stdout.writelines(f"{line}\n" for line in _table([HEADER, *lines], is_markdown=given.markdown))


def _table(rows: list[Line], *, is_markdown: bool) -> Iterator[str]:
    texts = [(row.name, row.ours, row.peer, row.ratio, row.goal, "" if row.is_met else "missed") for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    for number, row in enumerate(texts):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield f"| {' | '.join(cells)} |" if is_markdown else "  ".join(cells).rstrip()
        if is_markdown and number == 0:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"


def _lines(bench: Bench, sizes: list[str], rounds: int, *, is_scripted: bool) -> Iterator[Line]:
    results = Results({})
    measures = list(bench.measures(sizes))
    owners = {count: _of_owners(bench, count) for count in (FEW_OWNERS, MANY_OWNERS)} if "small" in sizes else {}
    for _ in range(rounds):
        for measure in measures:  # by turns, so that whatever else the machine does meets both
            results.take(measure.ours)
            results.take(measure.peer)
        for command in owners.values():
            results.take(command)
    for measure in measures:
        yield _line(measure, results)
    if "large" in sizes and is_scripted:
        script = peer("office_script", bench.workbook("large"), bench.output / "script")
        results.take(script)
        yield _line(
            Measure("run, large: than the script (once)", bench.reported("large"), script, 6, is_faster=True), results
        )
    if "large" in sizes:
        yield from _of_large(bench, results)
    if owners:
        few, many = (results.seconds(command) for command in owners.values())
        each = 1000 * (many - few) / (MANY_OWNERS - FEW_OWNERS)
        yield Line(
            "a further owner's report", f"{many:.2f} s", f"{few:.2f} s", f"{each:.0f} ms", "<= 30 ms", each <= 30
        )


def _of_large(bench: Bench, results: Results) -> Iterator[Line]:
    large = bench.reported("large")
    peak, unpacked = results.peak(large), bench.unpacked("large") / MEGA
    ratio = peak / unpacked
    yield Line(
        "peak memory, large / its sheets", f"{peak:.0f} MB", f"{unpacked:.0f} MB", f"{ratio:.2f}", "<= 3", ratio <= 3
    )
    medium = bench.reported("medium")
    if medium in results.costs:
        growth = results.seconds(large) / results.seconds(medium)
        sides = f"{results.seconds(large):.2f} s", f"{results.seconds(medium):.2f} s"
        yield Line("growth, large / medium", *sides, f"{growth:.1f}", "<= 13", growth <= 13)


def _of_owners(bench: Bench, count: int) -> tuple[str, ...]:
    workbook, areas = bench.of_owners(count)
    return batch("run", "--draft", workbook, "--areas", areas, "-o", bench.output)


def _line(measure: Measure, results: Results) -> Line:
    ours, theirs = results.seconds(measure.ours), results.seconds(measure.peer)
    ratio = measure.ratio(ours, theirs)
    sides = [f"{results.seconds(each):.2f} s, {results.peak(each):.0f} MB" for each in (measure.ours, measure.peer)]
    goal = f"{'>=' if measure.is_faster else '<='} {measure.goal:g}"
    return Line(measure.name, sides[0], sides[1], f"{ratio:.2f}", goal, measure.is_met(ratio))


if __name__ == "__main__":
    main()
