"""What a folder may look like after a publication was broken off, at any instant and in any way."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from batch.publish.folder import finish
from tests.publishing_job import NEW, NOW, OLD, PENDING, pending_of

Content: TypeAlias = Mapping[str, bytes]

REFUSED: Final = 2
EDITED: Final = {**OLD, "汇总报告.docx": b"edited by hand"}
WORKED_IN: Final = {**PENDING, "标注-台账.xlsx": b"half mended"}


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What stands before a publication: a folder and what was to be mended, or neither."""

    name: str
    standing: Content | None
    pending: Content | None
    is_worked_in: bool = False
    """Whether somebody has worked in both since they were written."""

    def lay_out(self, folder: Path) -> None:
        """Put everything there anew."""
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.parent.mkdir(parents=True)
        for path, content in ((folder, self.standing), (pending_of(folder), self.pending)):
            for name, each in (content or {}).items():
                (path / name).parent.mkdir(parents=True, exist_ok=True)
                (path / name).write_bytes(each)


SCENES: Final = (
    Scene("nothing", None, None),
    Scene("untouched", OLD, PENDING),
    Scene("edited", EDITED, WORKED_IN, is_worked_in=True),
)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def broken(scene: Scene, folder: Path, new: Content = NEW, *, in_one_step: bool) -> list[str]:
    """Return what is broken of the promises right after the end of a process, before any other command."""
    standing = content(folder) if folder.exists() else None
    beside = [content(path) for path in folder.parent.iterdir() if path.name.startswith(".") and path.is_dir()]
    wrong = []
    if standing is None and in_one_step and scene.standing is not None:
        wrong.append("there is no folder, though the system can exchange two")
    if standing is None and scene.standing is not None and not (scene.standing in beside and new in beside):
        wrong.append("there is no folder, and no complete one beside its place")
    if standing is not None and standing not in (scene.standing, new):
        wrong.append(f"the folder is neither the old one nor the new one: {sorted(standing)}")
    return wrong


def broken_after(scene: Scene, folder: Path, new: Content = NEW) -> list[str]:
    """Return what is broken of the promises once the next command has put things in order."""
    list(finish([folder.parent], NOW))
    wrong = []
    there = {path.name: content(path) for path in folder.parent.iterdir() if path.is_dir()}
    if folder.name not in there and scene.standing is not None:
        wrong.append("there is no folder")
    if there.get(folder.name, new) not in (scene.standing, new):
        wrong.append("the folder is neither the old one nor the new one")
    wrong += [f"“{path.name}” is left" for path in folder.parent.iterdir() if path.name.startswith(".")]
    if scene.is_worked_in and scene.standing not in there.values():
        wrong.append("the edited reports are lost")
    kept = [name for name, each in there.items() if name.startswith(f"{folder.name}.旧版-")]
    unneeded = [name for name in kept if not scene.is_worked_in or there[name] != scene.standing]
    wrong += [f"“{name}” was kept without need" for name in unneeded]
    if scene.is_worked_in and there.get(pending_of(folder).name) != scene.pending:
        wrong.append("what a clerk worked in is gone")
    if there.get(pending_of(folder).name, scene.pending) != scene.pending:
        wrong.append("what was to be mended is a mixture")
    return wrong


def broken_by(scene: Scene, folder: Path, done: subprocess.CompletedProcess[str], *, in_one_step: bool) -> list[str]:
    """Return what is broken of the promises by a process that was let go on after a fault."""
    standing = content(folder) if folder.exists() else None
    wrong = broken(scene, folder, in_one_step=in_one_step)
    if done.returncode == 0 and standing != NEW:
        wrong.append("it says that it has published, and it has not")
    if done.returncode == REFUSED and standing == NEW:
        wrong.append("it says that it could not publish, and it has")
    is_one_sentence = done.stderr.endswith("。\n") and done.stderr.count("\n") == 1
    if done.returncode != 0 and not (done.returncode == REFUSED and is_one_sentence):
        wrong.append(f"no sentence, but {done.returncode} {done.stderr[-500:]}")
    return wrong + broken_after(scene, folder)
