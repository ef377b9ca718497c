"""The Players sheet: the key players that the source names."""

from workbook.draft import Draft
from workbook.formulas import if_, if_error, index
from workbook.report import Content
from workbook.sheets.head import put_head
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, put_table, widths

HEADER_ROW, _ROWS_READY = 5, 30


def build_players(draft: Draft) -> None:
    """Add the sheet."""
    columns = _columns(draft)
    page = draft.page(PLAYERS.title, widths(columns))
    put_head(draft, page, "key players", "B")
    table = put_table(page, columns, HEADER_ROW, len(draft.market.players), _ROWS_READY, row_height=20)
    table.say_if_empty("A4", "The source names no key players.")
    page.set_up_print(table.printed(), HEADER_ROW)


def _columns(draft: Draft) -> list[Column]:
    def name(row: Row) -> Content:
        return if_error(index(draft.ask("KEY_PLAYERS"), row.number))

    def number(row: Row) -> Content:
        return if_(row["name"].equals(""), "", float(row.number))

    def player(row: Row) -> str:
        named = row["name"].value
        return named and f"Player {named}"

    return [
        Column("number", "No.", 9, "Count", number),
        Column("name", "Company, in the order of the source", 80, "Text", name, player),
    ]


PLAYERS = Sheet("Players", "Companies that the source names as key players.", build_players)
