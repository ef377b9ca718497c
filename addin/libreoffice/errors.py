"""What can go wrong with LibreOffice, a sentence each."""

from markets.errors import MarketbookError


class OfficeError(MarketbookError):
    """LibreOffice cannot do what it was asked for."""


class OfficeMissing(OfficeError):
    """LibreOffice, or its Python bridge, is not there."""


class OfficeUnsuitable(OfficeError):
    """LibreOffice is there, but too old, or with another Python than the project's."""


class OfficeRunning(OfficeError):
    """A running LibreOffice holds the profile."""
