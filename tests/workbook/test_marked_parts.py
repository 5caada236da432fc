"""The marked copy, part by part: on workbooks of many makers nothing changes but what marks stand in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from batch.errors import BatchError
from batch.read.file import read_file
from batch.read.xml import local_name
from batch.values.xml_text import Element
from tests.books import SAMPLES
from tests.marked import WANTED, marked, marked_at, parts_of
from tests.office import converted
from tests.read.test_foreign import FOREIGN, foreign

SECTIONS = ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs", "tableStyles", "colors", "extLst")
STYLES = (*SECTIONS[:4], "cellStyleXfs", "cellXfs", "cellStyles", *SECTIONS[5:])
ELEMENTS = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
"""The order of a sheet's elements (ECMA-376 part 1, 18.3.1.99)."""
OURS = "问题清单"
needs_foreign = pytest.mark.skipif(not FOREIGN.is_dir(), reason="needs the foreign workbooks beside the project")


def tree(content: bytes) -> Element:
    return etree.fromstring(content, etree.XMLParser(remove_comments=True, remove_pis=True))


def canonical(element: Element) -> str:
    return str(etree.tostring(element, method="c14n", with_tail=False).decode())


def words(element: Element) -> str:
    """Return an element as it is, whatever white space stands between its parts."""
    for each in element.iter():
        if len(each) and not (each.text or "").strip():
            each.text = None
        each.tail = None if not (each.tail or "").strip() else each.tail
    return canonical(element)


def cells_of(root: Element) -> dict[str, tuple[dict[str, str], list[str]]]:
    """Return address -> (attributes, content) of every cell; addresses that are left out are counted."""
    found: dict[str, tuple[dict[str, str], list[str]]] = {}
    for number, row in enumerate(root.iter("{*}row")):
        for place, cell in enumerate(row.iterchildren("{*}c")):
            attributes = {name: str(value) for name, value in cell.attrib.items()}
            key = attributes.pop("r", f"{number}:{place}")
            found[key] = (attributes, [canonical(each) for each in cell])
    return found


def marked_cells(root: Element) -> set[str]:
    """Return where marks may stand: a cell within a merge is marked at its first."""
    return {*WANTED, *(each.get("ref").partition(":")[0] for each in root.iter("{*}mergeCell"))}


def rest_of(root: Element) -> list[str]:
    """Return all of a sheet but its rows, the drawing of its comments and our links."""
    kept = []
    for each in root:
        if local_name(each) in {"sheetData", "legacyDrawing"}:
            continue
        for link in list(each.iterchildren("{*}hyperlink")):
            if (link.get("location") or "").startswith(f"'{OURS}"):
                each.remove(link)
        if local_name(each) != "hyperlinks" or len(each):
            kept.append(words(each))
    return kept


def assert_sheet_is_kept(before: bytes, after: bytes) -> None:
    old, new = tree(before), tree(after)
    cells, found = cells_of(old), cells_of(new)
    places = marked_cells(old)
    added = {key for key in found if key not in cells}
    assert {key for key in added if key not in places} == set()
    assert all(found[key][1] == [] for key in added)
    for key, (attributes, content) in cells.items():
        own, inner = found[key]
        if key in places or ":" in key:
            attributes.pop("s", None)
            own.pop("s", None)
        assert (own, inner) == (attributes, content)
    assert rest_of(new) == rest_of(old)
    assert_order_is_lawful(new, ELEMENTS)


def assert_order_is_lawful(root: Element, order: tuple[str, ...]) -> None:
    places = [order.index(local_name(each)) for each in root if local_name(each) in order]
    assert places == sorted(places)


def assert_styles_are_kept(before: bytes, after: bytes) -> None:
    """Every style keeps its number, and what it looks like."""
    old, new = tree(before), tree(after)
    for name in SECTIONS:
        entries, further = (root.find(f"{{*}}{name}") for root in (old, new))
        if entries is not None:
            kept = [words(each) for each in entries]
            assert [words(each) for each in further][: len(kept)] == kept
    assert_order_is_lawful(new, STYLES)


