"""A program that enters reports, one after the other, until somebody kills it: `writer.py ADDRESS FIRST`."""

import sys
from itertools import count

from markets.catalogs.database import Database, writing
from markets.errors import Unavailable
from markets.facts import Report
from tests.markets.made import made

FACTS = 150


def report(number: int) -> Report:
    """The report of that number, which is long enough for a kill to meet it half written."""
    sizes = [(2000 + at % 100, f"{number}.{at:03}", "", "a" * (at % 50)) for at in range(1, FACTS)]
    return made(sizes, dimensions={"D": ("S", "T")}, name=f"Market {number}")


def enter(database: Database, first: int) -> None:
    """Say each report's number once it is kept."""
    for number in count(first):
        with database.writing() as connection:
            author = writing.Author("writer", writing.workspace(connection, "team"))
            writing.enter(connection, author, report(number))
        print(number, flush=True)


if __name__ == "__main__":
    try:
        enter(Database(sys.argv[1]), int(sys.argv[2]))
    except Unavailable as error:
        sys.exit(str(error))
