"""What a sheet has besides its cells' entries, described so that programs that save it change nothing.

Excel and LibreOffice write again what they read: areas in another order, colors in another form, other
indexes of styles, other XML for drawings. So each feature is reduced to what stays: a chart is one more
chart, a rule is its kind and the cells that it covers, a fill is its cell and its color.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from workbook.package.opc.markup import well_formed, whole_number
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import Relationship, relationships
from workbook.package.sheets.areas import corners, covered, named
from workbook.package.sheets.formulas import moved
from workbook.package.sheets.workbook_part import workbook_part

Features = Mapping[str, Collection[str]]
"""The features of a sheet by kind, such as "fill", each as a text that tells it from others."""

NOT_COPIED = {
    "pivotTable": "a pivot table",
    "slicer": "a slicer",
    "timeline": "a timeline",
    "control": "a control",
    "ctrlProp": "a control",
    "oleObject": "an embedded object",
    "queryTable": "a query",
    "customProperty": "custom properties",
}
"""The kinds of relationships of a sheet whose features a copy of the sheet does not have."""

WITHOUT_PLACE = ("chart", "picture", "shape", "table")
"""The kinds of features that stay the same if cells move."""

_RULES_THAT_EXTEND = frozenset({"dataBar", "iconSet"})  # written a second time, with more details
_FAR = "AAA10000"  # far from the edges of a sheet
_SHAPES = frozenset({"sp", "cxnSp"})
_NAMED = {
    "chart": "charts",
    "picture": "pictures",
    "shape": "shapes",
    "sparkline": "sparklines",
    "comment": "comments",
    "validation": "data validation",
    "rule": "conditional formatting",
    "table": "tables",
    "link": "hyperlinks",
    "merge": "merged cells",
    "filter": "a filter",
    "fill": "fill colors",
}


def features(package: Package, part: str) -> dict[str, list[str]]:
    """Return the features of a worksheet's part by kind."""
    root = well_formed(package[part], part)
    links = relationships(package, part)
    found: dict[str, list[str]] = defaultdict(list)
    for kind, feature in (
        *_rules(root, "conditionalFormatting", "cfRule", "rule"),
        *_rules(root, "dataValidations", "dataValidation", "validation"),
        *_in_cells(root),
        *_fills(package, root),
        *_related(package, links),
    ):
        found[kind].append(feature)
    return {kind: sorted(set(listed)) for kind, listed in found.items()}


def foreign(before: Features, now: Features) -> tuple[str, ...]:
    """Return the features that were added to a sheet, in words.

    >>> foreign({"fill": ["B2 FFFF00"]}, {"fill": ["B2 FFFF00", "B3 FF0000"], "chart": ["1"]})
    ('charts', 'fill colors (B3)')
    """
    added = {kind: sorted(set(now.get(kind, ())) - set(before.get(kind, ()))) for kind in _NAMED}
    return tuple(_in_words(kind, listed) for kind, listed in added.items() if listed)


def not_copied(package: Package, part: str) -> list[str]:
    """Return, in words, what a sheet has that a copy of it would not have."""
    kinds = {link.kind for link in relationships(package, part)}
    return sorted({words for kind, words in NOT_COPIED.items() if kind in kinds})


def _in_words(kind: str, listed: list[str]) -> str:
    if kind in ("chart", "picture", "shape", "filter"):
        return _NAMED[kind]
    if kind == "fill":  # its cell and its color
        listed = covered(feature.split()[0] for feature in listed).split()
    elif kind in ("rule", "validation"):  # its type, its condition, and its areas
        listed = covered(area for feature in listed for area in feature.split()[2:]).split()
    more = f" and {len(listed) - 3} more" if len(listed) > 3 else ""
    return f"{_NAMED[kind]} ({', '.join(listed[:3])}{more})"


