"""Differences: what of an edition has to be revised for it to say what a report says."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from markets.catalogs.records import Heading, Record, Revision
from markets.catalogs.statements import Kind, Statement, statements
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
    withdrawn, and one that it has in addition is new. Only what is out of order is moved.
    """
    last = record.at()
    rows = statements(report)
    before = _before(last, rows)
    positions = _positions(rows, before)
    number = max((one.fact for one in last), default=0)
    found = []
    for row, old, position in zip(rows, before, positions, strict=True):
        if old is None:
            number += 1
            found.append(Revision(number, 1, change, position, row))
        elif (old.statement, old.position) != (row, position):
            found.append(Revision(old.fact, old.number + 1, change, position, row))
    kept = {old.fact for old in before if old is not None}
    for one in last:
        if one.statement is not None and one.fact not in kept:
            found.append(Revision(one.fact, one.number + 1, change, one.position, None))
    return found


def _before(last: Sequence[Revision], rows: Sequence[Statement]) -> list[Revision | None]:
    """The fact of an edition that each new one continues: the same, else one about the same thing."""
    there = [one for one in last if one.statement is not None]
    found: list[Revision | None] = [None] * len(rows)
    for key in (_itself, _about):
        free: dict[Hashable, list[Revision]] = defaultdict(list)
        taken = {one.fact for one in found if one is not None}
        for one in reversed(there):
            if one.statement is not None and one.fact not in taken:
                free[key(one.statement)].append(one)
        for at, row in enumerate(rows):
            if found[at] is None and (same := free.get(key(row))):
                found[at] = same.pop()
    return found


def _itself(row: Statement) -> Hashable:
    return row


def _about(row: Statement) -> Hashable:
    """What a fact is about: two that say different things about it are a correction."""
    return (
        *(row.kind, name_key(row.segment), name_key(row.name)),
        *(row.year, row.first_year, row.last_year, row.by, row.rank),
    )


def _positions(rows: Sequence[Statement], before: Sequence[Revision | None]) -> list[float]:
    """A position for each fact: of one kind, they rise. Those that are in order keep theirs."""
    last = max((one.position for one in before if one is not None), default=0.0)
    found = [0.0] * len(rows)
    kinds: dict[Kind, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        kinds[row.kind].append(at)
    for places in kinds.values():
        there = [old.position if (old := before[at]) is not None else None for at in places]
        for at, position in zip(places, _risen(there, last), strict=True):
            found[at] = position
    return found


def _risen(there: Sequence[float | None], last: float) -> Iterator[float]:
    """Yield rising positions for a row of facts, of which new ones have none yet.

    What lies between two that stay is spread over the room between them. If that is too small for so
    many, the next one gives way too. `last` is the last position of all kinds.
    """
    low, waiting = 0.0, 0
    staying = _longest_rise(there)
    for at, position in enumerate(there):
        waiting += 1
        if position is None or at not in staying:
            continue
        between = [low + (position - low) * step / waiting for step in range(1, waiting)]
        path = [low, *between, position]
        if all(one < other for one, other in pairwise(path)):
            yield from path[1:]
            low, waiting = position, 0
    for step in range(1, waiting + 1):
        yield max(low, last) + step


def _longest_rise(there: Sequence[float | None]) -> set[int]:
    """The places of as many as possible that are in order already."""
    ends: list[float] = []
    previous: dict[int, int | None] = {}
    tails: list[int] = []
    for at, position in enumerate(there):
        if position is None:
            continue
        length = bisect_left(ends, position)
        previous[at] = tails[length - 1] if length else None
        if length == len(ends):
            ends.append(position)
            tails.append(at)
        else:
            ends[length], tails[length] = position, at
    found: set[int] = set()
    step = tails[-1] if tails else None
    while step is not None:
        found.add(step)
        step = previous[step]
    return found
