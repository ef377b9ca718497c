"""Whether the audit log, the database and what clients were told agree, row for row."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, and_, exists, func, select

from markets.catalogs import statements
from markets.catalogs.database import Database
from markets.catalogs.database.reading import records
from markets.catalogs.database.tables import audit, changes, facts, headings
from markets.catalogs.records import Record
from markets.catalogs.statements import Statement
from tests.load.journal import Sent

_AT_ONCE = 200


def disagreements(address: str, journal: Sequence[Sent]) -> list[str]:
    """Return in words where a database disagrees with itself, or with what was sent to its server."""
    database = Database(address)
    try:
        with database.reading() as connection:
            return [*_of_audit(connection), *_of_rows(connection), *_of_journal(connection, journal)]
    finally:
        database.close()


def counts(address: str) -> str:
    """Return how many changes and rows of the audit log there are, in words."""
    database = Database(address)
    try:
        with database.reading() as connection:
            made = connection.scalar(select(func.count()).select_from(changes))
            noted = connection.scalar(select(func.count()).where(audit.c.change.is_not(None)))
            refused = connection.scalar(select(func.count()).where(audit.c.is_refused))
    finally:
        database.close()
    return f"{made:,} changes, {noted:,} rows of the audit log about them, {refused:,} about refusals"


def _of_audit(connection: Connection) -> Iterator[str]:
    """Each change has one row in the audit log, and the reverse."""
    same = and_(
        audit.c.change == changes.c.number,
        audit.c.who == changes.c.who,
        audit.c.at == changes.c.at,
        audit.c.workspace_id == changes.c.workspace_id,
        ~audit.c.is_refused,
    )
    rows = select(func.count()).select_from(audit).where(same).correlate(changes).scalar_subquery()
    for number, found in connection.execute(select(changes.c.number, rows).where(rows != 1)):
        yield f"change {number} has {found} rows in the audit log"
    own = select(audit.c.id).where(audit.c.change.is_not(None), ~exists().where(same))
    for number in connection.scalars(own):
        yield f"row {number} of the audit log is of no such change"


def _of_rows(connection: Connection) -> Iterator[str]:
    """Each change has made something, all of it in one edition, and each row is of a change."""
    for table in (headings, facts):
        mine = (changes.c.number == table.c.change) & (changes.c.edition_id == table.c.edition_id)
        for edition in connection.scalars(select(table.c.edition_id).where(~exists().where(mine))):
            yield f"a row of {table.name} in edition {edition} is of a change of another edition, or of none"
    nothing = and_(*(~exists().where(table.c.change == changes.c.number) for table in (headings, facts)))
    for number in connection.scalars(select(changes.c.number).where(nothing)):
        yield f"change {number} has changed nothing"


def _of_journal(connection: Connection, journal: Sequence[Sent]) -> Iterator[str]:
    """What was acknowledged is there, and what is there is whole."""
    for at in range(0, len(journal), _AT_ONCE):
        sent = journal[at : at + _AT_ONCE]
        asked = [one.request for one in sent]
        rows = connection.execute(
            select(audit.c.request, audit.c.change, changes.c.edition_id)
            .join(changes, changes.c.number == audit.c.change)
            .where(audit.c.request.in_(asked))
        ).all()
        found = {row.request: row for row in rows}
        yield from (f"request {one} made {times} changes" for one, times in _twice(rows))
        held = {one.id: one for one in records(connection, {row.edition_id for row in rows})}
        for one in sent:
            if (row := found.get(one.request)) is not None:
                yield from _of_change(one, held[row.edition_id], row.change)
            elif one.is_acknowledged and one.changes_something:
                yield f"request {one.request} was acknowledged, and is not there"


def _twice(rows: Sequence[object]) -> Iterator[tuple[str, int]]:
    times = Counter(row.request for row in rows)  # type: ignore[attr-defined]
    return ((request, number) for request, number in times.items() if number > 1)


def _of_change(one: Sent, record: Record, change: int) -> Iterator[str]:
    """After a change, the edition said just what was sent."""
    if one.is_acknowledged and one.edition != record.id:
        yield f"request {one.request} was acknowledged in edition {one.edition}, and is in {record.id}"
    if one.report is not None:
        heading = [heading for heading in record.headings if heading.change <= change][-1]
        if (heading.source, heading.market) != (one.report.source, one.report.market):
            yield f"request {one.request}: edition {record.id} has another heading"
        if _stated(record, change) != list(one.report.statements):
            yield f"request {one.request}: edition {record.id} is not whole"
    else:
        mine = [each for each in record.revisions if each.change == change]
        if [(each.fact, each.statement) for each in mine] != [(one.fact, one.statement)]:
            yield f"request {one.request}: edition {record.id} is not corrected"


def _stated(record: Record, change: int) -> list[Statement]:
    """The facts of an edition after a change, in the order of a report."""
    latest = {one.fact: one for one in record.revisions if one.change <= change}
    rows = sorted(latest.values(), key=lambda one: (one.position, one.fact))
    stated = [one.statement for one in rows if one.statement is not None]
    heading = record.headings[0]
    return statements.statements(statements.report(heading.source, heading.market, stated))
