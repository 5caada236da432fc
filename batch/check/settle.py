"""Whether a 核实说明 explains anything."""

import re
from typing import Final

from batch.finding import HIDDEN
from batch.ledger.ledger import Ledger
from batch.values.names import fold

SHORTEST: Final = 5
"""An explanation of fewer characters says nothing."""

_STOCK: Final = tuple(
    (  # noqa: SIM905 a hundred words are read as a text
        # who and how
        "已经|已|经|均|都|全部|再次|反复|认真|多次|逐一|逐项|我|本人|经办人|办公室|双方|"
        # what was done
        "核实|核对|核查|查实|查证|查看|检查|确认|审核|复核|比对|核|查|过|了|完毕|"
        # to what
        "情况|内容|数据|数量|数字|信息|资料|填写|填报|登记|录入|"
        "以上|上述|此|本|该|这|一|行|条|项|处|日期|文号|标题|"
        "准确无误|无误|属实|如实|准确|正确|真实|可靠|完整|有效|一致|合规|没有|没|无|有|问题|错误|差错|错|异常|异议|"
        "不需|无需|需|修改|改动|更改|改|ok|是|的|为|并|且|和|与|及|也|确实|确|实际|实|请|放心|谢谢|特此|说明|如此|同意"
    ).split("|")
)
"""Words that every office writes: whatever they are joined to, they give no reason."""
_MARKS: Final = re.compile(r"[\W_]+")


def shown_explanation(ledger: Ledger, key: int, text: object) -> str | None:
    """Return the 核实说明 of a row if it is an explanation; of a classified row only the words that stand for it."""
    explanation = real_explanation(text)
    return HIDDEN if explanation is not None and ledger.is_classified(key) else explanation


def real_explanation(text: object) -> str | None:
    """Return the text if it is an explanation: long enough, and more than stock words."""
    if not isinstance(text, str):
        return None
    words = _MARKS.sub("", fold(text).casefold())
    return text if len(words) >= SHORTEST and not _is_joined_of_stock(words) else None


def _is_joined_of_stock(words: str) -> bool:
    """Say whether a text can be read as stock words alone.

    Every end that they can reach is followed once: words that begin alike can be read in so many ways that a
    pattern would try them for hours.
    """
    ends = {0}
    for start in range(len(words)):
        if start in ends:
            ends |= {start + len(word) for word in _STOCK if words.startswith(word, start)}
        elif max(ends) < start:
            return False
    return len(words) in ends
