"""What a sheet has once the instructions are followed, and what a file's sheet has, in the same words."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from lxml import etree
from openpyxl.cell.cell import Cell
from openpyxl.chart.bar_chart import BarChart
from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter as letter
from openpyxl.utils import rows_from_range
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from addin.web.refreshing import wire
from addin.web.refreshing.looks import styles
from workbook.package import Package, workbook_part
from workbook.package.sheets.styles import Styles

Seen = dict[str, Any]

_CALL = re.compile(r"\bMARKETBOOK\.(?=[A-Z_]+\()")


def instructed(sheet: wire.SheetInstructions) -> Seen:
    hidden = {place for area in sheet.merged for place in list(chain(*rows_from_range(area)))[1:]}
    styled = _by_cell((each.style, each.areas) for each in sheet.styles)
    return {
        "cells": dict(_entered(sheet.entries)),
        "styles": {place: name for place, name in styled.items() if place not in hidden},
        "number formats": {
            place: code for place, code in _number_formats(sheet, styled).items() if place not in hidden
        },
        "merged": sorted(sheet.merged),
        "heights": {
            row: each.points for each in sheet.heights for span in each.rows for row in _rows_of(span)
        },
        "rules": [(_short(rule.area), _plain(rule.formula), _look(rule.look)) for rule in sheet.rules],
        "bars": [(_short(bars.area), bars.color) for bars in sheet.bars],
        "drop-downs": sorted(map(_drop_down, sheet.drop_downs), key=str),
        "links": sorted((link.cell, link.place, link.address) for link in sheet.links),
        "filter": sheet.filter,
        "printing": _printing(sheet.printing) if sheet.printing else None,
        "freeze": sheet.freeze,
        "charts": list(map(_chart, sheet.charts)),
    }


def in_file(sheet: Worksheet, package: Package) -> Seen:
    cells = [cell for row in sheet.iter_rows() for cell in row]
    named = {place: name for place, name in _styles(package, sheet.title).items() if name != "Normal"}
    styled = [cell for cell in cells if cell.coordinate in named and isinstance(cell, Cell)]
    rules = [(str(area.sqref), rule) for area in sheet.conditional_formatting for rule in area.rules]
    rules.sort(key=lambda found: found[1].priority)
    return {
        "cells": {cell.coordinate: _content(cell) for cell in cells if cell.value is not None},
        "styles": {cell.coordinate: named[cell.coordinate] for cell in styled},
        "number formats": {cell.coordinate: cell.number_format for cell in styled},
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "heights": {row: found.height for row, found in sheet.row_dimensions.items() if found.height},
        "rules": [
            (area, f"={rule.formula[0]}", _file_look(rule))
            for area, rule in rules
            if rule.type == "expression"
        ],
        "bars": [(area, f"#{rule.dataBar.color.rgb[-6:]}") for area, rule in rules if rule.type == "dataBar"],
        "drop-downs": sorted(map(_file_drop_down, sheet.data_validations.dataValidation), key=str),
        "links": sorted(
            (link.ref, link.location or "", link.target or "") for link in map(_link, cells) if link
        ),
        "filter": sheet.auto_filter.ref or "",
        "printing": _file_printing(sheet) if sheet.print_area else None,
        "freeze": sheet.freeze_panes or "",
        "charts": list(map(_file_chart, sheet._charts)),
    }


def differing(ours: Any, theirs: Any) -> Any:
    """What is not the same in both, to be shown."""
    if isinstance(theirs, dict):
        return {
            at: (ours.get(at), theirs.get(at)) for at in {**ours, **theirs} if ours.get(at) != theirs.get(at)
        }
    return ours, theirs


def _entered(entries: wire.Entries) -> Iterator[tuple[str, Any]]:
    for places, row in zip(rows_from_range(entries.area), entries.formulas, strict=True):
        for place, content in zip(places, row, strict=True):
            if isinstance(content, str):
                content = _plain(content) if content.startswith("=") else content.removeprefix("'")
            if content != "":
                yield place, content


def _short(area: str) -> str:
    """D10:D10 is D10."""
    first, _, last = area.partition(":")
    return first if first == last else area


def _plain(formula: str) -> str:
    return _CALL.sub("", formula)


def _styles(package: Package, sheet: str) -> dict[str, str]:
    """The styles of cells by name; openpyxl cannot tell them in a file of LibreOffice."""
    part = workbook_part(package).related("styles")
    found = Styles(package[part or ""])
    names = [found.style_name(xf) for xf in found.items("cellXfs")]
    root = etree.fromstring(package[workbook_part(package).sheet(sheet).part or ""])
    return {cell.get("r"): names[int(cell.get("s", 0))] for cell in root.iter("{*}c")}


def _content(cell: Cell) -> Any:
    return to_excel(cell.value) if cell.is_date else cell.value


def _by_cell(listed: Iterator[tuple[str, list[str]]]) -> dict[str, str]:
    return {
        place: look
        for look, addresses in listed
        for address in addresses
        for area in address.split(",")
        for row in rows_from_range(area)
        for place in row
    }


def _number_formats(sheet: wire.SheetInstructions, styled: dict[str, str]) -> dict[str, str]:
    codes = {style.name: style.number_format for style in styles(set(styled.values()))}
    own = _by_cell((each.number_format, each.areas) for each in sheet.number_formats)
    return {place: codes[name] for place, name in styled.items()} | own


def _rows_of(span: str) -> range:
    first, last = map(int, span.split(":"))
    return range(first, last + 1)


def _look(look: wire.RuleLook) -> Any:
    font = look.font or wire.Font()
    edges = {border.edge: (border.weight, border.color) for border in look.borders}
    return font.color, bool(font.italic), look.fill, edges, look.number_format


def _file_look(rule: Rule) -> Any:
    font, fill, border, code = rule.dxf.font, rule.dxf.fill, rule.dxf.border, rule.dxf.numFmt
    sides = {
        f"Edge{side.capitalize()}": getattr(border, side, None) for side in ("top", "bottom", "left", "right")
    }
    edges = {
        edge: (side.style.capitalize(), f"#{side.color.rgb[-6:]}")
        for edge, side in sides.items()
        if side is not None and side.style
    }
    return (
        f"#{font.color.rgb[-6:]}" if font and font.color else None,
        bool(font and font.italic),
        f"#{fill.bgColor.rgb[-6:]}" if fill else None,
        edges,
        code.formatCode if code else None,
    )


def _drop_down(found: wire.DropDown) -> Any:
    accepted = (found.source,) if found.kind == "list" else (str(found.low), str(found.high))
    return found.area, found.kind, found.alert, found.title, found.message, accepted


def _file_drop_down(found: Any) -> Any:
    accepted = (f"={found.formula1}",) if found.type == "list" else (found.formula1, found.formula2)
    alert = (found.errorStyle or "stop").capitalize()
    return str(found.sqref), found.type, alert, found.errorTitle, found.error, accepted


def _link(cell: Cell) -> Any:
    return getattr(cell, "hyperlink", None)


def _printing(found: wire.Printing) -> Any:
    margins = found.margins
    return (
        found.area,
        found.title_rows,
        found.is_centered_vertically,
        found.scale,
        found.pages_high,
        found.starts,
        [round(getattr(margins, side), 6) for side in margins.__struct_fields__],
        (found.left_footer, found.right_footer),
    )


def _file_printing(sheet: Worksheet) -> Any:
    fits = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    margins, footer = sheet.page_margins, sheet.oddFooter
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_options.horizontalCentered
    return (
        sheet.print_area.rpartition("!")[2].replace("$", ""),
        (sheet.print_title_rows or "").replace("$", ""),
        bool(sheet.print_options.verticalCentered),
        0 if fits else sheet.page_setup.scale,
        int(sheet.page_setup.fitToHeight) if fits else 0,
        [found.id + 1 for found in sheet.row_breaks.brk],
        [round(getattr(margins, side) * 72, 6) for side in wire.Margins.__struct_fields__],
        tuple(f"&{part.size}{part.text}" for part in (footer.left, footer.right)),
    )


def _chart(found: wire.Chart) -> Any:
    series = [
        (each.values, each.categories, each.title_cell or each.title, each.drawn, each.color, each.is_hatched)
        for each in found.series
    ]
    axes = found.lowest, found.highest, found.has_value_axis, found.has_category_axis, found.has_gridlines
    return found.area, found.type, found.title, found.has_legend, axes, series


def _file_chart(chart: Any) -> Any:
    start, end = chart.anchor._from, chart.anchor.to
    area = f"{letter(start.col + 1)}{start.row + 1}:{letter(end.col)}{end.row}"
    categories, values = chart._charts[-1].x_axis, chart._charts[-1].y_axis  # openpyxl reads no area's axes
    axes = (
        values.scaling.min,
        values.scaling.max,
        not values.delete,
        not categories.delete,
        values.majorGridlines is not None,
    )
    title = "".join(run.t for part in chart.title.tx.rich.p for run in part.r or ()) if chart.title else ""
    series = [each for kind in chart._charts for each in _file_series(kind)]
    return area, _kind(chart), title, chart.legend is not None, axes, series


def _kind(chart: Any) -> str:
    if not isinstance(chart, BarChart):
        return "AreaStacked"
    ending = {"clustered": "Clustered", "stacked": "Stacked", "percentStacked": "Stacked100"}[chart.grouping]
    return ("Column" if chart.type == "col" else "Bar") + ending


def _file_series(kind: Any) -> Iterator[Any]:
    drawn = {"barChart": "bar", "lineChart": "line", "areaChart": "area"}[kind.tagname]
    if drawn == "bar" and kind.type == "col":
        drawn = "column"
    for each in kind.series:
        looks = each.graphicalProperties
        fill = looks.ln.solidFill if drawn == "line" else looks.solidFill
        pattern = looks.pattFill
        color = pattern.fgClr.srgbClr if pattern else getattr(fill, "srgbClr", None) if fill else None
        title = each.tx.strRef.f if each.tx.strRef else each.tx.v
        categories = each.cat.strRef.f if each.cat else ""
        yield (
            each.val.numRef.f,
            categories,
            title,
            drawn,
            f"#{_rgb(color)}" if color else None,
            pattern is not None,
        )


def _rgb(color: Any) -> str:
    return str(getattr(color, "val", color))
