"""What a workbook says about itself: the user's choices, its layout, and what it showed."""

import re
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.cell import rows_from_range

from udfs.values import CellError
from workbook import layout_1, layout_2, layout_3
from workbook.assumptions import NOTHING, OWN_MARKET, SCENARIO, SCENARIOS, Entered, Entry, Rows, block_name
from workbook.figures import Shown
from workbook.migration import Areas
from workbook.package import (
    Content,
    ErrorValue,
    Package,
    marked_sheets,
    part_contents,
    recover_marks,
    sheet_referred_to,
    workbook_part,
)
from workbook.record import LAYOUT, LAYOUT_NAME, recorded, refuse_if_newer
from workbook.template import KEYS, MARKS

INPUTS = ("mb_market", "mb_unit", "mb_year_choice", "mb_source_choice", "mb_as_of")
"""The names of the cells with the user's choices."""

_DAYS_TO_1904 = 1462
_TABLES: dict[int, Areas] = {earlier.LAYOUT: earlier.TABLES for earlier in (layout_2, layout_3)}
_AREA = re.compile(r"[A-Z]+\d+(:[A-Z]+\d+)?")
_ERRORS = frozenset(error.value for error in CellError)


@dataclass(frozen=True)
class Choices:
    """Market, unit, year of shares, source, as-of date and assumptions.

    Without a choice, texts are blank, others None. The year is the value of its cell, which can be text that
    is not a year. So is the date: the number of days from 1899-12-30, or text.
    """

    market: str = ""
    unit: str = ""
    year: float | str | None = None
    source: str = ""
    as_of: float | str | None = None
    assumptions: Entered = NOTHING


class Cells:
    """Cells of a package's sheets by name or place, each sheet read once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._book = workbook_part(package)
        self._sheets: dict[str, dict[str, Content]] = {}
        self.sheets = marked_sheets(package, MARKS)

    def of(self, sheet: str) -> dict[str, Any]:
        """Return the values of the cells of a sheet."""
        return {place: content.value for place, content in self._contents(sheet).items()}

    def _contents(self, sheet: str) -> dict[str, Content]:
        if sheet not in self._sheets:
            part = self._book.sheet(sheet).part
            self._sheets[sheet] = part_contents(self.package, part) if part else {}
        return self._sheets[sheet]

    def of_report(self, title: str) -> dict[str, Any]:
        """Return the values of a report sheet, even if it was renamed; none if it was deleted."""
        name = self.sheets.get(KEYS[title])
        return self.of(name) if name else {}

    def named(self, name: str) -> Any:
        """Return the value of a named cell; None if it is blank or the name was deleted."""
        sheet, area = self.place(name)
        found = self._contents(sheet).get(area) if sheet else None
        return found.value if found else None

    def block(self, name: str) -> Rows | None:
        """Return the cells of a named area without its first row; None if the name was deleted."""
        sheet, area = self.place(name)
        if not _AREA.fullmatch(area):
            return None
        contents = self._contents(sheet)
        return tuple(
            tuple(_entry(contents.get(place)) for place in places) for places in [*rows_from_range(area)][1:]
        )

    def has(self, name: str) -> bool:
        """Return whether a name refers to cells that exist."""
        return bool(self.place(name)[0])

    def place(self, name: str) -> tuple[str, str]:
        """Return the sheet and the area of a name; blank if they do not exist."""
        defined = self._book.defined(name)
        sheet = sheet_referred_to(defined.text) if defined else None
        if defined is None or sheet is None or not self._book.has_sheet(sheet):
            return "", ""
        return sheet, defined.text.rpartition("!")[2].replace("$", "")


def _entry(content: Content | None) -> Entry:
    return Entry(_known(content.value), content.formula or "") if content else Entry("")


def _known(value: Any) -> Any:
    """Return a cell's value as the functions know it, "" if it is blank."""
    if isinstance(value, ErrorValue):
        return CellError(value) if value in _ERRORS else CellError.VALUE
    return "" if value is None else value


def chosen(cells: Cells) -> Choices:
    """Return the user's choices; blank if the workbook has no Marketbook Start sheet."""
    market, unit, year, source, as_of = map(cells.named, INPUTS)
    if isinstance(as_of, float) and workbook_part(cells.package).dates_from_1904:
        as_of += _DAYS_TO_1904
    year, as_of = (None if value == "" else value for value in (year, as_of))
    return Choices(_text(market), _text(unit), year, _text(source), as_of, _entered(cells))


def _entered(cells: Cells) -> Entered:
    """Return what the user entered on the Assumptions sheet; nothing if there is none."""
    if not cells.has(SCENARIO):
        return NOTHING
    found = {scenario: cells.block(block_name(scenario)) for scenario in SCENARIOS}
    return Entered(
        _known(cells.named(SCENARIO)),
        _known(cells.named(OWN_MARKET)) if cells.has(OWN_MARKET) else None,
        {scenario: rows for scenario, rows in found.items() if rows},
    )


def input_cells(cells: Cells) -> dict[str, set[str]]:
    """Return the cells into which the user enters choices and assumptions, by the names of their sheets."""
    found: dict[str, set[str]] = {}
    for name in (*INPUTS, SCENARIO, OWN_MARKET, *map(block_name, SCENARIOS)):
        sheet, area = cells.place(name)
        if _AREA.fullmatch(area):
            below = [*rows_from_range(area)][":" in area :]
            found.setdefault(sheet, set()).update(place for row in below for place in row)
    return found


def recover(package: Package) -> None:
    """Mark report sheets again whose marks were deleted, as far as their record or layout 1 tells them."""
    is_later = workbook_part(package).defined(LAYOUT_NAME) is not None
    recover_marks(package, MARKS, lambda: {} if is_later else layout_1.SHEETS)


@dataclass(frozen=True)
class State:
    """The layout of a workbook's report sheets, 0 if it has none.

    `shown` is what they showed, and `tables` where their tables stand, by the sheets' titles, if that is
    known.
    """

    layout: int
    shown: Shown | None
    tables: Areas = field(default_factory=dict)


def state(cells: Cells) -> State:
    """Return the state of a workbook: from its record, else from its cells. Raises NewerWorkbook."""
    if not cells.sheets:
        return State(0, None)
    record = recorded(cells.package)
    if record is not None:
        return State(record.layout, record.shown, {**_tables(record.layout), **record.tables})
    layout = cells.named(LAYOUT_NAME)
    if isinstance(layout, float):
        refuse_if_newer(int(layout))
        return State(int(layout), _built_for(cells), _tables(int(layout)))
    if layout_1.is_layout(cells.of_report):
        return State(1, layout_1.shown(cells.of_report), layout_1.TABLES)
    return State(LAYOUT, None)


def _tables(layout: int) -> Areas:
    """Return where tables stand in an earlier layout, as far as its records may not tell it."""
    return _TABLES.get(layout, {})


def _built_for(cells: Cells) -> Shown:
    """Return what a workbook without a record was built for. Its figures are not known."""
    names = ("mb_built_market", "mb_built_unit", "mb_built_source", "mb_data_date")
    market, unit, publisher, date = (_text(cells.named(name)) for name in names)
    return Shown(market, unit, f"{publisher}, {date}", ())


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) and not isinstance(value, ErrorValue) else ""
