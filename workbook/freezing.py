"""Conversion to values: a copy of a workbook that does not need Marketbook."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

from markets.errors import MarketbookError
from workbook.choices import INPUTS, Cells
from workbook.dependency_graph import OURS, by_sheet, dependency_graph
from workbook.filling import fill
from workbook.package import (
    Area,
    Cell,
    Content,
    ErrorValue,
    Frozen,
    NoCachedValue,
    Package,
    areas_of,
    cell_at,
    formulas_calling,
    freeze,
    marked_sheets,
    refuse_if_open,
    refuse_unless_editable,
    remove_custom_xml,
    restyle,
    sheet_contents,
    valueless,
    with_texts,
    workbook_part,
)
from workbook.record import RECORDS
from workbook.sheets.assumptions import ASSUMPTIONS
from workbook.sheets.start import START
from workbook.styles import style
from workbook.template import MARKS
from workbook.user_formulas import Calculate

FROZEN_MARK = "_mb_frozen"
_HEADINGS = {"Choose": "Built for", "Refresh": "Converted to values"}
_FIXED = (
    "Its figures, titles and texts are fixed, and do not change with the cells above. "
    "For a market, a unit or a year of your own, ask the sender for the original workbook."
)
_FIXED_LOOKS = {"Input": "Text", "Input year": "Year", "Input number": "Figure"}
_FIGURES = re.compile(r"\b(?:MARKET_SIZE|SEGMENT_SHARE|MARKET_CAGR|MARKET_GROWTH|MARKET_INDICATOR)\(", re.I)
_WAY_OUT = "Open the workbook in Excel with Marketbook, save it, and try again."


@dataclass(frozen=True)
class Converted(Frozen):
    """The result of freezing, with cells by sheet that a reader of the copy may ask about.

    `errors` show an error. `blank` are figures that the source does not state. `valueless` are remaining
    formulas without saved values: they depend on Marketbook's formulas, and are blank until they are
    calculated. `outdated` is the message on the sheets if their titles do not fit the choices on Start.
    """

    errors: dict[str, list[str]]
    blank: dict[str, list[str]]
    valueless: dict[str, list[str]]
    outdated: str


def freeze_file(path: Path, out: Path, calculate: Calculate | None = None) -> Converted:
    """Write a copy of a workbook in which Marketbook formulas are replaced with their saved values.

    Formulas without saved values, and those that depend on them, get values from `calculate`. On
    Marketbook's sheets, all formulas become values, drop-down lists are removed, and Start says that the
    copy was converted to values, and when; Marketbook's records are left out. Everything else is copied
    byte for byte. A hidden name marks the copy, so that it is not refreshed later. Raises NoCachedValue
    if a Marketbook formula has no value, and other PackageErrors; then nothing is written.
    """
    refuse_if_open(path)
    with Package.open(path) as package:
        refuse_unless_editable(package)
        unset = _cells(valueless(package))
        users, problem = _filled(package, unset, path, calculate) if unset else (set(), "")
        before = {name: sheet_contents(package, name) for name in _sheets_with_calls(package)}
        outdated = Cells(package).named("mb_banner")
        try:
            frozen = freeze(package, OURS, marked_sheets(package, MARKS).values())
        except NoCachedValue as error:
            raise NoCachedValue(f"{error} {problem}") from None
        left = users & _cells(valueless(package)) if users else ()
        contents = {sheet: before[sheet] for sheet in frozen.cells}
        ours = marked_sheets(package, MARKS).values()
        read = {
            at: _printed(package, at, found) if at in ours else found for at, found in frozen.cells.items()
        }
        converted = Converted(
            **vars(frozen),
            errors=_chosen(frozen.cells, contents, _is_error),
            blank=_chosen(read, contents, _is_unstated),
            valueless=by_sheet(package, left),
            outdated=str(outdated or ""),
        )
        today = datetime.date.today()
        _tell_on_start(package, today)
        _show_as_fixed(package)
        remove_custom_xml(package, RECORDS)
        workbook_part(package).set_name(FROZEN_MARK, f'"{today}"', hidden=True)
        package.save(out)
        return converted


def _sheets_with_calls(package: Package) -> list[str]:
    called = {call.sheet for call in formulas_calling(package, OURS)}
    return [*called.union(marked_sheets(package, MARKS).values())]


Contents = Mapping[str, Content]


def _chosen(
    cells: Mapping[str, list[str]],
    contents: Mapping[str, Contents],
    is_wanted: Callable[[Contents, str], bool],
) -> dict[str, list[str]]:
    found = {
        sheet: [place for place in places if is_wanted(contents[sheet], place)]
        for sheet, places in cells.items()
    }
    return {sheet: places for sheet, places in found.items() if places}


def _printed(package: Package, sheet: str, cells: list[str]) -> list[str]:
    """Return the cells of a report sheet that are in its print area; beyond it are the figures of charts."""
    book = workbook_part(package)
    scope = book.sheet(sheet).position
    names = [name.text for name in book.names() if name.scope == scope and name.name == "_xlnm.Print_Area"]
    areas = [area for text in names for area in areas_of(text, sheet, {})]
    if not areas:
        return cells
    return [place for place in cells if any(_is_in(cell_at(sheet, place), area) for area in areas)]


def _is_in(cell: Cell, area: Area) -> bool:
    columns, rows = (area.first_column, area.last_column), (area.first_row, area.last_row)
    return columns[0] <= cell.column <= columns[1] and rows[0] <= cell.row <= rows[1]


def _is_error(contents: Contents, place: str) -> bool:
    return place in contents and isinstance(contents[place].value, ErrorValue)


def _is_unstated(contents: Contents, place: str) -> bool:
    """Return whether a cell would show a figure, and is blank, in a row that is about something."""
    if place not in contents or contents[place].value != "":
        return False
    head = contents.get(f"A{place.lstrip(ascii_uppercase)}")
    calls_figure = _FIGURES.search(contents[place].formula or "")
    return bool(calls_figure and head and head.value != "" and not place.startswith("A"))


def _tell_on_start(package: Package, day: datetime.date) -> None:
    """Say on Start that the copy was converted to values, in place of what to choose and how to refresh."""
    name = marked_sheets(package, MARKS).get(START.key)
    if name is None:
        return
    shown = {place: content.value for place, content in sheet_contents(package, name).items()}
    told = f"This copy was converted to values on {day}. {_FIXED}"
    texts = {}
    for place, value in shown.items():
        row = int(place.lstrip(ascii_uppercase))
        if place == f"A{row}" and value in _HEADINGS:
            texts[place] = _HEADINGS[str(value)]
        if value == "Refresh" and isinstance(shown.get(f"A{row + 1}"), str):
            texts[f"A{row + 1}"] = told
    book = workbook_part(package)
    inputs = [name.text.rpartition("!")[2].replace("$", "") for name in map(book.defined, INPUTS) if name]
    beside = [f"C{place.lstrip(ascii_uppercase)}" for place in inputs]
    restyle(package, name, style("Input date"), style("Text date"))
    for place in restyle(package, name, style("Input"), style("Text")):
        if place not in inputs:  # in the legend
            beside += [place, f"B{place.lstrip(ascii_uppercase)}"]
    texts |= {place: "" for place in beside if place in shown}
    if told not in texts.values() and "A2" in shown:
        texts["A2"] = told
    part = book.sheet(name).part or ""
    package.replace(part, with_texts(package[part], texts))


def _show_as_fixed(package: Package) -> None:
    """Give the inputs on Assumptions the looks of texts and figures, because nothing follows them."""
    name = marked_sheets(package, MARKS).get(ASSUMPTIONS.key)
    if name is not None:
        for look, fixed in _FIXED_LOOKS.items():
            restyle(package, name, style(look), style(fixed))


def _filled(
    package: Package, blank: set[Cell], path: Path, calculate: Calculate | None
) -> tuple[set[Cell], str]:
    """Give values to Marketbook formulas without one, their dependents, and formulas on report sheets.

    Return these cells, except calls of Marketbook functions, and why one may still have no value.
    """
    with Package.open(path) as read:  # the graph adds marks that must not be in the copy
        among = dependency_graph(read, (), {})
    calls = {cell_at(call.sheet, call.cell) for call in formulas_calling(package, OURS)}
    report_sheets = {name.casefold() for name in marked_sheets(package, MARKS).values()}
    wanted = {cell for cell in blank if cell in among.cells or cell.sheet in report_sheets}
    problem = _WAY_OUT
    if calculate and wanted:
        try:
            fill(package, wanted, among, calls, calculate)
        except MarketbookError as error:
            problem = str(error)
    return wanted - calls, problem


def _cells(places: dict[str, list[str]]) -> set[Cell]:
    return {cell_at(sheet, place) for sheet, cells in places.items() for place in cells}
