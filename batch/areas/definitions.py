"""All definitions of a run, and the figures they name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from batch.areas.figures import FigureKind
from batch.areas.model import Cover, Sheet
from batch.errors import BatchError
from batch.values.names import did_you_mean


@dataclass(frozen=True)
class Definitions:
    """All definitions of a run: the cover, the posts, the tasks, and the areas in their order."""

    cover: Cover
    posts: Sheet
    tasks: Sheet
    areas: tuple[Sheet, ...]
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)
    """File name -> sha256 of the bytes that they were read from, for the manifest."""

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return every ledger sheet in the workbook's order: posts, areas, tasks."""
        return (self.posts, *self.areas, self.tasks)

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Return all sheet names in the workbook's order."""
        return (self.cover.name, *(sheet.name for sheet in self.sheets))

    @property
    def figures(self) -> Iterator[tuple[str, Sheet, FigureKind]]:
        """Yield (id, sheet, figure), areas first, then tasks."""
        for sheet in (*self.areas, self.tasks):
            for figure in sheet.figures:
                yield figure_id(sheet, figure), sheet, figure

    def figure(self, wanted: str) -> tuple[Sheet, FigureKind]:
        """Return the figure with this id.

        Raises:
            BatchError: there is none; the nearest is named.

        """
        known = {name: (sheet, figure) for name, sheet, figure in self.figures}
        if wanted in known:
            return known[wanted]
        message = f"没有“{wanted}”这个指标{did_you_mean(wanted, known)}，可用 batch figures 查看全部指标。"
        raise BatchError(message)


def figure_id(sheet: Sheet, figure: FigureKind) -> str:
    """Return the id of a figure: 工作面.指标."""
    return f"{sheet.name}.{figure.name}"