def assert_workbook_is_kept(before: bytes, after: bytes) -> None:
    """The sheets of the user follow ours, and whatever names one by its place still names it."""
    old, new = tree(before), tree(after)
    titles, further = ([each.get("name") for each in root.iter("{*}sheet")] for root in (old, new))
    assert further[0].startswith(OURS)
    assert further[1:] == titles
    names, renamed = (list(root.iter("{*}definedName")) for root in (old, new))
    assert [(each.get("name"), each.text, scope(each)) for each in names] == [
        (each.get("name"), each.text, scope(each, 1)) for each in renamed
    ]
    opened, reopened = (next(root.iter("{*}workbookView"), None) for root in (old, new))
    active = int(opened.get("activeTab") or 0) if opened is not None else 0
    assert reopened is not None
    assert int(reopened.get("activeTab") or 0) == active + 1
    others, rest = ([words(each) for each in root if local_name(each) not in PLACED] for root in (old, new))
    assert rest == others


PLACED = {"sheets", "definedNames", "bookViews"}


def scope(name: Element, shift: int = 0) -> int | None:
    place = name.get("localSheetId")
    return None if place is None else int(place) - shift


def comments_of(content: bytes) -> Iterator[str]:
    yield from ("".join(each.itertext()) for each in tree(content).iter("{*}comment"))


@needs_foreign
@pytest.mark.parametrize("path", foreign(".xlsx", ".xlsm"), ids=lambda path: path.name)
def test_nothing_changes_but_what_marks_stand_in(tmp_path: Path, path: Path) -> None:
    try:
        read_file(path)
    except BatchError:
        return
    copy = marked_at(path, tmp_path / f"标注-{path.name}")
    assert copy is not None
    before, after = parts_of(path), parts_of(copy)
    assert [name for name in after if name in before] == list(before)
    for name in [name for name in before if before[name] != after[name]]:
        kind = local_name(tree(after[name])) if not name.endswith(".vml") else "vml"
        match kind:
            case "worksheet":
                assert_sheet_is_kept(before[name], after[name])
            case "styleSheet":
                assert_styles_are_kept(before[name], after[name])
            case "workbook":
                assert_workbook_is_kept(before[name], after[name])
            case "comments":
                old, new = list(comments_of(before[name])), list(comments_of(after[name]))
                assert all(any(text.startswith(kept) for text in new) for kept in old)
            case "vml":
                assert after[name].startswith(before[name][: before[name].rindex(b"</")])
            case "Types" | "Relationships":
                kept = [canonical(each) for each in tree(before[name])]
                assert set(kept) <= {canonical(each) for each in tree(after[name])}
            case _:
                pytest.fail(f"{name} was changed")


@pytest.mark.slow
@needs_foreign
@pytest.mark.parametrize("path", foreign(".xlsx", ".xlsm"), ids=lambda path: path.name)
def test_marks_are_taken_off_and_put_on_again_alike(tmp_path: Path, path: Path) -> None:
    try:
        once = marked_at(path, tmp_path / "一.xlsx")
    except BatchError:
        return
    assert once is not None
    twice = marked_at(once, tmp_path / "二.xlsx")
    assert twice is not None
    thrice = marked_at(twice, tmp_path / "三.xlsx")
    assert thrice is not None
    assert parts_of(thrice) == parts_of(twice)


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_another_program_opens_the_copies_and_shows_the_same(tmp_path: Path) -> None:
    sources = [SAMPLES / "有错台账.xlsx", *foreign(".xlsx")[::12]]
    copies: dict[Path, Path] = {}
    for number, source in enumerate(sources):
        target = tmp_path / f"{number}.xlsx"
        copy = marked(source, target) if source.parent == SAMPLES else marked_at(source, target)
        if copy is not None:
            copies[copy] = source
    for copy, source in zip(converted(tmp_path, "ods", *copies), copies.values(), strict=True):
        shown, known = read_file(copy), read_file(source)
        titles = [head.title for head in shown.heads]
        assert titles[0] == OURS
        assert {head.title for head in known.heads} <= set(titles)
