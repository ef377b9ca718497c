"""Workbooks of layout 1, which have no record: what they showed is read from the cells where it stood."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any

from workbook.areas import TableArea
from workbook.figures import Figure, Shown
from workbook.package import written_as

Cells = Mapping[str, Any]
"""The values of the cells of one sheet, by reference."""

_LAST = 1000
TABLES = {
    "Forecast": (
        TableArea(
            "table",
            6,
            _LAST,
            {
                "year": "A",
                "size": "B",
                "growth": "C",
                "status": "D",
                "at_cagr": "E",
                "difference": "F",
                "source": "G",
            },
        ),
    ),
    **dict.fromkeys(
        ("Segments", "Regions"),
        (
            TableArea(
                "table",
                23,
                _LAST,
                {
                    "dimension": "A",
                    "segment": "B",
                    "share": "C",
                    "size": "D",
                    "cagr": "E",
                    "status": "F",
                    "source": "G",
                    "name": "H",
                },
            ),
        ),
    ),
    "Players": (TableArea("table", 6, _LAST, {"number": "A", "name": "B"}),),
    "Indicators": (
        TableArea("table", 6, _LAST, {"name": "A", "figure": "B", "unit": "C", "year": "D", "about": "E"}),
    ),
    "Sources": (
        TableArea("table", 13, _LAST, {"kind": "A", "about": "B", "year": "C", "printed": "D", "at": "E"}),
    ),
    "Checks": (TableArea("table", 11, 20, {"check": "A", "stated": "B", "compared": "C", "verdict": "D"}),),
}
"""Where tables stood, by the titles of the sheets."""

_OVERVIEW = "mb_base_year mb_size_base mb_size_end mb_cagr mb_cagr_implied mb_multiple mb_added"
_LISTS = (
    "mb_built_market mb_built_unit mb_data_date mb_built_source mb_banner mb_first_year mb_last_year "
    "mb_region_count mb_segment_count mb_refreshed mb_chosen_market"
)
_CHECKS = "mb_checks_agrees mb_checks_differs mb_checks_contradicts mb_checks_undecided"

NAMED_CELLS = {
    name: f"${column}${row}"
    for names, column, first in ((_OVERVIEW, "B", 6), (_LISTS, "F", 2), (_CHECKS, "B", 5))
    for row, name in enumerate(names.split(), start=first)
} | {"mb_share_year": "$B$21"}
"""The references of defined names. The marks of this layout do not tell that cells moved."""

_SIGNS: dict[str, tuple[str, dict[str, str]]] = {
    "Start": (
        "mb_market mb_unit mb_year_choice",
        {"A1": "Marketbook", "A4": "Choose", "A5": "Market", "A6": "Unit", "A7": "Year of shares"},
    ),
    "Overview": (_OVERVIEW, {"A1": '=mb_market&": overview"', "A5": "Headline", "A15": "Key takeaways"}),
    "Forecast": ("", {"A1": '=mb_market&": forecast"', "A5": "Year", "D5": "Status", "F5": "Difference"}),
    "Segments": ("", {"A1": '=mb_market&": segments"', "A22": "Dimension", "B22": "Segment"}),
    "Regions": ("", {"A1": '=mb_market&": regions"', "A22": "Dimension", "B22": "Segment"}),
    "Players": ("", {"A1": '=mb_market&": key players"', "A5": "No.", "B5": "Company (in source order)"}),
    "Indicators": ("", {"A1": '=mb_market&": context figures"', "A5": "Indicator", "E5": "Qualifier"}),
    "Checks": (_CHECKS, {"A1": '=mb_market&": consistency checks"', "A10": "Check", "D10": "Verdict"}),
    "Sources": ("", {"A1": '=mb_market&": sources"', "A12": "Kind", "D12": "As printed"}),
    "Lists": (_LISTS, {"A1": "Markets", "B1": "Units", "C1": "Measures", "E1": "Built for"}),
}
SHEETS = {title.lower(): written_as(title, names.split(), cells) for title, (names, cells) in _SIGNS.items()}
"""What each sheet is known by, by its key, if its marks were deleted."""

_BUILT_FOR, _NONE = "Built for", "none stated"
_TRACKED = ("Overview", "Forecast", "Segments", "Regions", "Players", "Indicators")
_SEGMENT_YEAR = "B21"
_FIRST_YEAR, _FIRST_SEGMENT, _FIRST_INDICATOR, _FIRST_PLAYER = 6, 23, 6, 6


def is_layout(cells_of: Callable[[str], Cells]) -> bool:
    """Return whether a workbook has this layout. `cells_of` returns a sheet's cells by its title."""
    return cells_of("Lists").get("E1") == _BUILT_FOR


