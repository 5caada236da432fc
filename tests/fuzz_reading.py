"""Mutated copies of workbooks, one after another: whatever the file, it is read or refused in one sentence.

Run by hand for longer than the tests do: ``python -m tests.fuzz_reading --seconds 600 --seed 7``.
"""

import argparse
import io
import os
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from batch.check.checked import Checked
from batch.errors import BatchError
from batch.options import Options
from batch.unit.checking import check_workbooks
from batch.workbook.user_copy.copies import mark_copies
from tests.books import SAMPLES, write_book
from tests.rested import rested

Mutation = Callable[[bytes, random.Random], bytes]

SMALL = """
| 序号 | 日期       | 事项 | 数量 |
| 1    | 2022-03-05 | 用印 | 3    |
| 合计 |            |      | 3    |
| 2    | 2022-03-06 | 发文 | 1    |
"""
LONGEST = 20.0
"""Seconds that one file may take."""
TOKENS = (
    b"",
    b"<",
    b"&",
    b"&#0;",
    b"&#xD800;",
    b"&lol;",
    b'"',
    b"\x00",
    b"\xff",
    b"-1",
    b"99999999999999999999",
    b"1048577",
    b"XFD1048576",
    b"NaN",
    b"1E999",
    b"<c/>",
    b"<row>",
    b"</row>",
    b"</sheetData>",
    b"<!-- x -->",
    b"<![CDATA[x]]>",
    b'<!DOCTYPE x [<!ENTITY a "b">]>',
    b' t="e"',
    b' t="s"',
    b' r="A1"',
    b' hidden="1"',
    "合计".encode(),
    "同上".encode(),
)


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Change a few bytes anywhere."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    """Leave out the end, or a piece."""
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + (b"" if chance.random() < 0.3 else content[end:])


def spliced(content: bytes, chance: random.Random) -> bytes:
    """Put a token that means something at some place, or in the place of what stands there."""
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(TOKENS) + content[at + chance.choice((0, 0, 1, 5, 30)) :]


def repeated(content: bytes, chance: random.Random) -> bytes:
    """Put a piece in once more, or many times."""
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.randint(1, 400)]
    return content[:start] + piece * chance.choice((2, 3, 50)) + content[start:]


def retagged(content: bytes, chance: random.Random) -> bytes:
    """Replace a tag, a number or an attribute by another of the same part."""
    pieces = content.split(b"<")
    one, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
    pieces[one] = pieces[other]
    return b"<".join(pieces)


WITHIN: Sequence[Mutation] = (flipped, cut, spliced, spliced, repeated, retagged)


def in_a_part(content: bytes, chance: random.Random) -> bytes:
    """Mutate one part of a package, or drop it, and pack it again with a right checksum."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        telling = [name for name in names if "sheet" in name or name.endswith(("workbook.xml", ".rels", "styles.xml"))]
        chosen = chance.choice(telling or names) if chance.random() < 0.8 else chance.choice(names)
        for name in names:
            part = source.read(name)
            if name == chosen:
                if chance.random() < 0.03:
                    continue
                for _ in range(chance.choice((1, 1, 2, 5))):
                    part = chance.choice(WITHIN)(part, chance) if part else part
            target.writestr(name, part)
    return stream.getvalue()


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a mutated copy of a workbook: its parts, or its bytes as they lie on the disk."""
    if content.startswith(b"PK") and chance.random() < 0.85:
        return in_a_part(content, chance)
    return chance.choice((flipped, cut, spliced))(content, chance)


def survived(path: Path) -> str:
    """Read, check, total and mark a file; return what came of it, and let anything but a sentence through."""
    try:
        checked = check_workbooks([path], Options(today=date(2023, 1, 5)), is_whole=True)
    except BatchError as error:
        sentence = str(error)
        assert sentence.endswith("。"), sentence
        assert "\n" not in sentence, sentence
        return "refused"
    assert all(finding.message.endswith("。") for finding in checked.findings)
    copies = mark_copies(checked)
    assert all(sentence.endswith("。") for sentence in copies.notes)
    for name, content in copies.files.items():
        copy = path.with_name(name)
        copy.write_bytes(content)
        again = check_workbooks([rested(copy)], Options(today=date(2023, 1, 5)), is_whole=True)
        assert told_of(again) == told_of(checked)
    return f"{'with errors' if checked.errors else 'clean'}, {'marked' if copies.files else 'not marked'}"


def told_of(checked: Checked) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.cell) for finding in checked.findings]


def sources(folder: Path, more: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Return (extension, content) of the workbooks to be mutated, small ones among them, so that many are tried."""
    small = write_book(folder / "小.xlsx", {"办文": SMALL})
    contents = [(".xlsx", small.read_bytes())] * 8 + [(".xlsx", (SAMPLES / "有错台账.xlsx").read_bytes())]
    return contents + [(each.suffix, each.read_bytes()) for each in more]


def fuzz(seed: int, seconds: float, more: Sequence[Path] = ()) -> Counter[str]:
    """Try mutated copies until the time is over; return how many ended in which way.

    Raises:
        AssertionError: a file took too long, or was told in anything but a sentence; it is kept and named.

    """
    chance = random.Random(seed)  # noqa: S311 the same seed gives the same files
    ended: Counter[str] = Counter()
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        contents = sources(Path(folder), more)
        while time.monotonic() < until:
            extension, content = chance.choice(contents)
            path = Path(folder) / f"台账{extension}"
            path.write_bytes(mutated(content, chance))
            start = time.monotonic()
            try:
                ended[survived(rested(path))] += 1
                took = time.monotonic() - start
                assert took < LONGEST, f"took {took:.0f} s"
            except BaseException as error:
                kept = Path(tempfile.mkdtemp()) / path.name
                kept.write_bytes(path.read_bytes())
                message = f"{kept}: {type(error).__name__}: {error}"
                raise AssertionError(message) from error
    return ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz on every processor, and print how many files ended in which way."""
    parser = argparse.ArgumentParser(description="Try mutated workbooks.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("more", nargs="*", type=Path, help="further workbooks to mutate, of any kind")
    given = parser.parse_args(arguments)
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as executor:
        runs = [executor.submit(fuzz, given.seed * 1000 + each, given.seconds, given.more) for each in range(workers)]
        ended = sum((run.result() for run in runs), Counter[str]())
    told = ", ".join(_told(ended))
    sys.stdout.write(f"{ended.total()} mutated workbooks survived ({told})\n")
    return 0


def _told(ended: Counter[str]) -> Iterator[str]:
    yield from (f"{count} {what}" for what, count in ended.most_common())


if __name__ == "__main__":
    sys.exit(main())
