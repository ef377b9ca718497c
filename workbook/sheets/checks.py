"""The Checks sheet: whether the figures of the source are consistent, and what the last refresh changed."""

from markets.checks import checks
from markets.verdicts import Verdict
from workbook.draft import Draft
from workbook.formulas import count_if, if_error, index
from workbook.report import Content
from workbook.sheets.changes import put_changes
from workbook.sheets.head import put_head
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, put_table, widths

HEADER_ROW, _ROWS_READY = 10, 20
_LOOKS = {
    Verdict.AGREES: "Good",
    Verdict.WITHIN_ROUNDING: "Good",
    Verdict.DIFFERS: "Bad",
    Verdict.CONTRADICTS: "Bad",
    Verdict.INCONCLUSIVE: "Watch",
}
# These names stay: users point at them.
_NAMES = {verdict: verdict.name.lower() for verdict in Verdict} | {Verdict.INCONCLUSIVE: "undecided"}


def build_checks(draft: Draft) -> None:
    """Add the sheet. It is built last, because it lists the changes on the others."""
    columns = _columns(draft)
    page = draft.page(CHECKS.title, widths(columns))
    put_head(draft, page, "consistency checks", "D")
    made = len(checks(draft.market))
    height = max(_ROWS_READY, made)
    table = put_table(page, columns, HEADER_ROW, made, _ROWS_READY)
    verdicts = table.area("verdict", height)
    cells = [page[f"{table.letter('verdict')}{table.first + at}"] for at in range(height)]
    for at, verdict in enumerate(Verdict, start=5):
        page.put(f"A{at}", f"Checks with verdict “{verdict}”", "Label")
        counted = count_if(cells, verdicts, verdict)
        page.put_named(f"mb_checks_{_NAMES[verdict]}", f"B{at}", counted, "Count")
    for verdict, look in _LOOKS.items():
        page.show(verdicts, f'${table.letter("verdict")}{table.first}="{verdict}"', look)
    sizes = f"{table.letter('stated')}{table.first}:{table.letter('compared')}{table.first + height - 1}"
    page.show(sizes, f'ISNUMBER(SEARCH(": size",$A{table.first}))', "Size")
    page.sheet.freeze = "A4"
    end = put_changes(page, table.first + height + 1, draft.changes)
    page.set_up_print(f"A1:D{end}")


def _columns(draft: Draft) -> list[Column]:
    def listed(row: Row, column: int) -> Content:
        return if_error(index(draft.ask("MARKET_CHECK"), row.number, column))

    return [
        Column("check", "Check", 84, "Text", lambda row: listed(row, 1)),
        Column("stated", "Stated", 22, "Percent", lambda row: listed(row, 2)),
        Column("compared", "Compared with", 22, "Percent", lambda row: listed(row, 3)),
        Column("verdict", "Verdict", 60, "Text", lambda row: listed(row, 4)),
    ]


CHECKS = Sheet("Checks", "Whether the figures of the source are consistent.", build_checks)
