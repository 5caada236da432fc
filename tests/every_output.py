"""Write every kind of output into a folder, so that two versions of the program can be compared byte by byte.

``python -m tests.every_output FOLDER`` writes them by the program that is imported; then ``diff -r`` says what differs.
A manifest is written without what may differ: the versions of the libraries, and the seal over them.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from batch import __file__ as program
from tests.books import LATER, SAMPLES

YEAR, LAST_YEAR, FAULTY = (SAMPLES / f"{name}台账.xlsx" for name in ("全年", "上年", "有错"))
FIVE: Final = SAMPLES / "五个工作面"
INBOX: Final = SAMPLES / "收件箱"
TODAY: Final = ("--today", LATER)
RUNS: Final[Mapping[str, Sequence[str | Path]]] = {
    "sample": ("run", YEAR),
    "compared": ("run", YEAR, "--previous", LAST_YEAR, "--templates", SAMPLES / "模板"),
    "half-year": ("run", YEAR, "--period", "2022H1"),
    "quarter": ("run", YEAR, "--period", "2022Q3", "--templates", SAMPLES / "模板"),
    "month": ("run", YEAR, "--period", "2022-09"),
    "faulty": ("run", FAULTY),
    "draft": ("run", FAULTY, "--draft", "--previous", LAST_YEAR, "--templates", SAMPLES / "模板"),
    "listed": ("check", FAULTY),
    "five-areas": ("run", FIVE / "台账.xlsx", "--areas", FIVE / "areas"),
    "inbox": ("run", INBOX, "--roster", INBOX / "名单.xlsx"),
    "inbox-draft": ("run", INBOX, "--draft", "--jobs", "1"),
}
PRINTED: Final[Mapping[str, Sequence[str | Path]]] = {
    "check": ("check", FAULTY, *TODAY),
    "check-joined": ("check", *sorted((INBOX / "云溪中学").iterdir()), *TODAY),
    "check-json": ("check", FAULTY, "--format", "json", *TODAY),
    "figures": ("figures", YEAR, *TODAY),
    "trace": ("trace", YEAR, "办文.传阅", *TODAY),
    "help": ("run", "--help"),
}
VARIABLE: Final = frozenset({"python", "libraries", "seal"})
"""The keys of a manifest that tell what made it, and not what was made."""


def write_all(folder: Path) -> None:
    """Write the outputs of every run, and what each command prints."""
    for name, words in RUNS.items():
        _keep(folder / f"{name}.txt", [*words, "--output", folder / name, *TODAY], folder)
    for name, words in PRINTED.items():
        _keep(folder / f"{name}.txt", words, folder)
    for name, options in {"blank": (), "blank-five": ("--areas", FIVE / "areas")}.items():
        out = folder / f"{name}.xlsx"
        _keep(folder / f"{name}.txt", ["template", out, "--year", "2022", "--unit", "测试学校", *options], folder)
    for what in ("areas", "templates"):
        _keep(folder / f"export-{what}.txt", ["export", what, folder / what], folder)
    for record in folder.rglob("*.sqlite3"):
        record.unlink()
    for manifest in folder.rglob("manifest.json"):
        content = json.loads(manifest.read_text("utf-8"))
        told = {key: value for key, value in content.items() if key not in VARIABLE}
        manifest.write_text(json.dumps(told, ensure_ascii=False, indent=2), "utf-8")


def _keep(printed: Path, words: Sequence[str | Path], folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "batch", *map(str, words)], capture_output=True, check=False)
    text = f"{done.returncode}\n{done.stdout.decode()}\n{done.stderr.decode()}"
    printed.write_text(text.replace(str(folder), "FOLDER").replace(str(SAMPLES), "SAMPLES"), "utf-8")


if __name__ == "__main__":
    target = Path(sys.argv[1]).absolute()
    target.mkdir(parents=True)
    sys.stdout.write(f"{program}\n")
    write_all(target)
