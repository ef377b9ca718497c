"""A catalog with an index of editions: it holds their names, and reads a report on request."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from markets.catalogs import Listing
from markets.consensus import Consensus
from markets.errors import AmbiguousName, CatalogError, NoFigure, Unavailable, UnknownName
from markets.facts import Report, Source, Subject
from markets.market import Market, is_global, label, subject_key
from markets.names import Names, name_key
from markets.selection import LATEST, Pick, Selection

_MARKETS_KEPT = 256


@dataclass(frozen=True)
class Edition:
    """One edition of a report: its source and subject, and how to read the rest.

    `read` takes the day by whose end a correction of ours must have been made to count; None is any day.
    """

    source: Source
    subject: Subject
    read: Callable[[datetime.date | None], Report]


class IndexedCatalog:
    """The markets of a series of editions. Of two with the same date, the later one in the series wins.

    If `read` of an edition raises CatalogError, that is listed as a problem, and the next older
    edition is used. Editions published after `as_of` are hidden, and later corrections do not count. A
    catalog that is Unavailable is no problem of an edition: it is raised. For `place` and `notice` see
    `Catalog`.
    """

    def __init__(
        self,
        editions: Iterable[Edition],
        version: Hashable,
        problems: Sequence[CatalogError] = (),
        as_of: datetime.date | None = None,
        *,
        place: str = "",
        notice: str = "",
    ) -> None:
        self.version = version
        self.place = place
        self.notice = notice
        self._problems = list(problems)
        self._every = list(editions)
        self._as_of = as_of
        hidden = [] if as_of is None else [one for one in self._every if one.source.date > as_of]
        shown = self._every if as_of is None else [one for one in self._every if one.source.date <= as_of]
        self._editions = _by_subject(shown)
        self._listings = _listings(self._editions)
        self._names = Names("market", _spellings(self._listings))
        self._hidden = Names("market", self._unlisted(hidden))
        self._built = lru_cache(_MARKETS_KEPT)(self._build)

    @property
    def problems(self) -> tuple[CatalogError, ...]:
        """Why some of the reports read so far could not be read."""
        return tuple(self._problems)

    def market(self, name: str, selection: Selection = LATEST) -> Market:
        """Return the market of that name or alias, from the selected editions; see `Catalog`."""
        return self._built(self._key(name), selection, selection.as_of)

    def sources(self, name: str, selection: Selection = LATEST) -> tuple[Market, ...]:
        """Return the market as each publisher sizes it; see `Catalog`."""
        return self._sources(self._key(name), selection)

    def editions(self, name: str, selection: Selection = LATEST) -> tuple[Market, ...]:
        """Return the market as each edition sizes it; see `Catalog`."""
        key = self._key(name)
        dated = {(e.source.publisher, e.source.date) for e in self._selected(key, selection)}
        found = []
        for publisher, date in sorted(dated, key=lambda edition: edition[1], reverse=True):
            with suppress(NoFigure):
                found.append(self._built(key, Selection(publisher, date), selection.as_of))
        return tuple(found)

    def validate(self) -> tuple[CatalogError, ...]:
        """Read every report, hidden ones too, and return the problems."""
        for edition in self._every:
            self._read(edition, None)
        return self.problems

    def search(self, text: str = "") -> list[Listing]:
        """Return the markets whose names contain or resemble `text`; all markets if it is blank."""
        key = name_key(text)
        listings = sorted(self._listings.values(), key=lambda listing: name_key(listing.name))
        inside = [one for one in listings if any(key in name_key(name) for name in (one.name, *one.aliases))]
        if inside or not key:
            return inside
        near = [found for name in self._names.near(text, limit=10) for found in self._names.get(name)]
        return [self._listings[found] for found in dict.fromkeys(near)]

    def _unlisted(self, hidden: Iterable[Edition]) -> Iterable[tuple[str, str]]:
        """The spellings and the name of each market all of whose editions are hidden."""
        later = {key: found for key, found in _by_subject(hidden).items() if key not in self._editions}
        listings = _listings(later)
        return [(spelling, listings[key].name) for spelling, key in _spellings(listings)]

    def _key(self, name: str) -> "_Key":
        if not self._names.get(name) and (hidden := self._hidden.get(name)):
            raise NoFigure(f"No report on {hidden[0]} was published by {self._as_of}.")
        found = self._names.find(name)
        if len(found) == 1:
            return found[0]
        for fits in (self._is_called, self._is_named):
            own = [key for key in found if fits(key, name)]
            plain = [key for key in own if is_global(self._listings[key].geography)]
            if len(own) == 1 or len(plain) == 1:
                return (own if len(own) == 1 else plain)[0]
        raise AmbiguousName("one market", name, [self._listings[key].name for key in found])

    def _is_called(self, key: "_Key", name: str) -> bool:
        return name_key(self._listings[key].name) == name_key(name)

    def _is_named(self, key: "_Key", name: str) -> bool:
        return key[0] == name_key(name)

    def _build(self, key: "_Key", selection: Selection, corrected_by: datetime.date | None) -> Market:
        if selection.pick is not Pick.LATEST:
            return Consensus(self._sources(key, selection), selection.pick)
        editions = self._selected(key, selection)
        for edition in editions:
            report = self._read(edition, corrected_by)
            if report is not None:
                return Market(report, [edition.source for edition in editions])
        raise NoFigure(f"No report on {self._listings[key].name} can be read. {self._problems[-1]}")

    def _sources(self, key: "_Key", selection: Selection) -> tuple[Market, ...]:
        """Return the market of each publisher's newest edition that can be read, newest first."""
        editions = self._selected(key, selection)
        found = []
        for publisher in {name_key(e.source.publisher): e.source.publisher for e in editions}.values():
            with suppress(NoFigure):
                found.append(self._built(key, Selection(publisher, selection.as_of), selection.as_of))
        if not found:
            first = replace(selection, pick=Pick.LATEST)
            return (self._built(key, first, selection.as_of),)  # says why none can be read
        return tuple(sorted(found, key=lambda market: market.source.date, reverse=True))

    def _selected(self, key: "_Key", selection: Selection) -> list[Edition]:
        editions = [e for e in self._editions[key] if selection.takes(e.source.publisher, e.source.date)]
        if not editions:
            raise self._unselected(key, selection)
        return editions

    def _read(self, edition: Edition, corrected_by: datetime.date | None) -> Report | None:
        days = [day for day in (corrected_by, self._as_of) if day is not None]
        try:
            return edition.read(min(days, default=None))
        except Unavailable:
            raise
        except CatalogError as error:
            if str(error) not in map(str, self._problems):
                self._problems.append(error)
            return None

    def _unselected(self, key: "_Key", selection: Selection) -> NoFigure | UnknownName:
        called, editions = self._listings[key].name, self._editions[key]
        publishers = list(dict.fromkeys(edition.source.publisher for edition in editions))
        if not any(Selection(selection.source).takes(p, editions[0].source.date) for p in publishers):
            return UnknownName(f"source of {called}", selection.source, publishers)
        return NoFigure(f"No report on {called} was published by {selection.as_of}.")


