"""Names that a text lists: what may be a segment in its sentences."""

import re
from collections.abc import Iterator
from functools import lru_cache

from markets.importing.documents import Block, Document

_COMPANIES = re.compile(
    r"(?i)\b(?:compan(?:y|ies)|players?|manufacturers?|vendors?|competit\w+|participants)\b"
)
_COMPANY_STEMS = ("compan", "player", "manufacturer", "vendor", "compet", "participants")
_SEGMENTS = re.compile(r"(?i)\b(?:by|segment\w*|types?|applications?|regions?|end[\s-]users?)\b")
_BY = re.compile(
    r"^(?:by\s|market segment|segmentation|product types?|applications?|end[\s-]users?|types?|regions?)"
    r"[^:()]{0,60}[:(]",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"(?:segmented|divided|categori[sz]ed|bifurcated|classified|split|segregated)\s(?:in)?to\s([^.;]{3,300})"
)
_LONGEST_LIST = 400


@lru_cache(maxsize=8)
def listed_names(document: Document) -> tuple[str, ...]:
    """Return what the text lists: short lines, and the parts of "By Type: A, B and C", "segmented into"."""
    return tuple(_names(document))


def _names(document: Document) -> Iterator[str]:
    of_companies = False
    for block in document.blocks:
        head = block.text[:80]
        said = head.lower()
        if any(stem in said for stem in _COMPANY_STEMS) and _COMPANIES.search(head):
            of_companies = True
        elif of_companies and _SEGMENTS.search(head):
            of_companies = False
        if not of_companies:
            yield from _listed_in(block)


def _listed_in(block: Block) -> Iterator[str]:
    text = block.text.strip(" •·-–*")
    if len(text) < 60 and not text.endswith((".", ":", "?", "!")) and not re.search(r"\d{4}|#|[$%]", text):
        yield re.sub(r"\s*[\[(].*", "", text)
    lists = [found[1] for found in _INTO.finditer(block.text)] if "to " in text else []
    if by := _BY.match(text):
        lists.append(text[by.end() : by.end() + _LONGEST_LIST])
    for items in lists:
        for item in re.split(r",|;|\||\band\b|\(|\)", items):
            if 1 < len(item.strip()) < 50:
                yield item.strip()
