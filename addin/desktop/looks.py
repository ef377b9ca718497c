"""Named styles and conditional formats in an open workbook, from the definitions in `workbook.styles`."""

from collections.abc import Collection
from typing import Any, Final

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill
from openpyxl.styles.fills import Fill

from workbook.styles import BAR_BLUE, conditional_look, named_styles

_EDGES: Final = {"left": -4131, "right": -4152, "top": -4160, "bottom": -4107}  # xlLeft and so on
_WEIGHTS: Final = {"thin": 2, "medium": -4138}  # XlBorderWeight
_CONTINUOUS: Final = 1  # xlContinuous
_UNDERLINED: Final = {"single": 2}  # XlUnderlineStyle
_HORIZONTAL: Final = {None: 1, "left": -4131, "right": -4152, "center": -4108}  # xlGeneral and so on
_VERTICAL: Final = {None: -4107, "bottom": -4107, "center": -4108, "top": -4160}  # XlVAlign
_EXPRESSION: Final = 2  # xlExpression
_NUMBER: Final = 0  # xlConditionValueNumber
_SOLID: Final = 0  # xlDataBarFillSolid


def add_styles(book: Any, names: Collection[str]) -> None:
    """Create the named styles that a workbook does not have. Those that it has may be the user's."""
    missing = set(names) - {style.Name for style in book.Styles}
    for style in named_styles() if missing else ():
        if style.name in missing:
            _define(book.Styles.Add(style.name), style)


def add_rule(area: Any, condition: str, look: str) -> None:
    """Give a range a conditional format.

    The condition is in the user's language, and for the active cell, which must be the first of the
    range: Excel's object model takes it so, unlike a cell's formula.
    """
    rule = area.FormatConditions.Add(Type=_EXPRESSION, Formula1=condition)
    rule.StopIfTrue = False
    parts = conditional_look(look)
    if "font" in parts:
        rule.Font.Color = colour(parts["font"].color.rgb)
        rule.Font.Italic = bool(parts["font"].italic)
    if "fill" in parts:
        rule.Interior.Color = colour(parts["fill"].bgColor.rgb)
    if "border" in parts:
        _draw(rule, parts["border"])
    if "numFmt" in parts:
        rule.NumberFormat = parts["numFmt"].formatCode


def add_bars(area: Any) -> None:
    """Show fractions from 0 to 1 as bars in the cells of a range."""
    bar = area.FormatConditions.AddDatabar()
    bar.MinPoint.Modify(_NUMBER, 0)
    bar.MaxPoint.Modify(_NUMBER, 1)
    bar.PercentMin, bar.PercentMax = 0, 100
    bar.BarColor.Color = colour(BAR_BLUE)
    bar.BarFillType = _SOLID


def colour(argb: str) -> int:
    """Return a color as Excel's object model has it.

    >>> hex(colour("FF17365D"))
    '0x5d3617'
    """
    red, green, blue = bytes.fromhex(argb[-6:])
    return blue << 16 | green << 8 | red


def _define(made: Any, style: NamedStyle) -> None:
    made.NumberFormat = style.number_format
    made.Locked = bool(style.protection.locked)
    _write(made.Font, style.font)
    _align(made, style.alignment)
    _fill(made, style.fill)
    _draw(made, style.border)


def _write(made: Any, font: Font) -> None:
    made.Name, made.Size, made.Bold = font.name, font.size, bool(font.bold)
    made.Italic = bool(font.italic)
    if font.color:
        made.Color = colour(font.color.rgb)
    if font.underline:
        made.Underline = _UNDERLINED[font.underline]


def _align(made: Any, alignment: Alignment) -> None:
    made.HorizontalAlignment = _HORIZONTAL[alignment.horizontal]
    made.VerticalAlignment = _VERTICAL[alignment.vertical]
    if alignment.indent:
        made.IndentLevel = int(alignment.indent)
    made.WrapText, made.ShrinkToFit = bool(alignment.wrap_text), bool(alignment.shrink_to_fit)


def _fill(made: Any, fill: Fill) -> None:
    if isinstance(fill, PatternFill) and fill.fill_type == "solid":
        made.Interior.Color = colour(fill.fgColor.rgb)


def _draw(made: Any, border: Border) -> None:
    for edge, constant in _EDGES.items():
        side = getattr(border, edge)
        if side is not None and side.style:
            line = made.Borders(constant)
            line.LineStyle, line.Weight = _CONTINUOUS, _WEIGHTS[side.style]
            line.Color = colour(side.color.rgb)
