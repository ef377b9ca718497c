"""Why a workbook is not refreshed."""

from markets.errors import MarketbookError


class Skipped(MarketbookError):
    """A workbook that is skipped, unless it was named explicitly."""


class NoMarket(Skipped):
    """A workbook that does not name a market."""


class NoReportSheets(Skipped):
    """A workbook without Marketbook sheets, if none are to be added."""


class ConvertedToValues(Skipped):
    """A copy that was converted to values."""


class ConflictingChoice(MarketbookError):
    """The choices in the workbook do not fit the request or the source."""
