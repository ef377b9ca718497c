"""The Players sheet: the key players that the source names."""

from workbook.draft import Draft
from workbook.formulas import if_, if_error, index
from workbook.report import Content
from workbook.sheets.head import NONE, put_head
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, put_table, widths

HEADER_ROW, _ROWS_READY = 5, 30


def build_players(draft: Draft) -> None:
    """Add the sheet."""
    columns = _columns(draft)
    page = draft.page(PLAYERS.title, widths(columns))
    put_head(draft, page, "key players", "B")
    named = len(draft.market.players)
    table = put_table(page, columns, HEADER_ROW, max(1, named), _ROWS_READY)
    page.sheet.freeze = f"A{table.first}"
    page.set_up_print(f"A1:B{HEADER_ROW + max(1, named)}", HEADER_ROW)


def _columns(draft: Draft) -> list[Column]:
    def name(row: Row) -> Content:
        listed = index(draft.ask("KEY_PLAYERS"), row.number)
        return if_error(listed, NONE if row.number == 1 else "")

    def number(row: Row) -> Content:
        player = row["name"]
        return if_(player.equals(""), "", if_(player.equals(NONE), "", float(row.number)))

    def player(row: Row) -> str:
        named = row["name"].value
        return "" if named in ("", NONE) else f"Player {named}"

    return [
        Column("number", "No.", 8, "Year", number),
        Column("name", "Company, in the order of the source", 80, "Text", name, player),
    ]


PLAYERS = Sheet("Players", "Companies that the source names as key players.", build_players)
