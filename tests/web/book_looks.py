"""How cells look, as JSON for the stand-in of Excel."""

from typing import Any, Final

from openpyxl.styles import Color

_HORIZONTAL: Final = {None: "General", "centerContinuous": "CenterAcrossSelection"}
_WEIGHTS: Final = {"thin": "Thin", "medium": "Medium", "thick": "Thick", "hair": "Hairline"}
_THEME: Final = {0: "#FFFFFF", 1: "#000000"}
_EDGES: Final = {"EdgeTop": "top", "EdgeBottom": "bottom", "EdgeLeft": "left", "EdgeRight": "right"}


def look_of(styled: Any) -> dict[str, Any]:
    """Return how a cell or a named style looks."""
    font, alignment = styled.font, styled.alignment
    return {
        "numberFormat": styled.number_format,
        "fontName": font.name,
        "fontSize": font.size,
        "fontColor": color_of(font.color) or "#000000",
        "isBold": bool(font.bold),
        "isItalic": bool(font.italic),
        "underline": "None" if font.underline is None else font.underline.title(),
        "fill": color_of(styled.fill.fgColor) if styled.fill.fill_type == "solid" else "",
        **{edge: line_of(getattr(styled.border, side)) for edge, side in _EDGES.items()},
        "horizontal": _HORIZONTAL.get(alignment.horizontal) or alignment.horizontal.title(),
        "vertical": (alignment.vertical or "bottom").title(),
        "indent": int(alignment.indent or 0),
        "wraps": bool(alignment.wrap_text),
        "shrinks": bool(alignment.shrink_to_fit),
        "isLocked": bool(styled.protection.locked),
    }


def line_of(side: Any) -> str:
    """Return a line at an edge; blank if there is none."""
    if side is None or not side.style:
        return ""
    return f"Continuous {_WEIGHTS.get(side.style, side.style)} {color_of(side.color) or '#000000'}"


def color_of(color: Color | None) -> str:
    """Return a color as Office.js has it; of a theme, black and white."""
    if color is None:
        return ""
    if color.type == "rgb":
        return f"#{color.rgb[-6:].upper()}"
    if color.type == "theme" and not color.tint:
        return _THEME.get(color.theme, f"theme {color.theme}")
    return f"{color.type} {color.value} {color.tint}"


def points_of(width: float) -> float:
    """Return the width of a column in points, of one in characters of Calibri 11."""
    return int((256 * width + 128 // 7) / 256 * 7) * 0.75
