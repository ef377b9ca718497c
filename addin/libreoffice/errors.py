"""The exceptions for LibreOffice."""

from markets.errors import MarketbookError


class OfficeError(MarketbookError):
    """LibreOffice cannot carry out a request."""


class OfficeMissing(OfficeError):
    """LibreOffice or its Python bridge is not installed."""


class OfficeUnsuitable(OfficeError):
    """LibreOffice is too old, or its Python differs from Marketbook's."""


class OfficeRunning(OfficeError):
    """A running LibreOffice uses the profile."""
