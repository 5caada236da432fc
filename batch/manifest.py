"""manifest.json: what a folder was made from and what it held when it was written."""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from batch import __version__

MANIFEST: Final = "manifest.json"
LIBRARIES: Final = (
    "docxtpl",
    "jinja2",
    "lxml",
    "openpyxl",
    "pandas",
    "pydantic",
    "python-calamine",
    "python-docx",
    "xlrd",
    "xlsxwriter",
)
"""The libraries whose versions decide the bytes of the outputs."""


def build_manifest(
    inputs: Sequence[tuple[str, str]],
    facts: Mapping[str, Any],
    definitions: Mapping[str, str],
    files: Mapping[str, bytes],
) -> bytes:
    """Return the manifest of a folder: ``inputs`` as (name, sha256), ``files`` by path, ``facts`` of the run."""
    content = {
        "program": {"name": "batch", "version": __version__},
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "inputs": [{"name": name, "sha256": digest} for name, digest in inputs],
        "definitions": dict(definitions),
        **facts,
        "outputs": {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)},
    }
    return as_json(content)


def as_json(content: Mapping[str, Any]) -> bytes:
    """Return the JSON text of a file of ours: UTF-8, Chinese as it is, keys in the order given."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
