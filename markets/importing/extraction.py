"""Extraction: every claim of a document, by the rules for each kind."""

from markets.importing.claims import Claims, SubjectClaim
from markets.importing.documents import Document, Place
from markets.importing.growth import cagrs
from markets.importing.players import players
from markets.importing.rankings import rankings
from markets.importing.region_lists import regions
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
        segments=(*segments(document, about), *regions(document)),
        players=players(document, about),
    )
