"""The Scenarios sheet: sizes by year and segment under each scenario, and what moves the last size most."""

from collections.abc import Callable, Sequence

from workbook.assumptions import BASE, HIGH, LOW, OWN, SCENARIOS, block_name
from workbook.draft import Draft
from workbook.formulas import Expr, Operand, greatest, if_, if_error, index, is_error, least, rows, text
from workbook.page import Page
from workbook.report import Content, Fan, Series
from workbook.sheets.assumptions import ASSUMPTIONS
from workbook.sheets.head import put_head
from workbook.sheets.kind import Sheet
from workbook.sheets.sensitivities import SENSITIVITY_ROWS, put_sensitivities
from workbook.tables import Column, Row, Table, gap, put_table, widths
from workbook.wording import sized

_YEAR_ROW, HEADER_ROW = 6, 7
_YEARS_READY, _SEGMENTS_READY = 12, 10
_PAGE_HEIGHT = 550.0
"""The points for which the scale of a page stays readable, as that for its width does."""
_ROW_HEIGHT, _DEFAULT_HEIGHT = 16, 15
_BETWEEN_TABLES = 6
"""The height of a blank row. It is low, so that two tables with their charts fit on one page."""
_SHOWN = (LOW, BASE, HIGH, OWN)
_NOTE = "Low and high go as far as rounding or the sources do, until you change them on Assumptions."
_NAVY, _AMBER, _PALE = "17365D", "D97706", "B4C7DC"
_WHOLE = "Whole market"


def build_scenarios(draft: Draft) -> None:
    """Add the sheet: years with the band, segments, and the inputs with their effects."""
    columns = _year_columns(draft)
    page = draft.page(SCENARIOS_PAGE.title, widths(columns))
    put_head(draft, page, "scenarios", "G", sized=True)
    _put_choice(draft, page)
    filled = _number_of_years(draft)
    years = put_table(page, columns, HEADER_ROW, filled, _YEARS_READY, row_height=_ROW_HEIGHT)
    years.say_if_empty("A4", "The source states no size of this market.", _NOTE)
    top = years.first + years.height + 1
    below = top + SENSITIVITY_ROWS
    segments = _put_segments(draft, page, below + 1)
    put_sensitivities(draft, page, top, segments.first + segments.height + 1, page[f"A{years.first}"])
    for row in (top - 1, below):
        page.height(row, _BETWEEN_TABLES)
    page.put(f"G{HEADER_ROW}", _fan_title(draft), "Label")
    if filled > 1:
        page.sheet.charts.append(_fan(draft, years))
    page.sheet.freeze = ""  # the header of one table would stay above the others
    last = segments.first + segments.filled - 1
    page.set_up_print(f"A1:G{last}", breaks=_breaks(page, (top - 1, below, last)))


def _breaks(page: Page, ends: Sequence[int]) -> list[int]:
    """Return the last rows of pages, so that no block is cut; none if a block is longer than a page."""
    breaks, start, before = list[int](), 0, 0
    for end in ends:
        if _height(page, start, end) > _PAGE_HEIGHT and start < before:
            breaks.append(before)
            start = before
        if _height(page, start, end) > _PAGE_HEIGHT:
            return []
        before = end
    return breaks


def _height(page: Page, start: int, end: int) -> float:
    return sum(page.sheet.heights.get(row, _DEFAULT_HEIGHT) for row in range(start + 1, end + 1))


def _put_choice(draft: Draft, page: Page) -> None:
    """Write which scenario the other sheets show, and the last year of the source."""
    number = draft["mb_scenario_number"]
    known = isinstance(number.value, float)
    value = SCENARIOS[int(number.value) - 1] if known else number.value
    page.put("A5", "Scenario in use", "Label")
    page.put("B5", if_error(Expr(f"INDEX(mb_scenarios,{number.formula})", value), "unknown"))
    page.put("C5", "Change it on Assumptions", "Link", f"#'{ASSUMPTIONS.title}'!B6")
    page.merge("C5:E5")
    series = draft.ask("MARKET_SERIES", unit=None, assumptions=None)
    page.put(f"A{_YEAR_ROW}", "Last year of the source", "Label")
    page.put_named("mb_scenario_year", f"B{_YEAR_ROW}", if_error(index(series, rows(series))), "Year")


def _rows_of(draft: Draft, scenario: str) -> Expr:
    return draft[block_name(scenario)]


def _number_of_years(draft: Draft) -> int:
    first, last = (one.value for one in (_first_year(draft), draft["mb_last_year"]))
    return max(1, int(last - first) + 1) if isinstance(first, float) and isinstance(last, float) else 1


def _first_year(draft: Draft) -> Expr:
    """Return the base year, or the first year with a size if there is none; blank without any size."""
    first = draft["mb_first_year"]
    base = index(draft.ask("MARKET_INFO", item="base year"), 1)
    return if_(is_error(first), "", if_error(base, first))


