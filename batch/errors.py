"""The one error that ends a run."""


class BatchError(Exception):
    """A problem with the run itself: one Chinese sentence for the clerk, exit code 2.

    A problem *in* the workbook is never raised; it is a :class:`batch.finding.Finding`.
    """
