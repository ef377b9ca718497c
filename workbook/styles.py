"""Cell styles that follow conventions in finance: blue for inputs, black for formulas."""

from collections.abc import Iterator
from copy import copy
from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.numbers import NumberFormat
from openpyxl.workbook import Workbook

INK, NAVY, GREY, RULE = "FF1F2937", "FF17365D", "FF4B5563", "FFD1D5DB"
_WHITE = "FFFFFFFF"
INPUT_BLUE, INPUT_FILL, BANNER_FILL = "FF0000FF", "FFFFF9DB", "FFFDE68A"
CROSS_SHEET_GREEN, BAR_BLUE = "FF15803D", "FFC9D8EA"
ESTIMATED_SLATE, ASSUMED_BLUE = "FF475569", "FF1D4ED8"
GOOD, WATCH, BAD = "FFDCFCE7", "FFFEF3C7", "FFFEE2E2"

SIZE_FORMAT = "[>=1000]#,##0_);[>=1]#,##0.0#_);0.0####_)"
NEGATIVE_SIZE_FORMAT = "#,##0.0#_);(#,##0.0#);0_)"
PERCENT_FORMAT = "0.0%_);(0.0%);0.0%_)"
STATED_PERCENT_FORMAT = "0.0##%_);(0.0##%);0.0%_)"
FINE_PERCENT_FORMAT = "0.00%_);(0.00%);0.00%_)"
WHOLE_PERCENT_FORMAT = "0%_);(0%);0%_)"
DIFFERENCE_FORMAT = '[>=0.0005]0.0%_);[<=-0.0005](0.0%);"–"_)'
WHOLE_FORMAT = "#,##0_);(#,##0);0_)"
YEAR_FORMAT = "0_)"
DATE_FORMAT = "yyyy-mm-dd"
MULTIPLE_FORMAT = '0.00"x"_)'
FIGURE_FORMAT = "#,##0.0##_);(#,##0.0##);0_)"
POINTS_FORMAT = '0.0#" points"_)'
_HEADER_FORMAT = "General;General;General;@_)"

SMALLEST = 9
"""The smallest font size in points, on the screen and on paper."""

_THIN = Side(style="thin", color=RULE)
_UNDER = Border(bottom=_THIN)
RULED = _UNDER
_BOXED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NUMBER = Alignment(vertical="center", horizontal="right")
_LEFT = Alignment(vertical="center", horizontal="left", indent=1)
_WRAPPED = Alignment(vertical="center", horizontal="left", indent=1, wrap_text=True)
_TILE = {
    "fill": PatternFill("solid", fgColor="FFF1F5F9"),
    "alignment": Alignment(vertical="center", horizontal="left", indent=1, shrink_to_fit=True),
}
_TOP = Border(top=Side(style="medium", color=NAVY))
_NAVY_FILL = PatternFill("solid", fgColor=NAVY)


def _font(size: int = 11, color: str = "FF000000", **looks: Any) -> Font:
    return Font(name="Calibri", size=size, color=color, **looks)


def _number(number_format: str) -> dict[str, Any]:
    return {"border": _UNDER, "alignment": _NUMBER, "number_format": number_format}


_SAMPLE = {"border": _UNDER, "alignment": _WRAPPED}
_INPUT = {
    "font": _font(11, INPUT_BLUE),
    "fill": PatternFill("solid", fgColor=INPUT_FILL),
    "border": _BOXED,
    "alignment": _LEFT,
    "protection": Protection(locked=False),
}
_HEADER = {"font": _font(color=_WHITE, bold=True), "fill": _NAVY_FILL}
_STYLES: dict[str, dict[str, Any]] = {
    "Title": {"font": _font(18, NAVY, bold=True), "alignment": _LEFT},
    "Subtitle": {"font": _font(11, GREY), "alignment": _LEFT},
    "Banner": {"font": _font(11, "FF92400E", bold=True), "alignment": _LEFT},
    "Heading": {
        "font": _font(12, NAVY, bold=True),
        "border": Border(bottom=Side(style="medium", color=NAVY)),
        "alignment": _LEFT,
    },
    "Header": {**_HEADER, "alignment": _WRAPPED},
    # A text is as far from the right edge as the numbers below it, which leave room for a bracket.
    "Header number": {
        **_HEADER,
        "alignment": Alignment(vertical="center", horizontal="right", wrap_text=True),
        "number_format": _HEADER_FORMAT,
    },
    "Text": {"border": _UNDER, "alignment": _WRAPPED},
    "Text date": {"border": _UNDER, "alignment": _LEFT, "number_format": DATE_FORMAT},
    "Text estimated": {**_SAMPLE, "font": _font(11, ESTIMATED_SLATE, italic=True)},
    "Text assumed": {**_SAMPLE, "font": _font(11, ASSUMED_BLUE, italic=True)},
    "Label": {"font": _font(11, INK, bold=True), "border": _UNDER, "alignment": _WRAPPED},
    "Note": {"font": _font(10, GREY), "border": _UNDER, "alignment": _WRAPPED},
    "Line": {"font": _font(10, GREY), "border": _UNDER, "alignment": _LEFT},
    "Remark": {"font": _font(10, GREY), "alignment": _LEFT},
    "Plain": {"alignment": _WRAPPED},
    "Link": {"font": _font(11, "FF1D4ED8", underline="single"), "border": _UNDER, "alignment": _LEFT},
    "Size": _number(SIZE_FORMAT),
    "Percent": _number(PERCENT_FORMAT),
    "Percent stated": _number(STATED_PERCENT_FORMAT),
    "Percent fine": _number(FINE_PERCENT_FORMAT),
    "Percent range": {**_number(PERCENT_FORMAT), "font": _font(10, GREY)},
    "Difference": _number(DIFFERENCE_FORMAT),
    "Year": _number(YEAR_FORMAT),
    "Count": _number(YEAR_FORMAT),
    "Multiple": _number(MULTIPLE_FORMAT),
    "Figure": _number(FIGURE_FORMAT),
    "Points": _number(POINTS_FORMAT),
    "Input": _INPUT,
    "Input number": {**_INPUT, "alignment": _NUMBER, "number_format": FIGURE_FORMAT},
    "Input year": {**_INPUT, "alignment": _NUMBER, "number_format": YEAR_FORMAT},
    "Input date": {**_INPUT, "number_format": DATE_FORMAT},
    # The Overview sheet
    "Overview Title": {
        "font": _font(20, NAVY, bold=True),
        "alignment": Alignment(vertical="center", horizontal="left", shrink_to_fit=True),
    },
    "Overview Subtitle": {"font": _font(11, GREY), "alignment": Alignment(vertical="center")},
    "Overview Tile": {"font": _font(10, INK, bold=True), **_TILE, "border": _TOP},
    "Overview Figure": {"font": _font(24, NAVY, bold=True), **_TILE},
    "Overview Note": {"font": _font(10, "FF4B5563"), **_TILE},
    "Overview Dimension": {
        "font": _font(11, INK, bold=True),
        "alignment": Alignment(vertical="bottom", horizontal="left", shrink_to_fit=True),
    },
    "Overview Label": _number("[>=1000]#,##0;[>0]#,##0.0####;"),
    "Overview Line": {
        "font": _font(10, "FF4B5563"),
        "alignment": Alignment(vertical="top", horizontal="left", wrap_text=True),
    },
    "Overview Takeaway": {
        "font": _font(11, INK),
        "border": Border(bottom=_THIN),
        "alignment": Alignment(vertical="center", horizontal="left", wrap_text=True),
    },
    "Overview Heading": {
        "font": _font(12, NAVY, bold=True),
        "border": Border(bottom=Side(style="medium", color=NAVY)),
        "alignment": Alignment(vertical="center", horizontal="left", shrink_to_fit=True),
    },
    "Overview Source": {
        "font": _font(10, "FF4B5563"),
        "border": Border(top=_THIN),
        "alignment": Alignment(vertical="center", horizontal="left", shrink_to_fit=True),
    },
}

