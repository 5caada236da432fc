"""The second round through an inbox: what each unit comes to, its folder written as soon as it is made."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from batch.areas.frozen import Frozen
from batch.bureau.confined import Failed
from batch.bureau.record import Record
from batch.bureau.rounds import Rounds
from batch.bureau.unit_result import UnitResult
from batch.bureau.units import Unit
from batch.bureau.work import Answer, do_unit
from batch.errors import BatchError
from batch.publish.changes import changes_in
from batch.publish.manifest import MANIFEST, NotOurs, read_manifest
from batch.unit.folder import WrittenFolder, write_unit_folder


class UnitRecord(Frozen):
    """What is recorded of a unit."""

    result: UnitResult | None
    failed: tuple[tuple[str, str], ...] = ()
    """(name of a workbook, why it was left out): whole sentences."""
    is_final: bool = True
    """Whether the same workbooks would come to the same again."""
    folder: str = ""
    """The name of the folder that was written."""
    manifest: str = ""
    """The sha256 of its manifest."""


@dataclass(frozen=True)
class FinishedUnit:
    """A unit gone through, now or in an earlier run; what it came to is in the record."""

    unit: Unit
    key: str
    is_new: bool
    written: WrittenFolder | None = None
    """Where its folder was written, if that was now."""


def go_through(units: Sequence[Unit], rounds: Rounds) -> Iterator[FinishedUnit]:
    """Yield every unit once it is done; one that has not changed, and whose folder is as it was written, at once."""
    asked: list[tuple[Unit, str]] = []
    for number, unit in enumerate(units, start=1):
        key = unit.key(rounds.base)
        kept = rounds.record.get(key, UnitRecord)
        if kept is not None and _is_done(kept, rounds):
            yield FinishedUnit(unit, key, is_new=False)
        else:
            asked.append((unit, key))
        rounds.counting("核对上次的结果", number, len(units))
    jobs = ((each, rounds.job(each[0].workbooks)) for each in asked)
    for number, ((unit, key), answer) in enumerate(rounds.crew.answers(do_unit, jobs, rounds.limits), start=1):
        kept, written = _written(unit, _answered(unit, answer), rounds)
        rounds.record.put(key, kept)
        yield FinishedUnit(unit, key, is_new=True, written=written)
        rounds.counting("检查和生成", number, len(asked))


def record_of(record: Record, done: FinishedUnit) -> UnitRecord:
    """Return what is recorded of a unit that has been gone through."""
    kept = record.get(done.key, UnitRecord)
    if kept is None:  # another run over the same folder has dropped it
        message = "运行记录被另一个程序改动了，请等它结束，再运行一次。"
        raise BatchError(message)
    return kept


def _is_done(kept: UnitRecord, rounds: Rounds) -> bool:
    """Say whether doing it again would change nothing."""
    if not kept.is_final or (kept.result is not None and not kept.result.holds_on(rounds.setup.options.today)):
        return False
    return not kept.folder or _is_untouched(rounds.output / kept.folder, kept.manifest)


def _is_untouched(folder: Path, manifest: str) -> bool:
    """Say whether a folder is there as it was written; one that somebody edited is kept, and written anew."""
    try:
        content = (folder / MANIFEST).read_bytes()
        return hashlib.sha256(content).hexdigest() == manifest and not changes_in(folder, read_manifest(folder))
    except (OSError, NotOurs):
        return False


def _answered(unit: Unit, answer: Answer | Failed) -> Answer:
    if not isinstance(answer, Failed):
        return answer
    return Answer(None, {}, tuple((each.name, answer) for each in unit.workbooks[:1]))


def _written(unit: Unit, answer: Answer, rounds: Rounds) -> tuple[UnitRecord, WrittenFolder | None]:
    """Write the folder of a unit; where it cannot be, that is what is kept of it, and it is tried again next time."""
    failed = tuple((name, each.reason) for name, each in answer.failed)
    result = answer.result
    if result is None:
        return UnitRecord(result=None, failed=failed, is_final=answer.is_final), None
    folder, is_clean = rounds.output / unit.folder, not result.errors
    try:
        written = write_unit_folder(folder, answer.files, rounds.now, is_reported=result.is_reported, is_clean=is_clean)
    except BatchError as error:
        return UnitRecord(result=None, failed=(*failed, (unit.folder, str(error))), is_final=False), None
    entry = UnitRecord(
        result=result,
        failed=failed,
        is_final=answer.is_final,
        folder=written.published.folder.name,
        manifest=hashlib.sha256(answer.files[MANIFEST]).hexdigest(),
    )
    return entry, written
