"""Plain text as blocks: a line each, with the marks of lists and headings read, and wrapped lines joined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markets.importing.documents import Block, Document, Kind
from markets.importing.reading.encodings import Text
from markets.importing.reading.limits import pieces

_MARK = re.compile(r"(?:[-*+•‣▪●○◦■□➢➤►✓✔·–—]|o(?=\s)|\(?\d{1,2}[.)]|\(?[a-z][)])[ \t\xa0]+(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?=[^\s#])")
_RULE = re.compile(r"[-=_*~|:+\s]{3,}$")
_INSIDE = re.compile(r"[\w,%&)’'-]$")
_OPEN = re.compile(
    r"\b(?:an?|the|of|at|to|in|by|for|from|with|and|or|than|over|about|is|are|was|were|will|be|its|US|USD|EUR)$"
)
_GOES_ON = re.compile(r"[a-z(&]")
_TAB: Final = 4
_NARROWEST, _WIDEST = 50, 100
_LONGEST_TITLE: Final = 160
_LONGEST_CELL: Final = 80


@dataclass(frozen=True)
class _Line:
    """A line that is not blank: its indent in columns, its text, and whether a line stands right above."""

    indent: int
    text: str
    follows: bool

    @property
    def width(self) -> int:
        return self.indent + len(self.text)

    @property
    def is_marked(self) -> bool:
        return bool(_MARK.match(self.text) or _HEADING.match(self.text)) or len(_cells(self.text)) > 1


def read_plain(text: Text, name: str) -> Document:
    """Return the document of a plain text. Its title is the first line, if that looks like one."""
    blocks = tuple(_blocks(_unwrapped(list(_lines(text.characters)))))
    return Document(name, blocks, title=_title(blocks), remarks=text.remarks)


def _lines(text: str) -> Iterator[_Line]:
    follows = False
    for line in text.split("\n"):
        line = line.rstrip()
        bare = line.lstrip()
        if bare and not _RULE.match(bare):
            indent = line[: len(line) - len(bare)].expandtabs(_TAB)
            yield _Line(len(indent), bare, follows)
        follows = bool(bare)


def _unwrapped(lines: list[_Line]) -> list[_Line]:
    """Join lines that an editor or a mailer has wrapped at a column, and those that break a sentence."""
    width = _column(lines)
    joined: list[list[_Line]] = []
    for line in lines:
        last = joined[-1][-1] if joined else None
        if last and (_runs_on(last, line) or (width and _continues(last, line, width))):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_Line(run[0].indent, " ".join(line.text for line in run), run[0].follows) for run in joined]


def _column(lines: list[_Line]) -> int:
    """Return the column at which lines are wrapped, or 0 if they are not."""
    widths = [line.width for line in lines if " " in line.text]
    column = max(widths, default=0)
    if not _NARROWEST <= column <= _WIDEST:
        return 0
    pairs = [(line, following) for line, following in pairwise(lines) if following.follows]
    full = sum(_continues(line, following, column) for line, following in pairs)
    return column if full >= 2 and full * 3 >= len(pairs) else 0


def _continues(line: _Line, following: _Line, column: int) -> bool:
    """Return whether the next line's first word had no room on this one."""
    if not following.follows or following.is_marked or _HEADING.match(line.text):
        return False
    return line.width + 1 + len(following.text.split(None, 1)[0]) > column


def _runs_on(line: _Line, following: _Line) -> bool:
    """Return whether a sentence goes on from a long line to the next one, at whatever column it breaks."""
    broken = following.follows and not following.is_marked and line.width >= _NARROWEST
    goes_on = _OPEN.search(line.text) or (_INSIDE.search(line.text) and _GOES_ON.match(following.text))
    return broken and bool(goes_on)


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    indents = [0]
    for line in lines:
        while line.indent < indents[-1]:
            indents.pop()
        if line.indent > indents[-1]:
            indents.append(line.indent)
        for piece in pieces(line.text):
            yield block_of(piece, len(indents) - 1)


def block_of(text: str, depth: int) -> Block:
    """Return the block of a line: a heading or an item if it has the mark of one, a row if it has cells.

    >>> block_of("- Glass", 1)
    Block(text='Glass', kind=<Kind.ITEM: 'item'>, depth=1, cells=())
    """
    if heading := _HEADING.match(text):
        return Block(_one_spaced(text[heading.end() :]).rstrip("# "), Kind.HEADING)
    if mark := _MARK.match(text):
        return Block(_one_spaced(text[mark.end() :]), Kind.ITEM, depth)
    if len(cells := _cells(text)) > 1:
        return Block(" | ".join(cells), Kind.ROW, depth, cells)
    return Block(_one_spaced(text), Kind.PARAGRAPH, depth)


def _one_spaced(text: str) -> str:
    return " ".join(text.split())


def _cells(text: str) -> tuple[str, ...]:
    """Return the cells of a line of a table: copied from a sheet, with tabs, or drawn with bars."""
    if "\t" in text:
        parts = text.split("\t")
    elif text.startswith("|") and text.endswith("|"):
        parts = text.strip("|").split("|")
    else:
        return ()
    cells = tuple(_one_spaced(part) for part in parts)
    return cells if sum(map(bool, cells)) > 1 and max(map(len, cells)) <= _LONGEST_CELL else ()


def _title(blocks: tuple[Block, ...]) -> str:
    if not blocks or blocks[0].kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return ""
    first = blocks[0].text
    is_one = (
        len(first) <= _LONGEST_TITLE and len(first.split()) > 1 and not first.endswith((".", ",", ";", ":"))
    )
    return first if is_one else ""
