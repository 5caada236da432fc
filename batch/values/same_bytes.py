"""Office packages (zip files of parts) whose bytes repeat: nothing of the clock or of the system in them."""

import io
import re
import zipfile
from datetime import datetime
from typing import Final

CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 a fixed date instead of the clock: same content, same bytes
"""The creation time every file carries."""
FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can carry."""
_CORE_PART: Final = "docProps/core.xml"
_STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FIXED_STAMP: Final = rb"\g<1>" + f"{CREATED:%Y-%m-%dT%H:%M:%SZ}".encode()
_CLOCK: Final = slice(10, 14)
"""Where the header before an entry says when it was made, by the clock of MS-DOS."""
_FIXED_CLOCK: Final = b"\x00\x00\x21\x00"
"""The fixed time as it is written there."""
_NO_SYSTEM: Final = 0
"""What an entry is said to have been packed on; Python says 0 on Windows and 3 elsewhere."""


def repacked(package: bytes) -> bytes:
    """Return the package with the same parts in the same order, every time stamp replaced by a fixed one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == _CORE_PART:
                content = _STAMP.sub(_FIXED_STAMP, content)
            fixed = zipfile.ZipInfo(entry.filename, FIXED_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = _NO_SYSTEM
            target.writestr(fixed, content)
    return stream.getvalue()


def without_origin(package: bytes) -> bytes:
    """Return the package with its entries as they are packed, and nothing told of when and where that was.

    What the parts themselves say of it stays: a part that tells the time is for its writer to set.
    """
    stream = io.BytesIO(package)
    with zipfile.ZipFile(stream, "a") as target:
        for entry in target.infolist():
            entry.create_system, entry.date_time = _NO_SYSTEM, FIXED_TIME
            stream.getbuffer()[entry.header_offset + _CLOCK.start : entry.header_offset + _CLOCK.stop] = _FIXED_CLOCK
        target.comment = b""  # makes the library write the list of entries anew
    return stream.getvalue()
