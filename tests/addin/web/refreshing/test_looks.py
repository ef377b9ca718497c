"""Styles are defined in the open workbook as they are in a file."""

from typing import Any

import openpyxl
import pytest
from openpyxl.styles import NamedStyle

from addin.web.refreshing import wire
from addin.web.refreshing.looks import rule_look, styles
from workbook.styles import add_styles, named_styles

NAMES = [style.name for style in named_styles()]
ALIGNED = {None: "General", "left": "Left", "right": "Right", "center": "Center"}


@pytest.fixture(scope="module")
def in_files() -> dict[str, NamedStyle]:
    book = openpyxl.Workbook()
    add_styles(book)
    return {style.name: style for style in book._named_styles}


@pytest.mark.parametrize("name", NAMES)
def test_a_style_is_that_of_a_file(name: str, in_files: dict[str, NamedStyle]) -> None:
    (ours,), theirs = styles({name}), in_files[name]
    font, alignment = theirs.font, theirs.alignment
    assert ours == wire.Style(
        name=name,
        number_format=theirs.number_format,
        font=wire.Font(
            color=_html(font.color),
            name=font.name,
            size=font.size,
            bold=bool(font.b),
            italic=bool(font.i),
            underline="Single" if font.u else None,
        ),
        fill=_html(theirs.fill.fgColor) if theirs.fill.patternType == "solid" else None,
        borders=[
            wire.Border(f"Edge{side.capitalize()}", line.style.capitalize(), _html(line.color))
            for side in ("left", "right", "top", "bottom")
            if (line := getattr(theirs.border, side)) and line.style
        ],
        horizontal=ALIGNED[alignment.horizontal],
        vertical=(alignment.vertical or "bottom").capitalize(),
        indent=int(alignment.indent),
        wraps=bool(alignment.wrapText),
        shrinks=bool(alignment.shrinkToFit),
        is_locked=theirs.protection.locked,
    )


def _html(color: Any) -> str:
    return f"#{color.rgb[-6:]}"


def test_styles_differ_in_what_they_are_for() -> None:
    made = {style.name.removeprefix("Marketbook "): style for style in styles(set(NAMES))}
    assert made["Input"].font.color == "#0000FF"
    assert not made["Input"].is_locked
    assert made["Title"].font.bold
    assert made["Text estimated"].font.italic
    assert made["Link"].font.underline == "Single"
    assert made["Header"].fill == "#17365D"
    assert {border.edge for border in made["Input"].borders} == {
        "EdgeLeft",
        "EdgeRight",
        "EdgeTop",
        "EdgeBottom",
    }
    assert made["Text"].borders
    assert not made["Text row"].borders
    assert made["Percent"].number_format != made["Size"].number_format


def test_a_conditional_format_changes_only_what_it_says() -> None:
    assert rule_look("Banner") == wire.RuleLook(fill="#FDE68A")
    estimated = rule_look("Estimated")
    assert estimated.font == wire.Font(color="#475569", italic=True)
    assert estimated.fill is None
    assert [border.edge for border in estimated.borders] == ["EdgeBottom"]
