"""The page set-up of a report sheet in an open workbook. Its settings are slow, so only others are set."""

from typing import Any, Final

from workbook.printing import FOOTER_SIZE, LEFT_FOOTER, MARGINS, RIGHT_FOOTER
from workbook.report import Print

_LANDSCAPE: Final = 2  # xlLandscape
_A4: Final = 9  # xlPaperA4
_POINTS: Final = 72  # of an inch


def set_up(target: Any, printed: Print) -> None:
    """Set up how a worksheet is printed, as `workbook.xlsx` does in a file."""
    page = target.PageSetup
    for name, value in _settings(target, printed).items():
        if getattr(page, name) != value:
            setattr(page, name, value)
    target.ResetAllPageBreaks()
    for row in printed.breaks:
        target.HPageBreaks.Add(Before=target.Cells(row + 1, 1))


def _settings(target: Any, printed: Print) -> dict[str, Any]:
    """Return settings by the names of PageSetup's properties."""
    row = printed.header_row
    scale = (
        {"Zoom": printed.scale}
        if printed.scale
        else {"Zoom": False, "FitToPagesWide": 1, "FitToPagesTall": printed.pages_high or False}
    )
    return {
        "PrintArea": target.Range(printed.area).Address,
        "PrintTitleRows": "" if row is None else f"${row}:${row}",
        "Orientation": _LANDSCAPE,
        "PaperSize": _A4,
        "CenterHorizontally": True,
        "CenterVertically": printed.pages_high == 1,
        "LeftFooter": f"&{FOOTER_SIZE}{LEFT_FOOTER}",
        "RightFooter": f"&{FOOTER_SIZE}{RIGHT_FOOTER}",
        **{f"{side.capitalize()}Margin": inches * _POINTS for side, inches in vars(MARGINS).items()},
        **scale,
    }
