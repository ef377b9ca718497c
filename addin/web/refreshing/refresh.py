"""A refresh of the sheets that an open workbook says it has."""

from collections.abc import Iterator

from addin.rebuilding import rebuilt
from addin.web.refreshing import wire
from addin.web.refreshing.instructions import instructions
from addin.web.refreshing.opened import opened
from markets.errors import MarketbookError
from workbook import layout_1
from workbook.keeping import moved_refusal
from workbook.package import Package, PackageError, marked_sheets, moved_sheets
from workbook.refusals import NoMarket
from workbook.template import MARKS, USERS


class NotRefreshed(MarketbookError):
    """An open workbook that is refused for the same reason as its file would be."""


def refreshed(request: wire.RefreshRequest) -> wire.Instructions:
    """Return what is to be done in the open workbook: the same that a refresh of its file would do.

    Raises MarketbookError if that would be refused, and for a request that does not describe a workbook.
    """
    try:
        with opened(request) as package:
            moved = list(_moved(package))
            return instructions(rebuilt(package, request.market), request, moved)
    except PackageError as error:
        raise NotRefreshed(str(error)) from error
    except NoMarket as error:
        raise NoMarket("The workbook does not name a market. Choose one, and try again.") from error


def _moved(package: Package) -> Iterator[wire.Moved]:
    """Yield the sheets to be rebuilt whose cells moved. What refers to them is on sheets not seen here."""
    marked = marked_sheets(package, MARKS)
    for key in sorted(moved_sheets(package, MARKS, layout_1.NAMED_CELLS) - USERS):
        yield wire.Moved(marked[key], moved_refusal(marked[key], "{places}"))
