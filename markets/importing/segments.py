"""Segments: the dimensions of a market and the segments that a page lists for each."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from markets.importing.claims import SegmentsClaim, SubjectClaim
from markets.importing.documents import Document
from markets.importing.lists import Item
from markets.importing.regions import is_region
from markets.importing.segment_lists import Rank, SegmentList, below_headings, in_columns, in_lines
from markets.importing.segment_prose import examples, in_prose, in_sections
from markets.importing.segment_sentences import in_sentences
from markets.importing.sentences import around
from markets.names import name_key

_WORDS = 200
_LONGEST_NAME = 90
_NO_SEGMENT = re.compile(r"(?i)^(?:revenues?|forecasts?|CAGR|USD|million|billion)\b.{0,20}$|^(?:19|20)\d{2}$")
_Rule = Callable[[Document], Iterator[SegmentList]]
_RULES = (below_headings, in_columns, in_lines, in_sentences, in_prose)
_EXAMPLES = (in_sections, examples)


def segments(document: Document, subject: SubjectClaim | None) -> tuple[SegmentsClaim, ...]:
    """Return each dimension with the segments that a page lists for it, in the order of the page.

    A list below a heading counts before a list in a sentence. Segments that are only examples count where
    there is no list. Regions are no segments here.
    """
    fit = _found(_RULES, document, subject)
    fit = [one for one in fit if one.rank < Rank.KINDS] or fit or _found(_EXAMPLES, document, subject)
    return tuple(_claim(one) for one in sorted(_best(fit), key=lambda one: one.place))


def _found(rules: Sequence[_Rule], document: Document, subject: SubjectClaim | None) -> list[SegmentList]:
    found = (one for rule in rules for one in rule(document))
    return [fitting for one in found if (fitting := _fitting(one, subject))]


def _fitting(found: SegmentList, subject: SubjectClaim | None) -> SegmentList | None:
    """Return a list without repeated and overlong names, or none if it names regions or sentences."""
    kept: dict[str, Item] = {}
    for item in found.items:
        text = re.sub(r"(?i)^(?:and|or)\s+", "", item.text)
        text = re.sub(r"(?i)(?<=[a-z)])\s+segments?$", "", text)
        if 0 < len(text) <= _LONGEST_NAME and not _NO_SEGMENT.search(text):
            kept.setdefault(name_key(text), replace(item, text=text))
    names = [item.text for item in kept.values()]
    regions = sum(map(is_region, names))
    if not names or len(kept) < len(found.items) / 2 or regions > len(names) / 2:
        return None
    if subject and name_key(subject.name) in kept:
        return None
    return replace(found, items=tuple(kept.values()))


def _best(found: Sequence[SegmentList]) -> list[SegmentList]:
    """Keep one list for each dimension, and for each set of segments: a list of its own, then the longest.

    What splits only one segment, such as "By Software" below "Software", is no dimension of the market.
    """
    kept: list[SegmentList] = []
    names = {name_key(item.text) for one in found for item in one.items}
    for one in sorted(found, key=lambda one: (one.rank, not one.complete, -len(one.items), one.place)):
        if name_key(one.dimension) not in names and not any(_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _same(one: SegmentList, other: SegmentList) -> bool:
    if name_key(one.dimension) == name_key(other.dimension):
        return True
    mine, others = (
        {name_key(item.text) for item in found.items} - {"others", "other"} for found in (one, other)
    )
    return 2 * len(mine & others) > min(len(mine), len(others))


def _claim(found: SegmentList) -> SegmentsClaim:
    names = tuple(item.text for item in found.items)
    words = f"{found.lead.strip(' :')}: {', '.join(names)}"
    if found.rank is not Rank.HEADED:
        start = max(0, found.lead.find(names[0]))
        first, last = around(found.lead, start, min(len(found.lead), start + len(", ".join(names))), _WORDS)
        words = found.lead[first:last]
    return SegmentsClaim(
        place=found.place,
        words=words.strip()[:_WORDS],
        dimension=found.dimension,
        names=names,
        complete=found.complete,
    )
