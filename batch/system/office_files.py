"""Files that an office edits: shipped ones copied out, given ones read; a bad one is told as file, key, reason."""

import io
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from batch.errors import BatchError, in_words
from batch.system.disk import write_file
from batch.system.whole_file import read_whole
from batch.values.names import did_you_mean

Model = TypeVar("Model", bound=BaseModel)

LARGEST: Final = 4 << 20
"""Bytes of a file: a definition of a hundred rules takes fifty thousand."""

MOST_CHOICES: Final = 12
"""Words that a sentence offers; of a longer list it names the nearest."""
_QUOTED: Final = re.compile(r"'([^']*)'")
_TOML_PLACE: Final = re.compile(r"at line ([0-9]+), column ([0-9]+)")
_REASONS: Final = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这样一项设置",
    "literal_error": "只能是 {expected}",
    "union_tag_invalid": "kind 只能是 {expected_tags}",
    "union_tag_not_found": "缺少 kind",
    "string_type": "应是文字",
    "int_type": "应是整数",
    "float_type": "应是数字",
    "bool_type": "应是 true 或 false",
    "tuple_type": "应是方括号列表",
    "enum": "只能是 {expected}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
}
"""pydantic's error types in the reader's language; the rest are told as a wrong value."""


def read_office_file(file: Traversable, what: str, largest: int) -> bytes:
    """Return the bytes of a file that an office edits; ``what`` says what it is in the reader's words.

    Raises:
        BatchError: it cannot be read, is larger than so many bytes, or is being saved all the time.

    """

    def refuse(status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):  # to open a pipe would be to wait for ever
            message = f"{what}“{file.name}”不是普通文件，请检查这个文件夹里的内容。"
            raise BatchError(message)
        if status.st_size > largest:
            message = f"{what}“{file.name}”超过 {largest >> 20} MB，请检查是否选错了文件。"
            raise BatchError(message)

    try:
        return read_whole(file, refuse) if isinstance(file, Path) else file.read_bytes()  # ours may lie in an archive
    except OSError as error:
        message = f"{what}“{file.name}”读不出来（{in_words(error)}），请检查这个文件。"
        raise BatchError(message) from error


def folder_entries(folder: Path, what: str, option: str) -> list[Path]:
    """Return what lies in the folder that stands behind an option, in the order of the names.

    Raises:
        BatchError: it cannot be looked into, or is a file; ``what`` says what should lie in it.

    """
    try:
        if folder.is_file():
            message = f"“{folder}”是文件，{option} 后面要写放{what}的文件夹。"
            raise BatchError(message)
        return sorted(folder.iterdir(), key=lambda each: each.name)
    except OSError as error:
        message = f"文件夹“{folder}”打不开（{in_words(error)}），请检查 {option} 后面的位置。"
        raise BatchError(message) from error


def parse_toml(content: bytes, name: str, what: str) -> dict[str, Any]:
    """Return what the bytes of a file say; ``what`` says what it is in the reader's words.

    Raises:
        BatchError: they are not in UTF-8, or not TOML.

    """
    try:
        return tomllib.loads(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig").read())
    except UnicodeDecodeError as error:
        message = f"{what}“{name}”不是UTF-8编码，请用记事本另存为UTF-8编码。"
        raise BatchError(message) from error
    except tomllib.TOMLDecodeError as error:
        at = _TOML_PLACE.search(str(error))
        place = f"第{at[1]}行第{at[2]}列附近" if at else "末尾附近"
        message = f"{what}“{name}”{place}的写法有误，请对照导出的样例修改。"
        raise BatchError(message) from error
    except (RecursionError, ValueError) as error:  # brackets without end, a number of thousands of digits
        message = f"{what}“{name}”里有套得太深的括号或太长的数，请对照导出的样例修改。"
        raise BatchError(message) from error


def validated(model: type[Model], content: dict[str, Any], name: str, what: str) -> Model:
    """Return the content as a model.

    Raises:
        BatchError: something in it is not admitted; the first such key is named.

    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        message = f"{what}“{name}”的{_key(first)}{_reason(first)}，请改正后再运行。"
        raise BatchError(message) from None


def _key(error: ErrorDetails) -> str:
    """Write the place of an error as a reader of the file would: rules 第2条 kind."""
    words = [f"第{part + 1}条" if isinstance(part, int) else str(part) for part in error["loc"]]
    return f"“{' '.join(words)}”" if words else ""


def _reason(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    known = _REASONS.get(error["type"])
    context: dict[str, Any] = error.get("ctx", {})
    if error["type"] == "enum" and len(choices := _QUOTED.findall(context["expected"])) > MOST_CHOICES:
        return f"里没有“{error['input']}”{did_you_mean(str(error['input']), choices)}"
    context = {name: _in_chinese(value) for name, value in context.items()}
    return known.format(**context) if known else f"值不对（{error['input']!r}）"


def _in_chinese(value: object) -> object:
    """Return a part of pydantic's message as the reader says it: 18 for 18.0, 或 between choices."""
    if isinstance(value, float):
        return f"{value:g}"
    return value.replace(" or ", " 或 ") if isinstance(value, str) else value


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
    """Copy the files into a folder, all of them or none, and return what was written.

    Raises:
        BatchError: a file of that name is already there, or the folder cannot be written.

    """
    written: list[Path] = []
    targets = {folder / name: source for name, source in sources.items()}
    for target in targets:
        if os.path.lexists(target):  # a link to nothing would be something too
            message = f"“{target}”已经存在，为免覆盖您改过的内容没有写出；请换一个文件夹。"
            raise BatchError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, source in targets.items():
            write_file(target, source.read_bytes())
            written.append(target)
    except OSError as error:
        for target in written:  # or the next try would find them there
            with suppress(OSError):
                target.unlink()
        message = f"写不进文件夹“{folder}”（{in_words(error)}），请换一个有写入权限的位置。"
        raise BatchError(message) from error
    return written