_Key = tuple[str, str]


def _by_subject(editions: Iterable[Edition]) -> dict[_Key, list[Edition]]:
    """Group editions by subject (name and geography), newest first."""
    grouped: dict[_Key, list[Edition]] = {}
    for edition in editions:
        key = subject_key(edition.subject.name, edition.subject.geography)
        grouped.setdefault(key, []).insert(0, edition)
    for found in grouped.values():
        found.sort(key=lambda edition: edition.source.date, reverse=True)
    return grouped


def _listings(editions: Mapping["_Key", Sequence[Edition]]) -> dict["_Key", Listing]:
    return {key: _listing(found) for key, found in editions.items()}


def _spellings(listings: Mapping["_Key", Listing]) -> Iterable[tuple[str, "_Key"]]:
    for key, listing in listings.items():
        for name in (listing.name, *listing.aliases):
            yield name, key
        if is_global(listing.geography):
            yield f"{listing.name} (Global)", key


def _listing(editions: Sequence[Edition]) -> Listing:
    newest = editions[0].subject
    name = label(newest)
    spelled = [name for edition in editions for name in (edition.subject.name, *edition.subject.aliases)]
    aliases = tuple(alias for alias in dict.fromkeys(spelled) if alias != name)
    return Listing(name, aliases, newest.geography, newest.unit)


def report_catalog(
    reports: Iterable[Report], version: Hashable = 0, as_of: datetime.date | None = None
) -> IndexedCatalog:
    """Return a catalog of reports that are already in memory. Those published after `as_of` are hidden.

    >>> report_catalog([]).search()
    []
    """
    return IndexedCatalog(
        [Edition(report.source, report.market, lambda _, report=report: report) for report in reports],  # type: ignore[misc]
        version,
        as_of=as_of,
    )