def shown(cells_of: Callable[[str], Cells]) -> Shown:
    """Return what a workbook of layout 1 showed. `cells_of` returns a sheet's cells by its title."""
    lists = cells_of("Lists")
    edition = f"{lists.get('F5')}, {lists.get('F4')}"
    found = (
        *_sizes(cells_of("Forecast")),
        *_segments("Segments", cells_of("Segments")),
        *_segments("Regions", cells_of("Regions")),
        *_indicators(cells_of("Indicators")),
        *_players(cells_of("Players")),
        *_growth(cells_of("Overview")),
    )
    figures = tuple(figure for figure in found if figure.value != "")
    known = any(figure.look == "Size" for figure in figures)
    state = Shown(str(lists.get("F2")), str(lists.get("F3")), edition, figures if known else ())
    there = tuple(title for title in _TRACKED if cells_of(title))
    return state if there == _TRACKED else state.on(there)


def _rows(cells: Cells, first: int, column: str) -> Iterator[int]:
    """Yield the rows of a block that are not empty."""
    for row in count(first):
        if cells.get(f"{column}{row}") in ("", None, _NONE):
            return
        yield row


def _figure(cells: Cells, what: str, look: str, sheet: str, place: str, source: str = "") -> Figure:
    value = cells.get(place)
    shown = value if isinstance(value, float) else "" if value is None else str(value)
    return Figure(what, shown, look, source, sheet, place)


def _when(year: Any) -> str:
    return f" {year:.0f}" if isinstance(year, float) else ""


def _sizes(cells: Cells) -> Iterator[Figure]:
    for row in _rows(cells, _FIRST_YEAR, "A"):
        source = str(cells.get(f"G{row}", ""))
        yield _figure(cells, f"Size{_when(cells[f'A{row}'])}", "Size", "Forecast", f"B{row}", source)


def _segments(sheet: str, cells: Cells) -> Iterator[Figure]:
    when = _when(cells.get(_SEGMENT_YEAR))
    for row in _rows(cells, _FIRST_SEGMENT, "H"):
        name, source = cells[f"H{row}"], str(cells.get(f"G{row}", ""))
        yield _figure(cells, f"{name}: share{when}", "Percent stated", sheet, f"C{row}")
        yield _figure(cells, f"{name}: size{when}", "Size", sheet, f"D{row}", source)
        yield _figure(cells, f"{name}: CAGR", "Percent stated", sheet, f"E{row}")


def _indicators(cells: Cells) -> Iterator[Figure]:
    for row in _rows(cells, _FIRST_INDICATOR, "A"):
        name = f"{cells[f'A{row}']}{_when(cells.get(f'D{row}'))}"
        yield _figure(cells, name, "Figure", "Indicators", f"B{row}")


def _players(cells: Cells) -> Iterator[Figure]:
    for row in _rows(cells, _FIRST_PLAYER, "B"):
        yield _figure(cells, f"Player {cells[f'B{row}']}", "Text", "Players", f"B{row}")


def _growth(cells: Cells) -> Iterator[Figure]:
    for place, what in (("B9", "CAGR stated"), ("B10", "CAGR implied")):
        yield _figure(cells, what, "Percent fine", "Overview", place)
