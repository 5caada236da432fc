"""The list of findings on the screen: grouped, cut, coloured on terminals only."""

import re
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Literal

import pytest
from rich.console import Console

from batch.finding import Code, Finding, Severity
from batch.options import Options
from batch.pipeline import run_workbooks
from batch.screen import unit as screen
from batch.unit.checking import CHECK_STEPS, RUN_STEPS, Step, check_workbooks
from tests.books import SAMPLES

ERROR, VERIFY, HINT = Severity


def finding(severity: Severity, cell: str, workbook: str = "a.xlsx") -> Finding:
    sheet = cell.partition("!")[0]
    return Finding(Code.BAD_NUMBER, severity, "不对", "请改正", place=cell, sheet=sheet, cell=cell, workbook=workbook)


def listed(*findings: Finding, several: bool = False, is_terminal: bool = False) -> str:
    written = StringIO()
    colours: Literal["standard", "auto"] = "standard" if is_terminal else "auto"
    out = Console(file=written, width=80, highlight=False, force_terminal=is_terminal, color_system=colours)
    screen.show_findings(out, findings, several=several, rest=screen.IN_LIST)
    return written.getvalue()


def test_findings_are_grouped_by_severity_and_where_there_are_several_by_sheet() -> None:
    found = (finding(HINT, "任务!F8"), finding(ERROR, "办文!B3"), finding(ERROR, "党建!B4"), finding(ERROR, "办文!B5"))
    assert listed(*found).splitlines() == [
        "错误 3 处",
        "  办文 2 处",
        "    办文!B3不对，请改正。",
        "    办文!B5不对，请改正。",
        "  党建 1 处",
        "    党建!B4不对，请改正。",
        "提示 1 处",
        "  任务!F8不对，请改正。",
    ]


def test_of_several_workbooks_each_is_named() -> None:
    assert listed(finding(ERROR, "办文!B3", "b.xlsx"), several=True).splitlines() == [
        "错误 1 处",
        "  办文（b.xlsx） 1 处",
        "    办文!B3不对，请改正。",
    ]


def test_what_has_no_room_is_counted() -> None:
    errors = [finding(ERROR, f"{sheet}!B{row}") for sheet in ("办文", "党建", "宣传") for row in range(3, 13)]
    lines = listed(*errors, finding(VERIFY, "保密!B3")).splitlines()
    assert sum("不对" in line for line in lines) == 20
    assert "  宣传 10 处" not in lines
    assert lines[-2:] == ["核实 1 处", "另有 11 处，见问题清单。"]


COLOURS: dict[str, tuple[Mapping[str, str], bool, bool]] = {
    "a terminal": ({}, True, True),
    "a terminal of one who wants no colour": ({"NO_COLOR": "1"}, True, False),
    "a pipe": ({}, False, False),
}


@pytest.mark.parametrize(("environment", "is_terminal", "is_coloured"), COLOURS.values(), ids=COLOURS.keys())
def test_every_severity_has_its_colour_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str], *, is_terminal: bool, is_coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    written = listed(*(finding(each, "办文!B3") for each in Severity), is_terminal=is_terminal)
    assert [f"{code}m办文!B3" in written for code in ("31", "33", "36")] == [is_coloured] * 3
    assert ("\x1b" in written) is is_terminal


def test_a_bar_shows_how_far_a_long_command_has_come(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    with screen.progress("正在运行", RUN_STEPS) as told:
        told(Step.READ)
        assert capsys.readouterr().err == "", "what is soon done needs no bar"
        time.sleep(screen.SHOWN_AFTER + 0.3)
        told(Step.CHECK)
        time.sleep(0.3)
    shown = capsys.readouterr().err
    assert "正在运行：读取台账" in shown
    assert "正在运行：逐格检查" in shown
    assert "━" in shown
    assert max(len(line) for line in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown).splitlines()) < 80


def test_a_pipe_is_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with screen.progress("正在运行", RUN_STEPS) as told:
        told(Step.READ)
        time.sleep(screen.SHOWN_AFTER + 0.2)
    assert capsys.readouterr() == ("", "")


def test_the_bar_knows_which_steps_there_are(tmp_path: Path) -> None:
    told: list[Step] = []
    options = Options(today=date(2023, 1, 31), output=tmp_path, is_draft=True)
    check_workbooks([SAMPLES / "全年台账.xlsx"], options, told.append)
    assert tuple(told) == CHECK_STEPS
    told.clear()
    run_workbooks([SAMPLES / "全年台账.xlsx"], options, told.append, datetime(2023, 1, 31, tzinfo=UTC))
    assert tuple(told) == RUN_STEPS
