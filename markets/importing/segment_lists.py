"""Segment lists: a dimension and its segments as headings, lines and tables of a page list them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from markets.importing.dimensions import (
    dimension_name,
    heading_dimension,
    is_dimension,
    is_place,
    is_region_heading,
)
from markets.importing.documents import Block, Document, Kind, Place
from markets.importing.lists import Item, items_below, split_names

_LONGEST_LINE = 900
_LONGEST_LIST = 1500
NAME = r"(?P<name>[A-Za-z][A-Za-z/’'&-]*(?:\s[A-Za-z/&][A-Za-z/’'&-]*){0,3})"
"""The words of a dimension, before what sets them apart."""

_LINE = re.compile(
    rf"(?:(?P<by>(?:.{{0,80}}\s)?by)\s+)?{NAME}\s*(?:[:：]|\s[-–—]|\t|\s\|)\s*(?P<list>\S.*)$", re.IGNORECASE
)
_PART = re.compile(rf"(?P<by>by\s)?{NAME}\s*(?:[:：;]|\s[-–—])\s*(?P<list>.+)", re.IGNORECASE)
_BRACKET_LINE = re.compile(
    rf"(?P<by>(?:by|based\son)\s)?{NAME}\s?[(\[](?P<list>[^()\[\]]+,[^()\[\]]+)[)\]]\.?", re.IGNORECASE
)
_SEPARATES = re.compile(r"[:：\t|]|\s[-–—]")
_KIND_OF_LINE = re.compile(
    r"(?i)\s(?:outlook|insights?|segments?|analysis|segmentation|covered|breakdown|scope)$"
)
ENDS = re.compile(
    r"\s(?:while|whereas|owing|because|since|due to|out of|based on|on the basis|where|wherein|which|"
    r"among these|of which|in which|with the|during|for the|over the|in the (?:global|market)|"
    r"and (?:is|are|region)|are|is|has|held|accounted|dominated|segments?\s(?:and|of|are|is|in)|"
    r"by (?=\w+ into)|on the grounds)\b|(?<=[a-z\d)]{2})\.\s|:\s|\s?[;,–—-]?\s(?:and\s)?(?:by|based on)\s",
    re.IGNORECASE,
)
"""Words behind a list that are no part of it."""

_FILLER = re.compile(
    r"(?i)^(?:(?:the\s)?(?:following|two|three|four|five|six|seven|several|various|different|multiple|many|\d\b)\s?"
    r"(?:main |major |key |broad )?(?:categories|segments|types|parts|groups|categories)?[\s,:–-]*)?"
    r"(?:such as|namely|including|include[sd]?|i\.e\.,?|e\.g\.,?|like|viz\.?,?)?[\s:,-]*"
)
_NO_DIMENSION = re.compile(
    r"(?i)\b(?:market|report|players?|compan\w+|manufacturers|years?|analysis|findings|data|research|above|following|"
    r"same|need|this|these|agreement|fact)\b"
)
_EXAMPLES = re.compile(r"(?i)\b(?:such as|e\.g|including|like|etc)\b")
_COMPANIES = re.compile(
    r"(?i)\b(?:key|major|top|leading|prominent|by|market|main)\b.{0,60}\b(?:players?|compan(?:y|ies)|vendors|"
    r"manufacturers|competitors|participants|suppliers)\b"
)


class Rank(IntEnum):
    """How much a list is one of its own, from one below a heading to mere examples."""

    HEADED = 0
    LINE = 1
    BRACKETS = 2
    CLAUSE = 3
    KINDS = 4
    EXAMPLES = 5


@dataclass(frozen=True)
class SegmentList:
    """A dimension and what is listed for it; `lead` has the words that announce the list."""

    dimension: str
    items: tuple[Item, ...]
    place: Place
    lead: str
    rank: Rank
    complete: bool = True


def below_headings(document: Document) -> Iterator[SegmentList]:
    """Yield the lists below headings such as "By Type"."""
    for at, block in enumerate(document.blocks):
        if block.kind is Kind.ROW or not (dimension := heading_dimension(block.text)):
            continue
        items = items_below(document, at, _is_lead)
        if items:
            least = min(item.depth for item in items)
            own = tuple(item for item in items if item.depth == least)
            if len(own) == 1 and len(split := split_names(own[0].text, own[0].place)) > 2:
                own = split
            if len(own) > 1 or own[0].depth > block.depth:
                yield SegmentList(dimension, own, Place(at, 0, len(block.text)), block.text, Rank.HEADED)


def _is_lead(block: Block) -> bool:
    """Return whether a line starts a list of segments, of regions or of companies."""
    text = block.text
    return bool(heading_dimension(text) or _COMPANIES.search(text)) or is_region_heading(text)


def in_columns(document: Document) -> Iterator[SegmentList]:
    """Yield the columns of a table whose head names a dimension above each: "By Type | By Application"."""
    for at, head in enumerate(document.blocks):
        named = [heading_dimension(cell) for cell in head.cells] if head.kind is Kind.ROW else []
        if sum(map(bool, named)) < 2 or len(named) != sum(map(_is_column, head.cells)):
            continue
        columns: dict[str, list[Item]] = {name: [] for name in named if name}
        for number in range(at + 1, len(document.blocks)):
            row = document.blocks[number]
            if row.kind is not Kind.ROW or len(row.cells) != len(named):
                break
            for name, cell in zip(named, row.cells, strict=True):
                if name and cell:
                    columns[name] += split_names(cell, Place(number, 0, len(row.text)))
        for name, items in columns.items():
            yield SegmentList(name, tuple(items), Place(at, 0, len(head.text)), f"By {name}", Rank.HEADED)


def _is_column(cell: str) -> bool:
    return bool(heading_dimension(cell)) or is_region_heading(cell)


def _in_row(block: Block, at: int) -> Iterator[SegmentList]:
    name, cell = block.cells[0].strip(), block.cells[1]
    dimension = heading_dimension(name) or (name if is_dimension(name) else "")
    start = block.text.find(cell)
    if dimension and start >= 0:
        yield from listed(dimension, cell, Place(at, start, start + len(cell)), block.text, Rank.LINE)
    elif re.search(r"(?i)segment", name):
        for part in re.split(r"\n|(?=\bBy\s[A-Z])|\s\|\s", cell):
            match = _PART.match(part.strip())
            if match and (match["by"] or is_dimension(match["name"])):
                place = Place(at, 0, len(block.text))
                yield from listed(match["name"], match["list"], place, part.strip(), Rank.LINE)


def in_lines(document: Document) -> Iterator[SegmentList]:
    """Yield lists such as "Type: a, b and c", and rows with a dimension and its segments."""
    for at, block in enumerate(document.blocks):
        if block.kind is Kind.ROW and len(block.cells) > 1:
            yield from _in_row(block, at)
            continue
        if ("(" in block.text or "[" in block.text) and (
            match := _BRACKET_LINE.fullmatch(block.text.strip(" •·*-–"))
        ):
            place = Place(at, block.text.find(match["list"]), len(block.text))
            if match["by"] or is_dimension(match["name"]):
                yield from listed(match["name"], match["list"], place, block.text, Rank.LINE)
        elif (
            len(block.text) < _LONGEST_LINE
            and _SEPARATES.search(block.text)
            and (match := _LINE.match(block.text.strip(" •·*-–")))
        ):
            start, name = block.text.find(match["list"]), _KIND_OF_LINE.sub("", match["name"])
            place = Place(at, start, len(block.text))
            if name.lower().startswith("source") and re.search(r"\b(?:19|20)\d{2}\b", match["list"]):
                continue
            if start >= 0 and (is_dimension(name) or (match["by"] and heading_dimension(f"by {name}"))):
                yield from listed(name, match["list"], place, block.text, Rank.LINE)


def listed(name: str, text: str, place: Place, lead: str, rank: Rank) -> Iterator[SegmentList]:
    """Yield the list that a text starts with, if it has two names or more; the text starts at `place`.

    Words such as "three categories, namely" before it, and a clause behind it, are no part of it.
    """
    if is_place(name) or _NO_DIMENSION.search(name):
        return
    filler = _FILLER.match(text)
    start = filler.end() if filler else 0
    end = ENDS.search(text, start) if rank is not Rank.BRACKETS else None
    text = text[start : end.start() if end else min(len(text), start + _LONGEST_LIST)]
    place = replace(place, start=place.start + start, end=place.start + start + len(text))
    items = split_names(text, place)
    if len(items) > 1:
        complete = not (filler and _EXAMPLES.search(filler[0])) and not _EXAMPLES.search(text)
        yield SegmentList(dimension_name(name), items, place, lead, rank, complete)
