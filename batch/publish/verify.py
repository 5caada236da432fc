"""Whether a folder is as it was written, and what it was made from."""

import stat
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from batch.errors import BatchError
from batch.publish.changes import Changes, changes_in
from batch.publish.manifest import Manifest, NotOurs, read_manifest
from batch.publish.refusal import unreadable
from batch.system.file_name import legible_name


class Origin(StrEnum):
    """What a workbook is to a folder."""

    SAME = "same"
    OTHER_CONTENT = "other content"
    """One of that name was read, with other bytes."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a folder's manifest says, against the files that lie in the folder now."""

    folder: Path
    manifest: Manifest
    changes: Changes
    origins: tuple[tuple[str, Origin], ...]
    """(name, what it is to the folder) of each workbook that was held against it."""

    @property
    def is_sound(self) -> bool:
        """Say whether the folder is as it was written, and from these workbooks."""
        return not self.changes and all(origin is Origin.SAME for _, origin in self.origins)


def verify(folder: Path, workbooks: Sequence[Path] = ()) -> Verified:
    """Hold a folder against its manifest, and workbooks against those it was made from.

    Raises:
        BatchError: there is no such folder, this program did not write it, or a workbook cannot be read.

    """
    try:
        _refuse_no_folder(folder)
        manifest = read_manifest(folder)
        changes = changes_in(folder, manifest)
    except NotOurs as error:
        raise BatchError(_illegible(folder)) from error
    except OSError as error:
        raise unreadable(folder, error) from error
    origins = tuple((legible_name(path.name), _origin(manifest, path)) for path in workbooks)
    return Verified(folder, manifest, changes, origins)


def _refuse_no_folder(folder: Path) -> None:
    try:
        is_folder = stat.S_ISDIR(folder.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        message = f"“{folder}”不存在，请检查写法。"
        raise BatchError(message) from error
    if not is_folder:
        message = f"“{folder}”是一个文件，请写出它所在的文件夹。"
        raise BatchError(message)


def _origin(manifest: Manifest, workbook: Path) -> Origin:
    from batch.read.file import digest_of  # noqa: PLC0415 with all that reads workbooks: only where there is one

    digest, name = digest_of(workbook), legible_name(workbook.name)
    if any(each.sha256 == digest for each in manifest.inputs):
        return Origin.SAME
    return Origin.OTHER_CONTENT if any(each.name == name for each in manifest.inputs) else Origin.UNKNOWN


def _illegible(folder: Path) -> str:
    """Say that there is nothing to hold the folder against, and which folder in it may be meant."""
    inner = sorted(path.parent for path in folder.glob("*/manifest.json"))
    if inner:
        return f"文件夹“{folder}”本身不是一次运行写出的，请写出其中的一个，如“{inner[0]}”。"
    return f"文件夹“{folder}”不是本程序写出的，或者其中的 manifest.json 已经损坏，无法核对。"
