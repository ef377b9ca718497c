"""The arguments of a cell, each read and checked once, in the order of the parameters."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from markets.assumed import assuming
from markets.catalogs import Catalog
from markets.errors import BadArgument, NotFound, OutOfDomain, shortened
from markets.estimates.assumptions import Assumptions
from markets.estimates.matrix import Seed
from markets.market import Market, Order
from markets.methods import Method
from markets.segments import SegmentName
from markets.selection import Selection
from markets.units import Unit
from udfs import arguments
from udfs.assumptions import read_assumptions
from udfs.values import Cells, ScalarArgument

_T = TypeVar("_T")
Measure = Literal["size", "share", "CAGR", "range"]

_ORDERS: Mapping[str, Order] = {"": "size", "size": "size", "growth": "growth", "cagr": "growth"}
_MEASURES: Mapping[str, Measure] = {
    "": "size",
    "size": "size",
    "share": "share",
    "cagr": "CAGR",
    "range": "range",
}


class Asked:
    """A question: an attribute for each parameter of the function, None or a default if omitted.

    Every argument is checked, even if it is not used. The first that cannot be read raises an error
    that `udfs.errors` turns into a cell error.
    """

    market: Market
    year: int | None
    segment: SegmentName | None
    unit: Unit
    method: Method
    assumptions: Assumptions
    rows: str
    columns: str
    seed: Seed
    source: Selection
    dimension: str
    from_year: int | None
    to_year: int | None
    search: str
    name: str
    item: str
    by: Order
    place: int
    measure: Measure
    headers: bool
    base: float
    cagr: float
    periods: float

    def __init__(self, catalog: Catalog, given: Mapping[str, Any]) -> None:
        self.catalog = catalog
        self.given = given
        for name, argument in given.items():
            setattr(self, name, READERS[name](self, argument))

    @property
    def sources(self) -> tuple[Market, ...]:
        """The market from the newest selected edition of each publisher, newest first."""
        return self.catalog.sources(arguments.text(self.given["market"]), self.source)

    @property
    def editions(self) -> tuple[Market, ...]:
        """The market as each edition of any publisher sizes it, up to the as-of date."""
        return self.catalog.editions(self.market.name, Selection(as_of=self.source.as_of))

    def in_unit(self, size: float) -> float:
        """Return a size of the market in the requested unit."""
        return self.market.unit.converted(size, self.unit)


def required(value: _T | None, name: str) -> _T:
    """Return the value of an argument; raise NotFound if it is blank."""
    if value is None or value == "":
        raise NotFound(f"The argument {name} is blank.")
    return value


def _market(asked: Asked, argument: ScalarArgument) -> Market:
    name = required(arguments.text(argument), "market")
    market = asked.catalog.market(name, _selection(asked, asked.given.get("source")))
    return assuming(market, _assumptions(asked, asked.given.get("assumptions")))


def _selection(_: Asked, argument: ScalarArgument) -> Selection:
    return Selection.parse(arguments.text(argument))


def _segment(asked: Asked, argument: ScalarArgument) -> SegmentName | None:
    name = arguments.text(argument)
    return asked.market.segment(name) if name else None


def _dimension(asked: Asked, argument: ScalarArgument) -> str:
    """The name of the dimension in the report."""
    name = arguments.text(argument)
    return asked.market.dimension(name).name if name else ""


def _unit(asked: Asked, argument: ScalarArgument) -> Unit:
    return asked.market.unit.parse(arguments.text(argument))


def _method(_: Asked, argument: ScalarArgument) -> Method:
    return Method.parse(arguments.text(argument))


def _assumptions(_: Asked, argument: ScalarArgument | Cells) -> Assumptions:
    if isinstance(argument, Cells):
        return read_assumptions(argument)
    if argument is not None and arguments.text(argument):
        raise BadArgument("The argument assumptions is not a range with a header row.")
    return ()


def _seed(asked: Asked, argument: ScalarArgument | Cells) -> Seed:
    """The numbers of a range. Empty cells are 0; if all are, there is no seed."""
    if not isinstance(argument, Cells):
        if not arguments.text(argument):
            return ()
        argument = Cells(((argument,),), 1)
    try:
        rows = [
            tuple(arguments.optional_number(cell, "seed") or 0.0 for cell in row) for row in argument.rows
        ]
    except BadArgument as error:
        raise BadArgument(f"{error} {_seed_needed(asked)}") from error
    return (*rows, *[(0.0,) * len(rows[0])] * (argument.height - len(rows)))


def _seed_needed(asked: Asked) -> str:
    """What a seed looks like, because names beside the numbers are easily included."""
    if not (asked.rows and asked.columns):
        return "Use numbers only."
    rows, columns = (len(asked.market.segments_of(name)) for name in (asked.rows, asked.columns))
    return f"Use {rows} rows and {columns} columns of numbers, without the names of the segments."


def _year(_: Asked, argument: ScalarArgument) -> int | None:
    return arguments.year(argument)


def _text(_: Asked, argument: ScalarArgument) -> str:
    return arguments.text(argument)


def _number(name: str) -> Callable[[Asked, ScalarArgument], float]:
    return lambda _, argument: arguments.number(argument, name)


def _place(_: Asked, argument: ScalarArgument) -> int:
    number = arguments.number(argument, "place")
    if number != int(number) or number < 1:
        raise OutOfDomain(f"{number:.15g} is not a place. Use 1 for the first place.")
    return int(number)


def _one_of(name: str, choices: Mapping[str, _T]) -> Callable[[Asked, ScalarArgument], _T]:
    def read(_: Asked, argument: ScalarArgument) -> _T:
        text = arguments.text(argument)
        if text.casefold() not in choices:
            known = ", ".join(f'"{choice}"' for choice in dict.fromkeys(choices.values()))
            raise BadArgument(f'The argument {name} is "{shortened(text)}". Use one of {known}.')
        return choices[text.casefold()]

    return read


def _headers(_: Asked, argument: ScalarArgument) -> bool:
    return arguments.truth(argument, "headers")


READERS: Mapping[str, Callable[[Asked, Any], Any]] = {
    "market": _market,
    "year": _year,
    "segment": _segment,
    "unit": _unit,
    "method": _method,
    "assumptions": _assumptions,
    "rows": _dimension,
    "columns": _dimension,
    "seed": _seed,
    "source": _selection,
    "dimension": _dimension,
    "from_year": _year,
    "to_year": _year,
    "search": _text,
    "name": _text,
    "item": _text,
    "by": _one_of("by", _ORDERS),
    "place": _place,
    "measure": _one_of("measure", _MEASURES),
    "headers": _headers,
    "base": _number("base"),
    "cagr": _number("cagr"),
    "periods": _number("periods"),
}
"""How each parameter is read. A later one can use the result of an earlier one."""
