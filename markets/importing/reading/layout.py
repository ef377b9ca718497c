"""A page's tree as blocks in reading order: headings, paragraphs, items, and rows of tables and boxes."""

import re
from collections.abc import Iterator
from typing import Final

from markets.importing.documents import Block, Kind
from markets.importing.reading.limits import pieces
from markets.importing.reading.tree import HEADINGS, LINES, Node

_LONGEST_CELL: Final = 600
_LONGEST_LABEL: Final = 60
_LONGEST_VALUE: Final = 100
_WIDEST_CELL: Final = 20
_WORDS_MEET = re.compile(r"[a-z)]$")
_BEGINS = re.compile(r"[A-Z0-9$€£₹¥]")


def blocks_of(node: Node) -> Iterator[Block]:
    """Yield the blocks of an element."""
    yield from _Writer().written(node)


class _Writer:
    """Collects text until a line ends; knows how deep in lists it stands, and whether in a heading."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._kind = Kind.PARAGRAPH
        self._lists = 0

    def written(self, node: Node) -> Iterator[Block]:
        yield from self._inside(node)
        yield from self._end_of_line()

    def _inside(self, node: Node) -> Iterator[Block]:
        last: Node | None = None
        for child in node.children:
            if isinstance(child, str):
                self._parts.append(child)
            elif child.tag == "br" and self._kind is Kind.HEADING:
                self._parts.append(" ")
            elif child.tag == "br":
                yield from self._end_of_line()
            elif child.tag in LINES:
                yield from self._end_of_line()
                yield from self._line(child)
                yield from self._end_of_line()
            else:
                if last is not None and self._parts and _are_apart(self._parts[-1], child):
                    self._parts.append(" ")
                yield from self._inside(child)
            last = child if isinstance(child, Node) else None

    def _line(self, node: Node) -> Iterator[Block]:
        if rows := _rows(node):
            yield from (Block(" | ".join(row), Kind.ROW, 0, row) for row in rows)
            return
        kind, lists = self._kind, self._lists
        self._lists += node.tag in ("ul", "ol")
        if node.tag in HEADINGS:
            self._kind = Kind.HEADING
        elif node.tag == "li":
            self._kind = Kind.ITEM
        yield from self._inside(node)
        yield from self._end_of_line()
        self._kind, self._lists = kind, lists

    def _end_of_line(self) -> Iterator[Block]:
        text = " ".join("".join(self._parts).split())
        self._parts.clear()
        depth = max(self._lists - 1, 0) if self._kind is Kind.ITEM else 0
        if text:
            yield from (Block(piece, self._kind, depth) for piece in pieces(text))


def _are_apart(written: str, following: Node) -> bool:
    """Return whether two elements without a space between them are two words ("Base year" and "2023")."""
    return bool(_WORDS_MEET.search(written[-1:]) and _BEGINS.match(following.text))


def _rows(node: Node) -> list[tuple[str, ...]]:
    """Return the rows of a table, of a list of terms, or of a box with a label and its value; else none."""
    if node.tag == "table":
        return _table(node)
    if node.tag == "dl":
        return _terms(node)
    return _pair(node)


def _pair(node: Node) -> list[tuple[str, ...]]:
    if node.tag not in ("div", "li", "section") or len(node.nodes) != 2 or node.length > 200:
        return []
    has_own = any(isinstance(child, str) and child.strip() for child in node.children)
    label, value = node.nodes
    is_flat = all(
        child.tag in ("div", "span", "p", "strong", "b") and not child.inner & LINES
        for child in (label, value)
    )
    if has_own or not is_flat or not (label.text and value.text):
        return []
    is_pair = len(label.text) <= _LONGEST_LABEL and len(value.text) <= _LONGEST_VALUE
    return [(label.text, value.text)] if is_pair and not label.text.endswith((".", ",")) else []


def _terms(node: Node) -> list[tuple[str, ...]]:
    parts = [part for part in node.all("dt", "dd") if part.text]
    is_short = all(part.length <= _LONGEST_CELL and "dl" not in part.inner for part in parts)
    rows: list[tuple[str, ...]] = []
    for part in parts:
        if part.tag == "dt" or not rows:
            rows.append((part.text,))
        else:
            rows[-1] = (*rows[-1], part.text)
    return rows if is_short else []


def _table(node: Node) -> list[tuple[str, ...]]:
    """Return a table's rows. A cell that spans several rows stands in each; a table for layout has none."""
    cells = [[cell for cell in line.nodes if cell.tag in ("td", "th")] for line in node.all("tr")]
    is_layout = "table" in node.inner or node.attributes.get("role") == "presentation"
    is_layout = is_layout or max(map(len, cells), default=0) < 2
    is_layout = is_layout or any(
        cell.length > _LONGEST_CELL or cell.inner & HEADINGS for row in cells for cell in row
    )
    if is_layout:
        return []
    caption = [(part.text,) for part in node.nodes if part.tag == "caption" and part.text]
    return caption + [row for row in _grid(cells) if any(row)]


def _grid(cells: list[list[Node]]) -> Iterator[tuple[str, ...]]:
    spanning: dict[int, tuple[int, str]] = {}
    for line in cells:
        row: list[str] = []
        for cell in line:
            _fill(row, spanning)
            text = _cell_text(cell)
            rows = _span(cell, "rowspan")
            for column in range(_span(cell, "colspan")):
                if rows > 1:
                    spanning[len(row)] = (rows - 1, text if column == 0 else "")
                row.append(text if column == 0 else "")
        _fill(row, spanning)
        yield tuple(row)


def _fill(row: list[str], spanning: dict[int, tuple[int, str]]) -> None:
    """Add the cells that reach down from rows above."""
    while (column := len(row)) in spanning:
        rows, text = spanning.pop(column)
        if rows > 1:
            spanning[column] = (rows - 1, text)
        row.append(text)


def _span(cell: Node, name: str) -> int:
    value = cell.attributes.get(name, "")
    return (
        min(max(int(value), 1), _WIDEST_CELL) if value.isascii() and value.isdigit() and len(value) < 6 else 1
    )


def _cell_text(cell: Node) -> str:
    if "li" not in cell.inner:
        return cell.text
    return "; ".join(block.text for block in blocks_of(cell))
