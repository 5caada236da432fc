"""A process that only publishes, to be broken off: ``python -m tests.publishing_job FOLDER [NUMBER]``."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from batch.errors import BatchError
from batch.publish.folder import publish, withdraw
from batch.publish.manifest import MANIFEST, build_manifest

NOW: Final = datetime(2022, 12, 31, 15, 30, 5, tzinfo=UTC)


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, MANIFEST: build_manifest([], {}, {}, files)}


def new_files(number: int = 0) -> dict[str, bytes]:
    return whole({"汇总报告.docx": b"new%d" % number * 7000, "个人报告/李四.docx": b"new%d" % number})


OLD: Final = whole({"汇总报告.docx": b"old" * 5000, "个人报告/张三.docx": b"old", "问题清单.xlsx": b"old"})
NEW: Final = new_files()
PENDING: Final = whole({"问题清单.xlsx": b"faults", "标注-台账.xlsx": b"marked"})


def pending_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.待修改")


def do(folder: Path, number: int = 0) -> None:
    """Do what a clean run does at its end."""
    publish(folder, new_files(number), NOW)
    withdraw(pending_of(folder), NOW)


if __name__ == "__main__":
    try:
        do(Path(sys.argv[1]), *map(int, sys.argv[2:]))
    except BatchError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
