"""What somebody does in the Excel around the pane, and what is then in its cells."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.web.books import Book
from tests.web.excel import excel

_AROUND = Path(__file__).parents[3] / "web/standin/pane/around.js"


def open_workbook(page: Page, book: Book) -> None:
    """Let the pane that is opened in `page` from now on be in Excel, with a workbook."""
    excel(page, book)
    page.add_init_script(path=_AROUND)


def select(page: Page, cell: str) -> None:
    """Select a cell of the active sheet."""
    page.evaluate("cell => around.select(cell)", cell)


def enter(page: Page, cell: str, value: Any, **looks: str) -> None:
    """Enter a value into a cell of the first sheet: `numberFormat="0"`."""
    page.evaluate(
        "([cell, entered]) => { standIn.settings.book.sheets[0].cells[cell] = entered; }",
        [cell, {"value": value, "look": looks}],
    )


def entry(page: Page, cell: str) -> tuple[Any, str]:
    """The formula (or value) of a cell of the first sheet, and its number format."""
    found = page.evaluate("cell => standIn.settings.book.sheets[0].cells[cell] ?? {}", cell)
    number_format = found.get("look", {}).get("numberFormat", "General")
    return found.get("formula", found.get("value", "")), number_format


def protect(page: Page) -> None:
    """Protect the first sheet."""
    page.evaluate("standIn.settings.book.sheets[0].isProtected = true")


def make_table(page: Page, cell: str) -> None:
    """Make an Excel table of a cell."""
    page.evaluate("cell => around.inTables.push(cell)", cell)


def press(page: Page, button: str) -> None:
    """Press a button of the ribbon, and wait until Excel is told that its command is over."""
    page.evaluate("id => around.press(id)", button)
