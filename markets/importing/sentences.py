"""Sentences: a block's text, cut where a sentence ends, with the places kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markets.importing.documents import Block, Document, Place

_ABBREVIATIONS = re.compile(
    r"\b(?:Co|Corp|Inc|Ltd|Pvt|Pte|Pty|LLC|Bhd|Sdn|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|etc|approx|Jan|Feb|Mar|Apr|Jun|Jul|"
    r"Aug|Sept|Sep|Oct|Nov|Dec|Fig|Est|U\.S|U\.K|U\.A\.E|E\.U|N\.V|B\.V|S\.A|S\.p\.A|A\.G|i\.e|e\.g|a\.m|p\.a|Rs|"
    r"Mn|Bn|Tn|Cr|[A-Z])\.$"
)
_END = re.compile(r"[.!?。]+[\"”’)\]]*(?=\s|$|(?<=[a-z%\d][.])(?=[A-Z][A-Za-z]))|\n+| \| ")
_ANEW = re.compile(r"\s+(?:The|This|These|In|By|Based|According|However|It|Our|North America|Global)\b")

_BLOCKS_KEPT = 1000
"""The rules for each kind of claim read the same blocks one after the other."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a block and where it starts there; `number` counts the block's sentences from 0."""

    text: str
    block: int
    start: int
    number: int

    def place(self, start: int, end: int) -> Place:
        """Return the place of characters of this sentence in its block."""
        return Place(self.block, self.start + start, self.start + end)


def sentences(document: Document) -> Iterator[Sentence]:
    """Yield every sentence of a document, block by block."""
    for number, block in enumerate(document.blocks):
        yield from sentences_of(block, number)


@lru_cache(_BLOCKS_KEPT)
def sentences_of(block: Block, number: int) -> tuple[Sentence, ...]:
    """Return the sentences of a block. A period in "Inc." or "U.S." or "8.6" does not end one.

    >>> text = "Acme Inc. leads. It sells 8.6 t.Others follow"
    >>> [sentence.text for sentence in sentences_of(Block(text), 0)]
    ['Acme Inc. leads.', 'It sells 8.6 t.', 'Others follow']
    """
    found: list[Sentence] = []
    start = 0
    for end in _ends(block.text):
        cut = block.text[start:end]
        if bare := cut.strip():
            left = len(cut) - len(cut.lstrip())
            found.append(Sentence(bare, number, start + left, len(found)))
        start = end
    return tuple(found)


def _ends(text: str) -> Iterator[int]:
    last = 0
    for match in _END.finditer(text):
        if not _only_abbreviates(text, match):
            last = match.end()
            yield last
    if last < len(text):
        yield len(text)


def _only_abbreviates(text: str, end: re.Match[str]) -> bool:
    """Return whether a period belongs to an abbreviation, and no new sentence follows it."""
    ends_short = _ABBREVIATIONS.search(text, max(0, end.start() - 12), end.start() + 1)
    return end[0].startswith(".") and bool(ends_short) and not _ANEW.match(text, end.end())


def around(text: str, start: int, end: int, most: int = 200) -> tuple[int, int]:
    """Return where to cut a sentence so that it keeps some characters and is at most `most` long.

    >>> around("one two three four five", 8, 13, most=14)
    (4, 13)
    """
    if len(text) <= most:
        return 0, len(text)
    room = max(0, most - (end - start))
    first = max(0, min(start - room * 2 // 3, len(text) - most))
    last = min(len(text), first + most)
    if first and (space := text.find(" ", first, start)) >= 0:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", end, last)) >= 0:
        last = space
    return first, last
