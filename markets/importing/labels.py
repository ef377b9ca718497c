"""Labels and what stands behind them: "Market Size in 2023: USD 2 billion", on one line, on two, in a row."""

import re
from collections.abc import Iterator
from functools import lru_cache

from markets.importing.documents import Block, Document, Kind
from markets.importing.quantities import Window, windows

_ON_ONE_LINE = re.compile(r"^[\s•*·-]*(?P<label>[^:|.]{3,90}?)\s*[:|–]\s+(?=\S)")
_UNMARKED = re.compile(
    r"^(?P<label>(?:Market|Revenue|Base|Forecast|Estimated|Projected|Value|Size)(?:\s[\w()–-]+){0,7}?)\s"
    r"(?=(?:USD|US\$|\$|€|£|EUR|INR)\s?\d)"
)
_ALONE = re.compile(r"^[\s•*·-]*(?P<label>[^:|.]{3,90}?)\s*:?$")
_LONGEST_LINE = 160
_LONGEST_VALUE = 60


@lru_cache(maxsize=8)
def labelled(document: Document) -> tuple[tuple[int, str, int], ...]:
    """Return each labelled value: the number of its block, the label, and where the value starts there."""
    return tuple(_labelled(document))


def _labelled(document: Document) -> Iterator[tuple[int, str, int]]:
    before = ""
    for number, block in enumerate(document.blocks):
        text = block.text
        if before and len(text) < _LONGEST_VALUE:
            yield number, before, 0
        if block.kind is Kind.ROW or " | " in text:
            yield from ((number, label, start) for label, start in _in_row(block))
        elif len(text) < _LONGEST_LINE and (found := _labelled_line(text)):
            yield number, found["label"], found.end()
        alone = _ALONE.match(text) if len(text) < 90 else None
        before = alone["label"] if alone else ""


def _labelled_line(text: str) -> re.Match[str] | None:
    marked = ":" in text or "|" in text or "–" in text
    return (_ON_ONE_LINE.match(text) if marked else None) or _UNMARKED.match(text)


def _in_row(block: Block) -> Iterator[tuple[str, int]]:
    """Yield each cell as the label of the next one, and the label in "Market Size 2024: USD 3 billion"."""
    cells, start = block.text.split(" | "), 0
    for cell, following in zip(cells, [*cells[1:], ""], strict=True):
        if len(cell) < _LONGEST_LINE and (found := _ON_ONE_LINE.match(cell)):
            yield found["label"], start + found.end()
        start += len(cell) + 3
        if following:
            yield cell, start


def forecast_period(document: Document) -> Window | None:
    """Return what "the forecast period" is, if the text says so under a label."""
    for number, label, start in labelled(document):
        if re.fullmatch(r"(?i)forecast(?:ed|ing)? (?:period|years?)", label.strip()):
            found = windows(document.blocks[number].text[start : start + 40])
            if found:
                return found[0]
    return None
