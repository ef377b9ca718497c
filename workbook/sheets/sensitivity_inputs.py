"""The inputs of the last year's size, each with its own range, and the size at both ends of it.

They stand below the table of the Scenarios sheet, outside its print area. For each end there is a small range
of assumptions, because a scenario is nothing else.
"""

from dataclasses import dataclass
from typing import Any

from udfs.values import CellError
from workbook.assumptions import COLUMNS, OWN, block_name, cells_of
from workbook.draft import Draft
from workbook.formulas import (
    Expr,
    Operand,
    after,
    all_of,
    any_of,
    before,
    if_,
    if_error,
    index,
    is_error,
    text,
)
from workbook.page import Page, absolute
from workbook.report import Content
from workbook.sheets.lists import number_of_sources
from workbook.wording import length

_MOST_OWN = 5
_OF_SOURCE = 4
MOST_INPUTS = _OF_SOURCE + _MOST_OWN
_PRODUCT = 4
"""How tightly a product binds in a formula."""
_CASE = COLUMNS[:5]
_SEGMENT, _MEASURE, _YEAR, _VALUE, _UNIT, _MARKET = 1, 2, 3, 4, 5, 7
"""The columns of a block of assumptions, from 1 on."""


@dataclass(frozen=True)
class Inputs:
    """The list of inputs: its rows on the page, and the cell with the size that the source states.

    Its columns are the name (A, blank if there is no such input), the lowest and the highest value (B, C),
    the size at each (D, E), and a number by which the widest effect comes first (F).
    """

    page: Page
    first: int
    size: Expr

    def area(self, column: str) -> str:
        """Return the cells of a column."""
        return f"{column}{self.first}:{column}{self.first + MOST_INPUTS - 1}"

    def values(self, column: str) -> list[Any]:
        """Return the values of a column."""
        return [self.page[f"{column}{self.first + at}"].value for at in range(MOST_INPUTS)]

    @property
    def known(self) -> int:
        """The number of inputs that there are."""
        return sum(name != "" for name in self.values("A"))


def put_inputs(draft: Draft, page: Page, top: int, base_year: Expr) -> Inputs:
    """Write the list from row `top` on, and the assumptions below it."""
    first = top + 2
    cases = first + MOST_INPUTS + 4
    page.put(f"A{top}", "Figures behind the table above", "Heading")
    heads = ("Input", "Lowest", "Highest", "Size at lowest", "Size at highest", "Order")
    page.row(top + 1, heads, ("Header", *("Header number",) * 5))
    year = draft["mb_scenario_year"]
    for at, label in ((4, "Size in the source"), (3, "CAGR in the source"), (2, "As printed")):
        page.put(f"A{cases - at}", label, "Label")
    size = page.put(f"B{cases - 4}", draft.ask("MARKET_SIZE", year=year, assumptions=None), "Size")
    asked = draft.ask("MARKET_SOURCE", unit=None, measure="CAGR", assumptions=None)
    printed = page.put(f"B{cases - 2}", _as_printed(page.put(f"B{cases - 3}", asked, "Line")), "Line")
    inputs = Inputs(page, first, size)
    made = _List(draft, page, inputs, cases, base_year)
    made.put_source(printed)
    made.put_own()
    page.grey_errors(f"A{first}:F{cases - 2}")
    return inputs


