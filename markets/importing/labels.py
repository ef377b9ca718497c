"""Labels and what stands behind them: "Market Size in 2023: USD 2 billion", on one line, on two, in a row."""

import re
from collections.abc import Iterator

from markets.importing.documents import Document, Kind

_ON_ONE_LINE = re.compile(r"^[\s•*·-]*(?P<label>[^:|.]{3,90}?)\s*[:|–]\s+(?=\S)")
_UNMARKED = re.compile(
    r"^(?P<label>(?:Market|Revenue|Base|Forecast|Estimated|Projected|Value|Size)(?:\s[\w()–-]+){0,7}?)\s"
    r"(?=(?:USD|US\$|\$|€|£|EUR|INR)\s?\d)"
)
_ALONE = re.compile(r"^[\s•*·-]*(?P<label>[^:|.]{3,90}?)\s*:?$")
_LONGEST_LINE = 160
_LONGEST_VALUE = 60


def labelled(document: Document) -> Iterator[tuple[int, str, int]]:
    """Yield each block with a labelled value: its number, the label, and where the value starts in it."""
    before = ""
    for number, block in enumerate(document.blocks):
        text = block.text
        if block.kind is Kind.ROW and len(block.cells) > 1:
            yield number, block.cells[0], len(block.cells[0])
        elif len(text) < _LONGEST_LINE and (found := _ON_ONE_LINE.match(text) or _UNMARKED.match(text)):
            yield number, found["label"], found.end()
        elif before and len(text) < _LONGEST_VALUE:
            yield number, before, 0
        alone = _ALONE.match(text) if len(text) < 90 else None
        before = alone["label"] if alone else ""