def _rules(root: etree._Element, holder: str, rule: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield rules by their type and condition, with the cells that all of the same kind cover."""
    areas: dict[str, list[str]] = defaultdict(list)
    for element in root.iter(f"{{*}}{rule}"):
        above = element.getparent()
        if above is None:
            continue
        extended = etree.QName(element).namespace != etree.QName(root).namespace
        type_ = element.get("type") or "any"
        if extended and type_ in _RULES_THAT_EXTEND:
            continue
        given = element.get("sqref") or above.get("sqref")
        inside = element.find("{*}sqref") if given is None else None
        inside = above.find("{*}sqref") if given is None and inside is None else inside
        places = (given or (inside.text if inside is not None else "") or "").split()
        if places:
            condition = _condition(element, places) if kind == "rule" else "-"
            areas[f"{type_} {condition}"] += places
    for identity, places in areas.items():
        yield kind, f"{identity} {covered(places)}"


def _condition(rule: etree._Element, places: list[str]) -> str:
    """Return a digest of a rule's formulas, which are written for its first cell, as for a fixed cell."""
    blocks = [corners(place) for place in places]
    left, top = min(block[0] for block in blocks), min(block[1] for block in blocks)
    formulas = [found.text or "" for found in rule.iter("{*}formula", "{*}f")]
    fixed = [moved(formula, named(left, top, left, top), _FAR) for formula in formulas]
    text = "|".join([rule.get("operator") or "", *fixed]).upper()
    return hashlib.sha256(re.sub(r"[\s']", "", text).encode()).hexdigest()[:8]


def _in_cells(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iterfind("{*}hyperlinks/{*}hyperlink"):
        yield "link", covered([element.get("ref") or "A1"])
    for element in root.iterfind("{*}mergeCells/{*}mergeCell"):
        yield "merge", covered([element.get("ref") or "A1"])
    for element in root.iterfind("{*}autoFilter"):
        yield "filter", element.get("ref") or ""
    for element in root.iter("{*}sparkline"):
        place = element.find("{*}sqref")
        yield "sparkline", (place.text or "") if place is not None else ""


def _fills(package: Package, root: etree._Element) -> Iterator[tuple[str, str]]:
    part = workbook_part(package).related("styles")
    if part is None:
        return
    merges = [corners(merge.get("ref") or "A1") for merge in root.iterfind("{*}mergeCells/{*}mergeCell")]
    styles = well_formed(package[part], part)
    fills = [_color(fill) for fill in styles.iterfind("{*}fills/{*}fill")]
    indexes = [whole_number(xf.get("fillId")) for xf in styles.iterfind("{*}cellXfs/{*}xf")]
    for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
        at = whole_number(cell.get("s"))
        color = fills[indexes[at]] if at < len(indexes) and indexes[at] < len(fills) else ""
        place = cell.get("r")
        if color and place and not _is_merged(place, merges):
            yield "fill", f"{place} {color}"


def _is_merged(place: str, merges: list[tuple[int, int, int, int]]) -> bool:
    """Return whether a cell is hidden in a merged area. There LibreOffice repeats the first cell's format."""
    column, row, _, _ = corners(place)
    return any(
        left <= column <= right and top <= row <= bottom and (column, row) != (left, top)
        for left, top, right, bottom in merges
    )


def _color(fill: etree._Element) -> str:
    """Return the color of a fill; blank if there is none."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return "gradient" if len(fill) else ""
    kind = pattern.get("patternType") or "none"
    if kind == "none":
        return ""
    color = pattern.find("{*}fgColor")
    if kind != "solid" or color is None:
        return kind
    if rgb := color.get("rgb"):
        return rgb[-6:].upper()
    tint = f"{float(color.get('tint') or 0):.2f}"
    return f"theme{color.get('theme')}/{tint}" if color.get("theme") else f"indexed{color.get('indexed')}"


def _related(package: Package, links: list[Relationship]) -> Iterator[tuple[str, str]]:
    for link in links:
        if link.part is None or link.part not in package:
            continue
        if link.kind == "drawing":
            yield from _drawn(package, link.part)
        elif link.kind in ("comments", "threadedComment"):
            for element in well_formed(package[link.part], link.part).iter(
                "{*}comment", "{*}threadedComment"
            ):
                yield "comment", element.get("ref") or ""
        elif link.kind == "table":
            yield "table", well_formed(package[link.part], link.part).get("displayName") or ""


def _drawn(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """Yield the drawing's objects, numbered by kind, because nothing else about them is sure to stay."""
    counts: dict[str, int] = defaultdict(int)
    for element in well_formed(package[part], part).iter():
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        kind = "picture" if name == "pic" else "shape" if name in _SHAPES else ""
        if name == "graphicFrame":
            kind = "chart"
        if kind and not _is_alternative(element):
            counts[kind] += 1
            yield kind, str(counts[kind])


def _is_alternative(element: etree._Element) -> bool:
    """Return whether an element stands in for another, for programs that do not know that one."""
    return any(etree.QName(above).localname == "Fallback" for above in element.iterancestors())
