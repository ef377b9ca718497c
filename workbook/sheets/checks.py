"""The Checks sheet: whether the figures are consistent, what changed, and which assumptions are in use."""

from markets.comparisons import every_check
from markets.selection import Selection
from markets.verdicts import Kind, Level, Verdict
from udfs.catalog import catalog
from workbook.draft import Draft
from workbook.formulas import count_if, if_, if_error, index
from workbook.page import Page
from workbook.report import Content
from workbook.sheets.assumed import put_assumed
from workbook.sheets.changes import put_changes
from workbook.sheets.head import put_head
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, Table, When, gap, put_table, widths

HEADER_ROW, _ROWS_READY = 11, 16
_FIRST_VERDICT = 5
_LOOKS = {Level.OK: "Good", Level.WARNING: "Watch", Level.ERROR: "Bad"}
# The names of the counts stay, because users point at them.
_NAMES = {verdict: verdict.name.lower() for verdict in Verdict} | {Verdict.INCONCLUSIVE: "undecided"}
_NOTE = "Sizes are in the unit of the source. Marketbook corrects no figure by itself."
_WHAT, _KIND, _STATED, _COMPARED, _TOLERANCE, _VERDICT, _LEVEL = range(1, 8)
"""The columns of MARKET_CHECK."""

_IS_SIZE: When = (f'{{kind}}="{Kind.SIZE}"', "Size")
_IS_GROWTH: When = (f'{{kind}}="{Kind.GROWTH}"', "Fine percent")


def build_checks(draft: Draft) -> None:
    """Add the sheet. It is built last, because it lists the changes on the others."""
    columns = _columns(draft)
    page = draft.page(CHECKS.title, widths(columns))
    put_head(draft, page, "consistency checks", "G")
    table = put_table(page, columns, HEADER_ROW, _number_of_checks(draft), _ROWS_READY)
    table.say_if_empty("A4", "The source states no figures that can be compared.", _NOTE)
    _put_counts(table)
    below = table.first + table.height + 1
    changed = put_changes(draft, page, below)
    end, filled = put_assumed(draft, page, changed + 2)
    _color_levels(page, table, below, end)
    page.rule_rows(f"A{changed + 3}:G{end}")
    page.set_up_print(table.printed(filled))


def _number_of_checks(draft: Draft) -> int:
    up_to = Selection(as_of=draft.inputs.selection.as_of)
    return len(every_check(draft.market, catalog().editions(draft.inputs.market, up_to)))


def _color_levels(page: Page, table: Table, first: int, last: int) -> None:
    """Color the levels below the table as in it."""
    letter = table.letter("level")
    for level, look in _LOOKS.items():
        page.show(f"{letter}{first}:{letter}{last}", f'${letter}{first}="{level}"', look)


def _put_counts(table: Table) -> None:
    """Write the number of checks by verdict, in named cells."""
    area = table.area("verdict")
    letter = table.letter("verdict")
    cells = [table.page[f"{letter}{table.first + at}"] for at in range(table.height)]
    for at, verdict in enumerate(Verdict, start=_FIRST_VERDICT):
        table.page.put(f"A{at}", f"Number of checks: {verdict}", "Label")
        counted = count_if(cells, area, verdict)
        table.page.put_named(f"mb_checks_{_NAMES[verdict]}", f"B{at}", counted, "Count")


def _columns(draft: Draft) -> list[Column]:
    def listed(row: Row, column: int) -> Content:
        return if_error(index(draft.ask("MARKET_CHECK"), row.number, column))

    def tolerance(row: Row) -> Content:
        """A size, or percentage points."""
        allowed = index(draft.ask("MARKET_CHECK"), row.number, _TOLERANCE)
        return if_error(if_(row["kind"].equals(Kind.SIZE), allowed, allowed / 0.01))

    coloured = [(f'{{0}}="{level}"', look) for level, look in _LOOKS.items()]
    return [
        Column("check", "Check", 74, "Text", lambda row: listed(row, _WHAT)),
        Column(
            *("stated", "Stated", 10, "Percent stated", lambda row: listed(row, _STATED)),
            when=[_IS_SIZE],
        ),
        Column(
            *("compared", "Compared with", 13, "Percent", lambda row: listed(row, _COMPARED)),
            when=[_IS_SIZE, _IS_GROWTH],
        ),
        Column("verdict", "Verdict", 16, "Text", lambda row: listed(row, _VERDICT)),
        Column("tolerance", "Rounding explains up to", 15, "Points", tolerance, when=[_IS_SIZE]),
        Column("kind", "Figure", 10, "Text", lambda row: listed(row, _KIND)),
        Column("level", "Level", 10, "Text", lambda row: listed(row, _LEVEL), when=coloured),
        gap("source", 92, printed=False),
    ]


CHECKS = Sheet("Checks", "Whether the figures of the source are consistent.", build_checks)
