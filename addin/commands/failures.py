"""The failures of commands themselves. All other errors come from the parts that they call."""

from markets.errors import MarketbookError


class Misused(MarketbookError):
    """A command that is used wrongly: exit code 2."""


class Failed(MarketbookError):
    """A command that could not be carried out."""


class AlreadyThere(MarketbookError):
    """A file that would be overwritten."""
