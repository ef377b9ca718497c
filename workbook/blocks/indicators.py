"""The Indicators sheet: context figures, each in its own unit."""

from workbook.blocks.head import NONE, put_head
from workbook.draft import Draft
from workbook.formulas import call, if_error, index
from workbook.page import Page
from workbook.styles import (
    PERCENT_FORMAT,
    RULED,
    WHOLE_FORMAT,
    WHOLE_PERCENT_FORMAT,
    differential_number_format,
)

FIRST_ROW, _ROWS_READY = 6, 14
_LOOKS = ("Label row", "Figure row", "Text row", "Year row", "Text row")


def build_indicators(draft: Draft) -> None:
    """Add the sheet."""
    page = draft.page("Indicators", (44, 16, 18, 10, 30))
    put_head(draft, page, "context figures", "E")
    headers = ("Indicator", "Figure", "Unit", "Year", "Qualifier")
    page.row(FIRST_ROW - 1, headers, ("Header", "Header number", "Header", "Header", "Header"))
    stated = len(draft.market.indicators)
    listed = call("MARKET_INDICATOR", draft["mb_market"])
    last = FIRST_ROW - 1 + max(_ROWS_READY, stated)
    for number in range(1, last - FIRST_ROW + 2):
        # the function's columns are name, year, value, unit, about
        name = if_error(index(listed, number), NONE if number == 1 else "")
        cells = [name, *(if_error(index(listed, number, column)) for column in (3, 4, 2, 5))]
        page.row(FIRST_ROW + number - 1, cells, _LOOKS)
    _show_as_printed(page, f"B{FIRST_ROW}:B{last}")
    page.rule_rows(f"A{FIRST_ROW}:E{last}")
    page.sheet.freeze_panes = f"B{FIRST_ROW}"
    page.set_up_print(f"A1:E{FIRST_ROW - 1 + max(1, stated)}", FIRST_ROW - 1, draft.attribution)


def _show_as_printed(page: Page, area: str) -> None:
    """Show percentages as such, and no decimals if the source prints none."""
    whole_percent = 'AND($C6="%",ROUND(B6*100,6)=INT(ROUND(B6*100,6)))'
    for condition, look in (
        (whole_percent, WHOLE_PERCENT_FORMAT),
        ('$C6="%"', PERCENT_FORMAT),
        ('AND($C6<>"%",B6=INT(B6))', WHOLE_FORMAT),
    ):
        page.show(area, condition, numFmt=differential_number_format(look), border=RULED)
