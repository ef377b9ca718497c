"""Extraction: every claim of a document, by the rules for each kind."""

from collections.abc import Iterator

from markets.importing.claims import Claims, SegmentsClaim, SubjectClaim
from markets.importing.documents import Document, Place
from markets.importing.growth import cagrs
from markets.importing.players import players
from markets.importing.rankings import rankings
from markets.importing.region_lists import regions
from markets.importing.segment_names import REGION
from markets.importing.segments import segments
from markets.importing.shares import shares
from markets.importing.sizes import sizes
from markets.importing.subjects import subject

_UNNAMED = SubjectClaim(place=Place(0, 0, 0), words="", name="")


def extract(document: Document) -> Claims:
    """Return what a document says about its market, each claim with its words and place.

    If no market is named, "the market" of the text is meant.
    """
    named = subject(document)
    about = named or _UNNAMED
    return Claims(
        subject=named,
        sizes=sizes(document, about),
        cagrs=cagrs(document, about),
        shares=shares(document, about),
        rankings=rankings(document, about),
        segments=(*segments(document, about), *_regions(document)),
        players=players(document, about),
    )


def _regions(document: Document) -> Iterator[SegmentsClaim]:
    """Yield the regions that a document lists, at the first block that names one."""
    names = regions(document)
    for number, block in enumerate(document.blocks):
        if names and names[0] in block.text:
            place = Place(number, 0, len(block.text))
            yield SegmentsClaim(place=place, words=block.text, dimension=REGION, names=names)
            return
