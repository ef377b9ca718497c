"""What is written over COM, compared with what openpyxl reads from the file with the same report."""

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from addin.desktop import live
from addin.desktop.looks import colour
from addin.desktop.sheet_writer import write_sheet


def in_file(rule):
    """A rule in a file: condition, font and fill colors, whether it is italic, number format, and a line."""
    if rule.type == "dataBar":
        return "bar", "", "", False, "", False
    looks = rule.dxf
    return (
        rule.formula[0],
        str(colour(looks.font.color.rgb)) if looks.font else "",
        str(colour(looks.fill.bgColor.rgb)) if looks.fill else "",
        bool(looks.font and looks.font.i),
        looks.numFmt.formatCode if looks.numFmt else "",
        bool(looks.border and looks.border.bottom.style),
    )


def shown(rule):
    """The same of a rule in the workbook."""
    colours = (str(getattr(part, "Color", "")) for part in (rule.Font, rule.Interior))
    italic = getattr(rule.Font, "Italic", False)
    return (*colours, italic, getattr(rule, "NumberFormat", ""), -4107 in rule.lines)


@pytest.mark.parametrize("title", ["Start", "Overview", "Forecast", "Segments", "Sources", "Lists"])
def test_a_sheet_is_the_same_as_in_a_file(book, build, tmp_path, title):
    """What is written over COM is compared with what openpyxl reads from the file with the same report."""
    report = build(live.save_backup(book)).report
    file = openpyxl.load_workbook(tmp_path / "report.xlsx")[title]
    made = book.Worksheets.Add(After=book.Worksheets[-1])
    names = {sheet.title: sheet.title for sheet in report.sheets} | {"Forecast": "Ada's path"}
    write_sheet(made, report.sheet(title), names, is_new=True)

    def follow(formula):
        return formula.replace("Forecast!", "'Ada''s path'!").replace("'Forecast'!", "'Ada''s path'!")

    def followed(value):
        return follow(value) if str(value).startswith(("=", "#")) else value

    cells = [cell for row in file for cell in row]
    assert made.content.keys() == {(cell.row, cell.column) for cell in cells if cell.value not in (None, "")}
    for cell in cells:
        place = cell.row, cell.column
        assert made.content.get(place, ("",))[0] == followed(cell.value or ""), cell
        if isinstance(cell, MergedCell):
            continue
        if place in made.styles:
            assert made.styles[place] == cell.style
            style = next(style for style in book.Styles if style.Name == cell.style)
            assert made.formats.get(place, style.NumberFormat) == cell.number_format
            assert style.Font.Color == colour(cell.font.color.rgb)
            assert (style.Font.Size, style.Font.Bold, style.Font.Italic, style.WrapText) == (
                cell.font.size,
                cell.font.b,
                cell.font.i,
                bool(cell.alignment.wrap_text),
            )
        else:
            assert cell.style == "Normal"
    rules = [
        (str(area.sqref), *in_file(rule))
        for area in file.conditional_formatting
        for rule in sorted(area.rules, key=lambda rule: rule.priority)
    ]
    assert sorted((rule.area.replace("$", ""), rule.formula, *shown(rule)) for rule in made.rules) == sorted(
        (area, follow(condition), *looks) for area, condition, *looks in rules
    )
    assert not any(rule.StopIfTrue for rule in made.rules if rule.formula != "bar")
    assert sorted(made.merged) == sorted(str(area) for area in file.merged_cells.ranges)
    links = {cell: file.cell(*cell).hyperlink for cell in made.links}
    assert made.links == {cell: link.target or followed(f"#{link.location}") for cell, link in links.items()}
    assert made.links.keys() == {(cell.row, cell.column) for cell in cells if cell.hyperlink}
    offered = {str(each.sqref): each for each in file.data_validations.dataValidation}
    assert {area: given["Formula1"].removeprefix("=") for area, given in made.validations.items()} == {
        area: each.formula1 for area, each in offered.items()
    }
    assert made.heights == {row: each.height for row, each in file.row_dimensions.items() if each.height}
    assert made.filtered == (file.auto_filter.ref or "")
    assert made.breaks == [each.id for each in file.row_breaks.brk]
    assert made.PageSetup.PrintArea.replace("$", "") == file.print_area.rpartition("!")[2].replace("$", "")
