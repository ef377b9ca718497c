"""Tiles: shares and rates of segments that stand outside sentences, beside a label and a name.

"76.5 %", and on the next line "value share, Fixed Wing, 2024"      a figure above its label
"Fixed Wing", and below it "Market Share: 45%"                      a label below its name
"Type | Share", and below it "Fixed Wing | 45%"                     a column of a table
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markets.importing.dimensions import heading_dimension, is_region_heading
from markets.importing.documents import Block, Document, Kind, Place
from markets.importing.quantities import percentages, windows, years
from markets.importing.regions import is_region
from markets.importing.segment_names import COMPANY, REGION

Measure = Literal["share", "growth"]

_PERCENT = r"[-−]?\d{1,3}(?:\.\d+)?\s?(?:%|per\s?cent)"
_FIGURE = re.compile(rf"\s*{_PERCENT}\s*", re.IGNORECASE)
_BELOW = re.compile(
    r"(?:[\w-]+\s){0,3}?(?P<label>shares?|CAGR)\s?[,:|–-]\s*(?P<name>[^,|]{2,60}?)"
    r"(?:\s?[,|–-]\s*(?P<when>(?:19|20)\d{2}(?:\s?[-–]\s?\d{2,4})?))?\s*",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"(?:(?:market|revenue|value)\s)?(?P<label>share|CAGR)\s?(?:\((?P<when>[^()]*)\)\s?)?[:|–]\s*"
    rf"(?P<figure>{_PERCENT})\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:market|revenue|value)\s)?(?:share|CAGR|growth|growth rate|size)\s?(?:\([^()]*\)\s?)?[:|–]",
    re.IGNORECASE,
)
_SHARE_HEADER = re.compile(r"(?:(?:market|revenue|value)\s)?shares?\b(?!holder)", re.IGNORECASE)
_NAME = re.compile(r"[^\d:%|][^:%|]{1,59}")
_SEARCHED = 15
_COMPANIES = re.compile(r"(?i)\b(?:compan(?:y|ies)|players?|vendors?|manufacturers?|brands?)\b")
_NO_SEGMENT = re.compile(r"(?i)^(?:total|all|sum|overall)\b")


@dataclass(frozen=True)
class Tile:
    """A percentage, what it measures, and of what; its year, or the years of a rate."""

    measure: Measure
    value: str
    name: str
    dimension: str
    first: int | None
    last: int | None
    place: Place
    words: str


def tiles(document: Document) -> Iterator[Tile]:
    """Yield the shares and rates that a document gives in tiles, below names and in tables."""
    blocks = document.blocks
    for number, block in enumerate(blocks):
        if block.kind is Kind.ROW and _SHARE_HEADER.search(block.text):
            yield from _column(document, number)
        elif "%" not in block.text or len(block.text) > 80:
            continue
        elif number + 1 < len(blocks) and _FIGURE.fullmatch(block.text):
            if below := _BELOW.fullmatch(blocks[number + 1].text):
                yield _tile(document, number, below["label"], below["name"], below["when"] or "", below[0])
        elif (found := _LABELLED.fullmatch(block.text)) and (name := _name_above(document, number)):
            yield _tile(document, number, found["label"], name, found["when"] or "", f"{name}: {block.text}")


def _tile(document: Document, number: int, label: str, name: str, when: str, words: str) -> Tile:
    text = document.blocks[number].text
    (figure, *_) = percentages(text)
    period = next(iter(windows(when)), None)
    year = next((one.year for one in years(when)), None)
    place = Place(number, 0, len(text))
    return Tile(
        "share" if label.lower().startswith("share") else "growth",
        figure.value,
        name.strip(),
        _dimension(document, number, name),
        period.first if period else year,
        period.last if period else year,
        place,
        words,
    )


def _name_above(document: Document, number: int) -> str:
    """Return the name that stands above a label, with at most other labels between; blank if none does."""
    for block in reversed(document.blocks[max(0, number - 3) : number]):
        if not _LABEL.match(block.text):
            is_name = _NAME.fullmatch(block.text) and not _is_heading(block)
            return block.text.strip() if is_name and _heading_above(document, number) is not None else ""
    return ""


def _is_heading(block: Block) -> bool:
    return bool(heading_dimension(block.text)) or is_region_heading(block.text)


def _heading_above(document: Document, number: int) -> Block | None:
    above = document.blocks[max(0, number - _SEARCHED) : number]
    return next((block for block in reversed(above) if _is_heading(block) or _names_companies(block)), None)


def _names_companies(block: Block) -> bool:
    return len(block.text) < 60 and bool(_COMPANIES.search(block.text))


def _dimension(document: Document, number: int, name: str) -> str:
    if is_region(name):
        return REGION
    heading = _heading_above(document, number + 1)
    if heading is None:
        return ""
    return COMPANY if _names_companies(heading) else heading_dimension(heading.text)


def _column(document: Document, header: int) -> Iterator[Tile]:
    """Yield the shares of a table, below the cell that says "share"; the names stand in its first column."""
    cells = document.blocks[header].cells
    at = next((at for at, cell in enumerate(cells) if at and _SHARE_HEADER.search(cell)), None)
    if at is None or percentages(cells[at]):
        return
    when = next((one.year for one in years(cells[at])), None)
    dimension = COMPANY if _COMPANIES.search(cells[0]) else heading_dimension(f"By {cells[0]}")
    for number in range(header + 1, len(document.blocks)):
        row = document.blocks[number]
        if row.kind is not Kind.ROW or len(row.cells) <= at:
            return
        name, found = row.cells[0], percentages(row.cells[at])
        if len(found) == 1 and _NAME.fullmatch(name) and not _NO_SEGMENT.match(name):
            place = Place(number, 0, len(row.text))
            where = REGION if is_region(name) else dimension
            yield Tile("share", found[0].value, name, where, when, when, place, row.text[:200])
