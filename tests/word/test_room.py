"""The columns of a table: no date and no amount broken, long texts sharing what is left."""

import pytest

from batch.report.content import Table
from batch.word.page.room import TABLE_MARGIN, fitted_widths, line_count, text_width
from batch.word.page.table import SIZE, table_elements

ROOM = 8845
"""The type area of the standard in twips."""
DAY = "2022-11-01"
LATE = Table(
    "逾期办理情况",
    ("台账行", "日期", "标题", "经办人", "办理时限", "情况"),
    (("243", DAY, "关于做好年度文件材料归档的通知" * 5, "李慧敏", DAY, "逾期未办结"),),
)


@pytest.mark.parametrize("column", [0, 1, 3, 4, 5])
def test_short_words_are_never_broken(column: int) -> None:
    width = fitted_widths(LATE, SIZE, ROOM)[column] - 2 * TABLE_MARGIN
    assert all(text_width(text, SIZE) <= width for text in (LATE.header[column], str(LATE.rows[0][column])))


def test_long_words_share_what_the_others_leave() -> None:
    table = Table("口径", ("指标", "口径", "来源"), (("发文", "日" * 200, "3、" * 100),))
    first, second, third = fitted_widths(table, SIZE, ROOM)
    assert first < second
    assert abs(second - third) <= 1


@pytest.mark.parametrize("columns", [1, 2, 7, 14, 40])
def test_any_columns_fill_the_room(columns: int) -> None:
    table = Table("表", ("事项",) * columns, (("长" * 50,) * columns,))
    assert sum(fitted_widths(table, SIZE, ROOM)) == ROOM
    assert min(fitted_widths(table, SIZE, ROOM)) > 0


def test_a_table_of_few_but_long_rows_may_go_over_to_the_next_page() -> None:
    table = Table("提示", ("位置", "问题"), (("办文!B7", "问题" * 60),) * 6)
    assert line_count(table, fitted_widths(table, SIZE, ROOM), SIZE) > len(table.rows)
    _, element = table_elements(table, ROOM)
    assert element.xpath("count(w:tr[not(w:tc/w:p/w:pPr/w:keepNext)])") == 1 + 1
