"""Definition files to :class:`Definitions`; a bad one is told as file, key, reason."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from batch.areas.definitions import Definitions, figure_id
from batch.areas.model import Cover, Sheet
from batch.errors import BatchError
from batch.system.file_name import legible_name
from batch.system.office_files import (
    LARGEST,
    export,
    folder_entries,
    parse_toml,
    read_office_file,
    shipped_files,
    validated,
)

WHAT: Final = "工作面定义"


@dataclass(frozen=True, slots=True)
class _DefinitionFile:
    """One file, read once: its name, the sha256 of its bytes, and what they define."""

    file: str
    sha256: str
    sheet: Cover | Sheet


def load_definitions(extra: Path | None = None) -> Definitions:
    """Return the shipped definitions, with those of a folder added to them or in their place.

    A definition of ``extra`` whose ``name`` is that of a shipped one replaces it.

    Raises:
        BatchError: a file cannot be read or is not a valid definition.

    """
    given = _given(extra) if extra is not None else []
    read = [*_shipped_read(), *(_read(file, legible_name(file.name)) for file in given)]
    sheets = {each.sheet.name: each.sheet for each in read}
    digests = {each.file: each.sha256 for each in read}
    return replace(_with_dictionaries(_assembled(sheets.values())), digests=digests)


def export_definitions(folder: Path) -> list[Path]:
    """Copy the shipped definitions into a folder to be edited, and return what was written.

    Raises:
        BatchError: a file of that name is already there, or the folder cannot be written.

    """
    return export(_shipped(), folder)


@cache
def _shipped_read() -> Sequence[_DefinitionFile]:
    """Return the definitions that are shipped; nothing changes them while the program runs."""
    return tuple(_read(file, name) for name, file in _shipped().items())


def _shipped() -> dict[str, Traversable]:
    return shipped_files("batch.areas", ".toml")


def _given(folder: Path) -> list[Path]:
    files = [each for each in folder_entries(folder, WHAT, "--areas") if each.match("*.toml")]
    if not files:
        message = f"文件夹“{folder}”里没有工作面定义（*.toml 文件），请检查 --areas 后面的位置。"
        raise BatchError(message)
    return files


def _read(file: Traversable, name: str) -> _DefinitionFile:
    content = read_office_file(file, WHAT, LARGEST)
    settings = parse_toml(content, name, WHAT)
    model: type[Cover | Sheet] = Cover if settings.get("role") == "cover" else Sheet
    return _DefinitionFile(name, hashlib.sha256(content).hexdigest(), validated(model, settings, name, WHAT))


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
