"""What goes wrong with a command itself; everything else is said by the part that refuses."""

from markets.errors import MarketbookError


class Misused(MarketbookError):
    """A command that cannot be meant as it was written: exit code 2."""


class Failed(MarketbookError):
    """A command that was meant, and could not be carried out."""


class AlreadyThere(MarketbookError):
    """A file that would be written over."""
