"""The Word templates of a run: those that are shipped, those that the office gives in their place, and its own."""

import hashlib
import io
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from batch.areas.frozen import Frozen
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
from batch.system.open_files import LOCK_PREFIXES, OF_THE_SYSTEM
from batch.word.markup.template import LARGEST_UNPACKED, WordTemplate, opened
from batch.word.page.layout import Layout, PageNumber, apply_layout

SUMMARY: Final = "汇总报告.docx"
DUTY: Final = "述职报告.docx"
OWNER: Final = "个人报告.docx"
CITY: Final = "全市汇总报告.docx"
SHIPPED: Final = (SUMMARY, DUTY, OWNER, CITY)
SETTINGS_FILE: Final = "版式.toml"
SETTINGS: Final = "版式设置"
ENDING: Final = ".docx"


class LayoutSettings(Frozen):
    """What an office may set of the layout without opening a template; nothing set leaves the templates as they are."""

    page_number: PageNumber | None = None
    line_spacing: Annotated[float, Field(ge=18, le=60)] | None = None


@dataclass(frozen=True)
class Templates:
    """The templates of a run by their file names."""

    shipped: dict[str, WordTemplate]
    """Those of the reports, the office's where it gives one of that name."""
    replaced: frozenset[str] = frozenset()
    """The names of the reports for which the office gives a template."""
    own: tuple[WordTemplate, ...] = ()
    """Further documents of the office, filled and written under their own names."""
    notes: tuple[str, ...] = ()
    """What is to be known of files that were not used, in whole sentences."""
    layout: Layout | None = None
    """What the office has set of the layout."""
    digests: dict[str, str] = field(default_factory=dict)
    """File name -> sha256 of each file that the office gave."""

    @property
    def given(self) -> tuple[WordTemplate, ...]:
        """Return every template that the office gives; the shipped ones are known to be sound."""
        return (*(each for name, each in self.shipped.items() if name in self.replaced), *self.own)


def export_templates(folder: Path) -> list[Path]:
    """Copy the shipped templates and the layout's settings into a folder, and return what was written.

    Raises:
        BatchError: a file of that name is already there, or the folder cannot be written.

    """
    return export(_shipped_files(), folder)


def load_templates(folder: Path | None) -> Templates:
    """Return the shipped templates, with those of a folder in their place or beside them.

    Raises:
        BatchError: the folder has no template, two of one name, or a file of it cannot be read.

    """
    shipped = {
        name: WordTemplate(name, file.read_bytes(), is_ours=True)
        for name, file in _shipped_files().items()
        if _is_word(name)
    }
    if folder is None:
        return Templates(shipped)
    listed = _listed(folder)
    files = {
        name: path for name, path in listed.items() if _is_file(path) and not name.startswith((".", *LOCK_PREFIXES))
    }
    given = {
        name: read_office_file(path, "Word模板", LARGEST_UNPACKED) for name, path in files.items() if _is_word(name)
    }
    settings = [name for name in files if name.casefold() == SETTINGS_FILE][:1]
    used = given | {name: read_office_file(files[name], SETTINGS, LARGEST) for name in settings}
    if not used:
        what = "".join(_unused(listed, used))
        message = f"文件夹“{folder}”里没有Word模板（*.docx 文件），请检查 --templates 后面的位置。{what}"
        raise BatchError(message)
    _check_names(given)
    names = {name.casefold(): name for name in SHIPPED}
    replaced = {names[name.casefold()]: content for name, content in given.items() if name.casefold() in names}
    shipped |= {name: WordTemplate(name, content) for name, content in replaced.items()}
    own = [WordTemplate(name, content) for name, content in given.items() if name.casefold() not in names]
    layout = next((_layout(name, used[name]) for name in settings), None)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in used.items()}
    told = (*_unused(listed, used), *_beside(given, replaced))
    return Templates(shipped, frozenset(replaced), tuple(own), told, layout, digests)


def laid_out(templates: Templates) -> Templates:
    """Return the templates of the reports as the office has set the layout; they are known to be sound."""
    if templates.layout is None:
        return templates
    layout = templates.layout
    return replace(templates, shipped={name: _laid_out(each, layout) for name, each in templates.shipped.items()})


def _laid_out(template: WordTemplate, layout: Layout) -> WordTemplate:
    document = opened(template)
    apply_layout(document, layout)
    stream = io.BytesIO()
    document.save(stream)
    return WordTemplate(template.name, stream.getvalue())


def _shipped_files() -> dict[str, Traversable]:
    return shipped_files("batch.word.templates", ENDING, SETTINGS_FILE)


def _is_word(name: str) -> bool:
    return name.casefold().endswith(ENDING)


def _listed(folder: Path) -> dict[str, Path]:
    """Return name -> what the folder has under it, in the order of the names as they are read."""
    return dict(sorted((legible_name(path.name), path) for path in folder_entries(folder, "模板", "--templates")))


def _is_file(path: Path) -> bool:
    """Say whether something is a file, or may be one that nobody lets us see: whoever reads it is told why not."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except PermissionError:
        return True
    except OSError:
        return False


def _check_names(names: Iterable[str]) -> None:
    """Refuse two files that are one where capitals make no difference, as on Windows."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            message = f"Word模板“{other}”和“{name}”只有大小写不同，会写成同一个文件，请改名或去掉一个。"
            raise BatchError(message)


def _layout(name: str, content: bytes) -> Layout:
    settings = validated(LayoutSettings, parse_toml(content, name, SETTINGS), name, SETTINGS)
    return Layout(settings.page_number, settings.line_spacing)


def _unused(listed: Mapping[str, Path], used: Container[str]) -> Iterator[str]:
    """Say which files of the folder were not used; nobody should believe a template filled that was not."""
    for name, path in listed.items():
        where = f"模板文件夹“{path.parent.name}”里"
        if name.startswith(LOCK_PREFIXES):
            yield f"{where}有文件正打开着（{name}），没有保存的改动不会用上。"
        elif _is_file(path):
            if name not in used and not name.startswith(".") and name.casefold() not in OF_THE_SYSTEM:
                yield f"{where}的“{name}”不是 .docx，没有使用；是Word文件请另存为 .docx。"
        elif _is_word(name):
            what = "是文件夹" if path.is_dir() else "读不出来"
            yield f"{where}的“{name}”{what}，没有使用。"


def _beside(given: Iterable[str], replaced: Container[str]) -> Iterator[str]:
    """Say which files are almost called like a shipped template, and so do not stand in its place."""
    for name in given:
        for shipped in SHIPPED:
            is_meant = name.strip().startswith(shipped.removesuffix(ENDING)) and name.casefold() != shipped.casefold()
            if is_meant and shipped not in replaced:
                yield f"“{name}”作为另外的文件填好了；要用它代替随程序的{shipped}，请改名为“{shipped}”。"
