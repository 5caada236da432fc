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
    """Copy the files into a folder, and return where they are; one that is there already, as it is, stays.

    Raises:
        BatchError: another file of that name is there, or the folder cannot be written.

    """
    try:
        contents = {folder / name: source.read_bytes() for name, source in sources.items()}
        wanted = {path: content for path, content in contents.items() if not _is_there(path, content)}
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in wanted.items():
            write_file(path, content)
    except OSError as error:
        message = f"写不进文件夹“{folder}”（{in_words(error)}），请换一个有写入权限的位置。"
        raise BatchError(message) from error
    return list(contents)


def _is_there(path: Path, content: bytes) -> bool:
    if not os.path.lexists(path):  # a link to nothing is something
        return False
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return True
    message = f"“{path}”已经存在，为免覆盖您改过的内容没有写出；请换一个文件夹。"
    raise BatchError(message)
