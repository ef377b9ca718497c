"""The little of Excel's object model that a live refresh uses, where nothing real can stand in.

Workbooks are read from files; a copied formula points at the book that it came from, as in Excel, and
a formula that is entered keeps the value that its cell had, as if it had been calculated.
"""

from tests.addin.desktop.fake_excel.application import App, Rejected
from tests.addin.desktop.fake_excel.book import Book

__all__ = ["App", "Book", "Rejected"]
