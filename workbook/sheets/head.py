"""The head of every report sheet: title, source, and the banner that asks for a refresh."""

from workbook.draft import Draft
from workbook.formulas import Expr, after, before, if_, if_error, text
from workbook.page import Page
from workbook.report import Content


def put_head(draft: Draft, page: Page, title: str, last_column: str, *, sized: bool = False) -> None:
    """Write rows 1 to 3. `title` follows the market's name; if `sized`, the unit of sizes is shown."""
    page.put("A1", draft["mb_chosen_market"] & f": {title}", "Title")
    unit = text("Sizes in ") & draft["mb_shown_unit"] & ". " & draft["mb_source"]
    page.put("A2", unit if sized else draft["mb_source"], "Subtitle")
    put_banner(draft, page, "A3", last_column)
    page.height(1, 26)


def put_banner(draft: Draft, page: Page, place: str, last_column: str) -> None:
    """Write the banner: that a refresh is needed, else that figures come from an old copy of the catalog.

    It is blank and has no color if there is nothing to say.
    """
    page.put(place, if_(draft["mb_banner"].equals(""), draft["mb_notice"], draft["mb_banner"]), "Banner")
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    page.show(f"{place}:{last_column}{row}", f'${place[0]}${row}<>""', "Banner")


def derivation(source: Expr) -> Content:
    """Return the derivation in a line of MARKET_SOURCE, without status, publisher and location.

    A line without a derivation, such as a reason why there is no figure, is returned whole.
    """
    return if_error(before(after(source, ": "), ". "), source)
