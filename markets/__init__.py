"""Markets: facts, sources, and the questions they answer. Independent of any spreadsheet."""

from markets.answers import Answer, Status
from markets.catalogs import Catalog, Listing
from markets.catalogs.folders import folder_catalog
from markets.catalogs.indexed import report_catalog
from markets.market import Market
from markets.methods import Method
from markets.selection import Pick, Selection

__all__ = [
    "Answer",
    "Catalog",
    "Listing",
    "Market",
    "Method",
    "Pick",
    "Selection",
    "Status",
    "folder_catalog",
    "report_catalog",
]
