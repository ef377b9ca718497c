"""Records: an edition with everything that was entered and corrected, from which any day's report is made.

A vintage is an edition of the publisher. A revision is a correction of ours: who, when, why, and what the
fact was before. Nothing is overwritten.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import Struct

from markets.catalogs.statements import Statement, report
from markets.errors import CatalogError
from markets.facts import Report, Source, Subject
from markets.market import label


class Change(Struct, frozen=True):
    """What somebody did at one time. `number` grows with every change of a catalog; `at` is in UTC."""

    number: int
    who: str
    at: datetime.datetime
    why: str = ""


class Heading(Struct, frozen=True):
    """Source and market of an edition from a change on; `is_withdrawn`: the edition no longer counts.

    `file` is the name of the file that it came from, and `comment` what stood above it.
    """

    number: int
    change: int
    source: Source
    market: Subject
    file: str = ""
    comment: str = ""
    is_withdrawn: bool = False


class Revision(Struct, frozen=True):
    """A fact of an edition from a change on; None as `statement`: it no longer counts.

    `fact` identifies the fact in its edition. `number` is 1 for what was entered first. `position` orders
    facts of one kind.
    """

    fact: int
    number: int
    change: int
    position: float
    statement: Statement | None


class Record(Struct, frozen=True):
    """One edition of a workspace: headings, revisions of facts, and their changes, oldest first."""

    id: int
    workspace: str
    headings: tuple[Heading, ...]
    revisions: tuple[Revision, ...]
    changes: tuple[Change, ...]

    @property
    def heading(self) -> Heading:
        """Source and market as they are now."""
        return self.headings[-1]

    def heading_at(self, as_of: datetime.date | None) -> Heading:
        """Return source and market as they were at the end of a day; see `at`."""
        return list(self._known(self.headings, as_of))[-1]

    def at(self, as_of: datetime.date | None = None) -> list[Revision]:
        """Return the revision in force of each fact at the end of a day (UTC), withdrawn ones too.

        What the edition was entered with counts on every day: when the publisher printed it decides, not
        when somebody here typed it. Default: now.
        """
        latest: dict[int, Revision] = {}
        for revision in sorted(self._known(self.revisions, as_of), key=lambda one: one.number):
            latest[revision.fact] = revision
        return sorted(latest.values(), key=lambda one: (one.position, one.fact))

    def report(self, as_of: datetime.date | None = None) -> Report:
        """Return the report as it was at the end of a day (UTC); default: now.

        Raises CatalogError for facts that Marketbook has not entered and cannot read.
        """
        heading = self.heading_at(as_of)
        rows = [one.statement for one in self.at(as_of) if one.statement is not None]
        try:
            return report(heading.source, heading.market, rows)
        except ValueError as error:
            raise CatalogError(f"{label(heading.market)}, {heading.source}: {error}.") from error

    def change(self, number: int) -> Change:
        """Return the change of that number; raise KeyError if it is not one of this record's."""
        return {change.number: change for change in self.changes}[number]

    def _known(self, dated: "Iterable[_Dated]", as_of: datetime.date | None) -> "Iterator[_Dated]":
        entered = self.headings[0].change
        days = {change.number: change.at.date() for change in self.changes}
        for one in dated:
            if as_of is None or one.change == entered or days[one.change] <= as_of:
                yield one


_Dated = TypeVar("_Dated", Heading, Revision)
