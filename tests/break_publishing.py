"""Publishing broken off in every way there is, and what is broken of its promises then (docs/可靠性.md).

The tests do a part of this; by hand, for all of it (about half an hour): ``python -m tests.break_publishing``.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, product
from pathlib import Path
from typing import Final, TypeAlias

from batch.errors import BatchError
from tests.books import LATER, write_book
from tests.promises import REFUSED, SCENES, WORKED_IN, Content, Scene, broken, broken_after, broken_by, content
from tests.publishing_job import PENDING, do, new_files
from tests.strace import NO_EXCHANGE, Point, Traced

Broken: TypeAlias = Iterable[tuple[str, list[str]]]
"""What was done, and what was broken by it."""

MODES: Final[tuple[tuple[str, ...], ...]] = ((), (NO_EXCHANGE,))
"""Two folders exchanged in one step, or by two renamings."""
ERRORS: Final = {
    "ENOSPC": ("write", "openat", "mkdir", "fsync"),
    "EIO": ("write", "fsync", "unlink", "unlinkat", "rmdir"),
    "EROFS": ("openat", "mkdir"),
    "EACCES": ("rename", "openat", "mkdir"),
    "EPERM": ("rename", "unlink", "unlinkat"),
    "EBUSY": ("rename", "rmdir"),
    "EXDEV": ("rename",),
    "ENAMETOOLONG": ("rename", "openat", "mkdir"),
    "ENOLCK": ("flock",),
    "ENOSYS": ("flock",),
}
"""What a system may answer, and to which calls."""
NOBODY: Final = 65534
SIZES: Final = range(44, 92, 4)
"""KiB of a disk on which what stands before has room, and what is published at first has not."""
FULL: Final = "full disks"
MAY_MOUNT: Final = ("unshare", "--map-root-user", "--mount")
"""What lets any account mount a file system of its own."""


@dataclass(frozen=True)
class Job:
    """A command that publishes one folder, and what it puts there."""

    folder: Path
    scenes: tuple[Scene, ...] = SCENES
    words: tuple[str | Path, ...] = ()
    new: Content = field(default_factory=new_files)
    modes: tuple[tuple[str, ...], ...] = MODES

    @property
    def traced(self) -> Traced:
        """Return the command as it is watched: without words of its own, the process that only publishes."""
        publishes = (sys.executable, "-m", "tests.publishing_job", self.folder)
        return Traced(self.words or publishes, self.folder.parent)

    def after_death(self, scene: Scene, *, in_one_step: bool = True) -> list[str]:
        """Return what is broken at once, and when the next command has come by."""
        at_once = broken(scene, self.folder, self.new, in_one_step=in_one_step)
        return at_once + broken_after(scene, self.folder, self.new)


def killed_at_every_call(job: Job, is_wanted: Callable[[Point], bool] = lambda _: True) -> Broken:
    """Kill the process as it makes each of its calls, one after another."""
    for scene, mode in product(job.scenes, job.modes):
        scene.lay_out(job.folder)
        points, paths = job.traced.points(*mode)
        for point in filter(is_wanted, points):
            if mode and point.call == "renameat2":
                continue
            scene.lay_out(job.folder)
            done = job.traced.run(paths, f"{point.call}:signal=KILL:when={point.count}", *mode)
            wrong = job.after_death(scene, in_one_step=not mode)
            if done.returncode != -signal.SIGKILL:
                wrong.append(f"it was not killed: {done.returncode} {done.stderr}")
            yield f"{scene.name} {' '.join(mode)} killed at {point}", wrong


def killed_at_random(job: Job, number: int, generator: random.Random) -> Broken:
    """Kill the process at any instant at all."""
    lasted = 0.0
    for each in range(number):
        scene = job.scenes[each % len(job.scenes)]
        scene.lay_out(job.folder)
        process = subprocess.Popen(job.traced.words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        began = time.monotonic()
        pause = generator.uniform(0, lasted or 60)
        with suppress(subprocess.TimeoutExpired):
            process.wait(pause)
            lasted = lasted or time.monotonic() - began
        process.kill()
        process.wait()
        yield f"{scene.name} killed after {pause:.4f} s", job.after_death(scene)


def refused_at_every_call(
    job: Job, errors: Sequence[str], is_wanted: Callable[[Point], bool] = lambda _: True
) -> Broken:
    """Let the system refuse each call, once and from then on."""
    for scene, mode in product(job.scenes, job.modes):
        scene.lay_out(job.folder)
        points, paths = job.traced.points(*mode)
        faults = [(error, each) for error in errors for each in filter(is_wanted, points) if each.call in ERRORS[error]]
        for error, point in faults:
            for when in (f"{point.count}", f"{point.count}+"):
                scene.lay_out(job.folder)
                done = job.traced.run(paths, f"{point.call}:error={error}:when={when}", *mode)
                wrong = broken_by(scene, job.folder, done, in_one_step=not mode)
                yield f"{scene.name} {' '.join(mode)} {error} when {when} at {point}: {_ending(done)}", wrong


def full_disks(folder: Path, scene: Scene, sizes: Sequence[int]) -> Broken:
    """Publish on file systems of so many KiB; to be called where this process may mount them."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        disk = folder.parent / f"{size}"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], check=True)
        place = disk / "output" / folder.name
        scene.lay_out(place)
        done = _done(place)
        yield f"{scene.name} on a disk of {size} KiB: {_ending(done)}", broken_by(scene, place, done, in_one_step=True)
        subprocess.run(["umount", disk], check=True)


