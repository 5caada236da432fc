"""The roster of units that are to hand in, and who has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from batch.areas.contract import UNIT
from batch.areas.model import Column
from batch.errors import BatchError
from batch.ledger.clean import clean_text
from batch.ledger.table import SheetTable, find_table
from batch.read.file import read_file
from batch.values.cell import as_typed
from batch.values.names import fold, nearest

CONTACT: Final = "联系人"
COLUMNS: Final = (
    Column(name=UNIT, required=True, aliases=("单位", "学校", "学校名称", "名称")),
    Column(name=CONTACT, aliases=("联络员", "负责人", "联系人姓名")),
    Column(name="序号", aliases=("序",)),
    Column(name="联系电话", aliases=("电话", "手机", "手机号码")),
)


@dataclass(frozen=True)
class Roster:
    """The units that are to hand in."""

    contacts: Mapping[str, str]
    """Unit -> whom to ask, in the order of the list."""
    notes: tuple[str, ...] = ()
    """What is to be known of the list, in whole sentences."""

    def place(self, unit: str) -> str | None:
        """Return the name of the list that a unit's own name is, spaces and width aside."""
        return self._folded.get(fold(unit))

    def nearest(self, unit: str) -> str | None:
        """Return the name of the list most like that of a unit which is not on it."""
        return nearest(unit, self.contacts)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {fold(name): name for name in self.contacts}


def read_roster(path: Path) -> Roster:
    """Read a list of units: 单位名称, 联系人, on the first sheet that has such a table.

    Raises:
        BatchError: the file cannot be read, or has no such table or no unit.

    """
    file = read_file(path)
    shown = [head.title for head in file.heads if not head.is_hidden]
    table = next(filter(None, (find_table(file.read(title), COLUMNS) for title in shown)), None)
    if table is None or UNIT not in table.positions:
        message = f"名单“{path.name}”里没有“{UNIT}”和“{CONTACT}”两列，请检查 --roster 后面的文件。"
        raise BatchError(message)
    roster = _roster(table, path.name)
    if not roster.contacts:
        message = f"名单“{path.name}”里一个单位也没有，请填写后再运行。"
        raise BatchError(message)
    return roster


def _roster(table: SheetTable, name: str) -> Roster:
    contacts: dict[str, str] = {}
    taken: set[str] = set()
    told: list[str] = []
    people = [*table.cells(CONTACT)] if CONTACT in table.positions else [None] * len(table.numbers)
    for row, unit, person in zip(table.numbers.tolist(), table.cells(UNIT), people, strict=True):
        written = clean_text(unit)
        if written is None:
            told.append(f"名单“{name}”第{row}行没有写{UNIT}，没有用上。")
        elif fold(written) in taken:
            told.append(f"名单“{name}”第{row}行的“{written}”前面已有，只算一次。")
        else:
            taken.add(fold(written))
            contacts[written] = as_typed(person) or ""
    return Roster(contacts, tuple(told))
