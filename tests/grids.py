"""What a sheet holds, in the form that tests compare."""

from batch.read.grid import Grid
from batch.values.cell import CellValue


def cells_of(grid: Grid) -> dict[tuple[int, int], CellValue]:
    """Return (Excel row, column from 0) -> value of every filled cell."""
    return {
        (number, column): value
        for place, number in enumerate(grid.numbers.tolist())
        for column, value in grid.row(place).items()
    }


def rows_of(grid: Grid) -> dict[int, list[CellValue]]:
    """Return Excel row -> its values from column A to the last filled one."""
    rows = {number: grid.row(place) for place, number in enumerate(grid.numbers.tolist())}
    return {number: [values.get(column) for column in range(max(values) + 1)] for number, values in rows.items()}
