"""How much of anything a file may hold before it is refused, each limit with its reason.

An office's ledger is far below all of them; what exceeds one was damaged, or made to do harm.
"""

from typing import Final

LONGEST_TEXT: Final = 32_767
"""Characters of one cell: Excel holds no more."""
LAST_ROW: Final = 1_048_576
"""Rows of a sheet: Excel has no more."""
LAST_COLUMN: Final = 16_384
"""Columns of a sheet (A to XFD): Excel has no more."""
LONGEST_ROW: Final = 64 << 20
"""Bytes of one row's XML; 16,384 columns of short texts take two million."""
LARGEST_FILE: Final = 512 << 20
"""Bytes of a file: 4 sheets of 250,000 rows take 80 million."""
LARGEST_UNPACKED: Final = 2 << 30
"""Bytes of the parts that are read, unpacked: 4 sheets of 250,000 rows take 586 million."""
HIGHEST_RATIO: Final = 150
"""Unpacked bytes to packed ones: ledgers come to 10 or 20, a zip bomb to 400 and more."""
RATIO_FREE: Final = 32 << 20
"""Bytes up to which a part may be packed as tightly as it likes: it can do no harm."""
LARGEST_INDEX: Final = 32 << 20
"""Bytes of a part that is held whole in memory: the workbook's list of sheets, its styles."""
MOST_PARTS: Final = 10_000
"""Files within the package: a large workbook with pictures has some hundreds."""
MOST_SHEETS: Final = 500
"""Sheets of a workbook: a ledger has eight, and nobody finds one among thousands."""
MOST_MERGES: Final = 200_000
"""Merged ranges of a sheet: each row of a long ledger may have some, millions hang Excel itself."""
MOST_CELLS: Final = 40_000_000
"""Filled cells of a sheet: twice a full ledger of a million rows."""
LARGEST_EXACT: Final = 200 << 20
"""Bytes of a sheet, unpacked, that is read element by element: some 300,000 rows, which take 20 seconds."""
CHILD_SECONDS: Final = 15
"""How long a reader in a process of its own may take: an old-format sheet has 65,536 rows at most."""
CHILD_MEMORY: Final = 1536 << 20
"""Bytes of memory that such a process may ask for."""
