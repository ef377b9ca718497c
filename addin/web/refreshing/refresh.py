"""A refresh of the sheets that an open workbook says it has."""

from addin.web.refreshing.wire import Instructions, RefreshRequest
from markets.errors import Unavailable


def refreshed(request: RefreshRequest) -> Instructions:
    """Return what is to be done in the open workbook. Raises MarketbookError."""
    raise Unavailable("A refresh in the open workbook is not there yet.")
