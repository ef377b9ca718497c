"""The head of every report sheet: title, unit, and the banner that asks for a refresh."""

from openpyxl.styles import PatternFill

from workbook.draft import Draft
from workbook.formulas import text
from workbook.page import Page
from workbook.styles import BANNER_FILL

NONE = "none stated"
"""The text in the first row of an empty list."""


def put_head(draft: Draft, page: Page, title: str, last_column: str, *, sized: bool = False) -> None:
    """Write rows 1 to 3. `title` follows the market's name; if `sized`, the unit of sizes is shown."""
    page.put("A1", draft["mb_market"] & f": {title}", "Title")
    unit = text("Sizes in ") & draft["mb_unit"] & f". {draft.attribution}"
    page.put("A2", unit if sized else draft.attribution, "Subtitle")
    page.put("A3", draft["mb_banner"], "Banner")
    page.sheet.row_dimensions[1].height = 26
    page.show(f"A3:{last_column}3", '$A$3<>""', fill=PatternFill("solid", bgColor=BANNER_FILL))
