"""What the exit code of a command says."""

from typing import Final

DONE: Final = 0
HAS_ERRORS: Final = 1
"""The workbook has 错误, or the folder is not as it was written."""
CANNOT_RUN: Final = 2
INTERRUPTED: Final = 130
"""What typer makes of Ctrl+C."""
