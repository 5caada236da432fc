"""A cheap look over the bytes of an .xlsx sheet: whether the fast reader can be trusted with it, and where it lies.

The fast reader (calamine) gives a blank for an error and for a formula whose result was never stored, misreads
numbers written with character references, and lays out every cell of a rectangle, however large. Nothing of it
can hide from a search for a few byte patterns, which costs a tenth of the reading itself.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from string import ascii_uppercase, digits
from typing import Final, NamedTuple

from openpyxl.utils.cell import column_index_from_string

from batch.cell import ErrorValue, Unstored
from batch.read.grid import Damaged, Merge, Spot, TooMuch, refuse_merges
from batch.read.limits import LAST_COLUMN, LAST_ROW, LONGEST_ROW
from batch.read.styles import Styles

LONGEST_HEAD: Final = 64 << 10
"""Bytes within which the part says how it is written."""
MOST_STYLES: Final = 200
"""Styles that are searched for one by one; a workbook has a handful that tell."""

_SHAPE: Final = bytes.maketrans(ascii_uppercase.encode() + digits.encode(), b"A" * 26 + b"0" * 10)
"""Turns every capital into A and every digit into 0: the form of an address can then be searched for."""
_ROOT: Final = re.compile(rb'<worksheet\s[^>]*?xmlns="http://[^"]*/spreadsheetml/[^"]*"')
_DECLARATION: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>\s*|\xef\xbb\xbf")
_ROW: Final = re.compile(rb'<row r="([0-9]{1,7})"')
_ROW_TAG: Final = re.compile(rb"<row [^>]*>")
_HIDDEN: Final = re.compile(rb'\shidden="(?:1|true)"')
_CELL_TAG: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>')
_WIDE: Final = re.compile(rb'<c r="([A-Z]{2,3})[0-9]')
_FORMULA: Final = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>([^<]*)</f>)(\s*<v>[^<])?")
_VALUE: Final = re.compile(rb"<v>([^<]+)</v>")
_ERROR: Final = b' t="e"'
_MERGE: Final = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_COLUMN: Final = re.compile(rb"<col\s[^>]*>")
_BOUND: Final = re.compile(rb'(min|max)="([0-9]{1,5})"')
_DIMENSION: Final = re.compile(rb'<dimension ref="[A-Z]{1,3}[0-9]{1,7}(?::([A-Z]{1,3})([0-9]{1,7}))?"')

_RARE: Final = ((b"!", b"<!"), (b"?", b"<?"), (b"xml:space", b"<v x"))
"""Comments, CDATA, instructions, values that keep their spaces: lawful, and written by hardly any program.

The first of each pair is sought before the second: it is rarer still, and so found, or not, sooner.
"""
_BARE: Final = re.compile(rb'<(?:c|row)(?! r=")[\s/>]')
"""A cell or a row whose address is missing, or does not come first."""
_CODED: Final = re.compile(rb"<v>[^<&]*&#")
"""A number spelt with character references, which the fast reader misreads; in texts it reads them."""
_END: Final = b"</worksheet>"
_WIDTH_OF_ONE_LETTER: Final = 25


@dataclass
class Scan:
    """What the look over a sheet's bytes has found so far."""

    is_plain: bool = True
    """Whether the fast reader reads all rightly but the cells named here."""
    last_row: int = 0
    last_column: int = _WIDTH_OF_ONE_LETTER
    """From 0; no sheet is looked upon as narrower than A to Z."""
    errors: dict[Spot, ErrorValue] = field(default_factory=dict)
    unstored: dict[Spot, Unstored] = field(default_factory=dict)
    styled: dict[Spot, int] = field(default_factory=dict)
    """Cells whose style makes more of a number than the fast reader says, with their style number."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)

    @property
    def area(self) -> int:
        """Return the most cells that the fast reader may lay out: a cell may claim a row of as many digits."""
        return min(int(10 ** len(str(self.last_row))), LAST_ROW) * (self.last_column + 1)


def scan_sheet(chunks: Iterable[bytes], styles: Styles) -> Scan:
    """Return what the bytes of a sheet part show; an odd part is not looked at to its end.

    Raises:
        Damaged: the part has no end, or not that of a sheet.
        TooMuch: a row or a number of merges beyond the limits.

    """
    scan = Scan()
    telling = [b' s="%d"' % style for style in sorted(styles.percents | styles.spelt_out)]
    pieces = iter(chunks)
    head = b""
    while len(head) < LONGEST_HEAD and (piece := next(pieces, b"")):
        head += piece
    start = _start(head)
    if start is None or len(telling) > MOST_STYLES:
        scan.is_plain = False
        return scan
    block = head
    for block in _blocks(chain([head[start:]], pieces)):
        _look_over(scan, block, telling)
        if not scan.is_plain:
            return scan
    if not block.rstrip().endswith(_END):
        message = "the sheet part breaks off"
        raise Damaged(message)
    return scan


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the part before the start of a row or of a merged range, so that none stands in two blocks."""
    rest = b""
    for chunk in chunks:
        block = rest + chunk
        cut = max(block.rfind(b"<row "), block.rfind(b"<mergeCell "))
        if cut > 0:
            yield block[:cut]
            block = block[cut:]
        elif len(block) > LONGEST_ROW:
            message = f"一行的内容超过 {LONGEST_ROW >> 20} MB"
            raise TooMuch(message)
        rest = block
    if rest:
        yield rest


