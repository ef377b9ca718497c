"""The size by year on the Overview sheet: a chart, and the figures behind it."""

import math
from dataclasses import replace

from workbook.draft import Draft
from workbook.formulas import Expr, any_of, if_, if_error, index, is_error, text
from workbook.page import Page
from workbook.report import Chart, Series
from workbook.sheets.forecast import SOLID_OR_HATCHED, number_of_years, size_series
from workbook.sheets.overview_figures import answered, cagr_status, cagr_words
from workbook.sheets.overview_grid import (
    BODY_ROW,
    PANEL_ROW,
    PATH_ROW,
    SOURCE_ROW,
    put_across,
    put_data_heading,
)
from workbook.spelling import money

_AMBER = "B45309"
_ABOVE = 0.16
"""How far the arrow is above the columns, as a part of the largest."""


def put_path(draft: Draft, page: Page) -> int:
    """Write the panel, and its figures below the page; return the row below them."""
    unit = draft["mb_shown_unit"]
    put_across(page, PANEL_ROW, "ABC", text("Size by year, ") & unit, "Overview Heading")
    page.put(f"A{BODY_ROW}", _key(draft), "Overview Line")
    page.merge(f"A{BODY_ROW}:C{BODY_ROW}")
    first = PATH_ROW + 2
    if not isinstance(draft["mb_first_year"].value, float):
        return first
    last = first + number_of_years(draft) - 1
    put_data_heading(page, PATH_ROW, "Size by year")
    headers = {"A": "Year", "C": "Reported", "E": "Not reported", "G": "At both ends", "K": "Status"}
    for column, header in headers.items():
        page.put(f"{column}{PATH_ROW + 1}", header, "Note")
    for row in range(first, last + 1):
        _put_year(draft, page, row, is_first=row == first)
    arrow = _arrow_rows(draft, page, first, last)
    page.sheet.charts.append(_chart(draft, page, first, last, arrow))
    return last + 2


def _key(draft: Draft) -> Expr:
    known = is_error(draft["mb_first_year"])
    count = if_error(draft["mb_assumption_count"], 0.0)
    hatched = if_(
        Expr("0", 0.0).below(count), "interpolated, compounded or assumed", "interpolated or compounded"
    )
    return if_(known, "The source states no size.", text("■ reported   ▨ ") & hatched)


def _put_year(draft: Draft, page: Page, row: int, *, is_first: bool) -> None:
    first_year, last_year = draft["mb_first_year"], draft["mb_last_year"]
    if is_first:
        year = page.put(f"A{row}", first_year, "Year")
    else:
        before = page[f"A{row - 1}"]
        year = page.put(f"A{row}", if_(before.below(last_year), before + 1.0, ""), "Year")
    size = if_error(draft.ask("MARKET_SIZE", year=year))
    blank = year.equals("")
    # LibreOffice compares the result of an add-in function as an array, unless INDEX takes it out.
    known = if_(blank, "", if_error(index(draft.ask("MARKET_STATUS", year=year), 1), "not stated"))
    status = page.put(f"K{row}", known, "Note")
    shown = page.put(f"C{row}", if_(status.equals("reported"), size, ""), "Size")
    other = page.put(f"E{row}", if_(blank, "", if_(shown.equals(""), size, "")), "Size")
    at_an_end = any_of(year.equals(first_year), year.equals(last_year))
    page.put(f"G{row}", if_(at_an_end, if_(shown.equals(""), other, shown), 0.0), "Overview Label")
    if isinstance(other.value, float) and other.value > 0 and at_an_end.value:
        label = replace(page.sheet.cells[f"G{row}"], number_format=_in_three_digits(other.value))
        page.sheet.cells[f"G{row}"] = label


def _in_three_digits(size: float) -> str:
    """Return the number format of a size's label, which has no room for all digits. Zeros have no label."""
    decimals = max(0, 2 - math.floor(math.log10(size)))
    return f"[>=1000]#,##0;[>0]#,##0{'.' if decimals else ''}{'0' * decimals};"


def _arrow_rows(draft: Draft, page: Page, first: int, last: int) -> tuple[int, int] | None:
    """Write a straight line above the columns, over the years of the stated CAGR.

    It is from the base year to the last year, because the CAGR of a market is for these. Return the rows of
    its ends; None if no CAGR is stated, or one that contradicts the sizes.
    """
    years = [page[f"A{row}"].value for row in range(first, last + 1)]
    base = draft["mb_base_year"].value
    if answered(draft.assumed.cagr) is None or base not in years or base == years[-1]:
        return None
    start = first + years.index(base)
    ends = page[f"G{first}"], page[f"G{last}"]
    begins, rate = page[f"C{start}"], draft["mb_cagr"].value
    if not all(isinstance(end.value, float) for end in (*ends, begins)):
        return None
    if (rate > 0) is not (ends[1].value > begins.value):
        return None
    tallest = Expr(f"MAX(C{first}:E{last})", max(v for v in _sizes(page, first, last)))
    over = tallest * _ABOVE
    base_year, begin = draft["mb_base_year"], draft["mb_size_base"]
    step = (draft["mb_size_end"] - begin) / (draft["mb_last_year"] - base_year)
    for row in range(start, last + 1):
        year = page[f"A{row}"]
        level = if_(year.below(base_year), "", begin + step * (year - base_year) + over)
        page.put(f"I{row}", if_(is_error(draft["mb_cagr"]), "", if_error(level)), "Size")
    said = if_(cagr_status(draft).equals("reported"), "as stated", "assumed")
    page.put(f"I{first - 1}", if_error(text("CAGR ") & cagr_words(draft) & " p.a., " & said), "Note")
    return start, last


def _sizes(page: Page, first: int, last: int) -> list[float]:
    cells = [page[f"{column}{row}"].value for column in "CE" for row in range(first, last + 1)]
    return [value for value in cells if isinstance(value, float)]


def _chart(draft: Draft, page: Page, first: int, last: int, arrow: tuple[int, int] | None) -> Chart:
    def area(column: str) -> str:
        return page.reference(f"{column}{first}:{column}{last}")

    years = area("A")
    series = [
        *size_series(area("C"), area("E"), years),
        Series("At both ends", area("G"), "", years, line=True, labels="value"),
    ]
    if arrow:
        start, end = arrow
        title, middle = page.reference(f"I{first - 1}"), (start + end) // 2 - first
        rise = Series(title, area("I"), _AMBER, years, line=True, arrow=True, labels="title", labelled=middle)
        series.append(rise)
    place = f"A{BODY_ROW + 1}:C{SOURCE_ROW - 1}"
    return Chart(
        place,
        tuple(series),
        _described(draft, with_arrow=arrow is not None),
        "#,##0",
        stacked=True,
        plain=True,
    )


def _described(draft: Draft, *, with_arrow: bool) -> str:
    market, unit = draft.assumed, draft.market.unit.parse(draft.unit)
    first, last = market.span()
    opening = f"Column chart of the size of {market.name} by year"
    start, end = (answered(lambda year=year: market.size(year)) for year in (first, last))  # type: ignore[misc]
    if start is None or end is None:
        return f"{opening}."
    if first == last:
        return f"{opening}: {money(market, unit, start)} in {first}."
    grown = f"from {money(market, unit, start)} in {first} to {money(market, unit, end)} in {last}"
    stated = f" The CAGR is {cagr_words(draft).value} p.a." if with_arrow else ""
    return f"{opening}, {grown}. {SOLID_OR_HATCHED}{stated}"
