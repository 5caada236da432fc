"""The folder of a unit: where it is, and its files written there, be they reports or what is to be mended."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from batch.check.checked import Checked
from batch.errors import BatchError
from batch.options import Options
from batch.publish.folder import Published, numbered, publish, publish_beside, withdraw
from batch.system.disk import Content
from batch.unit.outcome import PENDING
from batch.unit.outputs import folder_name


class WrittenFolder(NamedTuple):
    """Where the files of a unit were written."""

    published: Published
    remains: tuple[Path, ...] = ()
    """Earlier folders of what was to be mended that are still there, because somebody worked in them."""


def write_unit_folder(
    folder: Path, files: Mapping[str, Content], now: datetime, *, is_reported: bool, is_clean: bool
) -> WrittenFolder:
    """Write the reports of a unit as its folder, or what is to be mended beside it.

    What was to be mended before is withdrawn by a clean run. A list that is open in Excel on Windows stays, and the
    new one stands beside it.

    Raises:
        BatchError: the folder cannot be written.

    """
    pending = folder.with_name(folder.name + PENDING)
    if is_reported:
        published = publish(folder, files, now)
        return WrittenFolder(published, _withdraw(numbered(pending), now) if is_clean else ())
    published = publish_beside(pending, files, now)
    others = [each for each in numbered(pending) if each not in {published.folder, published.occupied}]
    return WrittenFolder(published, _withdraw(others, now))


def _withdraw(folders: Iterable[Path], now: datetime) -> tuple[Path, ...]:
    """Remove what was to be mended, and return the folders that stay because somebody worked in them."""
    return tuple(each for each in folders if not withdraw(each, now))


def output_folder(checked: Checked, options: Options) -> Path:
    """Return where the reports of these workbooks go."""
    if options.output is None:
        message = "没有指定输出文件夹，请用 -o 指定。"
        raise BatchError(message)
    return options.output / folder_name(checked.book, options.period_text)
