"""Segments in sentences: "based on type, the market is segmented into a, b and c" and its relatives."""

import re
from collections.abc import Iterator

from markets.importing.dimensions import is_dimension, is_place
from markets.importing.documents import Block, Document, Place
from markets.importing.lists import mentions
from markets.importing.segment_lists import ENDS, Rank, SegmentList, listed
from markets.importing.sentences import Sentence, sentences_of

_HOW = r"(?:further|broadly|primarily|mainly|also|again|majorly|basically|widely|globally|sub-?)\s*"
_SPLIT = (
    r"(?:segmented|divided|categori[sz]ed|bifurcated|trifurcated|classified|split|segregated|fragmented|"
    r"subsegmented|sub-segmented|broken\sdown|differentiated|grouped|separated|diversified|distributed)"
)
_IS = rf"(?:is|are|was|were|has\sbeen|have\sbeen|can\sbe|could\sbe|gets?|being)\s+(?:{_HOW}){{0,2}}"
IS_SPLIT = rf"{_IS}{_SPLIT}\s"
"""The words "is further divided" and their relatives."""

_INTO = r"(?:into|in|as|across|between|among(?:st)?)\b\s*:?\s*"
_BASIS = (
    r"(?:based\s(?:up)?on|on\s(?:the\s)?basis\sof|in\sterms\sof|as\sper|according\sto|depending\s(?:up)?on|"
    r"with\srespect\sto|by)"
)
_DIMENSION = r"(?P<name>[A-Za-z][A-Za-z/’'&-]*(?:\s[A-Za-z/’'&-]+){0,4}?)"
_BY_FIRST = re.compile(
    rf"\b{_BASIS}\s+(?:the\s+)?{_DIMENSION}\s*,\s*[^.;:]{{0,140}}?\b"
    rf"(?:{_IS}{_SPLIT}\s+{_INTO}|(?:market|industry)\s(?:includes?|comprises?|covers?|consists\sof|encompasses)\s)",
    re.IGNORECASE,
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
    rf"\bby\s+(?:the\s+)?{_DIMENSION}\s*,?\s+into\s+(?P<list>[^.;]{{3,400}}?)"
    r"(?=\s*,?\s(?:and\s)?by\s|\s*[.;]|\s*$)",
    re.IGNORECASE,
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
_BY_STEMS = ("by ", "based on", "segment")
_BY_BRACKETS = re.compile(
    r"(?i)\b(?:by|based\son|segment(?:s|ation)?(?:\s(?:covered|analysis))?\s?:)\s(?:[^.([]|\.\S){1,200}[(\[]"
)
_DIVIDES = re.compile(rf"(?i)\b(?:{_SPLIT}|segments?|by\s[\w\s]{{1,40}}\sinto)\b")
_THIS_INCLUDES = re.compile(
    r"\b(?:based\son|by)\s(?:the\s)?(?P<name>[A-Za-z][A-Za-z/’'&-]*(?:\s[A-Za-z/’'&-]+){0,3})\.\s"
    r"(?:This|These|It)\sincludes?\s(?P<list>[^.:]{3,400})",
)


_BASIS_WORDS = re.compile(r"(?i)\b(?:by|based on|on the basis of)\s+(?:the\s+)?")
_BY_COVERS = re.compile(
    r"(?i)\b(?:by|based on|basis of)\s[\w\s-]{3,40},\sthe\s[^.,]{0,60}(?:includ|compris|cover|consist)"
)
_COVER_STEMS = ("includ", "compris", "cover", "consist")
_COVERED = re.compile(r"(?i)\bsegment(?:s|ation)?(?:\s(?:covered|analysis))?\s?:\s*$")


def in_sentences(document: Document) -> Iterator[SegmentList]:
    """Yield the lists that sentences give, those in brackets as well."""
    for number, block in enumerate(document.blocks):
        if len(block.text) < _SHORTEST_SENTENCE:
            continue
        if " include" in block.text:
            yield from _this_includes(block, number)
        bracketed = ("(" in block.text or "[" in block.text) and mentions(block.text, _BY_STEMS)
        divided = mentions(block.text, _SPLIT_STEMS) or _covers(block.text)
        for sentence in sentences_of(block, number) if bracketed or divided else ():
            if bracketed and _BY_BRACKETS.search(sentence.text):
                yield from _in_brackets(sentence)
            if divided and (_DIVIDES.search(sentence.text) or _covers(sentence.text)):
                yield from _divided(sentence)


def _covers(text: str) -> bool:
    return mentions(text, _COVER_STEMS) and bool(_BY_COVERS.search(text))


def _this_includes(block: Block, number: int) -> Iterator[SegmentList]:
    """Yield the list of a breakup "based on the type. This includes a, b and c."."""
    for match in _THIS_INCLUDES.finditer(block.text):
        place = Place(number, match.start("list"), match.end("list"))
        yield from listed(match["name"], match["list"], place, match[0], Rank.CLAUSE)


def _divided(sentence: Sentence) -> Iterator[SegmentList]:
    text = sentence.text
    taken = 0
    for match in _BY_INTO.finditer(text):
        place = sentence.place(match.start("list"), match.end("list"))
        yield from listed(match["name"], match["list"], place, text, Rank.CLAUSE)
    for match in _BY_LAST.finditer(text):
        place = sentence.place(match.start("list"), match.end("list"))
        if not ENDS.search(match["list"]):
            yield from listed(match["name"], match["list"], place, text, Rank.CLAUSE)
    for pattern in (_BY_FIRST, _BY_WITHIN, _SEGMENT_OF):
        for match in pattern.finditer(text, taken):
            if pattern is _SEGMENT_OF and not is_dimension(match["name"]):
                continue
            yield from _chain(sentence, match)
            taken = max(taken, match.end())


def _chain(sentence: Sentence, match: re.Match[str]) -> Iterator[SegmentList]:
    """Yield the list behind a verb, and those after "while by application, it is divided into"."""
    text = sentence.text
    while match:
        following = _AND_BY.search(text, match.end())
        end = following.start() if following else len(text)
        yield from listed(
            match["name"], text[match.end() : end], sentence.place(match.end(), end), text, Rank.CLAUSE
        )
        if not following:
            return
        match = following


def _in_brackets(sentence: Sentence) -> Iterator[SegmentList]:
    """Yield the lists of "by Type (a, b), Application (c and d), and Region"."""
    text, last = sentence.text, 0
    by = False
    for match in _BRACKETED.finditer(text):
        if match.start() < last:
            continue
        close = _closing(text, match.start("open"))
        by = bool(match["by"]) or (by and len(text[last : match.start("name")].strip(" ,;&and")) == 0)
        name = _BASIS_WORDS.split(match["name"])[-1]
        by = by or name != match["name"] or bool(_COVERED.search(text[: match.start("name")]))
        inner = text[match.end() : close]
        if by and re.search(r"[,;]|\sand\s", inner) and not is_place(name):
            yield from listed(name, inner, sentence.place(match.end(), close), text, Rank.BRACKETS)
        last = close + 1


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in "([") - (text[at] in ")]")
        if depth == 0:
            return at
    return len(text)
