"""Differences: what of an edition has to be revised for it to say what a report says."""

from collections import defaultdict
from collections.abc import Hashable, Iterator

from markets.catalogs.records import Heading, Record, Revision
from markets.catalogs.statements import Statement, statements
from markets.facts import Report
from markets.names import name_key


def first_revisions(report: Report, change: int) -> list[Revision]:
    """Return the facts of a report that is entered for the first time."""
    return [Revision(at, 1, change, float(at), row) for at, row in enumerate(statements(report), start=1)]


def revised_heading(record: Record, report: Report, file: str, comment: str, change: int) -> Heading | None:
    """Return the next heading of an edition, None if nothing in it is new."""
    now = record.heading
    next_one = Heading(
        now.number + 1, change, report.source, report.market, file or now.file, comment or now.comment
    )
    is_same = (now.source, now.market, now.file, now.comment, now.is_withdrawn) == (
        *(next_one.source, next_one.market, next_one.file, next_one.comment),
        False,
    )
    return None if is_same else next_one


def revisions(record: Record, report: Report, change: int) -> list[Revision]:
    """Return the revisions after which an edition has just the facts of a report, in its order.

    A fact that says something else about the same thing is revised. One that the report has no more is
    withdrawn, and one that it has in addition is new.
    """
    return list(_Revising(record, change).until(statements(report)))


class _Revising:
    """The facts of an edition, of which each is used once for a fact of the new report."""

    def __init__(self, record: Record, change: int) -> None:
        self._change = change
        self._last = record.at()
        self._next_fact = max((one.fact for one in self._last), default=0) + 1
        self._same: dict[Hashable, list[Revision]] = defaultdict(list)
        self._like: dict[Hashable, list[Revision]] = defaultdict(list)
        for one in self._last:
            if one.statement is not None:
                self._same[one.statement].append(one)
                self._like[_about(one.statement)].append(one)

    def until(self, rows: list[Statement]) -> Iterator[Revision]:
        kept = {at: self._taken(self._same[row], row) for at, row in enumerate(rows)}
        taken = {one.fact for one in kept.values() if one}
        position = 0.0
        for at, row in enumerate(rows):
            before = kept[at] or next((one for one in self._like[_about(row)] if one.fact not in taken), None)
            if before is None:
                position = self._after(position)
                yield Revision(self._next_fact, 1, self._change, position, row)
                self._next_fact += 1
                continue
            taken.add(before.fact)
            in_order = before.position > position
            position = before.position if in_order else self._after(position)
            if not in_order or before.statement != row:
                yield Revision(before.fact, before.number + 1, self._change, position, row)
        for one in self._last:
            if one.statement is not None and one.fact not in taken:
                yield Revision(one.fact, one.number + 1, self._change, one.position, None)

    def _taken(self, same: list[Revision], row: Statement) -> Revision | None:
        return same.pop(0) if same else None

    def _after(self, position: float) -> float:
        """A position right behind another one, before all others of the edition that are behind it."""
        behind = min((one.position for one in self._last if one.position > position), default=position + 2)
        return (position + behind) / 2


def _about(row: Statement) -> Hashable:
    """What a fact is about: two that say different things about it are a correction."""
    return (
        *(row.kind, name_key(row.segment), name_key(row.name)),
        *(row.year, row.first_year, row.last_year, row.by, row.rank),
    )
