"""What a report's statements yield to the user's assumptions: rankings first, then growth rates."""

from markets.estimates import shapes
from markets.estimates.contradicting import allowed
from markets.estimates.results import Contradiction
from markets.estimates.statements import Kind, Statements
from markets.facts import Fact

_YIELDING = ((Kind.LARGEST, Kind.FASTEST), (Kind.RATE, Kind.TOTAL_RATE))


def settled(statements: Statements) -> Statements:
    """Return the statements without the rankings and rates that an assumption contradicts.

    Statements that contradict each other without any assumption stay as they are. So do shares and sizes:
    a question about them is then refused, because nobody can say which of them is wrong.
    """
    while beaten := _beaten(statements):
        statements = statements.only([one for one in statements.items if one.fact not in beaten])
    return statements


def _beaten(statements: Statements) -> set[Fact]:
    """The statements to leave out next: of a smallest contradiction with an assumption, those that yield."""
    if not any(one.fact.is_assumed for one in statements.items):
        return set()
    try:
        for year in sorted({statements.base, *statements.years}):
            allowed(lambda some, year=year: shapes.yearly(some, year), statements)  # type: ignore[misc]
        if statements.last != statements.base:
            allowed(shapes.both, statements)
    except Contradiction as found:
        told = [one for one in statements.items if one.fact in found.facts]
        if any(one.fact.is_assumed for one in told):
            for kinds in _YIELDING:
                beaten = {one.fact for one in told if one.kind in kinds and not one.fact.is_assumed}
                if beaten:
                    return beaten
    return set()
