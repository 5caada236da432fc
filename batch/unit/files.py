"""Everything that a unit's workbooks come to, before any of it is written: check -> total -> report."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from batch.areas.definitions import Definitions
from batch.areas.load import load_definitions
from batch.check.checked import Checked
from batch.ledger.given_files import GivenFiles
from batch.options import Options
from batch.unit.checking import Progress, begin, check_given
from batch.unit.documents import ready_templates, word_files
from batch.unit.outputs import pending_files, report_files
from batch.unit.previous import find_previous
from batch.word.shipped import Templates
from batch.workbook.user_copy.copies import Copies, mark_copies


@dataclass(frozen=True)
class Setting:
    """What the workbooks of a run are read by, whosever they are."""

    definitions: Definitions
    templates: Templates
    options: Options


@dataclass(frozen=True)
class Made:
    """The files of an output folder, and what they were made from."""

    checked: Checked
    files: Mapping[str, bytes]
    """Path below the folder -> content."""
    is_reported: bool
    """Whether these are reports, or only what is to be mended."""
    copies: Copies
    told: tuple[str, ...] = ()
    """What is to be known of the templates and the marked copies, in whole sentences."""


def ready(options: Options) -> Setting:
    """Read the definitions and the templates of a run.

    Raises:
        BatchError: one of them cannot be read or is not valid.

    """
    definitions = load_definitions(options.areas)
    return Setting(definitions, ready_templates(options, definitions), options)


def make(given: GivenFiles, setting: Setting, progress: Progress) -> Made:
    """Make every file from the opened workbooks of one unit: its reports, or, where they have 错误, what mends them.

    Raises:
        BatchError: a workbook cannot be read, or a template cannot be filled.

    """
    options = setting.options
    checked = check_given(given, setting.definitions, options, progress, is_whole=True)
    begin(progress, "与上期比较")
    checked = replace(checked, previous=find_previous(checked, options))
    begin(progress, "标注副本")
    copies = mark_copies(checked)
    if checked.totals is None or (checked.errors and not options.is_draft):
        return make_pending(checked, copies, options)
    begin(progress, "生成报告")
    documents = word_files(checked, checked.totals, setting.templates)
    begin(progress, "生成汇总表和清单")
    files = report_files(checked, checked.totals, copies, documents, options)
    return Made(checked, files, is_reported=True, copies=copies, told=(*documents.told, *copies.told))


def make_pending(checked: Checked, copies: Copies, options: Options) -> Made:
    """Make what is needed to mend the workbooks."""
    return Made(checked, pending_files(checked, copies, options), is_reported=False, copies=copies, told=copies.told)
