"""The rows of a table as facts: one report for each market, publisher and date."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from markets.errors import BadArgument, Unreadable, shortened
from markets.facts import Cagr, Dimension, Fact, Report, Segment, Share, Size, Source, Subject
from markets.importing.drafts import Draft, Incomplete, Unsure, valid_draft
from markets.importing.regions import is_region
from markets.importing.segment_names import REGION
from markets.importing.tables.amounts import Cells, amount, optional_year, percentage, required_year
from markets.importing.tables.columns import Column, Table
from markets.listing import Row
from markets.names import name_key
from markets.units import Unit

_WHOLE: Final = {
    name_key(name) for name in ("", "total", "market", "total market", "all", "overall", "whole market")
}
_KINDS: Final = {"size": "size", "share": "share", "cagr": "CAGR"}
_FIGURES: Final = _KINDS.keys()
_UNNAMED: Final = "Segment"


@dataclass(frozen=True)
class Told:
    """What the user says for the cells that are blank or that have no column."""

    market: str = ""
    geography: str = ""
    publisher: str = ""
    title: str = ""
    date: datetime.date | None = None
    url: str = ""
    unit: str = ""


_Key = tuple[str, ...]


def drafts(table: Table, told: Told) -> list[Draft]:
    """Return a draft for each market, publisher and date in a table.

    What cannot be read is unsure, with its row, its column and the reason. Raises Unreadable if no
    row names its market, publisher and date.
    """
    reports: dict[_Key, _Report] = {}
    lost: list[Unsure] = []
    for cells in _rows(table):
        try:
            source, subject = _source(cells, told), _subject(cells, told)
        except Incomplete as error:
            lost.append(Unsure(_row(cells, "row", ""), f"{error}."))
            continue
        key = (*map(name_key, (subject.name, subject.geography, source.publisher)), str(source.date))
        reports.setdefault(key, _Report(source, subject, table, told)).add(cells)
    if not reports:
        raise Unreadable(
            f"{table.grid.name}: {lost[0].reason}" if lost else f"{table.grid.name} has no rows."
        )
    made = [report.draft() for report in reports.values()]
    return [replace(made[0], unsure=(*made[0].unsure, *lost)), *made[1:]]


def _rows(table: Table) -> Iterator[Cells]:
    used = [column for column in table.columns if column.field]
    for number, row in enumerate(table.grid.rows[table.header :], table.header + 1):
        texts = [
            (column, row[column.place]) for column in used if column.place < len(row) and row[column.place]
        ]
        figures = tuple((column, text) for column, text in texts if column.field in _FIGURES)
        if texts:
            yield Cells(number, {column.field: text for column, text in texts}, figures)


def _source(cells: Cells, told: Told) -> Source:
    publisher = cells.get("publisher", told.publisher)
    if not publisher:
        raise Incomplete("The table has no source for it. Use --publisher")
    text = cells.get("date")
    try:
        date = datetime.date.fromisoformat(text) if text else told.date
    except ValueError:
        raise Incomplete(f'"{shortened(text)}" is not a date such as 2026-03-01') from None
    if date is None:
        raise Incomplete("The table has no date for it. Use --date")
    title = cells.get("title", told.title) or f"{cells.get('market', told.market)} Market"
    return Source(publisher, title, date, url=cells.get("url", told.url))


def _subject(cells: Cells, told: Told) -> Subject:
    """The market of a row. Its unit is set when the sizes are known."""
    name = cells.get("market", told.market)
    if not name:
        raise Incomplete("The table names no market for it. Use --market")
    return Subject(name, "USD", "", cells.get("geography", told.geography) or "Global")


def _row(cells: Cells, kind: str, stated: str, column: str = "") -> Row:
    at = f"row {cells.number}" + (f", column {column}" if column else "")
    return Row(kind, cells.get("segment"), cells.get("year"), stated, at)


class _Report:
    """The facts of one report, collected row by row."""

    def __init__(self, source: Source, subject: Subject, table: Table, told: Told) -> None:
        self._source, self._subject, self._table, self._told = source, subject, table, told
        self._unit: Unit | None = None
        self._dimensions: dict[str, dict[str, str]] = {}
        self._facts: dict[str, list[tuple[Row, Fact]]] = {}
        self._unsure: list[Unsure] = []

    def add(self, cells: Cells) -> None:
        """Add the figures of a row; what is wrong with one is remembered for the review."""
        if not cells.figures:
            self._unsure.append(Unsure(_row(cells, "row", ""), "The row has no figure."))
        for column, text in cells.figures:
            row = _row(cells, _KINDS[column.field], text, column.header)
            try:
                table, fact = self._fact(cells, column, text, row.at)
            except (Incomplete, BadArgument, ValueError) as error:
                self._unsure.append(Unsure(row, f"{str(error).rstrip('.')}."))
            else:
                self._facts.setdefault(table, []).append((row, fact))

    def draft(self) -> Draft:
        """Return what was collected as a report."""
        unit = self._unit or Unit("USD", "million")
        subject = msgspec.structs.replace(self._subject, currency=unit.currency, scale=unit.scale)
        dimensions = tuple(
            Dimension(
                at=f"column {self._column('segment')}",
                name=name,
                segments=tuple(map(Segment, segments.values())),
                complete=False,
            )
            for name, segments in self._dimensions.items()
        )
        return valid_draft(Report(self._source, subject, dimensions=dimensions), self._facts, self._unsure)

    def _column(self, field: str) -> str:
        return next((column.header for column in self._table.columns if column.field == field), field)

    def _fact(self, cells: Cells, column: Column, text: str, at: str) -> tuple[str, Fact]:
        place = f"{cells.get('at')}; {at}" if cells.get("at") else at
        stated: dict[str, Any] = {"at": place, "about": cells.get("about")}
        comma = self._table.grid.has_decimal_comma
        if column.field == "size":
            value, unit = amount(cells, column, text, self._told.unit, comma)
            year = column.year or required_year(cells)
            scale = None if unit.scale == self._unit_of(unit).scale else unit.scale
            return "sizes", Size(**stated, value=value, segment=self._segment(cells), year=year, scale=scale)
        value = percentage(text, comma, is_share=column.field == "share")
        segment = self._segment(cells)
        if column.field == "cagr":
            first, last = optional_year(cells, "first"), optional_year(cells, "last")
            return "cagrs", Cagr(**stated, value=value, segment=segment, first=first, last=last)
        if not segment:
            raise Incomplete("A share needs a segment")
        return "shares", Share(**stated, value=value, segment=segment, year=required_year(cells))

    def _unit_of(self, unit: Unit) -> Unit:
        """The report's unit: that of its first size. Another currency is refused."""
        if self._unit is None:
            self._unit = unit
        if unit.currency != self._unit.currency:
            raise Incomplete(
                f"It is in {unit.currency}, and the sizes before it are in {self._unit.currency}"
            )
        return self._unit

    def _segment(self, cells: Cells) -> str:
        """Return the segment of a row; blank for the whole market. It is added to its dimension."""
        name = cells.get("segment")
        if name_key(name) in _WHOLE:
            return ""
        dimension = cells.get("dimension").replace("/", " or ") or (REGION if is_region(name) else _UNNAMED)
        spelled = self._dimensions.setdefault(dimension, {}).setdefault(name_key(name), name)
        return f"{dimension}/{spelled}"
