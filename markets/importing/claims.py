"""Claims: what a text says about a market, each with the words that say it.

A claim is not yet a fact: a fact needs a year, a unit and a segment that the report lists. A claim
with a `doubt` is unsure: it says why the words may mean something else.
"""

from dataclasses import dataclass
from typing import Literal

from markets.importing.documents import Place


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The words of a claim and their place; `doubt` is why it is unsure, blank if it is sure."""

    place: Place
    words: str
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class SizeClaim(Claim):
    """A size: the figure as printed, its currency (ISO 4217) and scale, its year if one is stated.

    `scope` is blank for the whole market, else the segment or region. `about` is the qualifier, such
    as "over". `is_forecast` tells what is expected from what was measured.
    """

    value: str
    currency: str
    scale: str
    year: int | None
    about: str = ""
    scope: str = ""
    is_forecast: bool = False


@dataclass(frozen=True, kw_only=True)
class CagrClaim(Claim):
    """A compound annual growth rate in percent, as printed, over the years `first` to `last` if stated."""

    value: str
    first: int | None = None
    last: int | None = None
    about: str = ""
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class ShareClaim(Claim):
    """A share in percent, as printed, of one name, or of several together.

    `dimension` is blank if the text does not tell; "Company" for companies. A group such as "top 5" is
    one name.
    """

    value: str
    names: tuple[str, ...]
    dimension: str = ""
    year: int | None = None
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class RankingClaim(Claim):
    """A segment's place by size or growth; 1 is the largest or the fastest."""

    name: str
    by: Literal["size", "growth"]
    rank: int = 1
    dimension: str = ""
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class SegmentsClaim(Claim):
    """A dimension and the segments that the text lists; "Region" for places.

    `complete` if the text gives them as the whole list.
    """

    dimension: str
    names: tuple[str, ...]
    complete: bool = True


@dataclass(frozen=True, kw_only=True)
class PlayerClaim(Claim):
    """A company that the text names as a key player."""

    name: str


@dataclass(frozen=True, kw_only=True)
class SubjectClaim(Claim):
    """The market that the text sizes. `geography` is blank if the text names none."""

    name: str
    aliases: tuple[str, ...] = ()
    geography: str = ""


@dataclass(frozen=True, kw_only=True)
class Claims:
    """Everything that was found in a text, each kind in the order of the text."""

    subject: SubjectClaim | None = None
    sizes: tuple[SizeClaim, ...] = ()
    cagrs: tuple[CagrClaim, ...] = ()
    shares: tuple[ShareClaim, ...] = ()
    rankings: tuple[RankingClaim, ...] = ()
    segments: tuple[SegmentsClaim, ...] = ()
    players: tuple[PlayerClaim, ...] = ()

    @property
    def stated(self) -> tuple[Claim, ...]:
        """Every claim that can become a fact, kind by kind."""
        return (*self.sizes, *self.cagrs, *self.shares, *self.rankings, *self.players)
