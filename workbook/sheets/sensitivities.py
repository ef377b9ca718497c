"""What moves the size of the last year most: the inputs with their effects, sorted, and a tornado chart."""

import math

from openpyxl.utils import quote_sheetname

from workbook.draft import Draft
from workbook.formulas import Expr, greatest, if_, least, text
from workbook.page import Page, absolute
from workbook.report import Content, Series, Tornado
from workbook.sheets.sensitivity_inputs import MOST_INPUTS, Inputs, put_inputs
from workbook.tables import Column, Row, Table, gap, put_table

_CHARTED = 4
"""The fewest bars that there is room for."""
_ROW_HEIGHT = 16
SENSITIVITY_ROWS = 3 + MOST_INPUTS
"""The rows of the heading, a note, the header and the table."""
_NOTE = (
    "Each input goes from its lowest to its highest value, and all others stay as in the source. "
    "Your own figures: without and with each."
)
_BLUE, _NAVY = "7A9CC0", "17365D"
_ZERO = Expr("0", 0.0)
_IS_RATE = ('OR(LEFT({input},11)="Stated CAGR",LEFT({input},13)="Your own CAGR")', "Stated percent")


def put_sensitivities(draft: Draft, page: Page, top: int, below: int, base_year: Expr) -> None:
    """Write a heading and the table from row `top` on, its chart, and from `below` on what is behind both."""
    inputs = put_inputs(draft, page, below, base_year)
    year, header = draft["mb_scenario_year"], top + 2
    page.put(f"A{top}", text("What moves the size in ") & year & " most", "Heading")
    for column in "BCDEFG":
        page.put(f"{column}{top}", "", "Heading")
    page.put(f"A{top + 1}", _NOTE, "Remark")
    page.put(f"G{header}", text("Size in ") & year & ", " & draft["mb_shown_unit"], "Label")
    table = put_table(
        *(page, _columns(inputs), header, inputs.known, MOST_INPUTS), name="inputs", row_height=_ROW_HEIGHT
    )
    if inputs.known:
        page.sheet.charts.append(_chart(draft, table))


class _Sorted:
    """The cells of one input's row, taken from the list of inputs; the widest effect comes first.

    The parts of its bar stand end to end: up to its lower end, which is not drawn, from there to the size
    in the source, and from that to its upper end. All are positive, because LibreOffice may draw what is
    negative on the wrong side.
    """

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs

    def place(self, row: Row) -> Content:
        keys = self._inputs.values("F")
        area = absolute(self._inputs.area("F"))
        at = float(keys.index(sorted(keys, reverse=True)[row.number - 1]) + 1)
        return Expr(f"MATCH(LARGE({area},{row.number}),{area},0)", at)

    def _taken(self, row: Row, column: str) -> Expr:
        place = row["place"]
        value = self._inputs.values(column)[int(place.value) - 1]
        return Expr(f"INDEX({absolute(self._inputs.area(column))},{place.formula})", value)

    def input(self, row: Row) -> Content:
        return self._taken(row, "A")

    def of(self, column: str, row: Row) -> Content:
        taken = self._taken(row, column)
        return self._about(row, if_(taken.equals(""), "", taken))

    def _about(self, row: Row, shown: Expr) -> Expr:
        return if_(row["input"].equals(""), "", shown)

    def difference(self, row: Row) -> Content:
        return self._about(row, row["at_high"] - row["at_low"])

    def _ends(self, row: Row) -> tuple[Expr, Expr]:
        ends = row["at_low"], row["at_high"]
        return least(*ends), greatest(*ends)

    def skipped(self, row: Row) -> Content:
        return self._about(row, self._ends(row)[0])

    def lower(self, row: Row) -> Content:
        low, high = self._ends(row)
        return self._about(row, greatest(least(high, self._inputs.size) - low, _ZERO))

    def higher(self, row: Row) -> Content:
        low, high = self._ends(row)
        return self._about(row, greatest(high - greatest(low, self._inputs.size), _ZERO))


def _columns(inputs: Inputs) -> list[Column]:
    """The inputs, their range and its effect; not printed, the chart's columns and the place in the list."""
    shown = _Sorted(inputs)

    def taken(key: str, header: str, column: str) -> Column:
        when = [_IS_RATE] if key in ("low", "high") else []
        return Column(key, header, 12, "Size", lambda row: shown.of(column, row), when=when, is_series=True)

    def part(key: str, header: str) -> Column:
        return Column(key, header, 12, "Size", getattr(shown, key), printed=False)

    return [
        Column("input", "Input", 33, "Text", shown.input),
        taken("low", "Lowest", "B"),
        taken("high", "Highest", "C"),
        taken("at_low", "Size at lowest", "D"),
        taken("at_high", "Size at highest", "E"),
        Column("difference", "Difference", 12, "Size", shown.difference, is_series=True),
        gap("chart", 56),
        part("skipped", "Not drawn"),
        part("lower", "Lower"),
        part("higher", "Higher"),
        Column("place", "Place in list", 12, "Count", shown.place, printed=False),
    ]


def _chart(draft: Draft, table: Table) -> Tornado:
    first = table.first
    last = first + max(table.filled, _CHARTED) - 1
    sheet, chart = quote_sheetname(table.page.title), table.letter("chart")

    def area(key: str) -> str:
        letter = table.letter(key)
        return f"{sheet}!{absolute(f'{letter}{first}:{letter}{last}')}"

    names = area("input")
    described = f"Tornado chart: how far each input moves the size of {draft.market.name} in the last year."
    return Tornado(
        f"{chart}{first}:{chart}{first + table.height - 1}",
        (
            Series(" ", area("skipped"), "", names),
            Series("Smaller", area("lower"), _BLUE, names),
            Series("Larger", area("higher"), _NAVY, names),
        ),
        described,
        'General" "',
        _start(table),
    )


def _start(table: Table) -> float:
    """Return a round number a little below all bars, at which their axis starts."""
    cells = table.page.sheet.cells
    rows = range(table.first, table.first + table.filled)
    ends: list[float] = [
        cells[f"{table.letter(key)}{row}"].value for key in ("at_low", "at_high") for row in rows
    ]
    lowest, span = min(ends), max(ends) - min(ends)
    if not span:
        return 0.0
    step: float = 10.0 ** math.floor(math.log10(span))
    return round(max(math.floor((lowest - span / 8) / step) * step, 0.0), 12)
