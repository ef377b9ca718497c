"""How cells look: named styles after finance's conventions, blue for inputs, black for formulas."""

from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook import Workbook

INK, NAVY, GREY, RULE = "FF1F2937", "FF17365D", "FF6B7280", "FFD1D5DB"
INPUT_BLUE, INPUT_FILL, BANNER_FILL, BAND = "FF0000FF", "FFFFF9DB", "FFFDE68A", "FFF3F6FA"
GOOD, WATCH, BAD = "FFDCFCE7", "FFFEF3C7", "FFFEE2E2"

SIZE_FORMAT = "#,##0.00_);(#,##0.00);0.00_)"
PERCENT_FORMAT = "0.0%_);(0.0%);0.0%_)"
YEAR_FORMAT = "0"
MULTIPLE_FORMAT = '0.00"x"'

_THIN = Side(style="thin", color=RULE)
_UNDER = Border(bottom=_THIN)

_STYLES: dict[str, dict[str, Any]] = {
    "Title": {"font": Font(name="Calibri", size=18, bold=True, color=NAVY)},
    "Subtitle": {"font": Font(name="Calibri", size=11, color=GREY)},
    "Banner": {"font": Font(name="Calibri", size=11, bold=True, color="FF92400E")},
    "Heading": {
        "font": Font(name="Calibri", size=12, bold=True, color=NAVY),
        "border": Border(bottom=Side(style="medium", color=NAVY)),
    },
    "Header": {
        "font": Font(name="Calibri", size=11, bold=True, color="FFFFFFFF"),
        "fill": PatternFill("solid", fgColor=NAVY),
        "alignment": Alignment(wrap_text=True, vertical="center", horizontal="left"),
    },
    "Header number": {
        "font": Font(name="Calibri", size=11, bold=True, color="FFFFFFFF"),
        "fill": PatternFill("solid", fgColor=NAVY),
        "alignment": Alignment(wrap_text=True, vertical="center", horizontal="right"),
    },
    "Text": {"border": _UNDER, "alignment": Alignment(vertical="top", wrap_text=True)},
    "Label": {"font": Font(name="Calibri", size=11, bold=True, color=INK), "border": _UNDER},
    "Note": {
        "font": Font(name="Calibri", size=9, color=GREY),
        "border": _UNDER,
        "alignment": Alignment(vertical="top", wrap_text=True),
    },
    "Plain": {"alignment": Alignment(vertical="top", wrap_text=True)},
    "Link": {"font": Font(name="Calibri", size=11, color="FF1D4ED8", underline="single"), "border": _UNDER},
    "Size": {"border": _UNDER, "number_format": SIZE_FORMAT},
    "Percent": {"border": _UNDER, "number_format": PERCENT_FORMAT},
    "Year": {
        "border": _UNDER,
        "number_format": YEAR_FORMAT,
        "alignment": Alignment(horizontal="left"),
    },
    "Multiple": {"border": _UNDER, "number_format": MULTIPLE_FORMAT},
    "Figure": {"border": _UNDER, "number_format": "#,##0.0##"},
    "Input": {
        "font": Font(name="Calibri", size=11, color=INPUT_BLUE),
        "fill": PatternFill("solid", fgColor=INPUT_FILL),
        "border": Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN),
        "alignment": Alignment(horizontal="left"),
        "protection": Protection(locked=False),
    },
}


def style(name: str) -> str:
    """Return the name that a style goes by in the workbook, told apart from the user's own.

    >>> style("Input")
    'Marketbook Input'
    """
    return f"Marketbook {name}"


def add_styles(book: Workbook) -> None:
    """Add every named style to a workbook."""
    for name, looks in _STYLES.items():
        looks = {"font": Font(name="Calibri", size=11, color="FF000000"), **looks}
        book.add_named_style(NamedStyle(style(name), **looks))
