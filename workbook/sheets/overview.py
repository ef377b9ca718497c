"""The Overview sheet: one screen and one printed page, with the figures behind them below it."""

from workbook.draft import Draft
from workbook.formulas import Expr, if_, if_error, is_error, text
from workbook.page import Page
from workbook.sheets.head import put_banner
from workbook.sheets.kind import Sheet
from workbook.sheets.overview_figures import put_figures
from workbook.sheets.overview_grid import (
    BODY_HEIGHT,
    BODY_ROW,
    BODY_ROWS,
    PANEL_ROW,
    SOURCE_ROW,
    WIDTHS,
)
from workbook.sheets.overview_path import put_path
from workbook.sheets.overview_shares import put_shares
from workbook.takeaways import MOST, headline, takeaways
from workbook.wording import linked


def build_overview(draft: Draft) -> None:
    """Add the sheet."""
    page = draft.page(OVERVIEW.title, WIDTHS)
    _put_title(draft, page)
    put_figures(draft, page)
    page.height(PANEL_ROW - 1, 7)
    page.height(PANEL_ROW, 19)
    for row in range(BODY_ROW, SOURCE_ROW):
        page.height(row, BODY_HEIGHT)
    put_shares(draft, page, put_path(draft, page))
    _put_takeaways(draft, page)
    _put_source(draft, page)
    page.set_up_print(f"A1:K{SOURCE_ROW}", pages_high=1)


def _put_title(draft: Draft, page: Page) -> None:
    """Write what the market does, as long as it is the one chosen, and below it which market it is."""
    chosen, unit = draft["mb_chosen_market"], draft["mb_unit"]
    action = headline(draft.market, draft.market.unit.parse(draft.unit))
    page.put("A1", if_(draft["mb_is_current"], action, chosen), "Overview Title")
    page.merge("A1:K1", height=30)
    place = draft.ask("MARKET_INFO", item="geography")
    page.put("A2", chosen & if_error(text(" | ") & place) & " | sizes in " & unit, "Subtitle")
    put_banner(draft, page, "A3", "K")
    page.height(2, 16)
    page.height(3, 15)


def _put_takeaways(draft: Draft, page: Page) -> None:
    page.put(f"I{PANEL_ROW}", "Key takeaways", "Overview Heading")
    page.put(f"J{PANEL_ROW}", None, "Overview Heading")
    page.put(f"K{PANEL_ROW}", None, "Overview Heading")
    each = BODY_ROWS // MOST
    sentences = takeaways(draft.market, draft.market.unit.parse(draft.unit))
    for number, sentence in enumerate(sentences):
        at = BODY_ROW + number * each
        page.put(f"I{at}", if_(draft["mb_is_current"], f"•  {sentence}", ""), "Overview Takeaway")
        page.merge(f"I{at}:K{at + each - 1}")


def _put_source(draft: Draft, page: Page) -> None:
    def info(item: str) -> Expr:
        return draft.ask("MARKET_INFO", item=item)

    line = draft["mb_source"] & if_error(text(", ") & info("title"))
    for column in "BCDEFGHIJK":
        page.put(f"{column}{SOURCE_ROW}", None, "Overview Source")
    shown = if_(is_error(info("url")), line, linked(info("url"), line))
    page.put(f"A{SOURCE_ROW}", shown, "Overview Source")
    page.merge(f"A{SOURCE_ROW}:K{SOURCE_ROW}", height=16)


OVERVIEW = Sheet("Overview", "The market on one page: size, growth, shares and takeaways.", build_overview)
