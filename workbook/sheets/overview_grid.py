"""Where things stand on the Overview sheet: the rows of the page, and of the figures below it."""

from collections.abc import Sequence

from workbook.areas import TableArea
from workbook.page import Page
from workbook.report import Content

WIDTHS = (40.7, 1.71, 11.14, 2.14, 25, 1.57, 27.43, 2.14, 8.86, 1.71, 40.7)
"""The columns that the tiles (A, C:E, G:I, K) and the panels (A:C, E:G, I:K) have in common."""

TILE_ROW, PANEL_ROW, BODY_ROW = 4, 9, 11
BODY_ROWS = 24
SOURCE_ROW = BODY_ROW + BODY_ROWS
SPREAD_ROW = BODY_ROW + 13
"""The first row of the sources compared, if there are several, below fewer takeaways."""
FIGURES_ROW = SOURCE_ROW + 3
"""The first row of the figures behind the page."""
PATH_ROW = FIGURES_ROW + 11

_HEIGHTS = {1: 27, 2: 16, 3: 15, 4: 15, 5: 32, 6: 15, 7: 16, 8: 6, PANEL_ROW: 18, PANEL_ROW + 1: 4}
_BODY_HEIGHT = 12.75


def note_figures(page: Page) -> None:
    """Note where the figures below the page stand, so that references can follow to another layout."""
    last = max(int(place.lstrip("ABCDEFGHIJK")) for place in page.sheet.cells)
    columns = {letter: letter for letter in "ACEGIK"}
    page.sheet.tables.append(TableArea("figures", FIGURES_ROW + 1, last - FIGURES_ROW, columns))


def set_heights(page: Page) -> None:
    """Set the heights of the rows of the page, which together are those of a screen."""
    for row in range(BODY_ROW, SOURCE_ROW):
        page.height(row, _BODY_HEIGHT)
    for row, height in {**_HEIGHTS, SOURCE_ROW: 15}.items():
        page.height(row, height)


def put_across(page: Page, row: int, columns: Sequence[str], content: Content, look: str) -> None:
    """Write a text over the cells of a row, merged. All have the look, for its fill and borders."""
    first, *others = columns
    page.put(f"{first}{row}", content, look)
    for column in others:
        page.put(f"{column}{row}", None, look)
    if others:
        page.merge(f"{first}{row}:{others[-1]}{row}")


def put_data_heading(page: Page, row: int, heading: str) -> None:
    """Write the heading of a block of figures below the page."""
    put_across(page, row, "ABCDEFGHIJK", heading, "Overview Heading")
