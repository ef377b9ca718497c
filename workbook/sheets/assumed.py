"""The block of the Checks sheet with the assumptions in use, each beside what the source says."""

from markets.verdicts import Level
from workbook.areas import TableArea
from workbook.assumptions import COLUMNS, IN_USE
from workbook.draft import Draft
from workbook.formulas import Expr, all_of, any_of, if_, if_error, index, is_error, match, text
from workbook.page import Page
from workbook.report import Content
from workbook.sheets.assumptions import of_source

_COLUMNS = (
    ("assumption", "Assumption in use", "Label"),
    ("assumed", "Assumed", "Figure"),
    ("source", "The source says", "Figure"),
    ("difference", "Difference", "Percent fine"),
    ("year", "Year", "Year"),
    ("measure", "Measure", "Text"),
    ("level", "Level", "Text"),
)
_FASTEST = 1.0
"""A CAGR above this is more often a slip, such as 4.3 for 4.3%."""


def put_assumed(draft: Draft, page: Page, header: int) -> tuple[int, int]:
    """Write the block, with its headers in a row; return its last row, and the last that is filled.

    The lines below its rows are left to the caller, because LibreOffice applies only the first look.
    """
    heads = tuple("Header" if look in ("Label", "Text") else "Header number" for *_, look in _COLUMNS)
    page.row(header, [head for _, head, _ in _COLUMNS], heads)
    ready = draft.inputs.assumptions.rows_in_use
    for number in range(1, ready + 1):
        _put_row(draft, page, header + number, number)
    first, last = header + 1, header + ready
    _put_remark(draft, page, f"A{first}")
    is_rate = f'OR($F{first}="share",$F{first}="CAGR")'
    page.show(f"B{first}:C{last}", is_rate, "Stated percent")
    page.show(f"D{first}:D{last}", is_rate, "Points")
    letters = {key: letter for (key, *_), letter in zip(_COLUMNS, "ABCDEFG", strict=True)}
    page.sheet.tables.append(TableArea("assumptions", first, ready, letters))
    count = draft["mb_assumption_count"].value
    return last, header + max(1, int(count) if isinstance(count, float) else 1)


def _put_remark(draft: Draft, page: Page, place: str) -> None:
    """Say in the first row, if it is blank, that there are no assumptions, or that they cannot be read."""
    broken = is_error(draft["mb_assumption_count"])
    none = if_(broken, "The assumptions in use contain an error.", "No assumptions are in use.")
    shown = page.sheet.cells[place].content
    assert isinstance(shown, Expr)  # noqa: S101 - written just now
    page.put(place, if_(page[place.replace("A", "B")].equals(""), none, shown), "Label row")


def _put_row(draft: Draft, page: Page, at: int, number: int) -> None:
    """Write one assumption; blank if there are fewer."""
    row = match(float(number), draft["mb_assumption_counts"]) + 1.0
    cells = {key: index(draft[IN_USE], row, column) for column, key in enumerate(COLUMNS, start=1)}
    segment, note = cells["Segment"], cells["Note"]
    label = if_(segment.equals(""), "Whole market", segment) & if_(note.equals(""), "", text(" – ") & note)
    measure = page.put(f"F{at}", if_error(cells["Measure"]), "Text row")
    year = page.put(f"E{at}", if_error(cells["Year"]), "Year row")
    value = page.put(f"B{at}", if_error(cells["Value"]), "Figure row")
    page.put(f"A{at}", if_error(label), "Label row")
    source = if_(value.equals(""), "", of_source(draft, segment, measure, year, cells["Unit"]))
    stated = page.put(f"C{at}", source, "Figure row")
    page.put(f"D{at}", _difference(measure, value, stated), "Percent fine row")
    page.put(f"G{at}", _level(draft, measure, value), "Text row")


def _difference(measure: Expr, value: Expr, stated: Expr) -> Content:
    """Return how far a size is from the source's, as a fraction of it; for others, percentage points."""
    is_rate = any_of(measure.equals("share"), measure.equals("CAGR"))
    apart = if_(is_rate, (value - stated) / 0.01, value / stated - 1.0)
    return if_(stated.equals(""), "", if_error(apart))


def _level(draft: Draft, measure: Expr, value: Expr) -> Content:
    is_fast = all_of(measure.equals("CAGR"), Expr("1", _FASTEST).below(value))
    level = if_(draft["mb_refused"].equals(""), if_(is_fast, Level.WARNING, Level.OK), Level.ERROR)
    return if_(value.equals(""), "", level)