def _start(block: bytes) -> int | None:
    """Return where the root element starts if the part is written as office programs do: UTF-8, without prefixes."""
    declaration = _DECLARATION.match(block)
    if declaration is not None and b"encoding" in declaration[0] and b"utf-8" not in declaration[0].lower():
        return None
    start = _ROOT.match(block, declaration.end() if declaration else 0)
    if start is None:
        return None
    found = _DIMENSION.search(block)
    is_sound = found is not None and (found[1] is None or _is_within(found[1], found[2]))
    return start.start() if is_sound or b"<dimension" not in block else None


def _look_over(scan: Scan, block: bytes, telling: Iterable[bytes]) -> None:
    rows = [int(number) for number in _ROW.findall(block)]
    if _is_odd(block, len(rows)) or rows != sorted(set(rows)) or (rows and rows[0] <= scan.last_row):
        scan.is_plain = False
        return
    if rows and rows[-1] > LAST_ROW:
        message = f"有第 {rows[-1]} 行，Excel最多 {LAST_ROW} 行"
        raise TooMuch(message)
    scan.last_row = rows[-1] if rows else scan.last_row
    _measure(scan, block)
    _find_errors(scan, block)
    _find_unstored(scan, block)
    _find_styled(scan, block, telling)
    if b"hidden=" in block:
        _find_hidden_rows(scan, block)
        _find_hidden_columns(scan, block)
    if b"<mergeCell" in block:
        _read_merges(scan, block)


def _is_odd(block: bytes, rows: int) -> bool:
    """Say whether anything in the block is not written as the office programs do, on which all that follows relies."""
    if any(rare in block and odd in block for rare, odd in _RARE) or (b"&#" in block and _CODED.search(block)):
        return True
    addressed = block.count(b'<row r="')
    others = block.count(b"<c") - block.count(b'<c r="') + block.count(b"<row") - addressed
    return addressed != rows or (others > 0 and _BARE.search(block) is not None)


def _measure(scan: Scan, block: bytes) -> None:
    """Find the last column, and see that no cell claims a row of more digits than the last row has."""
    shape = block.translate(_SHAPE)
    if b'<c r="AA' in shape:
        letters = {found.decode() for found in _WIDE.findall(block)}
        scan.last_column = max([scan.last_column, *(column_index_from_string(each) - 1 for each in letters)])
    deeper = b"0" * (len(str(scan.last_row)) + 1)
    is_deeper = any(b'<c r="' + capitals + deeper in shape for capitals in (b"A", b"AA", b"AAA"))
    scan.is_plain = scan.last_column < LAST_COLUMN and not is_deeper


def _find_errors(scan: Scan, block: bytes) -> None:
    for at in _places(block, _ERROR):
        cell = _cell_around(block, at)
        if cell is not None and _ERROR in cell.attributes:
            following = block.find(b"<c ", at)
            value = _VALUE.search(block, at, following if following >= 0 else len(block))
            scan.errors[cell.spot] = ErrorValue(html.unescape(value[1].decode("utf-8", "replace")) if value else "#N/A")


def _find_unstored(scan: Scan, block: bytes) -> None:
    for found in _FORMULA.finditer(block) if b"<f" in block else ():
        cell = _cell_around(block, found.start())
        if found[2] is not None or cell is None or cell.spot in scan.errors:
            continue
        is_empty_text = b't="str"' in cell.attributes and block.startswith((b"<v></v>", b"<v/>"), found.end())
        if not is_empty_text:
            scan.unstored[cell.spot] = Unstored("=" + html.unescape((found[1] or b"").decode("utf-8", "replace")))


def _find_styled(scan: Scan, block: bytes, telling: Iterable[bytes]) -> None:
    for mark in telling:
        for at in _places(block, mark):
            cell = _cell_around(block, at)
            if cell is not None and mark in cell.attributes:
                scan.styled[cell.spot] = int(mark[4:-1])


def _find_hidden_rows(scan: Scan, block: bytes) -> None:
    for tag in _ROW_TAG.findall(block):
        number = _ROW.match(tag)
        if number is not None and _HIDDEN.search(tag):
            scan.hidden_rows.add(int(number[1]))


def _find_hidden_columns(scan: Scan, block: bytes) -> None:
    for tag in _COLUMN.findall(block):
        bounds = dict(_BOUND.findall(tag))
        if _HIDDEN.search(tag) and b"min" in bounds and b"max" in bounds:
            scan.hidden_columns |= set(range(int(bounds[b"min"]) - 1, min(int(bounds[b"max"]), LAST_COLUMN)))


def _read_merges(scan: Scan, block: bytes) -> None:
    refuse_merges(len(scan.merges) + block.count(b"<mergeCell "))
    for first, top, last, bottom in _MERGE.findall(block):
        left, right = (column_index_from_string(letters.decode()) - 1 for letters in (first, last))
        scan.merges.append(Merge(int(top), left, int(bottom), right))


def _places(block: bytes, mark: bytes) -> Iterator[int]:
    at = block.find(mark)
    while at >= 0:
        yield at
        at = block.find(mark, at + len(mark))


class _Cell(NamedTuple):
    spot: Spot
    attributes: bytes


def _cell_around(block: bytes, at: int) -> _Cell | None:
    """Return the cell in whose XML the byte stands, None where it stands before the first."""
    tag = _CELL_TAG.match(block, max(block.rfind(b'<c r="', 0, at), 0))
    if tag is None:
        return None
    return _Cell((int(tag[2]), column_index_from_string(tag[1].decode()) - 1), tag[3])


def _is_within(letters: bytes, digits: bytes) -> bool:
    return column_index_from_string(letters.decode()) <= LAST_COLUMN and int(digits) <= LAST_ROW
