"""The templated workbook: every sheet built with openpyxl, every formula with its value."""

import io
from pathlib import Path

from udfs.catalog import catalog
from workbook.blocks.assumptions import build_assumptions
from workbook.blocks.checks import build_checks
from workbook.blocks.forecast import build_forecast
from workbook.blocks.indicators import build_indicators
from workbook.blocks.lists import build_lists
from workbook.blocks.overview import build_overview
from workbook.blocks.players import build_players
from workbook.blocks.segments import build_regions, build_segments
from workbook.blocks.sources import build_sources
from workbook.blocks.start import close_start, open_start
from workbook.carried import carry
from workbook.draft import Draft
from workbook.package import Package

ORDER = (
    *("Start", "Overview", "Forecast", "Segments", "Regions", "Players"),
    *("Indicators", "Assumptions", "Checks", "Sources", "Lists"),
)


def draw_up(market: str, unit: str = "", year: float | None = None) -> Draft:
    """Return the workbook of a market of the catalog in use, with openpyxl's sheets in order.

    `unit` defaults to the report's, and is spelled out ("mn" becomes "USD million"); `year` is the
    user's choice for shares, None for the base year. Raises UnknownName and BadArgument.
    """
    asked = catalog().market(market)
    draft = Draft(asked, str(asked.unit.asked(unit)))
    open_start(draft, year)
    for build in (
        *(build_lists, build_forecast, build_overview, build_segments, build_regions, build_players),
        *(build_indicators, build_assumptions, build_checks, build_sources, close_start),
    ):
        build(draft)
    for at, title in enumerate(ORDER):
        sheet = draft.book[title]
        draft.book.move_sheet(sheet, at - draft.book.index(sheet))
    draft.book.active = 0
    return draft


def new_workbook(market: str, unit: str = "", year: float | None = None) -> Package:
    """Return the workbook as a package, each formula with its value; see `draw_up`."""
    draft = draw_up(market, unit, year)
    stream = io.BytesIO()
    draft.book.save(stream)
    package = Package.from_bytes(stream.getvalue())
    carry(draft, package)
    return package


def write_workbook(out: Path, market: str, unit: str = "") -> None:
    """Write the workbook to a file, whole or not at all."""
    with new_workbook(market, unit) as package:
        out.parent.mkdir(parents=True, exist_ok=True)
        package.save(out)
