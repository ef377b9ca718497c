"""What a market is: facts, sources, and the questions they answer. Knows no spreadsheet."""

from markets.answers import Answer, Status
from markets.catalog import Catalog
from markets.market import Market

__all__ = ["Answer", "Catalog", "Market", "Status"]
