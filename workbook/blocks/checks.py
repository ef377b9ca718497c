"""The Checks sheet: whether the figures of the source are consistent."""

from collections.abc import Sequence

from openpyxl.styles import PatternFill

from markets.checks import checks
from markets.verdicts import Kind, Verdict
from workbook.blocks.changes import put_changes
from workbook.blocks.head import put_head
from workbook.draft import Draft
from workbook.figures import Change
from workbook.formulas import call, count_if, if_error, index
from workbook.page import Page
from workbook.styles import BAD, GOOD, RULED, SIZE_FORMAT, WATCH, differential_number_format

_FIRST_ROW, _ROWS_READY = 11, 20
_FILLS = {
    Verdict.AGREES: GOOD,
    Verdict.WITHIN_ROUNDING: GOOD,
    Verdict.DIFFERS: BAD,
    Verdict.CONTRADICTS: BAD,
    Verdict.INCONCLUSIVE: WATCH,
}
# These names stay: users point at them.
_NAMES = {verdict: verdict.name.lower() for verdict in Verdict} | {Verdict.INCONCLUSIVE: "undecided"}
_COLUMNS = {"Check": 1, "Stated": 3, "Compared with": 4, "Verdict": 6, "Tolerance": 5, "Kind": 2}
"""The sheet's columns, and their places in MARKET_CHECK."""


def build_checks(draft: Draft, changed: Sequence[Change] | None) -> None:
    """Add the sheet. `changed` are the figures that changed in the last refresh."""
    page = draft.page("Checks", (84, 22, 22, 60, 14, 12))
    put_head(draft, page, "consistency checks", "F")
    made = len(checks(draft.market))
    last = _FIRST_ROW + max(_ROWS_READY, made) - 1
    page.row(_FIRST_ROW - 1, tuple(_COLUMNS), _HEADER_LOOKS)
    listed = call("MARKET_CHECK", draft["mb_market"])
    verdicts = []
    for number in range(1, last - _FIRST_ROW + 2):
        cells = [if_error(index(listed, number, column)) for column in _COLUMNS.values()]
        verdicts.append(page.row(_FIRST_ROW + number - 1, cells, _ROW_LOOKS)[3])
    span = f"D{_FIRST_ROW}:D{last}"
    for at, verdict in enumerate(Verdict, start=5):
        page.put(f"A{at}", f"Checks with verdict “{verdict}”", "Label")
        found = count_if(verdicts, span, verdict)
        page.put_named(f"mb_checks_{_NAMES[verdict]}", f"B{at}", found, "Count")
    _colour(page, last)
    page.rule_rows(f"A{_FIRST_ROW}:F{last}")
    page.sheet.freeze_panes = "A4"
    end = put_changes(page, last + 2, changed)
    page.set_up_print(f"A1:F{end}", None, draft.attribution)


_ROW_LOOKS = (
    "Text row",
    "Percent row",
    "Percent row",
    "Text row",
    "Percent row",
    "Text row",
)
_HEADER_LOOKS = (
    "Header",
    "Header number",
    "Header number",
    "Header",
    "Header number",
    "Header",
)


def _colour(page: Page, last: int) -> None:
    """Color the verdicts, and format sizes, because all other figures are percentages."""
    for verdict, colour in _FILLS.items():
        fill = PatternFill("solid", bgColor=colour)
        page.show(f"D{_FIRST_ROW}:D{last}", f'$D{_FIRST_ROW}="{verdict}"', fill=fill, border=RULED)
    sizes = differential_number_format(SIZE_FORMAT)
    condition = f'$F{_FIRST_ROW}="{Kind.SIZE}"'
    for columns in ("B{0}:C{1}", "E{0}:E{1}"):
        page.show(columns.format(_FIRST_ROW, last), condition, numFmt=sizes, border=RULED)
