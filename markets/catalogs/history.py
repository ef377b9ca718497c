"""The history of an edition in words: who entered or corrected what, when, why, and what it was before."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from markets.catalogs.records import Change, Heading, Record, Revision
from markets.catalogs.statements import Statement, report
from markets.facts import Report
from markets.listing import spelled_window


@dataclass(frozen=True)
class Event:
    """One line of a history. `fact` is None if the line is about the edition as a whole."""

    change: Change
    fact: int | None
    what: str
    before: str
    after: str


def history(record: Record) -> list[Event]:
    """Return what happened to an edition, oldest first.

    What it was entered with is one line. Each correction has a line of its own.
    """
    entered = record.headings[0].change
    count = sum(one.change == entered for one in record.revisions)
    first = Event(
        record.change(entered), None, "edition", "", f"entered with {count} fact{'s' * (count != 1)}"
    )
    later = [*_of_headings(record, entered), *_of_facts(record, entered)]
    return [first, *sorted(later, key=lambda event: event.change.number)]


def report_with_corrections(record: Record, as_of: datetime.date | None = None) -> Report:
    """Return the report of a day, in which the place of each corrected fact says who corrected it and why.

    So each answer that rests on a corrected figure says so where it says its source.
    """
    heading = record.heading_at(as_of)
    rows = [_annotated(record, one, one.statement) for one in record.at(as_of) if one.statement is not None]
    return report(heading.source, heading.market, rows)


def _annotated(record: Record, one: Revision, row: Statement) -> Statement:
    said = [each for each in record.revisions if each.fact == one.fact and each.number <= one.number]
    first = next((each for each in reversed(said) if each.statement != row), None)
    if first is None:
        return row
    correction = said[said.index(first) + 1].change
    change = record.change(correction)
    why = f": {change.why}" if change.why else ""
    told = f"corrected on {change.at:%Y-%m-%d} by {change.who}, was {stated(first.statement)}{why}"
    return msgspec.structs.replace(row, at=f"{row.at}; {told.replace(';', ',')}")


def what(row: Statement) -> str:
    """Return what a fact is about: its kind, its segment or name, and its years.

    >>> what(Statement(kind="share", at="", segment="Device/Computed Tomography", year=2023, value="65.3"))
    'share of Device/Computed Tomography, 2023'
    """
    kind = {"cagr": "CAGR", "ranking": f"ranking by {row.by}"}.get(row.kind, str(row.kind))
    about = f"{kind} {row.name}" if row.name else f"{kind} of {row.segment}" if row.segment else kind
    years = str(row.year or "") or spelled_window(row.first_year, row.last_year)
    return ", ".join(part for part in (about, years) if part)


def stated(row: Statement | None) -> str:
    """Return what a fact says, as printed; "withdrawn" for None.

    >>> stated(Statement(kind="size", at="", year=2023, value="8.6", about="over"))
    'over 8.6'
    """
    if row is None:
        return "withdrawn"
    if row.kind == "dimension":
        count = len(row.segments)
        return f"{count} segment{'s' * (count != 1)}{', complete' if row.complete else ''}"
    if row.kind == "ranking":
        return f"no. {row.rank}"
    percent = "%" if row.kind in ("share", "cagr") else ""
    figure = f"{row.about} {row.value}{percent}".strip()
    return " ".join(part for part in (figure, row.scale or "", row.unit) if part) or row.name


def _of_facts(record: Record, entered: int) -> Iterator[Event]:
    last: dict[int, Revision] = {}
    for one in sorted(record.revisions, key=lambda each: each.number):
        before = last.get(one.fact)
        last[one.fact] = one
        if one.change == entered:
            continue
        old = before.statement if before else None
        named = one.statement or old
        yield Event(
            record.change(one.change),
            one.fact,
            what(named) if named else "fact",
            stated(old) if before else "",
            _told(old, one.statement),
        )


def _told(old: Statement | None, new: Statement | None) -> str:
    """What a fact says now; which of its other details changed, if its figure did not."""
    if old is None or new is None or stated(old) != stated(new):
        return stated(new)
    fields = [name for name in Statement.__struct_fields__ if getattr(old, name) != getattr(new, name)]
    changed = [f"{_LABELS.get(name, name)} {getattr(new, name)}" for name in fields if name != "segments"]
    listed = [", ".join(piece.name for piece in new.segments)] if "segments" in fields else []
    return "; ".join(changed + listed) or "moved"


_LABELS = {"at": "place", "first_year": "from", "last_year": "to"}


def _of_headings(record: Record, entered: int) -> Iterator[Event]:
    for before, one in zip(record.headings, record.headings[1:], strict=False):
        if one.change != entered:
            change = record.change(one.change)
            yield Event(change, None, "edition", *_compared(before, one))


def _compared(before: Heading, after: Heading) -> tuple[str, str]:
    """What of source and market is another, before and after."""
    if after.is_withdrawn != before.is_withdrawn:
        return ("", "withdrawn") if after.is_withdrawn else ("withdrawn", "entered again")
    olds, news = [], []
    for old, new in ((before.source, after.source), (before.market, after.market)):
        for name in old.__struct_fields__:
            if getattr(old, name) != getattr(new, name):
                olds.append(f"{name} {_plain(getattr(old, name))}")
                news.append(f"{name} {_plain(getattr(new, name))}")
    return "; ".join(olds), "; ".join(news) or "loaded from another file"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
