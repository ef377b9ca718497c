"""The charts on a worksheet, found through relationships: worksheet, drawing, chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbook.package.opc.errors import Missing, PackageError
from workbook.package.opc.markup import Element, Markup, whole_number
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.cells import column_name
from workbook.package.sheets.workbook_part import workbook_part


@dataclass(frozen=True)
class Chart:
    """A chart on a worksheet: its part, its name, and its alternative text, blank if it has none.

    `first` and `last` are the cells under its top left and its bottom right corner, such as "B3". Blank
    text stands for a corner that is not bound to a cell.
    """

    part: str
    name: str
    alternative_text: str
    first: str
    last: str


def drawing_part(package: Package, sheet: str) -> str | None:
    """Return the part with a worksheet's charts and pictures; None if it has none of them."""
    part = workbook_part(package).sheet(sheet).part
    if part is None:
        raise Missing(f"The sheet {sheet} has no part.")
    drawings = [link.part for link in relationships(package, part) if link.kind == "drawing"]
    return next((drawing for drawing in drawings if drawing in package), None)


def sheet_charts(package: Package, sheet: str) -> list[Chart]:
    """Return the charts on a worksheet, in the order of its drawing, without pictures and shapes."""
    drawing = drawing_part(package, sheet)
    if drawing is None:
        return []
    return [chart for chart, _ in _charts(package, drawing, Markup(package[drawing], drawing))]


def set_alternative_texts(package: Package, sheet: str, texts: Sequence[str]) -> None:
    """Give the charts on a worksheet their alternative texts, in the order of `sheet_charts`.

    Raises PackageError if there is not one text for each chart.
    """
    drawing = drawing_part(package, sheet)
    markup = Markup(package[drawing], drawing) if drawing else None
    charts = list(_charts(package, drawing, markup)) if drawing and markup else []
    if len(charts) != len(texts):
        raise PackageError(f"The sheet {sheet} has {len(charts)} charts, but {len(texts)} texts are given.")
    if drawing and markup:
        for (_, properties), text in zip(charts, texts, strict=True):
            markup.set_attribute(properties, "descr", text)
        package.replace(drawing, markup.result())


def _charts(package: Package, drawing: str, markup: Markup) -> Iterator[tuple[Chart, Element]]:
    """Yield each chart with the element of its properties."""
    parts = {link.id: link.part for link in relationships(package, drawing)}
    for anchor in markup.root.children:
        corners = [_cell(markup, next(_inside(anchor, name), None)) for name in ("from", "to")]
        for frame in _inside(anchor, "graphicFrame"):
            properties = next(_inside(frame, "cNvPr"), None)
            chart = next(_inside(frame, "chart"), None)
            part = parts.get(chart.relationship_id() or "") if chart else None
            if properties is not None and part is not None and part in package:
                name, text = properties.get("name") or "", properties.get("descr") or ""
                yield Chart(part, name, text, *corners), properties


def _cell(markup: Markup, corner: Element | None) -> str:
    column, row = (corner and next(_inside(corner, name), None) for name in ("col", "row"))
    if column is None or row is None:
        return ""
    return f"{column_name(whole_number(markup.text(column)) + 1)}{whole_number(markup.text(row)) + 1}"


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements with a name inside an element, at any depth, in their order."""
    for child in element.children:
        if child.name == name:
            yield child
        else:
            yield from _inside(child, name)
