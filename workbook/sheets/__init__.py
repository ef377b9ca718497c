"""The sheets of the workbook template, one module each."""

from workbook.sheets.assumptions import ASSUMPTIONS
from workbook.sheets.checks import CHECKS
from workbook.sheets.forecast import FORECAST
from workbook.sheets.indicators import INDICATORS
from workbook.sheets.kind import Sheet
from workbook.sheets.lists import LISTS
from workbook.sheets.overview import OVERVIEW
from workbook.sheets.players import PLAYERS
from workbook.sheets.scenarios import SCENARIOS_PAGE
from workbook.sheets.segments import REGIONS, SEGMENTS
from workbook.sheets.sources import SOURCES
from workbook.sheets.start import START

SHEETS: tuple[Sheet, ...] = (
    START,
    OVERVIEW,
    FORECAST,
    SEGMENTS,
    REGIONS,
    ASSUMPTIONS,
    SCENARIOS_PAGE,
    PLAYERS,
    INDICATORS,
    CHECKS,
    SOURCES,
    LISTS,
)
"""All sheets, in the order of their tabs."""

_FIRST, _LAST = (LISTS,), (START, CHECKS)
BUILD_ORDER: tuple[Sheet, ...] = (
    *_FIRST,
    *(sheet for sheet in SHEETS if sheet not in (*_FIRST, *_LAST)),
    *_LAST,
)
"""Lists has the named cells that the others use, Start refers to the headline figures, and Checks lists the
changes on all of them."""

__all__ = ["BUILD_ORDER", "SHEETS", "Sheet"]
