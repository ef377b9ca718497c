"""The Checks sheet: whether the figures of the source are consistent."""

from collections.abc import Sequence

from openpyxl.styles import PatternFill

from markets.checks import Verdict, checks
from workbook.blocks.changes import put_changes
from workbook.blocks.head import put_head
from workbook.draft import Draft
from workbook.figures import Change
from workbook.formulas import call, count_if, if_error, index
from workbook.page import Page
from workbook.styles import BAD, GOOD, RULED, SIZE_FORMAT, WATCH, differential_number_format

_FIRST_ROW, _ROWS_READY = 11, 20
_FILLS = {Verdict.AGREES: GOOD, Verdict.DIFFERS: BAD, Verdict.CONTRADICTS: BAD, Verdict.UNDECIDED: WATCH}


def build_checks(draft: Draft, changed: Sequence[Change] | None) -> None:
    """Add the sheet. `changed` are the figures that changed in the last refresh."""
    page = draft.page("Checks", (84, 22, 22, 60))
    put_head(draft, page, "consistency checks", "D")
    made = len(checks(draft.market))
    last = _FIRST_ROW + max(_ROWS_READY, made) - 1
    page.row(_FIRST_ROW - 1, ("Check", "Stated", "Compared with", "Verdict"), _HEADER_LOOKS)
    listed = call("MARKET_CHECK", draft["mb_market"])
    verdicts = []
    for number in range(1, last - _FIRST_ROW + 2):
        cells = [if_error(index(listed, number, column)) for column in range(1, 5)]
        verdicts.append(page.row(_FIRST_ROW + number - 1, cells, _ROW_LOOKS)[3])
    span = f"D{_FIRST_ROW}:D{last}"
    for at, verdict in enumerate(Verdict, start=5):
        page.put(f"A{at}", f"Checks with verdict “{verdict}”", "Label")
        found = count_if(verdicts, span, verdict)
        page.put_named(f"mb_checks_{verdict.name.lower()}", f"B{at}", found, "Count")
    _colour(page, last)
    page.rule_rows(f"A{_FIRST_ROW}:D{last}")
    page.sheet.freeze_panes = "A4"
    end = put_changes(page, last + 2, changed)
    page.set_up_print(f"A1:D{end}", None, draft.attribution)


_ROW_LOOKS = ("Text row", "Percent row", "Percent row", "Text row")
_HEADER_LOOKS = ("Header", "Header number", "Header number", "Header")


def _colour(page: Page, last: int) -> None:
    """Color the verdicts, and format sizes, because all other figures are percentages."""
    for verdict, colour in _FILLS.items():
        fill = PatternFill("solid", bgColor=colour)
        page.show(f"D{_FIRST_ROW}:D{last}", f'$D{_FIRST_ROW}="{verdict}"', fill=fill, border=RULED)
    sizes = differential_number_format(SIZE_FORMAT)
    page.show(
        f"B{_FIRST_ROW}:C{last}", f'ISNUMBER(SEARCH(": size",$A{_FIRST_ROW}))', numFmt=sizes, border=RULED
    )
