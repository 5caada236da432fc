"""Who answers for a sheet on a day."""

from datetime import date
from pathlib import Path

import pytest

from batch.areas.definitions import Definitions
from batch.posts import Owner, find_owners
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
