"""A program of its own that reads a PDF from standard input and writes its lines as JSON.

A PDF can be made to hang or to crash the library that reads it. Here, only this program ends.
"""

import json
import re
import sys
from contextlib import suppress
from typing import Any

MOST_PAGES, MOST_CHARACTERS, MOST_MEMORY = 300, 2_000_000, 2_000_000_000

_LINE_ENDS = re.compile("\r\n|[\x02\ufffe\uffff]")  # the latter stand for a hyphen at a line's end


def lines_of(content: bytes) -> dict[str, Any]:
    """Return `pages` (lists of lines with text, box and size of the font), their `count`, and `about`.

    Or `error`: "password" or "broken".
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return {"error": "password" if "assword" in str(error) else "broken"}
    pages: list[list[dict[str, Any]]] = []
    length = 0
    count = len(document)
    for number in range(min(count, MOST_PAGES)):
        if length > MOST_CHARACTERS:
            break
        with suppress(pypdfium2.PdfiumError):  # a page that is broken has no lines
            pages.append(_lines(document[number].get_textpage()))
            length += sum(len(line["text"]) for line in pages[-1])
    return {"pages": pages, "count": count, "about": document.get_metadata_dict()}


def _lines(page: Any) -> list[dict[str, Any]]:
    text = page.get_text_range()[:MOST_CHARACTERS]
    lines = []
    start = 0
    for end in [*_LINE_ENDS.finditer(text), None]:
        line = text[start : end.start() if end else None]
        if bare := line.strip():
            lines.append(
                _line(page, text, start + line.index(bare), bare, end is not None and end[0] != "\r\n")
            )
        start = end.end() if end else start
    return lines


def _line(page: Any, text: str, first: int, bare: str, is_hyphenated: bool) -> dict[str, Any]:
    from pypdfium2.raw import FPDFText_GetFontSize

    last = first + len(bare) - 1
    left, _, _, top = _box(page, first)
    _, bottom, right, _ = _box(page, last)
    size = FPDFText_GetFontSize(page.raw, last)  # the first may be a bullet of another size
    cells = _cells(page, text, first, last + 1, size)
    shown = bare + "-" * is_hyphenated
    return {
        "text": shown,
        "cells": cells,
        "left": left,
        "right": right,
        "bottom": bottom,
        "top": top,
        "size": size,
    }


def _cells(page: Any, text: str, start: int, end: int, size: float) -> list[str]:
    """Cut a line where the space between two words is wider than a letter is high."""
    cells = []
    for at in range(start + 1, end - 1):
        if text[at] == " " and _box(page, at + 1)[0] - _box(page, at - 1)[2] > max(size, 4):
            cells.append(text[start:at].strip())
            start = at
    return [*cells, text[start:end].strip()]


def _box(page: Any, at: int) -> tuple[float, float, float, float]:
    try:
        left, bottom, right, top = page.get_charbox(at, loose=True)
    except Exception:  # a character without a box, such as one that is not drawn
        return 0.0, 0.0, 0.0, 0.0
    return left, bottom, right, top


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    _limit_memory()
    sys.stdout.write(json.dumps(lines_of(sys.stdin.buffer.read())))
