"""The first round through an inbox: whose each workbook is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from batch.areas.frozen import Frozen
from batch.bureau.confined import Failed
from batch.bureau.inbox import InboxFile
from batch.bureau.rounds import Rounds
from batch.bureau.units import UnitWorkbook, digest
from batch.bureau.work import Survey, do_survey
from batch.errors import BatchError
from batch.read.file import digest_of


class SurveyRecord(Frozen):
    """What is recorded of a workbook: whose it is, or why it cannot be read."""

    survey: Survey | None
    refusal: str = ""


@dataclass(frozen=True)
class Surveys:
    """What the first round has found."""

    found: tuple[tuple[UnitWorkbook, Survey], ...]
    failed: tuple[tuple[InboxFile, str], ...]
    """The workbooks that cannot be read, and why: whole sentences."""
    keys: frozenset[str]
    """Those under which all of this is recorded."""


def look_through(workbooks: Sequence[InboxFile], rounds: Rounds) -> Surveys:
    """Return whose each workbook is; one whose bytes were looked at in an earlier run is not opened again."""
    failed: list[tuple[InboxFile, str]] = []
    present: list[UnitWorkbook] = []
    for number, given in enumerate(workbooks, start=1):
        try:
            present.append(UnitWorkbook(given, digest_of(given.path)))
        except BatchError as error:
            failed.append((given, str(error)))
        rounds.counting("查看文件", number, len(workbooks))
    keys = {each.sha256: digest(["survey", rounds.base, each.sha256]) for each in present}
    known = _survey_records({each.sha256: each for each in present}, keys, rounds)
    found = []
    for workbook in present:
        entry = known[workbook.sha256]
        if entry.survey is None:
            failed.append((workbook.file, entry.refusal))
        else:
            found.append((workbook, entry.survey))
    return Surveys(tuple(found), tuple(failed), frozenset(keys.values()))


def _survey_records(
    workbooks: Mapping[str, UnitWorkbook], keys: Mapping[str, str], rounds: Rounds
) -> dict[str, SurveyRecord]:
    """Return for each content what is recorded of it, or else what a worker says."""
    recorded = {content: rounds.record.get(keys[content], SurveyRecord) for content in workbooks}
    known = {content: entry for content, entry in recorded.items() if entry is not None}
    unknown = [workbook for content, workbook in workbooks.items() if content not in known]
    asked = ((workbook, rounds.job((workbook,))) for workbook in unknown)
    for number, (workbook, answer) in enumerate(rounds.crew.answers(do_survey, asked, rounds.limits), start=1):
        entry = known[workbook.sha256] = _entry(answer)
        if not isinstance(answer, Failed) or answer.is_final:  # what ended the work on it may not do so again
            rounds.record.put(keys[workbook.sha256], entry)
        rounds.counting("查看封面", number, len(unknown))
    return known


def _entry(answer: Survey | Failed) -> SurveyRecord:
    return (
        SurveyRecord(survey=None, refusal=answer.reason) if isinstance(answer, Failed) else SurveyRecord(survey=answer)
    )
