"""The Players sheet: the key players that the source names."""

from workbook.blocks.head import NONE, put_head
from workbook.draft import Draft
from workbook.formulas import call, if_, if_error, index

FIRST_ROW, _ROWS_READY = 6, 30


def build_players(draft: Draft) -> None:
    """Add the sheet."""
    page = draft.page("Players", (8, 80))
    put_head(draft, page, "key players", "B")
    page.row(FIRST_ROW - 1, ("No.", "Company (in source order)"), ("Header",) * 2)
    named = len(draft.market.players)
    listed = call("KEY_PLAYERS", draft["mb_market"])
    for number in range(1, max(_ROWS_READY, named) + 1):
        at = FIRST_ROW + number - 1
        player = page.put(f"B{at}", if_error(index(listed, number), NONE if number == 1 else ""), "Text row")
        page.put(f"A{at}", if_(player.equals(""), "", float(number)), "Year row")
    page.rule_rows(f"A{FIRST_ROW}:B{FIRST_ROW + max(_ROWS_READY, named) - 1}")
    page.sheet.freeze_panes = f"A{FIRST_ROW}"
    page.set_up_print(f"A1:B{FIRST_ROW - 1 + max(1, named)}", FIRST_ROW - 1, draft.attribution)
