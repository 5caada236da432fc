"""Everything that a unit's workbooks come to, before any of it is written: check -> total -> report."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from batch.areas.definitions import Definitions
from batch.areas.load import load_definitions
from batch.check.checked import Checked
from batch.ledger.input_files import InputFiles
from batch.options import Options
from batch.unit.checking import Progress, Step, begin, check_given
from batch.unit.documents import read_templates, word_files
from batch.unit.outputs import pending_files, report_files
from batch.unit.previous import find_previous
from batch.word.shipped import Templates
from batch.workbook.user_copy.copies import Copies, mark_copies


@dataclass(frozen=True)
class RunSetup:
    """What the workbooks of a run are read by, whosever they are."""

    definitions: Definitions
    templates: Templates
    options: Options


@dataclass(frozen=True)
class UnitFiles:
    """The files of an output folder, and what they were made from."""

    checked: Checked
    files: Mapping[str, bytes]
    """Path below the folder -> content."""
    is_reported: bool
    """Whether these are reports, or only what is to be mended."""
    copies: Copies
    notes: tuple[str, ...] = ()
    """What is to be known of the templates and the marked copies, in whole sentences."""


def read_setup(options: Options) -> RunSetup:
    """Read the definitions and the templates of a run.

    Raises:
        BatchError: one of them cannot be read or is not valid.

    """
    definitions = load_definitions(options.areas)
    return RunSetup(definitions, read_templates(options, definitions), options)


def make_files(given: InputFiles, setup: RunSetup, progress: Progress) -> UnitFiles:
    """Make every file from the opened workbooks of one unit: its reports, or, where they have 错误, what mends them.

    Raises:
        BatchError: a workbook cannot be read, or a template cannot be filled.

    """
    options = setup.options
    checked = check_given(given, setup.definitions, options, progress, is_whole=True)
    begin(progress, Step.COMPARE)
    checked = replace(checked, previous=find_previous(checked, options))
    begin(progress, Step.MARK)
    copies = mark_copies(checked)
    if checked.totals is None or (checked.errors and not options.is_draft):
        return make_pending_files(checked, copies, options)
    begin(progress, Step.REPORT)
    documents = word_files(checked, checked.totals, setup.templates)
    begin(progress, Step.LIST)
    files = report_files(checked, checked.totals, copies, documents, options)
    return UnitFiles(checked, files, is_reported=True, copies=copies, notes=(*documents.notes, *copies.notes))


def make_pending_files(checked: Checked, copies: Copies, options: Options) -> UnitFiles:
    """Make what is needed to mend the workbooks."""
    return UnitFiles(
        checked, pending_files(checked, copies, options), is_reported=False, copies=copies, notes=copies.notes
    )
