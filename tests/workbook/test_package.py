import io
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from batch.values.same_bytes import repacked, without_origin
from batch.workbook.user_copy.package import AHEAD, Packer

CORE = "docProps/core.xml"
PARTS = {"[Content_Types].xml": b"<Types/>", CORE: b"", "xl/workbook.xml": b"<workbook>2022-03-05T08:00:00Z</workbook>"}


def package(stamp: str, clock: tuple[int, int, int, int, int, int]) -> bytes:
    properties = (
        f'<p><dc:creator></dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></p>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in (PARTS | {CORE: properties.encode()}).items():
            target.writestr(zipfile.ZipInfo(name, clock), content)
    return stream.getvalue()


MORNING = package("2022-03-05T08:00:00Z", (2022, 3, 5, 8, 0, 0))
EVENING = package("2023-11-30T21:45:10Z", (2023, 11, 30, 21, 45, 10))


def test_the_same_parts_at_another_time_give_the_same_bytes() -> None:
    assert MORNING != EVENING
    assert repacked(MORNING) == repacked(EVENING)


def test_packing_again_changes_nothing() -> None:
    assert repacked(repacked(MORNING)) == repacked(MORNING)


def test_parts_keep_their_order_and_content_but_for_the_time_stamps() -> None:
    with zipfile.ZipFile(io.BytesIO(repacked(EVENING))) as read:
        assert read.namelist() == list(PARTS)
        assert {name: read.read(name) for name in PARTS if name != CORE} == {
            name: content for name, content in PARTS.items() if name != CORE
        }
        assert b"2023" not in read.read(CORE)
        assert read.read(CORE).count(b"2000-01-01T00:00:00Z") == 2
        assert {entry.date_time for entry in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_other_content_gives_other_bytes() -> None:
    other = MORNING.replace(b"08:00:00Z</workbook>", b"09:00:00Z</workbook>")
    with zipfile.ZipFile(io.BytesIO(MORNING)) as read:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as target:
            for entry in read.infolist():
                target.writestr(entry, read.read(entry).replace(b"<Types/>", b"<Types></Types>"))
        other = stream.getvalue()
    assert repacked(other) != repacked(MORNING)


def test_without_its_origin_a_package_is_the_same_whenever_it_was_packed_and_still_opens() -> None:
    morning, evening = (
        package("2022-03-05T08:00:00Z", clock) for clock in ((2022, 3, 5, 8, 0, 0), (2099, 12, 31, 23, 59, 58))
    )
    assert morning != evening
    assert without_origin(morning) == without_origin(evening)
    with zipfile.ZipFile(io.BytesIO(without_origin(evening))) as read:
        assert read.testzip() is None
        assert {entry.date_time for entry in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [read.read(name) for name in PARTS if name != CORE] == [PARTS[name] for name in PARTS if name != CORE]


@pytest.mark.parametrize("counts", [(0, 1), (1, 3 * AHEAD, 0, 2)])
def test_parts_packed_one_after_another_hold_what_was_put_in(counts: tuple[int, ...]) -> None:
    contents = [[bytes([number, part]) * 1000 for number in range(count)] for part, count in enumerate(counts)]
    with ThreadPoolExecutor(1) as beside:
        packer = Packer(beside)
        coming = [packer.packed(chunks) for chunks in contents]
        packed = [each.result() for each in coming]
    for chunks, part in zip(contents, packed, strict=True):
        whole = b"".join(chunks)
        assert zlib.decompress(part.data, -15) == whole
        assert (part.size, part.checksum) == (len(whole), zlib.crc32(whole))