LINKABLE = frozenset(
    {"Text", "Label", "Size", "Percent", "Percent stated", "Percent fine", "Year", "Count", "Multiple"}
)
"""The styles that have a green version, named "... linked", for cells taken from another sheet."""


def style(name: str) -> str:
    """Return the name of a style in the workbook, which differs from the user's own styles.

    >>> style("Input")
    'Marketbook Input'
    """
    return f"Marketbook {name}"


_CONDITIONAL_FORMATS = {
    "Size": SIZE_FORMAT,
    "Percent": PERCENT_FORMAT,
    "Negative size": NEGATIVE_SIZE_FORMAT,
    "Stated percent": STATED_PERCENT_FORMAT,
    "Fine percent": FINE_PERCENT_FORMAT,
    "Whole percent": WHOLE_PERCENT_FORMAT,
    "Whole": WHOLE_FORMAT,
    "Points": POINTS_FORMAT,
}
_CONDITIONAL: dict[str, dict[str, Any]] = {
    "Ruled": {"border": RULED},
    "Hidden": {"font": Font(color=_WHITE), "fill": PatternFill("solid", bgColor=_WHITE)},
    "Grey": {"font": Font(color=GREY), "border": RULED},
    "Banner": {"fill": PatternFill("solid", bgColor=BANNER_FILL)},
    "Good": {"fill": PatternFill("solid", bgColor=GOOD), "border": RULED},
    "Watch": {"fill": PatternFill("solid", bgColor=WATCH), "border": RULED},
    "Bad": {"fill": PatternFill("solid", bgColor=BAD), "border": RULED},
    # The numbers of number formats are above Excel's own.
    **{
        look: {"numFmt": NumberFormat(numFmtId=number, formatCode=code), "border": RULED}
        for number, (look, code) in enumerate(_CONDITIONAL_FORMATS.items(), start=190)
    },
}
# A figure that is not the source's own has an italic font, and no more digits than other shares.
for _look, _colour in (("Estimated", ESTIMATED_SLATE), ("Assumed", ASSUMED_BLUE)):
    _CONDITIONAL[_look] = {"font": Font(italic=True, color=_colour), "border": RULED}
    _CONDITIONAL[f"{_look} percent"] = _CONDITIONAL["Percent"] | _CONDITIONAL[_look]


def conditional_look(name: str) -> dict[str, Any]:
    """Return the parts of a conditional style: font, fill, border, number format. Raises KeyError."""
    return _CONDITIONAL[name]


def add_styles(book: Workbook) -> None:
    """Add every named style to a workbook."""
    for made in named_styles():
        book.add_named_style(made)


def named_styles() -> Iterator[NamedStyle]:
    """Yield every named style, new ones each time.

    For each style with a line below, there is one without, named "... row", for rows that may be empty.
    """
    for name, looks in _STYLES.items():
        looks = {"font": _font(), **looks}
        yield from _styles(name, looks)
        if name in LINKABLE:
            yield from _styles(f"{name} linked", looks | {"font": _in_green(looks["font"])})


def _in_green(font: Font) -> Font:
    green = copy(font)
    green.color = CROSS_SHEET_GREEN
    return green


def _styles(name: str, looks: dict[str, Any]) -> Iterator[NamedStyle]:
    yield NamedStyle(style(name), **looks)
    if looks.get("border") is _UNDER:
        yield NamedStyle(style(f"{name} row"), **looks | {"border": Border()})
