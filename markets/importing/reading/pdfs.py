"""A PDF's text layer as a document: lines joined to paragraphs, without running heads and page numbers."""

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import msgspec

from markets.errors import Unreadable
from markets.importing.documents import Block, Document, Kind
from markets.importing.reading.dates import date_in
from markets.importing.reading.encodings import cleaned
from markets.importing.reading.limits import CHARACTERS, PAGES, SECONDS, cut_remark
from markets.importing.reading.plain import block_of

_PROGRAM: Final = Path(__file__).with_name("pdf_lines.py")
_NUMBER = re.compile(
    r"(?:page\s*)?[-–|\s]*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–|\s]*|[ivxl]{1,6}", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:[.…]\s?){5,}")
_NO_TITLE = re.compile(
    r"\(?(?:untitled|anonymous|unspecified)\)?|.*\.(?:docx?|indd|pptx?|xlsx?|html?)", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_AT_EDGE: Final = 2
_LARGER: Final = 1.15
_LONGEST_HEADING: Final = 200
_FEW: Final = 5
_NEARLY: Final = 0.8
_WIDE: Final = 0.7
_SAME_SIZE: Final = 0.5
_MISSING = "Reading PDF needs pypdfium2: pip install pypdfium2."
_REFUSALS: Final = {
    "password": "The PDF asks for a password. Open it, print it to a new PDF, and import that file.",
    "broken": "The PDF is damaged and cannot be read. Print it to a new PDF, and import that file.",
}
_BROKEN = _REFUSALS["broken"]


class Line(msgspec.Struct, frozen=True):
    """A line of a page: its text, cut into cells; its box in points from the lower left; the font's size."""

    text: str
    cells: list[str]
    left: float
    right: float
    bottom: float
    top: float
    size: float


class _Read(msgspec.Struct):
    """What the program that reads PDFs tells."""

    pages: list[list[Line]] = []
    count: int = 0
    about: dict[str, str] = {}
    error: str = ""


def read_pdf(content: bytes, name: str) -> Document:
    """Return the document of a PDF. Raises Unreadable if it has no text, or asks for a password."""
    read = _read(content)
    pages = [[line for line in page if line.text.strip()] for page in read.pages]
    if not any(pages):
        raise Unreadable(
            "This PDF has no text, only pictures. Have its text recognised, or import the text itself."
        )
    blocks = tuple(_blocks(_without_heads(pages)))
    about = {key.lower(): " ".join(cleaned(value).split())[:300] for key, value in read.about.items()}
    return Document(
        name,
        blocks,
        title=_NO_TITLE.sub("", about.get("title", "")),
        author=_NO_TITLE.sub("", about.get("author", "")),
        date=date_in(about.get("creationdate", "")),
        remarks=tuple(_remarks(pages, read.count)),
    )


def _read(content: bytes) -> _Read:
    if importlib.util.find_spec("pypdfium2") is None:
        raise Unreadable(_MISSING)
    command = [sys.executable, "-P", "-X", "utf8", str(_PROGRAM)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS)  # noqa: S603 - our own
        read = msgspec.json.decode(done.stdout, type=_Read)
    except subprocess.TimeoutExpired:
        raise Unreadable(
            f"The PDF takes more than {SECONDS:.0f} seconds to read. Import its text instead."
        ) from None
    except msgspec.MsgspecError:
        raise Unreadable(_BROKEN) from None
    if read.error:
        raise Unreadable(_REFUSALS.get(read.error, _BROKEN))
    return read


def _remarks(pages: list[list[Line]], count: int) -> Iterator[str]:
    if count > PAGES:
        yield cut_remark(PAGES, "pages")
    elif count > len(pages):
        yield cut_remark(CHARACTERS, "characters")
    if empty := sum(not page for page in pages):
        yield f"Pages without text, perhaps pictures: {empty}."


def _without_heads(pages: list[list[Line]]) -> list[Line]:
    """Return the lines of all pages, without numbers and without what stands at the edge of many pages."""
    edges = [_edge(page) for page in pages]
    counts = Counter(key for edge in edges for key in {_key(line) for line in edge})
    many = max(2, len(pages) / 3)
    return [
        line
        for page, edge in zip(pages, edges, strict=True)
        for line in page
        if line not in edge or not (counts[_key(line)] >= many or _NUMBER.fullmatch(line.text))
    ]


def _edge(page: list[Line]) -> list[Line]:
    ordered = sorted(page, key=lambda line: line.top)
    return ordered[:_AT_EDGE] + ordered[-_AT_EDGE:]


def _key(line: Line) -> tuple[str, int]:
    """Running heads differ in numbers only, and stand at one height."""
    return _DIGITS.sub("#", line.text), round(line.bottom)


def _blocks(lines: list[Line]) -> Iterator[Block]:
    if not lines:
        return
    size = median(line.size for line in lines for _ in range(len(line.text) // 20 + 1))
    edges = _right_edges(lines)
    run = [lines[0]]
    for before, line in pairwise(lines):
        if _continues(before, line, edges[_column(before)], _WIDE * min(size, before.size)):
            run.append(line)
        else:
            yield _block(run, size)
            run = [line]
    yield _block(run, size)


def _right_edges(lines: list[Line]) -> dict[int, float]:
    """Return how far the lines of each column reach; a column of few lines is taken to be of full width."""
    columns: dict[int, list[float]] = {}
    for line in lines:
        columns.setdefault(_column(line), []).append(line.right)
    widest = max(line.right for line in lines)
    return {
        column: quantiles(rights, n=20)[-1] if len(rights) >= _FEW else widest
        for column, rights in columns.items()
    }


def _column(line: Line) -> int:
    """Lines of one column begin at about the same place."""
    return round(line.left / 40)


def _continues(before: Line, line: Line, edge: float, widest_gap: float) -> bool:
    """Return whether a line goes on with the paragraph of the line before, which had room for no more."""
    if len(before.cells) > 1 or len(line.cells) > 1 or abs(before.size - line.size) > _SAME_SIZE:
        return False
    if block_of(line.text, 0).kind is not Kind.PARAGRAPH or _LEADERS.search(before.text):
        return False
    width = before.right - before.left
    word = (len(line.text.split()[0]) + 1) * width / len(before.text)
    has_ended = before.text.endswith((".", ":", "!", "?"))
    is_full = before.right + word > edge or (not has_ended and width > _NEARLY * (edge - before.left))
    gap = before.bottom - line.top
    if -before.size <= gap < widest_gap:
        return is_full
    is_on_next_page = line.top > before.top + before.size
    return is_full and is_on_next_page and not has_ended


def _block(run: list[Line], size: float) -> Block:
    text = _joined(run)
    block = block_of(text, 0)
    cells = tuple(_tidy(cell) for cell in run[0].cells)
    if block.kind is Kind.ITEM and not text[0].isdigit():
        return block
    if len(cells) > 1 and block.kind is Kind.PARAGRAPH:
        return Block(" | ".join(cells), Kind.ROW, 0, cells)
    if run[0].size > size * _LARGER and len(text) <= _LONGEST_HEADING:
        return Block(text, Kind.HEADING)
    return block


def _joined(run: list[Line]) -> str:
    """Join lines, and the two halves of a word that is hyphenated at a line's end."""
    text = run[0].text
    for line in run[1:]:
        is_half = text.endswith("-") and text[-2:-1].isalpha() and line.text[:1].islower()
        if is_half and "-" not in line.text.split()[0]:  # else "year-on-year"
            text = text[:-1] + line.text
        else:
            text = text + line.text if is_half else f"{text} {line.text}"
    return _tidy(text)


def _tidy(text: str) -> str:
    return " ".join(_LEADERS.sub(" ", cleaned(text)).split())
