"""The comments of a sheet: the user's own kept, ours of an earlier copy taken out, new ones put in below a line."""

from collections.abc import Mapping
from typing import Final

from batch.ledger.our_sheets import MARK
from batch.values.xml_text import Element
from batch.workbook.user_copy.marks import Cell, cell_at
from batch.workbook.user_copy.tree import add, add_in_order, child, children

AUTHOR: Final = "台账检查"
LINE: Final = "——————————"
"""Stands between the user's comment and ours."""
_SEPARATOR: Final = f"\n{LINE}\n"
_SECTIONS: Final = ("authors", "commentList", "extLst")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class Comments:
    """The comments part of one sheet, as a tree."""

    def __init__(self, root: Element) -> None:
        """Take the comments as they are, but without what an earlier copy put there."""
        self.root = root
        self.listed = add_in_order(root, "commentList", _SECTIONS)
        self.removed = frozenset(filter(None, map(self._without_ours, children(self.listed, "comment"))))
        """The cells whose comment was ours alone."""

    @property
    def texts(self) -> dict[Cell, str]:
        """Return the words of every comment, by its cell."""
        return {cell_at(each.get("ref")): _words(each) for each in children(self.listed, "comment")}

    def put(self, notes: Mapping[Cell, str]) -> None:
        """Add what is to be said: below the user's own comment where a cell has one."""
        own = {cell_at(each.get("ref")): each for each in children(self.listed, "comment")}
        author = self._author() if notes else ""
        for cell, text in sorted(notes.items()):
            if cell in own:
                _append_run(own[cell], f"{_SEPARATOR}{text}")
                continue
            comment = add(self.listed, "comment", {"ref": cell.address, "authorId": author})
            _append_run(comment, text)

    def _author(self) -> str:
        authors = add_in_order(self.root, "authors", _SECTIONS)
        names = [each.text or "" for each in authors]
        if AUTHOR not in names:
            add(authors, "author", text=AUTHOR)
            names.append(AUTHOR)
        return str(names.index(AUTHOR))

    def _without_ours(self, comment: Element) -> Cell | None:
        """Take our words out of a comment; return its cell if nothing is left, and the comment is gone."""
        words = _words(comment)
        if MARK not in words:
            return None
        kept = _without_line(words[: words.index(MARK)])
        if not kept:
            self.listed.remove(comment)
            return cell_at(comment.get("ref"))
        _shorten(comment, len(kept))
        return None


def _without_line(words: str) -> str:
    """Return the user's words without the line below them, whatever has become of the line breaks around it."""
    if words.endswith(_SEPARATOR):
        return words.removesuffix(_SEPARATOR)
    return words.rstrip().removesuffix(LINE).rstrip()


def _words(comment: Element) -> str:
    return "".join(each.text or "" for each in comment.iter("{*}t") if _is_shown(each))


def _is_shown(text: Element) -> bool:
    """Say whether a text is part of the comment itself, not a reading aid beside it."""
    return not str(text.getparent().tag).endswith("}rPh")


def _shorten(comment: Element, length: int) -> None:
    """Leave the first characters of a comment, and the runs they stand in."""
    for each in [each for each in comment.iter("{*}t") if _is_shown(each)]:
        words = each.text or ""
        each.text, length = words[: max(length, 0)], length - len(words)
        holder = each.getparent()
        if not each.text and str(holder.tag).endswith("}r"):
            holder.getparent().remove(holder)


def _append_run(comment: Element, words: str) -> None:
    """Put words at the end of a comment, in a run of their own, behind whatever stands there."""
    text = child(comment, "text")
    if text is None:
        text = add(comment, "text")
        comment.insert(0, text)
    plain = child(text, "t")
    if plain is not None:
        run = add(text, "r")
        text.insert(0, run)
        run.append(plain)
        plain.set(_SPACE, "preserve")
    run = add(text, "r")
    properties = add(run, "rPr")
    add(properties, "sz", {"val": "9"})
    add(properties, "color", {"indexed": "81"})
    add(properties, "rFont", {"val": "宋体"})
    added = add(run, "t", text=words)
    added.set(_SPACE, "preserve")
    aids = [*children(text, "rPh"), *children(text, "phoneticPr")]
    for aid in aids:  # the schema wants them behind all runs
        text.append(aid)
