"""Differences: an edition revised until it says what a report says, in order; the past stays as it was."""

import datetime
import random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.catalogs.differences import first_revisions, revised_heading, revisions
from markets.catalogs.records import Change, Heading, Record
from markets.catalogs.statements import Statement, report
from markets.facts import Player, Report
from tests.markets.catalogs.anything import reports
from tests.markets.made import made

DAY = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
ROW = st.one_of(
    st.builds(
        Statement,
        kind=st.just("size"),
        at=st.sampled_from("ab"),
        year=st.integers(2020, 2022),
        value=st.sampled_from(["1", "2"]),
    ),
    st.builds(Statement, kind=st.just("player"), at=st.just("p"), name=st.sampled_from("ABCDEFG")),
    st.builds(
        Statement,
        kind=st.just("ranking"),
        at=st.just("r"),
        segment=st.sampled_from("ST"),
        by=st.just("size"),
        rank=st.integers(1, 2),
    ),
)


def entered(first: Report) -> Record:
    change = Change(1, "ann", DAY)
    heading = Heading(1, 1, first.source, first.market)
    return Record(1, "team", (heading,), tuple(first_revisions(first, 1)), (change,))


def revised(record: Record, then: Report) -> Record:
    """The record a day later, when it says what another report says."""
    last = record.changes[-1]
    change = Change(last.number + 1, "bob", last.at + datetime.timedelta(days=1))
    heading = revised_heading(record, then, "", "", change.number)
    return msgspec.structs.replace(
        record,
        headings=record.headings + ((heading,) if heading else ()),
        revisions=(*record.revisions, *revisions(record, then, change.number)),
        changes=(*record.changes, change),
    )


def of(rows: list[Statement]) -> Report:
    base = made()
    return report(base.source, base.market, rows)


def players(*names: str) -> Report:
    return msgspec.structs.replace(made(), players=tuple(Player(name=name, at="p") for name in names))


def told(record: Record) -> int:
    """How many facts the last change has revised."""
    return sum(one.change == record.changes[-1].number for one in record.revisions)


@settings(deadline=None)
@given(st.lists(st.lists(ROW, max_size=12).map(of), min_size=1, max_size=6))
def test_any_report_after_any_other_is_told_exactly_and_the_past_stays(versions: list[Report]) -> None:
    record = entered(versions[0])
    for version in versions[1:]:
        record = revised(record, version)
        assert record.report() == version
        assert revisions(record, version, 99) == []
    for version, change in zip(versions, record.changes, strict=True):
        assert record.report(change.at.date()) == version
    assert record.report(datetime.date(1999, 1, 1)) == versions[0]
    keys = [(one.fact, one.number) for one in record.revisions]
    assert len(keys) == len(set(keys))


@settings(max_examples=40, deadline=None)
@given(reports(), reports())
def test_a_report_of_every_kind_of_fact_becomes_another(first: Report, second: Report) -> None:
    record = revised(entered(first), second)
    assert record.report() == second
    assert record.report(DAY.date()) == first
    assert revised_heading(record, second, "", "", 9) is None


def test_only_what_is_new_gone_or_out_of_place_is_revised() -> None:
    first = entered(players(*"ABCDEFGH"))
    for names, count in (
        ("ABCXDEFGH", 1),
        ("XABCDEFGH", 1),
        ("ABCDEFGHX", 1),
        ("ABDEFGH", 1),
        ("HABCDEFG", 1),
        ("BCDEFGHA", 1),
        ("ABXYZDEFGH", 4),
        ("BADCFEHG", 4),
    ):
        record = revised(first, players(*names))
        assert (record.report(), told(record)) == (players(*names), count), names


def test_a_fact_that_somebody_added_at_the_end_moves_no_other() -> None:
    first = made([(2023, "1"), (2024, "2")], [("5",)], dimensions={"D": ("S",)})
    more = msgspec.structs.replace(first, sizes=(*first.sizes, *made([(2025, "3")]).sizes))
    record = revised(entered(first), more)
    assert told(record) == 1
    assert revisions(record, record.report(), 9) == []


def test_a_corrected_figure_is_the_same_fact() -> None:
    record = revised(
        entered(made([(2023, "8.6"), (2024, "9")])), made([(2022, "8"), (2023, "8.7"), (2024, "9")])
    )
    last = [one for one in record.revisions if one.change == 2]
    assert [(one.fact, one.number, one.statement and one.statement.value) for one in last] == [
        (3, 1, "8"),
        (1, 2, "8.7"),
    ]


def test_insertions_at_one_place_never_run_out_of_positions() -> None:
    for front in (0, 1):
        names = ["A", "B"]
        record = entered(players(*names))
        for number in range(150):
            names.insert(front, f"N{number}")
            if number % 50 in (0, *range(10, 50)):
                record = revised(record, players(*names))
                assert record.report() == players(*names)
        positions = [one.position for one in record.at()]
        assert len(set(positions)) == len(names)


def test_a_long_list_in_another_order_is_told_exactly() -> None:
    names = [f"N{number}" for number in range(3000)]
    record = entered(players(*names))
    random.Random(1).shuffle(names)
    assert revised(record, players(*names)).report() == players(*names)
