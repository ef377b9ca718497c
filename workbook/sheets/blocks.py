"""The blocks of assumptions, one for each scenario, and the rows in use, which every function gets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openpyxl.utils import get_column_letter

from udfs.values import CellError
from workbook.assumptions import (
    BASE,
    COLUMNS,
    HIGH,
    IN_USE,
    LOW,
    OWN_MARKET,
    SCENARIO,
    SCENARIOS,
    block_name,
    cells_of,
    scenario_number,
)
from workbook.draft import Draft
from workbook.formulas import (
    Expr,
    Operand,
    any_of,
    greatest,
    if_,
    if_error,
    index,
    is_error,
    least,
    rows,
    text,
)
from workbook.page import Page
from workbook.report import Content

FIRST_HEADER = 11
_BETWEEN = 4
"""The rows from the end of a block to the header of the next: a blank one, a heading, an explanation."""
_MEASURE, _YEAR, _VALUE, _UNIT, _NOTE, _MARKET = range(1, 7)
_ENDS = {LOW: (1, least), HIGH: (2, greatest)}
_FIRST_COLUMN = 9
"""The rows in use stand on Lists from this column on."""

Makers = Mapping[int, Callable[[Sequence[Content]], Content]]
"""What Marketbook writes into columns of a row, each from the cells that are there before."""


@dataclass(frozen=True)
class Block:
    """The assumptions of a scenario on the Assumptions sheet: the row of its header, and its cells below."""

    scenario: str
    header: int
    cells: tuple[tuple[Content, ...], ...]

    @property
    def last(self) -> int:
        """The last row."""
        return self.header + len(self.cells)

    @property
    def values(self) -> list[list[Any]]:
        """The values of the cells, "" for a blank one."""
        return [[_value(content) for content in row] for row in self.cells]


def blocks(draft: Draft) -> Iterator[Block]:
    """Yield the blocks, one below the other: what the user entered, else what a new workbook has."""
    header = FIRST_HEADER
    for scenario in SCENARIOS:
        height = draft.inputs.assumptions.height(scenario)
        cells = tuple(_row(draft, scenario, number, header + 1 + number) for number in range(height))
        block = Block(scenario, header, cells)
        yield block
        header = block.last + _BETWEEN


def _row(draft: Draft, scenario: str, number: int, at: int) -> tuple[Content, ...]:
    follows = scenario in _ENDS and number == 0
    makers = _following(draft, scenario, at) if follows else _blank(draft, at)
    row: list[Content] = [None] * len(COLUMNS)
    for column in (*(c for c in range(len(COLUMNS)) if c not in makers), *makers):
        own = makers[column](row) if column in makers else None
        row[column] = draft.inputs.assumptions.content(scenario, number, column, own)
    return tuple(row)


def _blank(draft: Draft, at: int) -> Makers:
    """A row for the user. What is entered there is for one market, so that no other one gets it."""

    def market(row: Sequence[Content]) -> Content:
        return if_(_cell(row, _VALUE, at).equals(""), "", draft[OWN_MARKET] & "")

    return {_MARKET: market}


def _following(draft: Draft, scenario: str, at: int) -> Makers:
    """A row that follows the chosen market: the lowest or highest size of its last year."""
    place, furthest = _ENDS[scenario]

    def year(_: Sequence[Content]) -> Content:
        return if_error(draft["mb_stated_last_year"])

    def unit(_: Sequence[Content]) -> Content:
        return if_error(index(draft.ask("MARKET_INFO", item="unit"), 1))

    def value(row: Sequence[Content]) -> Content:
        when = _cell(row, _YEAR, at)
        asked: dict[str, Operand] = {"year": when, "unit": _cell(row, _UNIT, at), "assumptions": None}
        rounded = index(draft.ask("MARKET_RANGE", **asked), 1, place)
        pooled = draft.ask("MARKET_SIZE", **asked, source=text(scenario) & draft["mb_as_of_words"])
        return if_(when.equals(""), "", if_error(furthest(rounded, pooled), if_error(pooled)))

    return {
        _MEASURE: lambda _: "size",
        _YEAR: year,
        _UNIT: unit,
        _VALUE: value,
        _NOTE: lambda _: "follows the market",
    }


def _cell(row: Sequence[Content], column: int, at: int) -> Expr:
    return Expr(f"{get_column_letter(column + 1)}{at}", _value(row[column]))


def _value(content: Content) -> Any:
    value = content.value if isinstance(content, Expr) else content
    return "" if value is None else value


def put_rows_in_use(draft: Draft, page: Page) -> None:
    """Write the rows of the chosen scenario, which the functions of all sheets get, under their name.

    A blank cell stays blank text, because a reference to it would be 0. Without the Assumptions sheet
    there are no rows.
    """
    series = draft.ask("MARKET_SERIES", unit=None, assumptions=None)
    page.put_named("mb_stated_last_year", "E27", index(series, rows(series)))
    page.put("D27", "Last year of the source", "Label")
    number, height, chosen = _put_choice(draft, page)
    values = cells_of([["" for _ in COLUMNS]] * draft.inputs.assumptions.rows_in_use)
    letters = [get_column_letter(_FIRST_COLUMN + column) for column in range(len(COLUMNS))]
    for letter, header in zip(letters, COLUMNS, strict=True):
        page.put(f"{letter}1", header, "Header")
    for row in range(1, len(values)):
        for column, letter in enumerate(letters):
            taken = _taken(number, height, chosen, row, column)
            values[row, column] = page.put(f"{letter}{row + 1}", taken).value
    _put_count(draft, page, letters, len(values))
    _put_in_words(page, letters, len(values))
    page.name(IN_USE, f"{letters[0]}1:{letters[-1]}{len(values)}", values)


def put_refused(draft: Draft, page: Page) -> None:
    """Write why the rows in use cannot be used together, blank if they can.

    It is blank, too, if nothing can be asked without them: where the functions are not installed.
    """
    plain, assumed = (index(draft.ask("MARKET_SOURCE", **more), 1) for more in ({"assumptions": None}, {}))
    reason = if_error(assumed, "A cell of the assumptions in use contains an error.")
    told = if_error(if_(plain.equals(assumed), "", reason), reason)
    told = if_(is_error(draft.ask("MARKET_SIZE")), if_(is_error(plain), "", told), "")
    unknown = "There is no such scenario. On the Assumptions sheet, choose own, base, low or high."
    page.put_named("mb_refused", "E25", if_(is_error(draft["mb_scenario_number"]), unknown, told))
    page.put("D25", "Why assumptions are refused", "Label")


def _put_count(draft: Draft, page: Page, letters: Sequence[str], last: int) -> None:
    """Write how many rows are used for the chosen market, up to each row, so that the next one is found."""
    letter = get_column_letter(_FIRST_COLUMN + len(COLUMNS))
    page.put(f"{letter}1", "Count", "Header")
    above = Expr("0", 0.0)
    for at in range(2, last + 1):
        value, market = (page[f"{letters[column]}{at}"] for column in (_VALUE, _MARKET))
        more = if_(is_for_the_market(draft, market), above + 1.0, above)
        above = page.put(f"{letter}{at}", if_(value.equals(""), above, more))
    page.name("mb_assumption_counts", f"{letter}2:{letter}{last}", _column(page, letter, last))
    page.name("mb_assumption_count", f"{letter}{last}", above.value)


def is_for_the_market(draft: Draft, market: Expr) -> Expr:
    """Return whether an assumption for a market, or for any if it is blank, is for the chosen one."""
    named = if_error(index(draft.ask("MARKET_INFO", market=market & "", item="name"), 1), market)
    return any_of(market.equals(""), named.equals(draft["mb_chosen_market"]))


def _put_in_words(page: Page, letters: Sequence[str], last: int) -> None:
    """Write the rows as one text, so that a change since the last refresh shows. Notes do not count."""
    letter = get_column_letter(_FIRST_COLUMN + len(COLUMNS) + 1)
    page.put(f"{letter}1", "In words", "Header")
    words = text("")
    for at in range(2, last + 1):
        cells = [page[f"{letters[column]}{at}"] for column in range(len(COLUMNS)) if column != _NOTE]
        line = reduce(lambda line, cell: line & "|" & cell, cells)
        words = page.put(
            f"{letter}{at}", words & if_(page[f"{letters[_VALUE]}{at}"].equals(""), "", line & ";")
        )
    page.name("mb_assumed_now", f"{letter}{last}", words.value)


def _column(page: Page, letter: str, last: int) -> NDArray[np.object_]:
    return np.array([[page[f"{letter}{at}"].value] for at in range(2, last + 1)], dtype=object)


def _put_choice(draft: Draft, page: Page) -> tuple[Expr, Expr, list[list[Any]]]:
    """Write the number of the scenario, and of its rows; return both with the values of the rows."""
    every = {block.scenario: block.values for block in blocks(draft)}
    for at, label in ((23, "Scenario, by its number"), (24, "Rows of the scenario")):
        page.put(f"D{at}", label, "Label")
    cell = draft[SCENARIO]
    known = f"MATCH({cell.formula},mb_scenarios,0)"
    number = page.put_named(
        "mb_scenario_number",
        "E23",
        Expr(
            f'IF(ISERROR({cell.formula}),{SCENARIOS.index(BASE) + 1},IF({cell.formula}="",1,{known}))',
            scenario_number(cell.value),
        ),
    )
    there = isinstance(number.value, float)
    rows_there = every[SCENARIOS[int(number.value) - 1]] if there else []
    count = f"IF(ISERROR(ROWS({_chosen_block(number)})),0,ROWS({_chosen_block(number)})-1)"
    counted = Expr(
        f"IF(ISERROR({number.formula}),{number.formula},{count})",
        float(len(rows_there)) if there else number.value,
    )
    return number, page.put_named("mb_scenario_rows", "E24", counted), rows_there


def _chosen_block(number: Expr) -> str:
    return f"CHOOSE({number.formula},{','.join(map(block_name, SCENARIOS))})"


def _taken(number: Expr, height: Expr, chosen: Sequence[Sequence[Any]], row: int, column: int) -> Expr:
    """Return a cell of the chosen block; rows and columns start at 1 and 0."""
    cell = f"INDEX({_chosen_block(number)},{row + 1},{column + 1})"
    formula = f'IF({row}>{height.formula},"",IF({cell}="","",{cell}))'
    if isinstance(height.value, CellError):
        return Expr(formula, height.value)
    return Expr(formula, chosen[row - 1][column] if row <= len(chosen) else "")
