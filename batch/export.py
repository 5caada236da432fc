"""Files of the program copied out, to be edited by the office and given back."""

import shutil
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path

from batch.errors import BatchError, in_words


def export(sources: Iterable[Traversable], folder: Path) -> list[Path]:
    """Copy the files into a folder, and return what was written.

    Raises:
        BatchError: a file of that name is already there, or the folder cannot be written.

    """
    targets = {folder / source.name: source for source in sources}
    for target in targets:
        if target.exists() or target.is_symlink():  # a link to nothing would be written through
            message = f"“{target}”已经存在，为免覆盖您改过的内容没有写出；请换一个文件夹。"
            raise BatchError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, source in targets.items():
            with source.open("rb") as content, target.open("xb") as copy:
                shutil.copyfileobj(content, copy)
    except OSError as error:
        message = f"写不进文件夹“{folder}”（{in_words(error)}），请换一个有写入权限的位置。"
        raise BatchError(message) from error
    return list(targets)
