"""Named styles and conditional formats in the words of Office.js, from `workbook.styles`."""

from collections.abc import Collection, Iterator
from typing import Final, Literal

from openpyxl.styles import Border as Borders
from openpyxl.styles import Font as Typeface
from openpyxl.styles import NamedStyle, PatternFill
from openpyxl.styles.fills import Fill

from addin.web.refreshing.wire import Border, Font, RuleLook, Style
from workbook.styles import conditional_look, named_styles

_EDGES: Final[dict[str, Literal["EdgeTop", "EdgeBottom", "EdgeLeft", "EdgeRight"]]] = {
    "left": "EdgeLeft",
    "right": "EdgeRight",
    "top": "EdgeTop",
    "bottom": "EdgeBottom",
}
_WEIGHTS: Final[dict[str, Literal["Thin", "Medium"]]] = {"thin": "Thin", "medium": "Medium"}
_HORIZONTAL: Final[dict[str | None, Literal["General", "Left", "Center", "Right"]]] = {
    None: "General",
    "left": "Left",
    "center": "Center",
    "right": "Right",
}
_VERTICAL: Final[dict[str | None, Literal["Top", "Center", "Bottom"]]] = {
    None: "Bottom",
    "bottom": "Bottom",
    "center": "Center",
    "top": "Top",
}


def styles(names: Collection[str]) -> list[Style]:
    """Return the definitions of named styles."""
    return [_style(made) for made in named_styles() if made.name in names]


def rule_look(name: str) -> RuleLook:
    """Return how a conditional format looks."""
    parts = conditional_look(name)
    font = parts.get("font")
    return RuleLook(
        font=Font(color=color(font.color.rgb), italic=True if font.italic else None) if font else None,
        fill=color(parts["fill"].bgColor.rgb) if "fill" in parts else None,
        borders=list(_borders(parts["border"])) if "border" in parts else [],
        number_format=parts["numFmt"].formatCode if "numFmt" in parts else None,
    )


def color(argb: str) -> str:
    """Return a color as HTML has it.

    >>> color("FF17365D")
    '#17365D'
    """
    return f"#{argb[-6:]}"


def _style(style: NamedStyle) -> Style:
    alignment = style.alignment
    return Style(
        name=style.name,
        number_format=style.number_format,
        font=_font(style.font),
        fill=_fill(style.fill),
        borders=list(_borders(style.border)),
        horizontal=_HORIZONTAL[alignment.horizontal],
        vertical=_VERTICAL[alignment.vertical],
        indent=int(alignment.indent or 0),
        wraps=bool(alignment.wrap_text),
        shrinks=bool(alignment.shrink_to_fit),
        is_locked=bool(style.protection.locked),
    )


def _font(font: Typeface) -> Font:
    return Font(
        color=color(font.color.rgb) if font.color else None,
        name=font.name,
        size=font.size,
        bold=bool(font.bold),
        italic=bool(font.italic),
        underline="Single" if font.underline == "single" else None,
    )


def _fill(fill: Fill) -> str | None:
    if isinstance(fill, PatternFill) and fill.fill_type == "solid":
        return color(fill.fgColor.rgb)
    return None


def _borders(border: Borders) -> Iterator[Border]:
    for edge, name in _EDGES.items():
        side = getattr(border, edge)
        if side is not None and side.style:
            yield Border(name, _WEIGHTS[side.style], color(side.color.rgb))
