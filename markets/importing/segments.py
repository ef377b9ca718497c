"""Segments: the dimensions of a market and the segments that a page lists for each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markets.importing.claims import SegmentsClaim, SubjectClaim
from markets.importing.dimensions import (
    dimension_name,
    heading_dimension,
    is_dimension,
    is_place,
    is_region_heading,
)
from markets.importing.documents import Block, Document, Kind, Place
from markets.importing.lists import Item, items_below, mentions, split_names
from markets.importing.regions import is_region
from markets.importing.sentences import Sentence, sentences_of
from markets.names import name_key

_WORDS = 200
_LONGEST_NAME = 90
_HOW = r"(?:further|broadly|primarily|mainly|also|again|majorly|basically|widely|globally|sub-?)\s*"
_SPLIT = (
    r"(?:segmented|divided|categori[sz]ed|bifurcated|trifurcated|classified|split|segregated|fragmented|"
    r"subsegmented|sub-segmented|broken\sdown|differentiated|grouped|separated|diversified|distributed)"
)
_IS = rf"(?:is|are|was|were|has\sbeen|have\sbeen|can\sbe|could\sbe|gets?|being)\s+(?:{_HOW}){{0,2}}"
_INTO = r"(?:into|in|as|across)\b\s*:?\s*"
_BASIS = (
    r"(?:based\s(?:up)?on|on\s(?:the\s)?basis\sof|in\sterms\sof|as\sper|according\sto|depending\s(?:up)?on|"
    r"with\srespect\sto|by)"
)
_DIMENSION = r"(?P<name>[A-Za-z][A-Za-z/’'&-]*(?:\s[A-Za-z/’'&-]+){0,4}?)"
_BY_FIRST = re.compile(
    rf"\b{_BASIS}\s+(?:the\s+)?{_DIMENSION}\s*,\s*[^.;:]{{0,140}}?\b{_IS}{_SPLIT}\s+{_INTO}", re.IGNORECASE
)
_BY_WITHIN = re.compile(
    rf"\b{_IS}{_SPLIT}\s*,?\s*{_BASIS}\s+(?:the\s+)?{_DIMENSION}\s*,?\s*(?:into|in|as)\s*:?\s+", re.IGNORECASE
)
_BY_LAST = re.compile(
    rf"\b{_IS}{_SPLIT}\s+(?:into|in)\s+(?P<list>[^.;]{{3,400}}?)\s*,?\s+{_BASIS}\s+(?:the\s+|its\s+)?{_DIMENSION}\s*(?=[.;,]|$)",
    re.IGNORECASE,
)
_SEGMENT_OF = re.compile(
    rf"\b(?:the\s+)?{_DIMENSION}\s+(?:segments?\s+)?(?:of\sthe\s[\w\s-]{{3,60}}?\s)?"
    rf"(?:{_IS}{_SPLIT}\s+{_INTO}|segments?\s+(?:includes?|comprises?|covers?|consists?\sof)\s+)",
    re.IGNORECASE,
)
_BY_INTO = re.compile(
    rf"\bby\s+(?:the\s+)?{_DIMENSION}\s*,?\s+into\s+(?P<list>[^.;]{{3,400}})", re.IGNORECASE
)
_AND_BY = re.compile(
    rf"[,;.]?\s*\b(?:while|whereas|and|similarly,?|likewise,?)\s+{_BASIS}\s+(?:the\s+)?{_DIMENSION}\s*,\s*"
    rf"(?:(?:it|the\smarket)\s+)?(?:{_IS}(?:{_SPLIT}\s+)?)?(?:into|in|as)?\s*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"(?:^|[\s,;(–:-])(?:(?P<by>by|based\son|on\sthe\sbasis\sof)\s+)?(?:the\s+|and\s+)?"
    r"(?P<name>[A-Za-z][A-Za-z/’'&-]*(?:\s[A-Za-z/’'&-]+){0,3})\s?(?P<open>[(\[])",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"(?:(?P<by>(?:.{0,80}\s)?by)\s+)?(?P<name>[A-Za-z][A-Za-z/’'&-]*(?:\s[A-Za-z/’'&-]+){0,3}?)"
    r"\s*(?:[:：]|\s[-–—]|\t|\s\|)\s*(?P<list>\S.*)$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?P<by>by\s)?(?P<name>[A-Za-z][A-Za-z/’'&-]*(?:\s[A-Za-z/’'&-]+){0,3})\s*(?:[:：;]|\s[-–—])\s*(?P<list>.+)",
    re.IGNORECASE,
)
_BRACKET_LINE = re.compile(
    r"(?P<by>by\s)?(?P<name>[A-Za-z][A-Za-z/’'&-]*(?:\s[A-Za-z/’'&-]+){0,3})\s?[(\[](?P<list>[^()\[\]]+,[^()\[\]]+)[)\]]\.?",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s(?:while|whereas|owing|because|since|due to|out of|based on|on the basis|where|wherein|which|"
    r"among these|of which|in which|with the|during|for the|over the|in the (?:global|market)|"
    r"and (?:is|are|region)|are|is|has|held|accounted|dominated|segments?\s(?:and|of|are|is|in)|"
    r"by (?=\w+ into)|on the grounds)\b|(?<=[a-z\d)]{2})\.\s|:\s",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?i)^(?:(?:the\s)?(?:following|two|three|four|five|six|seven|several|various|different|multiple|many|\d)\s?"
    r"(?:main |major |key |broad )?(?:categories|segments|types|parts|groups|categories)?[\s,:–-]*)?"
    r"(?:such as|namely|including|include[sd]?|i\.e\.,?|e\.g\.,?|like|viz\.?,?)?[\s:,-]*"
)
_SHORTEST_SENTENCE = 25
_SPLIT_STEMS = (
    "segment",
    "divided",
    "categor",
    "furcated",
    "classified",
    "split",
    "segregated",
    "fragmented",
    "broken",
    "differentiated",
    "grouped",
    "separated",
    "diversified",
    "distributed",
    " into ",
)
_BY_BRACKETS = re.compile(r"(?i)\bby\s(?:[^.([]|\.\S){1,200}[(\[]")
_DIVIDES = re.compile(rf"(?i)\b(?:{_SPLIT}|segments?|by\s[\w\s]{{1,40}}\sinto)\b")
_NO_DIMENSION = re.compile(
    r"(?i)\b(?:market|report|players?|compan\w+|manufacturers|years?|analysis|findings|data|research|above|following|"
    r"same|need|this|these|agreement|fact)\b"
)
_THIS_INCLUDES = re.compile(
    r"\b(?:based\son|by)\s(?:the\s)?(?P<name>[A-Za-z][A-Za-z/’'&-]*(?:\s[A-Za-z/’'&-]+){0,3})\.\s"
    r"(?:This|These|It)\sincludes?\s(?P<list>[^.:]{3,400})",
)
_EXAMPLES = re.compile(r"(?i)\b(?:such as|e\.g|including|like|etc)\b")


@dataclass(frozen=True)
class _Found:
    """A list of segments; the lower the `rank`, the more it is a list of its own."""

    dimension: str
    items: tuple[Item, ...]
    place: Place
    lead: str
    rank: int
    complete: bool = True


def segments(document: Document, subject: SubjectClaim | None) -> tuple[SegmentsClaim, ...]:
    """Return each dimension with the segments that a page lists for it, in the order of the page.

    A list below a heading counts before a list in a sentence. Regions are no segments here.
    """
    found = [
        *_below_headings(document),
        *_in_columns(document),
        *_in_lines(document),
        *_in_sentences(document),
    ]
    fit = [fitting for one in found if (fitting := _fitting(one, subject))]
    return tuple(_claim(one) for one in sorted(_best(fit), key=lambda one: one.place))


def _below_headings(document: Document) -> Iterator[_Found]:
    for at, block in enumerate(document.blocks):
        if block.kind is Kind.ROW or not (dimension := heading_dimension(block.text)):
            continue
        items = items_below(document, at, is_lead)
        if items:
            least = min(item.depth for item in items)
            own = tuple(item for item in items if item.depth == least)
            if len(own) == 1 and len(split := split_names(own[0].text, own[0].place)) > 2:
                own = split
            if len(own) > 1 or own[0].depth > block.depth:
                yield _Found(dimension, own, Place(at, 0, len(block.text)), block.text, 0)


def is_lead(block: Block) -> bool:
    """Return whether a line starts a list of segments, of regions or of companies."""
    text = block.text
    return bool(heading_dimension(text)) or is_region_heading(text) or bool(_COMPANIES.search(text))


_COMPANIES = re.compile(
    r"(?i)\b(?:key|major|top|leading|prominent|by|market|main)\b.{0,60}\b(?:players?|compan(?:y|ies)|vendors|"
    r"manufacturers|competitors|participants|suppliers)\b"
)


def _in_lines(document: Document) -> Iterator[_Found]:
    """Yield lists such as "Type: a, b and c", and rows with a dimension and its segments."""
    for at, block in enumerate(document.blocks):
        if block.kind is Kind.ROW and len(block.cells) > 1:
            yield from _in_row(block, at)
            continue
        if match := _BRACKET_LINE.fullmatch(block.text.strip(" •·*-–")):
            place = Place(at, block.text.find(match["list"]), len(block.text))
            if match["by"] or is_dimension(match["name"]):
                yield from _listed(match["name"], match["list"], place, block.text, 1)
        elif len(block.text) < 900 and (match := _LINE.match(block.text.strip(" •·*-–"))):
            start = block.text.find(match["list"])
            name = match["name"]
            if start >= 0 and (is_dimension(name) or (match["by"] and heading_dimension(f"by {name}"))):
                yield from _listed(name, match["list"], Place(at, start, len(block.text)), block.text, 1)


def _in_columns(document: Document) -> Iterator[_Found]:
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
            yield _Found(name, tuple(items), Place(at, 0, len(head.text)), f"By {name}", 0)


def _is_column(cell: str) -> bool:
    return bool(heading_dimension(cell)) or is_region_heading(cell)


def _in_row(block: Block, at: int) -> Iterator[_Found]:
    name, cell = block.cells[0].strip(), block.cells[1]
    dimension = heading_dimension(name) or (name if is_dimension(name) else "")
    start = block.text.find(cell)
    if dimension and start >= 0:
        yield from _listed(dimension, cell, Place(at, start, start + len(cell)), block.text, 1)
    elif re.search(r"(?i)segment", name):
        for part in re.split(r"\n|(?=\bBy\s[A-Z])|\s\|\s", cell):
            match = _PART.match(part.strip())
            if match and (match["by"] or is_dimension(match["name"])):
                place = Place(at, 0, len(block.text))
                yield from _listed(match["name"], match["list"], place, part.strip(), 1)


def _in_sentences(document: Document) -> Iterator[_Found]:
    for number, block in enumerate(document.blocks):
        if len(block.text) < _SHORTEST_SENTENCE:
            continue
        if " include" in block.text:
            yield from _this_includes(block, number)
        bracketed = "(" in block.text and "by " in block.text.lower()
        divided = mentions(block.text, _SPLIT_STEMS)
        for sentence in sentences_of(block, number) if bracketed or divided else ():
            if bracketed and _BY_BRACKETS.search(sentence.text):
                yield from _in_brackets(sentence)
            if divided and _DIVIDES.search(sentence.text):
                yield from _divided(sentence)


def _this_includes(block: Block, number: int) -> Iterator[_Found]:
    """Yield the list of a breakup "based on the type. This includes a, b and c."."""
    for match in _THIS_INCLUDES.finditer(block.text):
        place = Place(number, match.start("list"), match.end("list"))
        yield from _listed(match["name"], match["list"], place, match[0], 3)


def _divided(sentence: Sentence) -> Iterator[_Found]:
    text = sentence.text
    taken = 0
    for match in _BY_INTO.finditer(text):
        place = sentence.place(match.start("list"), match.end("list"))
        yield from _listed(match["name"], match["list"], place, text, 3)
    for match in _BY_LAST.finditer(text):
        place = sentence.place(match.start("list"), match.end("list"))
        if not _ENDS.search(match["list"]):
            yield from _listed(match["name"], match["list"], place, text, 3)
    for pattern in (_BY_FIRST, _BY_WITHIN, _SEGMENT_OF):
        for match in pattern.finditer(text, taken):
            if pattern is _SEGMENT_OF and not is_dimension(match["name"]):
                continue
            yield from _chain(sentence, match)
            taken = max(taken, match.end())


def _chain(sentence: Sentence, match: re.Match[str]) -> Iterator[_Found]:
    """Yield the list behind a verb, and those after "while by application, it is divided into"."""
    text = sentence.text
    while match:
        following = _AND_BY.search(text, match.end())
        end = following.start() if following else len(text)
        yield from _listed(match["name"], text[match.end() : end], sentence.place(match.end(), end), text, 3)
        if not following:
            return
        match = following


def _in_brackets(sentence: Sentence) -> Iterator[_Found]:
    """Yield the lists of "by Type (a, b), Application (c and d), and Region"."""
    text, by, last = sentence.text, False, 0
    for match in _BRACKETED.finditer(text):
        if match.start() < last:
            continue
        close = _closing(text, match.start("open"))
        by = bool(match["by"]) or (by and len(text[last : match.start("name")].strip(" ,;&and")) == 0)
        name = re.split(r"(?i)\bby\s+", match["name"])[-1]
        by = by or name != match["name"]
        inner = text[match.end() : close]
        if by and re.search(r"[,;]|\sand\s", inner) and not is_place(name):
            yield from _listed(name, inner, sentence.place(match.end(), close), text, 2)
        last = close + 1


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in "([") - (text[at] in ")]")
        if depth == 0:
            return at
    return len(text)


def _listed(name: str, text: str, place: Place, lead: str, rank: int) -> Iterator[_Found]:
    if is_place(name) or _NO_DIMENSION.search(name):
        return
    filler = _FILLER.match(text)
    start = filler.end() if filler else 0
    end = _ENDS.search(text, start) if rank != 2 else None
    text = text[start : end.start() if end else min(len(text), start + 1500)]
    place = replace(place, start=place.start + start, end=place.start + start + len(text))
    items = split_names(text, place)
    if len(items) > 1:
        complete = not (filler and _EXAMPLES.search(filler[0])) and not _EXAMPLES.search(text)
        yield _Found(dimension_name(name), items, place, lead, rank, complete)


def _fitting(found: _Found, subject: SubjectClaim | None) -> _Found | None:
    """Return a list without repeated and overlong names, or none if it names regions or sentences."""
    kept: dict[str, Item] = {}
    for item in found.items:
        text = re.sub(r"(?i)^(?:and|or)\s+", "", item.text)
        text = re.sub(r"(?i)(?<=[a-z)])\s+segments?$", "", text)
        if 0 < len(text) <= _LONGEST_NAME:
            kept.setdefault(name_key(text), replace(item, text=text))
    names = [item.text for item in kept.values()]
    regions = sum(map(is_region, names))
    if not names or len(kept) < len(found.items) / 2 or regions > len(names) / 2:
        return None
    if subject and name_key(subject.name) in kept:
        return None
    return replace(found, items=tuple(kept.values()))


def _best(found: Sequence[_Found]) -> list[_Found]:
    """Keep one list for each dimension, and for each set of segments: a list of its own, then the longest.

    What splits only one segment, such as "By Software" below "Software", is no dimension of the market.
    """
    kept: list[_Found] = []
    names = {name_key(item.text) for one in found for item in one.items}
    for one in sorted(found, key=lambda one: (one.rank, not one.complete, -len(one.items), one.place)):
        if name_key(one.dimension) not in names and not any(_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _same(one: _Found, other: _Found) -> bool:
    if name_key(one.dimension) == name_key(other.dimension):
        return True
    mine, others = (
        {name_key(item.text) for item in found.items} - {"others", "other"} for found in (one, other)
    )
    return 2 * len(mine & others) > min(len(mine), len(others))


def _claim(found: _Found) -> SegmentsClaim:
    names = tuple(item.text for item in found.items)
    words = found.lead if found.rank else f"{found.lead.strip(' :')}: {', '.join(names)}"
    return SegmentsClaim(
        place=found.place,
        words=words.strip()[:_WORDS],
        dimension=found.dimension,
        names=names,
        complete=found.complete,
    )
