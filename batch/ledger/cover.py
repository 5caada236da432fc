"""The cover's settings: whose ledger it is, for which year, over which period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from batch.areas.contract import CONTENT, END, SETTING, START, UNIT, YEAR
from batch.areas.model import Cover
from batch.finding import Code, Finding, Severity
from batch.ledger.clean import Cleaned, Fault, clean
from batch.ledger.table import SheetTable
from batch.period import Period, year_period
from batch.values.address import column_letters
from batch.values.cell import as_typed
from batch.values.names import did_you_mean, fold


@dataclass(frozen=True)
class Settings:
    """What the cover says, cleaned; a setting that is blank or faulty is missing."""

    values: Mapping[str, Cleaned]

    def text(self, name: str) -> str:
        """Return a setting as text, empty where it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def day(self, name: str) -> date | None:
        """Return a setting that is a date."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    @property
    def unit(self) -> str:
        """Return the 单位名称."""
        return self.text(UNIT)

    @property
    def year(self) -> int | None:
        """Return the 年度."""
        value = self.values.get(YEAR)
        return value if isinstance(value, int) else None

    @property
    def period(self) -> Period | None:
        """Return the cover's period: its two dates, else the whole year; None where neither is told."""
        year = self.year
        start, end = self.day(START), self.day(END)
        whole = year_period(year) if year is not None else None
        if whole is not None:
            start, end = start or whole.start, end or whole.end
        return Period(start, end) if start and end and start <= end else None

    def joined(self, other: "Settings") -> "Settings":
        """Return these settings, with what they lack taken from another cover."""
        return Settings({**other.values, **{name: value for name, value in self.values.items() if value is not None}})


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """A cover as read: its settings, the cells they stand in, and what is wrong with it."""

    title: str
    """The sheet's name as it stands in the file."""
    settings: Settings
    cells: Mapping[str, str]
    findings: tuple[Finding, ...]


def read_cover(definition: Cover, table: SheetTable, workbook: str) -> CoverSheet:
    """Read the settings off the cover's table, told cell by cell where they are not admitted."""
    reader = _CoverReader(definition, table, workbook)
    for index, name in enumerate(table.cells(SETTING)):
        reader.take(index, as_typed(name))
    reader.tell_missing()
    reader.tell_reversed_period()
    return CoverSheet(table.title, Settings(reader.values), reader.cells, tuple(reader.findings))


class _CoverReader:
    """Gathers settings row by row; lives only while one cover is read."""

    def __init__(self, definition: Cover, table: SheetTable, workbook: str) -> None:
        self.definition = definition
        self.workbook = workbook
        self.is_1904 = table.is_1904
        self.rows = table.numbers.tolist()
        self.contents = [*table.cells(CONTENT)]
        self.letter = column_letters(table.positions[CONTENT])
        self.known = {fold(word): each for each in definition.settings for word in (each.name, *each.aliases)}
        self.values: dict[str, Cleaned] = {}
        self.cells: dict[str, str] = {}
        self.findings: list[Finding] = []

    def take(self, index: int, name: str | None) -> None:
        """Clean the setting in one row of the cover."""
        if name is None:
            return
        cell = f"{self.definition.name}!{self.letter}{self.rows[index]}"
        setting = self.known.get(fold(name).rstrip(":"))
        if setting is None or setting.name in self.cells:
            near = did_you_mean(fold(name), self.known)
            says = ("写了两次", "只取第一次") if setting else ("不是封面的设置", f"没有使用{near}")
            self._tell(Code.UNKNOWN_SETTING, Severity.HINT, name, says, (cell, None))
            return
        self.cells[setting.name] = cell
        value = self.contents[index]
        result = clean(value, setting, None, is_1904=self.is_1904)
        typed = as_typed(value)
        if isinstance(result, Fault):
            says = (f"填的“{typed}”{result.problem}", result.advice)
            self._tell(result.code, Severity.ERROR, setting.name, says, (cell, typed))
        elif result is None and setting.required:
            self._tell(Code.REQUIRED_BLANK, Severity.ERROR, setting.name, ("必填，现未填", "请补填"), (cell, None))
        else:
            self.values[setting.name] = result

    def tell_missing(self) -> None:
        """Tell the required settings that have no row."""
        for setting in self.definition.settings:
            if setting.required and setting.name not in self.cells:
                says = ("这一行没有了", f"请在“{SETTING}”列补上并填写内容")
                self._tell(Code.MISSING_SETTING, Severity.ERROR, setting.name, says)

    def tell_reversed_period(self) -> None:
        """Tell a period whose end lies before its start: nothing can be counted in it."""
        start, end = self.values.get(START), self.values.get(END)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            says = (f"填的“{end}”早于{START}“{start}”", "请核对两个日期")
            self._tell(Code.PERIOD_REVERSED, Severity.ERROR, END, says, (self.cells[END], str(end)))

    def _tell(
        self,
        code: Code,
        severity: Severity,
        setting: str,
        says: tuple[str, str],
        place: tuple[str | None, str | None] = (None, None),
    ) -> None:
        """Add a finding; its place is the cell and what was typed there, where there is a cell."""
        cell, value = place
        self.findings.append(
            Finding(
                code=code,
                severity=severity,
                problem=f"“{setting}”{says[0]}",
                advice=says[1],
                place=cell or self.definition.name,
                sheet=self.definition.name,
                row=int(cell.rpartition(self.letter)[2]) if cell else None,
                column=CONTENT if cell else None,
                cell=cell,
                value=value,
                workbook=self.workbook,
            )
        )


def disagreements(definition: Cover, settings: Settings, other: CoverSheet, workbook: str) -> list[Finding]:
    """Tell at the later workbook's cells the settings in which its cover differs from those before it."""
    findings = []
    for setting in definition.settings:
        here, there = other.settings.values.get(setting.name), settings.values.get(setting.name)
        if setting.may_differ or here is None or there is None or here == there:
            continue
        cell = other.cells[setting.name]
        findings.append(
            Finding(
                code=Code.COVER_DIFFERS,
                severity=Severity.ERROR,
                problem=f"“{setting.name}”是“{here}”，与另一份台账的“{there}”不一致",
                advice="请改成一样",
                place=f"{workbook}的{cell}",
                sheet=definition.name,
                row=int("".join(filter(str.isdigit, cell))),
                column=CONTENT,
                cell=cell,
                value=str(here),
                workbook=workbook,
            )
        )
    return findings
