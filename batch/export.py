"""Files of the program: found by their names, and copied out, to be edited by the office and given back."""

import os
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from batch.errors import BatchError, in_words
from batch.publish.disk import write_file


def shipped_files(package: str, *endings: str) -> dict[str, Traversable]:
    """Return name -> file of those in a package of ours whose names end so, in the order of the names."""
    named = ((_name_as_written(each), each) for each in resources.files(package).iterdir())
    return dict(sorted((name, file) for name, file in named if name.endswith(endings)))


def _name_as_written(file: Traversable) -> str:
    """Return the name as it was installed, in UTF-8; a locale of GBK or ASCII makes other characters of its bytes."""
    try:
        return os.fsencode(file.name).decode()
    except UnicodeError:
        return file.name


def export(sources: Mapping[str, Traversable], folder: Path) -> list[Path]:
    """Copy the files into a folder, each of them whole, and return what was written.

    Raises:
        BatchError: a file of that name is already there, or the folder cannot be written.

    """
    targets = {folder / name: source for name, source in sources.items()}
    for target in targets:
        if os.path.lexists(target):  # a link to nothing would be something too
            message = f"“{target}”已经存在，为免覆盖您改过的内容没有写出；请换一个文件夹。"
            raise BatchError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, source in targets.items():
            write_file(target, source.read_bytes())
    except OSError as error:
        message = f"写不进文件夹“{folder}”（{in_words(error)}），请换一个有写入权限的位置。"
        raise BatchError(message) from error
    return list(targets)
