"""Definition files to :class:`Definitions`; a bad one is told as file, key, reason."""

import hashlib
import re
import shutil
import tomllib
from collections.abc import Collection, Iterable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from batch.areas.definitions import Definitions, figure_id
from batch.areas.model import Cover, Sheet
from batch.errors import BatchError, in_words

_FILE: Final[TypeAdapter[Cover | Sheet]] = TypeAdapter(Cover | Sheet)

_TOML_PLACE: Final = re.compile(r"at line ([0-9]+), column ([0-9]+)")
_REASONS: Final = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这样一项设置",
    "literal_error": "只能是 {expected}",
    "union_tag_invalid": "kind 只能是 {expected_tags}",
    "union_tag_not_found": "缺少 kind",
    "string_type": "应是文字",
    "int_type": "应是整数",
    "bool_type": "应是 true 或 false",
    "tuple_type": "应是方括号列表",
    "enum": "只能是 {expected}",
}
"""pydantic's error types in the reader's language; the rest are told as a wrong value."""


def load_definitions(extra: Path | None = None) -> Definitions:
    """Return the shipped definitions, with those of a folder added to them or in their place.

    A definition of ``extra`` whose ``name`` is that of a shipped one replaces it.

    Raises:
        BatchError: a file cannot be read or is not a valid definition.

    """
    sheets = {each.name: each for each in map(_read, _shipped())}
    if extra is not None:
        sheets |= {each.name: each for each in map(_read, _given(extra))}
    return _with_dictionaries(_assembled(sheets.values()))


def export_definitions(folder: Path) -> list[Path]:
    """Copy the shipped definitions into a folder to be edited, and return what was written.

    Raises:
        BatchError: a file of that name is already there, or the folder cannot be written.

    """
    targets = {folder / source.name: source for source in _shipped()}
    for target in targets:
        if target.exists():
            message = f"“{target}”已经存在，为免覆盖您改过的内容没有写出；请换一个文件夹。"
            raise BatchError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, source in targets.items():
            with source.open("rb") as content, target.open("wb") as copy:
                shutil.copyfileobj(content, copy)
    except OSError as error:
        message = f"写不进文件夹“{folder}”（{in_words(error)}），请换一个有写入权限的位置。"
        raise BatchError(message) from error
    return list(targets)


def definition_digests(extra: Path | None = None) -> dict[str, str]:
    """Return file name -> sha256 of every definition in use, for the manifest."""
    files = [*_shipped(), *(_given(extra) if extra is not None else ())]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _shipped() -> list[Traversable]:
    folder = resources.files("batch.areas")
    return sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)


def _given(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not files:
        message = f"文件夹“{folder}”里没有工作面定义（*.toml 文件），请检查 --areas 后面的位置。"
        raise BatchError(message)
    return files


def _read(file: Traversable) -> Cover | Sheet:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"工作面定义“{file.name}”不是UTF-8编码，请用记事本另存为UTF-8编码。"
        raise BatchError(message) from error
    except OSError as error:
        message = f"工作面定义“{file.name}”读不出来（{in_words(error)}），请检查这个文件。"
        raise BatchError(message) from error
    except tomllib.TOMLDecodeError as error:
        at = _TOML_PLACE.search(str(error))
        place = f"第{at[1]}行第{at[2]}列附近" if at else "末尾附近"
        message = f"工作面定义“{file.name}”{place}的写法有误，请对照导出的样例修改。"
        raise BatchError(message) from error
    model = Cover if content.get("role") == "cover" else Sheet
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        message = f"工作面定义“{file.name}”的{_key(first)}{_reason(first)}，请改正后再运行。"
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
    return known.format(**context) if known else f"值不对（{error['input']!r}）"


def _assembled(sheets: Collection[Cover | Sheet]) -> Definitions:
    """Sort the sheets into their roles; each role but the area stands once."""
    _refuse_names_alike(sheets)
    covers = [each for each in sheets if isinstance(each, Cover)]
    ledgers = [each for each in sheets if isinstance(each, Sheet)]
    posts = [each for each in ledgers if each.role == "posts"]
    tasks = [each for each in ledgers if each.role == "tasks"]
    for role, found in (("cover", covers), ("posts", posts), ("tasks", tasks)):
        if len(found) != 1:
            names = "、".join(each.name for each in found)
            message = f'工作面定义里 role = "{role}" 的应当只有一个，现有：{names}；要替换请让 name 同名。'
            raise BatchError(message)
    areas = sorted((each for each in ledgers if each.role == "area"), key=lambda each: (each.order, each.name))
    return Definitions(covers[0], posts[0], tasks[0], tuple(areas))


def _refuse_names_alike(sheets: Iterable[Cover | Sheet]) -> None:
    """Refuse two sheets of names that differ in case alone: Excel takes but one of them."""
    taken: dict[str, str] = {}
    for each in sheets:
        other = taken.setdefault(each.name.casefold(), each.name)
        if other != each.name:
            message = (
                f"工作面定义里的“{other}”和“{each.name}”只有大小写不同，不能同在一个工作簿里，请改其中一个的 name。"
            )
            raise BatchError(message)


def _with_dictionaries(definitions: Definitions) -> Definitions:
    """Fill the dictionaries that are themselves made of definitions: area names and figure ids."""
    dictionaries = {
        "area": tuple(area.name for area in definitions.areas),
        "figure": tuple(figure_id(area, figure) for area in definitions.areas for figure in area.figures),
    }

    def filled(sheet: Sheet) -> Sheet:
        columns = tuple(
            column.model_copy(update={"choices": dictionaries[column.type]}) if column.type in dictionaries else column
            for column in sheet.columns
        )
        return sheet.model_copy(update={"columns": columns})

    return Definitions(
        definitions.cover,
        filled(definitions.posts),
        filled(definitions.tasks),
        tuple(filled(area) for area in definitions.areas),
    )
