"""Facts: statements of one report, each with its locator. A report's TOML file is read into these types.

A fact knows its source and its subject: `Report` stamps each of its facts with them.
"""

import datetime
import re
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import Struct, field

from markets.figures import Figure
from markets.intervals import Interval
from markets.units import SCALES, Unit

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The first and last year that a question or a fact can be about."""

_AT_LEAST = {"over", "above", "at least", "more than", "exceeding", "greater than", "upwards of"}
_AT_MOST = {"under", "below", "at most", "less than", "up to", "fewer than"}
_TOGETHER = re.compile(r"\b(combined|together|jointly|collectively|cumulatively|in total)\b", re.IGNORECASE)
_INFINITE = Decimal("Infinity")


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """One edition of a publisher's report; `date` is its vintage."""

    publisher: str
    title: str
    date: datetime.date
    author: str = ""
    url: str = ""

    def __str__(self) -> str:
        return f"{self.publisher}, {self.date}"


class Subject(Struct, frozen=True, forbid_unknown_fields=True):
    """What the report sizes, and the unit of its sizes. `base_year` is set only if stated as such."""

    name: str
    currency: str
    scale: str
    geography: str = "Global"
    aliases: tuple[str, ...] = ()
    base_year: int | None = None

    @property
    def unit(self) -> Unit:
        """The unit of the report's sizes."""
        return Unit(self.currency, self.scale)


class Segment(Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of a dimension, e.g. Computed Tomography."""

    name: str
    aliases: tuple[str, ...] = ()


class User(Source, frozen=True, forbid_unknown_fields=True):
    """Whoever asks a question and assumes a figure for it."""

    def __str__(self) -> str:
        return self.publisher


_NOBODY = Source("", "", datetime.date.min)
YOU = User("your assumptions", "", datetime.date.min)
"""The source of the figures that the user assumes."""

_NOTHING = Subject("", "", "")


class Fact(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fields of every fact: its place in the source and, once it is in a report, source and subject.

    `words` are those of the source that state it, if the report is the user's own.
    """

    at: str
    words: str = ""
    source: Source = _NOBODY
    subject: Subject = _NOTHING

    @property
    def is_assumed(self) -> bool:
        """Whether it is an assumption of the user, not a statement of a report."""
        return self.source is YOU

    @property
    def identity(self) -> tuple[object, ...]:
        """The fact's edition, kind and contents, which identify it among all facts."""
        about = {name: value for name, value in msgspec.structs.asdict(self).items() if name not in STAMPED}
        return (self.source, self.subject.name, self.subject.geography, type(self).__name__, *about.items())


STAMPED = ("source", "subject")
"""The fields of a fact that its report fills in. They are not in the file."""


class Printed(Fact, frozen=True, kw_only=True):
    """A fact with a figure; `about` is how the source qualifies it, e.g. "over" or "nearly"."""

    value: Figure
    about: str = ""

    @property
    def interval(self) -> Interval:
        """The numbers that the source's figure can stand for, in its own unit.

        These are the numbers that are printed this way after rounding. Words such as "over" and
        "less than" leave one side open.
        """
        word = self.about.strip().casefold()
        if word in _AT_LEAST:
            return Interval(self.value.exact, _INFINITE)
        if word in _AT_MOST:
            return Interval(Decimal(0), self.value.exact)
        return self.value.interval

    @property
    def is_limit(self) -> bool:
        """Whether the source states only a limit, such as "over 50"."""
        return self.about.strip().casefold() in _AT_LEAST | _AT_MOST

    @property
    def printed(self) -> str:
        """The figure as the source prints it, with its qualifier: "over 50"."""
        return f"{self.about} {self.value.printed}".strip()


class Size(Printed, frozen=True, kw_only=True):
    """A size in a year, of a segment if one is named. Default for `scale`: the scale of the report."""

    year: int
    segment: str = ""
    scale: str | None = None

    @property
    def unit(self) -> Unit:
        """The unit in which the size is printed."""
        return Unit(self.subject.currency, self.subject.scale if self.scale is None else self.scale)

    @property
    def ratio(self) -> Decimal:
        """The factor that converts a printed figure to the report's unit."""
        return Decimal(SCALES[self.unit.scale]) / Decimal(SCALES[self.subject.scale])


class Share(Printed, frozen=True, kw_only=True):
    """A segment's share of the market in a year, in percent."""

    segment: str
    year: int

    @property
    def is_together(self) -> bool:
        """Whether the source states it for several segments together: each has a fact with its figure."""
        return _TOGETHER.search(self.about) is not None

    @property
    def interval(self) -> Interval:
        """The percentages that the source's figure can stand for, from 0 to 100."""
        printed = super().interval
        return Interval(max(printed.low, Decimal(0)), min(printed.high, Decimal(100)))


class Cagr(Printed, frozen=True, kw_only=True):
    """A compound annual growth rate in percent, over the years `first` to `last` if stated."""

    segment: str = ""
    first: int | None = field(name="from", default=None)
    last: int | None = field(name="to", default=None)

    @property
    def interval(self) -> Interval:
        """The rates that the source's figure can stand for. "Less than 5" can be any rate down to -100."""
        printed = super().interval
        is_highest = self.is_limit and printed.high.is_finite()
        return Interval(Decimal(-100), printed.high) if is_highest else printed

    @property
    def is_dated(self) -> bool:
        """Whether the source states both years."""
        return self.first is not None and self.last is not None


class Dimension(Fact, frozen=True, kw_only=True):
    """A way to divide the market; `complete` if the report lists all of its segments."""

    name: str
    segments: tuple[Segment, ...]
    complete: bool


class Ranking(Fact, frozen=True, kw_only=True):
    """A segment's place (1 is the largest or fastest) among those of its dimension."""

    segment: str
    by: Literal["size", "growth"]
    place: int = 1
    year: int | None = None


class Player(Fact, frozen=True, kw_only=True):
    """A company that the report names as a key player."""

    name: str


class Indicator(Printed, frozen=True, kw_only=True):
    """A context figure in its own unit ("%", "USD trillion")."""

    name: str
    unit: str
    year: int | None = None
    aliases: tuple[str, ...] = ()
    origin: str = ""

    @property
    def number(self) -> float:
        """The figure in its unit; a percentage as a fraction."""
        return self.value.fraction if self.unit == "%" else self.value.value


AnyFact: TypeAlias = Size | Share | Cagr | Ranking | Player | Indicator | Dimension
_F = TypeVar("_F", bound=Fact)

TABLES = ("sizes", "cagrs", "dimensions", "shares", "rankings", "players", "indicators")
"""The tables of facts of a report, by their names in its file."""


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

    def __post_init__(self) -> None:
        """Stamp every stated fact with its source and its subject."""
        for table in TABLES:
            msgspec.structs.force_setattr(self, table, self._stamped(getattr(self, table)))

    def _stamped(self, facts: tuple[_F, ...]) -> tuple[_F, ...]:
        stamps: dict[str, Any] = dict(zip(STAMPED, (self.source, self.market), strict=True))
        return tuple(fact if fact.is_assumed else msgspec.structs.replace(fact, **stamps) for fact in facts)

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """Every fact, table by table, in the report's order."""
        return tuple(fact for table in TABLES for fact in getattr(self, table))
