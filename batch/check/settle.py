"""Whether a 核实说明 explains anything."""

from typing import Final

from batch.clean import fold

SHORTEST: Final = 5
"""An explanation of fewer characters says nothing."""
STOCK_PHRASES: Final = frozenset(
    {
        "核实无误",
        "已核实无误",
        "经核实无误",
        "情况属实",
        "内容属实",
        "已核实",
        "已核对",
        "数据无误",
        "填写无误",
        "确认无误",
    }
)


def real_explanation(text: object) -> str | None:
    """Return the text if it is an explanation: long enough, and not a stock phrase."""
    if not isinstance(text, str):
        return None
    folded = fold(text).rstrip("。.!！")
    return text if len(folded) >= SHORTEST and folded not in STOCK_PHRASES else None
