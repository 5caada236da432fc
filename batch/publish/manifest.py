"""manifest.json: what a folder was made from and what it held when it was written."""

import hashlib
import io
import json
import platform
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

from pydantic import BaseModel, ConfigDict

from batch.publish.version import VERSION
from batch.system.disk import Content

MANIFEST: Final = "manifest.json"
SEAL: Final = "seal"
"""The last key: the sha256 of the manifest's text without it."""
LIBRARIES: Final = (
    "jinja2",
    "lxml",
    "numpy",
    "pandas",
    "pydantic",
    "python-calamine",
    "python-docx",
    "xlrd",
    "xlsxwriter",
)
"""The libraries whose versions decide the bytes of the outputs."""


class _ManifestModel(BaseModel):
    """A value of a manifest, perhaps of a later version: what is not known is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Input(_ManifestModel):
    """A file that a folder was made from."""

    name: str
    sha256: str


class Program(_ManifestModel):
    """What wrote a folder."""

    name: Literal["batch"]
    version: str


class Manifest(_ManifestModel):
    """What a folder's manifest says."""

    program: Program
    inputs: tuple[Input, ...]
    previous: tuple[Input, ...] | None = None
    unit: str = ""
    period: tuple[str, str] | None = None
    as_of: str | None = None
    outputs: Mapping[str, str]
    """Path below the folder -> sha256 of every file but the manifest."""
    is_sealed: bool = False
    """Whether the manifest's own text is as it was written."""


class NotOurs(Exception):  # noqa: N818 no error of the program: a folder of somebody else
    """A folder that this program did not write, or whose manifest is no longer legible."""


def build_manifest(
    inputs: Sequence[tuple[str, str]],
    facts: Mapping[str, Any],
    definitions: Mapping[str, str],
    files: Mapping[str, Content],
) -> bytes:
    """Return the manifest of a folder: ``inputs`` as (name, sha256), ``files`` by path, ``facts`` of the run."""
    content = {
        **program_versions(),
        "inputs": [{"name": name, "sha256": digest} for name, digest in inputs],
        "definitions": dict(definitions),
        **facts,
        "outputs": {path: _digest(files[path]) for path in sorted(files)},
    }
    return as_json({**content, SEAL: _seal(content)})


@cache
def program_versions() -> dict[str, Any]:
    """Return what decides the bytes of the outputs beside the inputs: this program, Python and the libraries."""
    return {
        "program": {"name": "batch", "version": VERSION},
        "python": platform.python_version(),
        "libraries": {**{name: version(name) for name in LIBRARIES}, "zlib": zlib.ZLIB_RUNTIME_VERSION},
    }


def read_manifest(folder: Path) -> Manifest:
    """Return what the manifest of a folder says.

    Raises:
        NotOurs: there is none of this program, or it is no longer legible.
        OSError: it cannot be read.

    """
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest.model_validate(content)
        seal = content.pop(SEAL, None)
        return manifest.model_copy(update={"is_sealed": seal == _seal(content)})
    except (FileNotFoundError, IsADirectoryError, ValueError, RecursionError) as error:
        raise NotOurs(folder) from error


class Streamed(list[Any]):
    """A list in a JSON text whose items are made one by one as they are written, and never all of them at once."""

    def __init__(self, items: Callable[[], Iterable[Any]]) -> None:
        """Ask for the items when the list is written."""
        super().__init__()
        self._items = items

    def __bool__(self) -> bool:
        """Say whether there is any item."""
        return any(True for _ in self._items())

    def __iter__(self) -> Iterator[Any]:
        """Yield the items."""
        return iter(self._items())


def as_json(content: Mapping[str, Any]) -> bytes:
    """Return the JSON text of a file of ours: UTF-8, Chinese as it is, keys in the order given."""
    stream = io.BytesIO()
    write_json(stream, content)
    return stream.getvalue()


def write_json(stream: BinaryIO, content: Mapping[str, Any]) -> None:
    """Write the text of :func:`as_json` piece by piece: at once, that of a long ledger takes five times its bytes."""
    stream.writelines(piece.encode() for piece in json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(content))
    stream.write(b"\n")


def _digest(content: Content) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _seal(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(as_json(content)).hexdigest()
