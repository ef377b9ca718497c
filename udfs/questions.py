"""The arguments that MARKET_SIZE, MARKET_SOURCE and their kin share, read into one question."""

from dataclasses import dataclass

from markets.answers import Answer
from markets.errors import BadArgument, NotFound
from markets.market import Market
from markets.methods import Method
from markets.segments import SegmentName
from markets.units import Unit
from udfs import arguments
from udfs.catalog import catalog
from udfs.values import ARRAY_TYPES, Argument, CellError, ScalarArgument, as_table

_LATER_METHODS = ("hold", "estimate")


@dataclass(frozen=True)
class Question:
    """Which market, and by which segment, unit and method."""

    market: Market
    segment: SegmentName | None
    unit: Unit
    method: Method

    def size(self, year: int | None) -> float:
        """Return the size in the unit that was asked for."""
        return self.in_unit(self.answer(year))

    def answer(self, year: int | None) -> Answer:
        """Return the size in the report's unit, with its provenance."""
        return self.market.size(year, self.segment, self.method)

    def in_unit(self, answer: Answer) -> float:
        """Return an answer's value in the unit that was asked for."""
        return self.market.unit.converted(answer.value, self.unit)


def question(
    market: ScalarArgument,
    segment: ScalarArgument = None,
    unit: ScalarArgument = None,
    method: ScalarArgument = None,
    assumptions: ScalarArgument = None,
    source: ScalarArgument = None,
) -> Question:
    """Return the question that cell arguments ask; raise what `udfs.errors` turns into cell errors."""
    asked = named_market(market)
    part = arguments.text(segment)
    not_yet("assumptions", assumptions)
    not_yet("source", source)
    return Question(
        asked,
        asked.segment(part) if part else None,
        asked.unit.parse(arguments.text(unit)),
        _method(method),
    )


def named_market(argument: ScalarArgument) -> Market:
    """Return the market of that name; raise NotFound where it is blank or unknown."""
    name = arguments.text(argument)
    if not name:
        raise NotFound("No market is named: the first argument is blank.")
    return catalog().market(name)


def not_yet(name: str, argument: ScalarArgument) -> None:
    """Refuse an argument that this version does not know what to do with."""
    if arguments.text(argument):
        raise BadArgument(f"The argument {name} is not available yet: leave it out.")


def unbroadcast(argument: Argument) -> ScalarArgument:
    """Return one value for a range that is taken as a whole: None where all of it is blank.

    An error in it is passed on.
    """
    if not isinstance(argument, ARRAY_TYPES):
        return argument
    cells = [cell for cell in as_table(argument).flat if cell not in (None, "")]
    errors = [cell for cell in cells if isinstance(cell, CellError)]
    return errors[0] if errors else f"{len(cells)} cells" if cells else None


def _method(argument: ScalarArgument) -> Method:
    method = arguments.text(argument).casefold()
    if method in _LATER_METHODS:
        raise BadArgument(f'The method "{method}" is not available yet.')
    return Method.parse(method)