def without_rights(folder: Path, scene: Scene) -> Broken:
    """Publish where the account may not write, or not read, what it would have to.

    A file that cannot be read may have been worked in: what an untouched folder is kept for is left out.
    """
    report = folder / "个人报告"
    closed = {
        "the parent": (folder.parent, 0o555),
        "the folder": (folder, 0o555),
        "the folder altogether": (folder, 0o000),
        "the manifest": (folder / "manifest.json", 0o000),
        "the folder of a person's report": (report, 0o555),
    }
    if scene.is_worked_in:
        closed |= {
            "a file": (folder / "问题清单.xlsx", 0o000),
            "the folder of a person's report altogether": (report, 0o000),
            "the folder of a person's report but for the names in it": (report, 0o444),
        }
    do(folder)  # all modules are loaded before the rights are gone to read them
    for what, (path, mode) in closed.items():
        scene.lay_out(folder)
        with _as_nobody(folder.parent):
            path.chmod(mode)
            done = _done(folder)
        _open_up(folder.parent)
        yield f"{scene.name}, {what} closed: {_ending(done)}", broken_by(scene, folder, done, in_one_step=True)


def many_at_once(folder: Path, scene: Scene, number: int) -> Broken:
    """Let many processes publish different content at one place."""
    scene.lay_out(folder)
    words = [sys.executable, "-m", "tests.publishing_job", str(folder)]
    running = [subprocess.Popen([*words, str(each)], stderr=subprocess.PIPE) for each in range(number)]
    ended = [(process.wait(), process.communicate()[1].decode()) for process in running]
    wrong = [said for code, said in ended if code != 0]
    if content(folder) not in [new_files(each) for each in range(number)]:
        wrong.append("the folder is a mixture")
    yield f"{scene.name}, {number} at once", wrong + broken_after(scene, folder, content(folder))


def _ending(done: subprocess.CompletedProcess[str]) -> str:
    return "published" if done.returncode == 0 else "refused"


def _done(folder: Path) -> subprocess.CompletedProcess[str]:
    """Publish in this process, and return what the command would have ended with."""
    try:
        do(folder)
    except BatchError as error:
        return subprocess.CompletedProcess([], REFUSED, "", f"{error}\n")
    return subprocess.CompletedProcess([], 0, "", "")


def _open_up(folder: Path) -> None:
    """Take back what was closed, wherever it is now."""
    folder.chmod(0o755)
    for path in sorted(folder.rglob("*")):
        path.chmod(0o755)


@contextmanager
def _as_nobody(folder: Path) -> Iterator[None]:
    """Give a folder to an account without any rights, and be that account; who has no such power stays who he is."""
    if os.geteuid() != 0:
        yield
        return
    for parent, _, files in os.walk(folder):
        for path in (parent, *(os.path.join(parent, name) for name in files)):  # noqa: PTH118
            os.chown(path, NOBODY, NOBODY)
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def real_job(folder: Path) -> Job:
    """Return the main job on a workbook, where that of an earlier state of it stands, untouched or edited."""
    workbook = folder.parent.parent / f"{folder.name}.xlsx"
    words = (sys.executable, "-m", "batch", "run", workbook, "-o", folder.parent, "--today", LATER)
    contents = []
    for item in ("用印", "档案查阅"):
        write_book(workbook, {"办文": f"| 事项 |\n| {item} |"})
        subprocess.run(words, check=True, capture_output=True)
        contents.append(content(folder))
    old, new = contents
    edited = {**old, "汇总报告.docx": b"edited by hand"}
    scenes = (Scene("a real one", old, PENDING), Scene("an edited one", edited, WORKED_IN, is_worked_in=True))
    return Job(folder, scenes, words, new)


def parts(root: Path, number: int, generator: random.Random) -> dict[str, Callable[[], Broken]]:
    """Return everything there is to do by name."""
    folder = root / "output" / "台账"
    return {
        "killed at every call": lambda: killed_at_every_call(Job(folder)),
        "refused at every call": lambda: refused_at_every_call(Job(folder), list(ERRORS)),
        "at once": lambda: chain.from_iterable(many_at_once(folder, scene, 10) for scene in SCENES * 5),
        "without rights": lambda: chain.from_iterable(without_rights(folder, scene) for scene in SCENES[1:]),
        FULL: lambda: chain.from_iterable(full_disks(root / scene.name / "台账", scene, SIZES) for scene in SCENES),
        "a main job killed at every call": lambda: killed_at_every_call(real_job(folder)),
        "a main job killed at random": lambda: killed_at_random(real_job(folder), number, generator),
    }


def main() -> int:
    """Do one part or all, print how many faults there were, and return 1 if anything was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", help="one of them alone; full disks, with: unshare --map-root-user --mount")
    parser.add_argument("--number", type=int, default=200, help="random instants")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    is_sound = True
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        for name, part in parts(Path(place), given.number, random.Random(given.seed)).items():  # noqa: S311
            if given.part is None and name == FULL:
                again = [*MAY_MOUNT, sys.executable, "-m", "tests.break_publishing", "--part", FULL]
                is_sound = subprocess.run(again, check=False).returncode == 0 and is_sound
            elif given.part in {None, name}:
                began, results = time.monotonic(), list(part())
                bad = [(what, wrong) for what, wrong in results if wrong]
                is_sound = is_sound and not bad
                seconds = time.monotonic() - began
                refused = sum(what.endswith("refused") for what, _ in results)
                sys.stdout.write(
                    f"{name}: {len(results)} faults, {refused} refused, {len(bad)} broken promises, {seconds:.0f} s\n"
                )
                for what, wrong in bad:
                    sys.stdout.write(f"  {what}: {'; '.join(wrong)}\n")
                sys.stdout.flush()
    return 0 if is_sound else 1


if __name__ == "__main__":
    sys.exit(main())
