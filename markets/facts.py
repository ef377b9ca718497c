"""Facts: what one report states, each with its locator. The types that its TOML file is read into."""

import datetime
from typing import Literal, TypeAlias

from msgspec import Struct, field

from markets.figures import Figure

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years that a question or a fact may be about."""


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """One edition of a publisher's report; `date` is its vintage."""

    publisher: str
    title: str
    date: datetime.date
    author: str = ""
    url: str = ""


class Subject(Struct, frozen=True, forbid_unknown_fields=True):
    """What the report sizes, and the unit of its sizes. `base_year` only where stated as such."""

    name: str
    currency: str
    scale: str
    geography: str = "Global"
    aliases: tuple[str, ...] = ()
    base_year: int | None = None


class Segment(Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of a dimension, e.g. Computed Tomography."""

    name: str
    aliases: tuple[str, ...] = ()


class Dimension(Struct, frozen=True, forbid_unknown_fields=True):
    """A way to cut the market; `complete` where the report lists every segment of it."""

    name: str
    segments: tuple[Segment, ...]
    complete: bool
    at: str


class Size(Struct, frozen=True, forbid_unknown_fields=True):
    """A size in a year, in the unit of the report or another scale; of a segment if one is named."""

    year: int
    value: Figure
    at: str
    segment: str = ""
    scale: str | None = None
    about: str = ""


class Share(Struct, frozen=True, forbid_unknown_fields=True):
    """A segment's share of the market in a year, in percent."""

    segment: str
    year: int
    value: Figure
    at: str
    about: str = ""


class Cagr(Struct, frozen=True, forbid_unknown_fields=True):
    """A compound annual growth rate in percent, over the years `first` to `last` where stated."""

    value: Figure
    at: str
    segment: str = ""
    first: int | None = field(name="from", default=None)
    last: int | None = field(name="to", default=None)
    about: str = ""


class Ranking(Struct, frozen=True, forbid_unknown_fields=True):
    """A segment's place (1 is the largest or fastest) among those of its dimension."""

    segment: str
    by: Literal["size", "growth"]
    at: str
    place: int = 1
    year: int | None = None


class Player(Struct, frozen=True, forbid_unknown_fields=True):
    """A company that the report names as a key player."""

    name: str
    at: str


class Indicator(Struct, frozen=True, forbid_unknown_fields=True):
    """A context figure in its own unit ("%", "USD trillion"); `about` where stated as approximate."""

    name: str
    value: Figure
    unit: str
    at: str
    year: int | None = None
    about: str = ""
    aliases: tuple[str, ...] = ()
    origin: str = ""

    @property
    def number(self) -> float:
        """The figure in its unit; a percentage as a fraction."""
        return self.value.fraction if self.unit == "%" else self.value.value


Fact: TypeAlias = Size | Share | Cagr | Ranking | Player | Indicator | Dimension


class Report(Struct, frozen=True, forbid_unknown_fields=True):
    """Every fact that one report states about one market."""

    source: Source
    market: Subject
    sizes: tuple[Size, ...] = ()
    cagrs: tuple[Cagr, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    shares: tuple[Share, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    players: tuple[Player, ...] = ()
    indicators: tuple[Indicator, ...] = ()
