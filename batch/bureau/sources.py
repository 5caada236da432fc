"""The rows that a figure of the city is made of, packed: as objects, those of thousands of units fill the memory."""

import io
import json
from collections.abc import Iterable, Iterator


class Sources:
    """Where one figure comes from: (unit, workbook, its rows), in the order in which they are added."""

    def __init__(self) -> None:
        """Begin without any."""
        self._packed = bytearray()

    def add(self, unit: str, sources: Iterable[tuple[str, str]]) -> None:
        """Add (workbook, rows) of a unit."""
        for workbook, rows in sources:
            self._packed += json.dumps((unit, workbook, rows), ensure_ascii=False).encode() + b"\n"

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Yield them one by one."""
        for line in io.BytesIO(self._packed):
            unit, workbook, rows = json.loads(line)
            yield unit, workbook, rows