class _List:
    """Writes the inputs, one after the other, and their assumptions from row `cases` on."""

    def __init__(self, draft: Draft, page: Page, inputs: Inputs, cases: int, base_year: Expr) -> None:
        self._draft, self._page, self._inputs = draft, page, inputs
        self._next, self._next_case = inputs.first, cases
        self._year, self._base_year = draft["mb_scenario_year"], base_year

    def put_source(self, printed: Expr) -> None:
        """Write the inputs that the source states: sizes, its CAGR, and what several sources say."""
        base, year = self._base_year, self._year
        from_base = self._size_range(base)
        self._put_grown(text("Size in ") & base & ", at the stated CAGR", "size", base, from_base)
        rates = _stated_rates(self._draft, printed)
        self._put_grown(text("Stated CAGR, from the size in ") & base, "CAGR", "", rates)
        self._put_sizes(text("Size in ") & year & ", by rounding", self._size_range(year))
        self._put_sizes(text("Size in ") & year & ", by source", self._of_sources())

    def _size_range(self, year: Expr) -> tuple[Expr, Expr]:
        asked = self._draft.ask("MARKET_RANGE", year=year, assumptions=None)
        return if_error(index(asked, 1, 1)), if_error(index(asked, 1, 2))

    def _of_sources(self) -> tuple[Expr, Expr]:
        """Return the lowest and the highest size of several sources, blank if there is only one."""
        draft = self._draft
        several = Expr("1", 1.0).below(number_of_sources(draft, draft["mb_all_sources"]))

        def pooled(pick: str) -> Expr:
            source = text(pick) & draft["mb_as_of_words"]
            size = draft.ask("MARKET_SIZE", year=self._year, assumptions=None, source=source)
            return if_(several, if_error(size), "")

        return pooled("low"), pooled("high")

    def _put_grown(self, name: Expr, measure: str, year: Operand, ends: tuple[Expr, Expr]) -> None:
        """Write an input by which sizes grow from the base year to the last."""
        at = self._next
        look = "Percent stated" if measure == "CAGR" else "Size"
        values, sizes = [], []
        for column, end in zip("BC", ends, strict=True):
            values.append(self._page.put(f"{column}{at}", end, look))
            case = self._case((None, measure, year, values[-1], self._draft["mb_shown_unit"]))
            sizes.append(self._size_with(case, method="compound"))
        is_open = any_of(*(value.equals("") for value in values))  # an assumption without a value is ignored
        self._finish(if_(is_open, "", name), sizes[0], sizes[1])

    def _put_sizes(self, name: Expr, ends: tuple[Expr, Expr]) -> None:
        """Write an input that is itself the size of the last year."""
        low, high = (
            self._page.put(f"{column}{self._next}", end, "Size")
            for column, end in zip("BC", ends, strict=True)
        )
        self._finish(name, low, high)

    def put_own(self) -> None:
        """Write the user's first assumptions about the whole market, without and with each of them."""
        counted = self._put_count()
        for number in range(1, _MOST_OWN + 1):
            self._put_one_own(number, counted)

    def _put_count(self) -> tuple[str, list[Any]]:
        """Write how many of the user's rows so far are in use; return the cells and their values."""
        block, first = self._draft[block_name(OWN)], self._inputs.first
        self._page.put(f"H{first - 1}", "Own so far", "Header number")
        so_far: Expr = Expr("0", 0.0)
        height = len(block.value) - 1
        for number in range(1, height + 1):
            so_far = self._page.put(f"H{first + number - 1}", so_far + self._is_used(block, number), "Count")
        values = [self._page[f"H{first + at}"].value for at in range(height)]
        return absolute(f"H{first}:H{first + height - 1}"), values

    def _is_used(self, block: Expr, number: int) -> Expr:
        """Return 1 for a row about the chosen market as a whole, else 0."""
        segment, value, market = (index(block, number + 1, at) for at in (_SEGMENT, _VALUE, _MARKET))
        markets: tuple[Operand, ...] = ("", self._draft["mb_chosen_market"], self._draft["mb_market"])
        is_here = all_of(segment.equals(""), any_of(*map(market.equals, markets)))
        return if_error(if_(value.equals(""), 0.0, if_(is_here, 1.0, 0.0)), 0.0)

    def _put_one_own(self, number: int, counted: tuple[str, list[Any]]) -> None:
        block, at = self._draft[block_name(OWN)], self._next_case + 1
        area, values = counted
        found = values.index(number) + 1.0 if number in values else CellError.NA
        row = self._page.put(f"F{at}", if_error(Expr(f"MATCH({number},{area},0)", found)), "Count")

        def entered(column: int) -> Expr:
            cell = index(block, row + 1.0, column)
            return if_error(if_(cell.equals(""), "", cell))

        self._case((None, *map(entered, (_MEASURE, _YEAR, _VALUE, _UNIT))))
        measure, year, value = (self._page[f"{column}{at}"] for column in "BCD")
        name = text("Your own ") & measure & if_(year.equals(""), "", text(", ") & year)
        self._page.put(f"B{self._next}", "", "Size")
        self._page.put(f"C{self._next}", value, "Size")
        case = Expr(absolute(f"A{at - 1}:E{at}"), self._values(at))
        self._finish(if_(value.equals(""), "", name), self._inputs.size, self._size_with(case))

    def _case(self, row: tuple[Content, ...]) -> Expr:
        """Write a range of assumptions with one row, and return it."""
        at = self._next_case
        looks = ("Text", "Text", "Year", "Figure", "Text")
        self._page.row(at, _CASE, ("Header", "Header", "Header number", "Header number", "Header"))
        self._page.row(at + 1, row, looks)
        self._next_case = at + 3
        return Expr(absolute(f"A{at}:E{at + 1}"), self._values(at + 1))

    def _values(self, at: int) -> Any:
        """Return the cells of a range of assumptions, as a function gets them."""
        row = [self._page[f"{column}{at}"].value for column in "ABCDE"]
        return cells_of([[*row, "", ""]])[:, : len(_CASE)]

    def _size_with(self, case: Expr, **how: Operand) -> Expr:
        return self._draft.ask("MARKET_SIZE", year=self._year, assumptions=case, **how)

    def _finish(self, name: Expr, low: Expr, high: Expr) -> None:
        """Write the sizes, and the name and the order of an input for which there are any."""
        at, number = self._next, self._next - self._inputs.first + 1
        ends = [
            self._page.put(f"{column}{at}", end, "Size")
            for column, end in zip("DE", (low, high), strict=True)
        ]
        width = ends[1] - ends[0]
        shown = self._page.put(f"A{at}", if_(is_error(width), "", name))
        self._page.put(
            f"F{at}",
            if_(shown.equals(""), -float(number), _order(width, self._inputs.size, number)),
            "Figure",
        )
        self._next += 1


def _order(width: Expr, size: Expr, number: int) -> Expr:
    """Return the width of an effect as a part of the size; of equal ones, the first is larger."""
    formula = f"ROUND(ABS({width.formula})/{size.formula},9)-{number}/10^12"
    part = width / size
    return Expr(
        formula, round(abs(part.value), 9) - number / 1e12 if isinstance(part.value, float) else part.value
    )


def _as_printed(words: Expr) -> Expr:
    """Return the CAGR as the source prints it, from the words about it; blank if that is no plain number."""
    printed = before(after(words, "stated as "), "%")
    return if_error(if_(is_error(after(printed, " ")), printed, ""))


def _stated_rates(draft: Draft, printed: Expr) -> tuple[Expr, Expr]:
    """Return the ends of the stated CAGR: half of its last printed digit to both sides.

    The digits are counted as printed, because the number 0.04 can stand for 4% or 4.0%.
    """
    rate = draft.ask("MARKET_CAGR", assumptions=None)
    decimals = if_error(length(after(printed, ".")), 0.0)
    half = Expr(f"0.005/10^{decimals.formula}", 0.005 / 10**decimals.value, binding=_PRODUCT)
    blank = printed.equals("")
    return if_(blank, "", if_error(rate - half)), if_(blank, "", if_error(rate + half))
