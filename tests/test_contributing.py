"""What CONTRIBUTING says of the layout is how the folders are."""

import re
from collections.abc import Iterator

from tests.test_imports import PACKAGE

ROOT = PACKAGE.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def laid_out() -> Iterator[str]:
    """Yield each folder and each module that the layout names, by its path in the package."""
    (block,) = re.findall(r"\n    batch/\n(.*?)\n\n", PAGE, re.DOTALL)
    above: list[str] = []
    for line in block.splitlines():
        indent, name = len(line) - len(line.lstrip()), line.split()[0]
        above = [*above[: (indent - 6) // 2], name]
        yield "".join(above)


def test_the_layout_names_every_room_and_every_module_at_the_top() -> None:
    rooms = {
        f"{path.parent.relative_to(PACKAGE).as_posix()}/"
        for path in PACKAGE.rglob("*.*")
        if "__" not in path.parent.name
    }
    modules = {path.name for path in PACKAGE.glob("*.py")}
    assert sorted(laid_out()) == sorted((rooms - {"./"}) | modules)


def test_the_files_it_names_are_there() -> None:
    named = re.findall(r"`((?:tests|docs|[a-z_]+)/[^` *]*\.(?:py|md)|[a-z_]+\.py)`", PAGE)
    places = (ROOT, PACKAGE, PACKAGE / "system")
    assert [name for name in named if not any((place / name).exists() for place in places)] == []
    assert named