def _year_columns(draft: Draft) -> list[Column]:
    """Years, a size for each scenario and room for the chart; not printed, the edges of the band."""

    def year(row: Row) -> Content:
        if row.above is None:
            return _first_year(draft)
        before = row.above["year"]
        return if_(before.below(draft["mb_last_year"]), before + 1.0, "")

    def size(scenario: str) -> Callable[[Row], Content]:
        def asked(row: Row) -> Content:
            told = draft.ask("MARKET_SIZE", year=row["year"], assumptions=_rows_of(draft, scenario))
            return if_(row["year"].equals(""), "", told)

        return asked

    def from_(row: Row) -> Content:
        return if_(row["year"].equals(""), "", least(row[LOW], row[HIGH]))

    def height(row: Row) -> Content:
        return if_(row["year"].equals(""), "", greatest(row[LOW], row[HIGH]) - row["from"])

    return [
        Column("year", "Year", 33, "Year", year),
        *(
            Column(each, each.capitalize(), 12, "Size", size(each), when=[_ERROR], is_series=True)
            for each in _SHOWN
        ),
        Column("difference", "Own against base", 12, "Difference", _difference),
        gap("chart", 56),
        Column("from", "Band from", 12, "Size", from_, when=[_ERROR], printed=False, is_series=True),
        Column("height", "Its height", 12, "Size", height, when=[_ERROR], printed=False, is_series=True),
    ]


_ERROR = ("ISERROR({0})", "Grey")
"""A size that cannot be told stays an error, because a chart would draw a blank text as zero."""


def _difference(row: Row) -> Content:
    return if_error(row[OWN] / row[BASE] - 1.0)


def _put_segments(draft: Draft, page: Page, top: int) -> Table:
    """Write the size of each segment in the last year, with the whole market first, in named cells."""
    year = draft["mb_scenario_year"]
    page.put(
        f"A{top}",
        text("Sizes in ") & year & ", estimated where they are not stated; blank: nothing can be said",
        "Heading",
    )
    for column in "BCDEF":
        page.put(f"{column}{top}", "", "Heading")
    listed = len(draft.market.segments)
    table = put_table(
        *(page, _segment_columns(draft), top + 1, listed + 1, _SEGMENTS_READY + 1),
        name="segments",
        row_height=_ROW_HEIGHT,
    )
    for each in _SHOWN:
        place = f"{table.letter(each)}{table.first}"
        page.name(f"mb_scenario_{each}_end", place, page[place].value)
    return table


def _segment_columns(draft: Draft) -> list[Column]:
    year = draft["mb_scenario_year"]
    count = draft["mb_segment_count"] + draft["mb_region_count"]

    def name(row: Row) -> Content:
        if row.number == 1:
            return if_(year.equals(""), "", _WHOLE)
        at = float(row.number - 1)
        return if_(count.below(at), "", index(draft.ask("SEGMENT_LIST"), row.number - 1))

    def size(scenario: str) -> Callable[[Row], Content]:
        def asked(row: Row) -> Content:
            about: dict[str, Operand] = {"segment": row["name"], "method": "estimate"}
            about = {} if row.number == 1 else about
            told = draft.ask("MARKET_SIZE", year=year, assumptions=_rows_of(draft, scenario), **about)
            return if_(row["name"].equals(""), "", told if row.number == 1 else if_error(told))

        return asked

    return [
        Column("name", "Segment", 33, "Text", name),
        *(
            Column(each, each.capitalize(), 12, "Size", size(each), when=[_ERROR], is_series=True)
            for each in _SHOWN
        ),
        Column("difference", "Own against base", 12, "Difference", _difference),
    ]


def _fan_title(draft: Draft) -> Content:
    """Return what the chart shows, with the ends of its band in figures: it can be too narrow to be seen."""
    low, high = (sized(draft[f"mb_scenario_{each}_end"]) for each in (LOW, HIGH))
    about = text("Low to high in ") & draft["mb_scenario_year"] & ": "
    return if_error(about & low & " to " & high, "Size by year")


def _fan(draft: Draft, table: Table) -> Fan:
    first, last = table.first, table.first + table.filled - 1

    def area(key: str) -> str:
        letter = table.letter(key)
        return table.page.reference(f"{letter}{first}:{letter}{last}")

    years, chart = area("year"), table.letter("chart")
    bottom = table.first + table.height - 1
    return Fan(
        f"{chart}{first}:{chart}{bottom}",
        Series("Low", area("from"), "", years),
        Series("Low to high", area("height"), _PALE, years),
        (
            Series("Base", area(BASE), _NAVY, years, line=True),
            Series("Own", area(OWN), _AMBER, years, line=True, dashed=True),
        ),
        f"Fan chart of the size of {draft.market.name} by year: a band from low to high, with base and own.",
        "[>=20]#,##0;General",
    )


SCENARIOS_PAGE = Sheet(
    "Scenarios", "Low, base, high and your own: sizes, and what moves them most.", build_scenarios
)
