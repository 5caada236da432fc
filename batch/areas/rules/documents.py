"""Rules on a document's title, type and addressees."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from batch.areas.columns import ChoiceColumn, TextColumn
from batch.areas.contract import CORRESPONDENT, DOCUMENT_TYPE, TITLE
from batch.areas.rules.kind import Cells, OnText, Remark, Rule
from batch.areas.where import matches
from batch.finding import Code

if TYPE_CHECKING:
    import pandas as pd

_BRACKETED: Final = r"[（(](?:[^（()）]|[（(][^（()）]*[)）])*[)）]"
_TRAILING: Final = rf"(?:{_BRACKETED}|[》〉”’」』\"'\s。.]|第?[0-9]+号)+$"
"""What may stand behind the 文种 of a title: （试行）, a closing quotation mark, 第2号."""
LONGEST_ENDING: Final = 500
"""Characters at the end of a title that are looked at: more than any note in brackets has."""
_SEPARATORS: Final = re.compile(r"[、，；,;/\n]+")
_NOTE: Final = re.compile(_BRACKETED)


class TitleType(Rule):
    """A title must end with the document's type, and with none other."""

    kind: Literal["title-type"]
    code: Code = Code.DOCUMENT_TYPE_TITLE
    title: TextColumn = TITLE
    type: ChoiceColumn = DOCUMENT_TYPE
    never_together: tuple[str, ...] = ()
    """Types of which a title may never join two: 请示报告 is neither."""

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at the type where the title ends with another one, else at the title."""
        rows = cells.frame.loc[matches(cells.frame, self.when), [self.title, self.type]].dropna()
        endings = rows[self.title].str.slice(-LONGEST_ENDING).str.replace(_TRAILING, "", regex=True)
        ending = self._ending(endings, cells.choices[self.type])
        joined = self._joined(endings)
        wrong = (ending != rows[self.type]) | joined.notna()
        for key in rows.index[wrong]:
            column, problem, advice = self._told(rows.loc[key, self.type], ending[key], joined[key])
            yield Remark(int(key), column, problem, advice, frozenset({self.title, self.type}))

    def _told(self, given: object, ending: object, joined: object) -> tuple[str, str, str]:
        if isinstance(joined, str):
            return self.title, f"以“{joined}”结尾，两个文种不能并用", "请改为其中一个"
        if isinstance(ending, str):
            return self.type, f"填的“{given}”，而{self.title}以“{ending}”结尾", f"请核对{self.type}和{self.title}"
        return self.title, f"没有以文种“{given}”结尾", f"请核对{self.title}是否写全"

    @staticmethod
    def _ending(endings: "pd.Series[str]", types: tuple[str, ...]) -> "pd.Series[str]":
        """Return the type each title ends with, missing where it is none."""
        meant = {word: each for each in types for word in re.split("[（(]", each.rstrip("）)")) if word}
        words = "|".join(sorted(map(re.escape, meant), key=len, reverse=True))
        return endings.str.extract(f"({words})$", expand=False).map(meant)

    def _joined(self, endings: "pd.Series[str]") -> "pd.Series[str]":
        """Return what each title joins at its end, missing where it joins nothing."""
        words = "|".join(map(re.escape, self.never_together)) or "(?!)"
        return endings.str.extract(f"((?:{words})和?(?:{words}))$", expand=False)


class OneAddressee(OnText):
    """A column that may name but one unit."""

    kind: Literal["one-addressee"]
    code: Code = Code.REQUEST_ADDRESSEES
    column: TextColumn = CORRESPONDENT

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each cell that names several."""
        texts = cells.frame[self.column]
        for key in self.rows(cells, texts.str.contains(_SEPARATORS, na=False)):
            names = [name for name in _SEPARATORS.split(_NOTE.sub("", str(texts[key]))) if name.strip()]
            if len(names) > 1:
                problem = f"填了{len(names)}个单位，而请示只主送一个"
                yield Remark(key, self.column, problem, "请只留主送单位，其他的用抄送", frozenset({self.column}))
