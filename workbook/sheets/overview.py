"""The Overview sheet: one screen and one printed page, with the figures behind them below it."""

from collections.abc import Sequence

from markets.market import Market
from workbook.draft import Draft
from workbook.formulas import after, if_, if_error, is_error, text
from workbook.page import Page
from workbook.sheets.head import put_banner
from workbook.sheets.kind import Sheet
from workbook.sheets.overview_figures import put_figures
from workbook.sheets.overview_grid import (
    BODY_ROW,
    BODY_ROWS,
    FIGURES_ROW,
    PANEL_ROW,
    SOURCE_ROW,
    SPREAD_ROW,
    WIDTHS,
    note_figures,
    put_across,
    set_heights,
)
from workbook.sheets.overview_path import put_path
from workbook.sheets.overview_shares import put_shares
from workbook.sheets.overview_spread import put_spread
from workbook.takeaways import FEWER, MOST, headline, takeaways
from workbook.wording import linked


def build_overview(draft: Draft) -> None:
    """Add the sheet."""
    page = draft.page(OVERVIEW.title, WIDTHS)
    _put_title(draft, page)
    put_figures(draft, page)
    set_heights(page)
    below = put_shares(draft, page, put_path(draft, page))
    compares = len(draft.sources) > 1 and isinstance(draft["mb_base_year"].value, float)
    _put_takeaways(draft, page, draft.sources if compares else ())
    if compares:
        put_spread(draft, page, below)
    _put_source(page)
    note_figures(page)
    page.set_up_print(f"A1:K{SOURCE_ROW}", pages_high=1)


def _put_title(draft: Draft, page: Page) -> None:
    """Write what the market does, as long as it is the one chosen, and below it which market it is."""
    chosen, unit = draft["mb_chosen_market"], draft["mb_shown_unit"]
    action = headline(draft.assumed, draft.market.unit.parse(draft.unit))
    page.put("A1", if_(draft["mb_is_current"], action, chosen), "Overview Title")
    page.merge("A1:K1")
    place = draft.ask("MARKET_INFO", item="geography")
    named = is_error(after(chosen, place))
    page.put(
        "A2",
        chosen & if_(named, if_error(text(" | ") & place), "") & " | sizes in " & unit,
        "Overview Subtitle",
    )
    put_banner(draft, page, "A3", "K")


def _put_takeaways(draft: Draft, page: Page, compared: Sequence[Market]) -> None:
    """Write takeaways down to the end of the panel, or to the sources that are compared below them."""
    put_across(page, PANEL_ROW, "IJK", "Key takeaways", "Overview Heading")
    sentences = takeaways(draft.assumed, draft.market.unit.parse(draft.unit), compared)
    each = (SPREAD_ROW - 1 - BODY_ROW) // FEWER if compared else BODY_ROWS // MOST
    for number, sentence in enumerate(sentences):
        at, last = BODY_ROW + number * each, BODY_ROW + number * each + each - 1
        page.put(f"I{at}", if_(draft["mb_is_current"], sentence, ""), "Overview Takeaway")
        for column in "IJK":
            page.put(f"{column}{last}", None, "Overview Takeaway")
        page.merge(f"I{at}:K{last}")


def _put_source(page: Page) -> None:
    line, address = page[f"I{FIGURES_ROW + 8}"], page[f"I{FIGURES_ROW + 9}"]
    shown = if_(address.equals(""), line, linked(address, line))
    put_across(page, SOURCE_ROW, "ABCDEFGHIJK", shown, "Overview Source")


OVERVIEW = Sheet("Overview", "The market on one page: size, growth, shares and takeaways.", build_overview)
