"""Who answers for a sheet on a day."""

from datetime import date
from pathlib import Path

import pytest

from batch.areas.definitions import Definitions
from batch.ledger.clean import unpadded
from batch.ledger.posts import Owner, find_owners
from tests.books import checked_of, write_book

POSTS = """
| 工作面 | A角 | B角 | A角离岗起 | A角离岗止 |
| 办文 | 张三 | 李四 | 2022-03-01 | 2022-03-31 |
| 办文 | 张三 | 李四 | 2022-09-01 | |
| 党建 | 王五 | 李四 | | |
| 宣传 | 王五 | 李四 | | |
| 保密 | 张三 | 李四 | | |"""


@pytest.mark.parametrize(
    ("day", "owner"),
    [
        (date(2022, 2, 28), Owner("张三")),
        (date(2022, 3, 1), Owner("李四", acting_for="张三")),
        (date(2022, 3, 31), Owner("李四", acting_for="张三")),
        (date(2022, 4, 1), Owner("张三")),
        (date(2022, 9, 1), Owner("李四", acting_for="张三")),
        (date(2023, 9, 1), Owner("李四", acting_for="张三")),
    ],
    ids=str,
)
def test_the_deputy_owns_the_sheet_while_the_holder_is_away(
    tmp_path: Path, definitions: Definitions, day: date, owner: Owner
) -> None:
    checked = checked_of(write_book(tmp_path / "台账.xlsx", {"岗位": POSTS}))
    owners = find_owners(checked.book, definitions, day)
    assert owners["办文"] == owner
    assert owners["保密"] == Owner("张三")


PADDED = """
| 工作面 | A角 | B角 |
| 办文 | 张三 | 李　四 |
| 党建 | 张　三 | 李四 |
| 宣传 | 张 三 | 李四 |
| 保密 | 张  三 | 李四 |"""


def test_a_name_spread_by_blanks_is_the_same_person(tmp_path: Path) -> None:
    documents = "| 经办人 |\n| 张 三 |\n| 李四、张　三 |\n| 李　四 |"
    checked = checked_of(write_book(tmp_path / "台账.xlsx", {"岗位": PADDED, "办文": documents}))
    assert set(checked.owner_names.values()) == {"张三"}
    assert [each for each in checked.findings if each.code in {"handled-by-other", "same-person"}] == []
    assert checked.totals is not None
    assert set(checked.totals.sheets["办文"].by_person.rows) == {"张三", "李四、张三", "李四"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("张 三", "张三"),
        ("张\u3000三", "张三"),
        ("李四、张 三", "李四、张三"),
        ("张三 李四", "张三 李四"),
        ("欧阳 修", "欧阳 修"),
        ("张 三 李 四", "张 三 李 四"),
        ("Li Si", "Li Si"),
        ("𠮷 三", "𠮷三"),
    ],
)
def test_only_a_name_of_two_characters_is_drawn_together(typed: str, meant: str) -> None:
    assert unpadded(typed) == meant
