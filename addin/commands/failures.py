"""What goes wrong with a command itself; everything else is said by the part that refuses."""

from markets.errors import MarketbookError


class Misused(MarketbookError):
    """A command that cannot be meant as it was written: exit code 2."""


class AlreadyThere(MarketbookError):
    """A file that would be written over."""
