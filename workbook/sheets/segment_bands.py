"""The chart of shares beside the table of segments: a bar for each row, or the band of what is possible."""

from workbook.formulas import any_of, if_
from workbook.report import Content, Series, Strips
from workbook.sheets.segment_years import SegmentYear
from workbook.spelling import percent
from workbook.tables import Column, Row, Table

_STATED, _UP_TO_ESTIMATE, _UP_TO_HIGHEST = "17365D", "8FAACC", "D3DEEC"


def band_columns(year: SegmentYear) -> list[Column]:
    """Return the columns with the pieces of the bars, which are not printed."""
    share, low, high = (year.key(name) for name in ("share", "low", "high"))

    def stated(row: Row) -> Content:
        return if_(row[low].equals(""), row[share], "")

    def below(row: Row) -> Content:
        return if_(any_of(row[low].equals(""), row[share].equals("")), "", row[share] - row[low])

    def above(row: Row) -> Content:
        start = if_(row[share].equals(""), row[low], row[share])
        return if_(row[low].equals(""), "", row[high] - start)

    return [
        Column(year.key("stated"), "Bar: stated", 12, "Percent range", stated, printed=False),
        Column(year.key("below"), "Band: low to estimate", 15, "Percent range", below, printed=False),
        Column(year.key("above"), "Band: estimate to high", 15, "Percent range", above, printed=False),
    ]


def put_bands(table: Table, year: SegmentYear) -> None:
    """Add the chart in the column "band", over the rows that are filled."""
    page, column = table.page, table.letter("band")
    page.put(f"{column}{table.first - 1}", year.titled("Share", ", 0% to 100%"), "Header")
    page.show(table.area("band"), f'$A{table.first}<>""', "Ruled")
    if not table.filled:
        return

    def area(key: str) -> str:
        letter = table.letter(key)
        return page.reference(f"{letter}{table.first}:{letter}{table.first + table.filled - 1}")

    pieces = (
        ("Stated", "stated", _STATED),
        ("Lowest", "low", ""),
        ("Up to the estimate", "below", _UP_TO_ESTIMATE),
        ("Up to the highest", "above", _UP_TO_HIGHEST),
    )
    series = tuple(
        Series(title, area(year.key(key)), colour, area("segment")) for title, key, colour in pieces
    )
    over = f"{column}{table.first}:{column}{table.first + table.filled - 1}"
    page.sheet.charts.append(Strips(over, series, _described(table, year)))


def _described(table: Table, year: SegmentYear) -> str:
    """Return the alternative text: each segment with its share, or with what is possible."""
    page = table.page

    def cell(key: str, at: int) -> object:
        return page[f"{table.letter(key)}{at}"].value

    told = []
    for at in range(table.first, table.first + table.filled):
        share, low, high = (cell(year.key(key), at) for key in ("share", "low", "high"))
        if isinstance(low, float) and isinstance(high, float):
            told.append(f"{cell('segment', at)} {percent(low)} to {percent(high)}")
        elif isinstance(share, float):
            told.append(f"{cell('segment', at)} {percent(share)}")
    return f"Bars of shares, as bands where only a range is known: {', '.join(told) or 'none stated'}."
