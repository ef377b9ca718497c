"""What has changed in a workspace, page by page, in both databases."""

import datetime

import pytest

from markets.catalogs.database import Database, writing
from markets.catalogs.database.updates import RecentRecords, updates
from markets.catalogs.statements import Statement
from markets.catalogs.wire import Updates
from tests.addin.server.team import dated
from tests.markets.catalogs.conftest import author_in

RECENT = RecentRecords()


def _enter(database: Database, workspace: str, *days: str) -> list[int]:
    author = author_in(database, workspace)
    found = []
    for day in days:
        with database.writing() as connection:
            found.append(writing.enter(connection, author, dated(day)).edition)
    return found


def _ask(database: Database, workspace: str = "team", last: Updates | None = None, limit: int = 2) -> Updates:
    since, stamp = (last.until, last.stamp) if last else (0, None)
    with database.reading() as connection:
        return updates(connection, RECENT, writing.workspace(connection, workspace), since, stamp, limit)


def _ids(found: Updates) -> list[int]:
    return [record.id for record in found.records]


def test_pages_run_in_the_order_of_changes_until_there_is_no_more(database: Database) -> None:
    first, second, third = _enter(database, "team", "2026-01-01", "2026-02-01", "2026-03-01")
    _enter(database, "others", "2026-01-01")
    page = _ask(database)
    assert _ids(page) == [first, second] and not page.is_complete and not page.is_restart
    rest = _ask(database, last=page)
    assert _ids(rest) == [third] and rest.is_complete
    nothing = _ask(database, last=rest)
    assert (nothing.until, nothing.stamp, nothing.records, nothing.is_complete) == (
        rest.until,
        rest.stamp,
        (),
        True,
    )


def test_a_correction_brings_the_edition_again_with_its_history(database: Database) -> None:
    first, _ = _enter(database, "team", "2026-01-01", "2026-02-01")
    last = _ask(database)
    with database.writing() as connection:
        author = writing.Author("ann", writing.workspace(connection, "team"))
        writing.add(connection, author, first, Statement(kind="player", at="x", name="Newcomer"))
    found = _ask(database, last=last)
    assert _ids(found) == [first] and len(found.records[0].changes) == 2


def test_an_empty_workspace_has_nothing_to_say(database: Database) -> None:
    author_in(database)
    assert _ask(database) == Updates(0, None, True, False, ())


def test_a_change_that_the_database_does_not_know_begins_anew(database: Database) -> None:
    """As after a backup was brought back: the same number is another change, or none."""
    (first,) = _enter(database, "team", "2026-01-01")
    _enter(database, "others", "2026-01-01")
    last = _ask(database)
    assert last.stamp is not None
    other_time = Updates(last.until, last.stamp + datetime.timedelta(microseconds=1), True, False, ())
    unknown = Updates(99, last.stamp, True, False, ())
    of_others = Updates(_ask(database, "others").until, last.stamp, True, False, ())
    unstamped = Updates(last.until, None, True, False, ())
    for lost in (other_time, unknown, of_others, unstamped):
        found = _ask(database, last=lost)
        assert found.is_restart and _ids(found) == [first]
        assert (found.until, found.stamp) == (last.until, last.stamp)


def test_a_page_ends_before_it_is_too_large_to_send(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markets.catalogs.database.updates._MOST_REVISIONS", 20)
    entered = _enter(database, "team", "2026-01-01", "2026-02-01", "2026-03-01")
    page, found = None, []
    while page is None or not page.is_complete:
        page = _ask(database, last=page, limit=500)
        assert len(page.records) == 1
        found += _ids(page)
    assert found == entered


def test_a_record_that_was_asked_for_before_is_as_it_is_now(database: Database) -> None:
    [edition] = _enter(database, "team", "2026-01-01")
    before = _ask(database)
    author = author_in(database, "team")
    with database.writing() as connection:
        writing.correct(connection, author, edition, before.records[0].at()[0].fact, 1, None)
    [after] = _ask(database, last=before).records
    assert len(after.report().facts) == len(before.records[0].report().facts) - 1
    assert _ask(database).records == (after,)
