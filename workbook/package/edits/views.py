"""How a user looks at a sheet (zoom, position, hidden rows, widths), to be carried over to its successor."""

import re
from collections.abc import Collection, Iterator, Mapping

import msgspec

from workbook.package.opc.encodings import in_utf8
from workbook.package.opc.markup import ATTRIBUTES, Element, Markup, quoted, whole_number
from workbook.package.sheets.workbook_part import is_true

_MOST_COLUMNS = 256
_CHANGED_WIDTH = 0.5  # in characters; programs round widths when they save
_COLOR = ("rgb", "theme", "tint", "indexed")
_DATA = re.compile(rb"<((?:[^\s<>/:]+:)?sheetData)(?:\s[^>]*)?>(.*)</\1\s*>", re.DOTALL)
_ROW = re.compile(rb"<(?:[^\s<>/:]+:)?row(?=[\s/>])" + ATTRIBUTES + rb">")
_COLUMN = ("width", "customWidth", "hidden", "style", "bestFit", "outlineLevel", "collapsed")


class View(msgspec.Struct, frozen=True):
    """The settings of a sheet that its user may change without changing the sheet.

    `tab` has the attributes of the tab's color. Widths and hidden columns are by column number.
    `selections` has the active cell and the selection of each pane; `panes` says how they are split.
    """

    code_name: str = ""
    selected: bool = False
    zoom: str = "100"
    tab: dict[str, str] = {}
    widths: dict[int, float] = {}
    hidden_columns: list[int] = []
    hidden_rows: list[int] = []
    panes: list[str] = []
    corner: str = ""
    pane_corner: str = ""
    selections: dict[str, tuple[str, str]] = {}


def view_of(sheet: bytes) -> View:
    """Return the settings of a worksheet."""
    head, data, tail = _parts(sheet)
    rows = (found[0].removesuffix(b">").removesuffix(b"/") + b"/>" for found in _ROW.finditer(data))
    root = Markup(b"".join([head, *rows, tail]), "A worksheet").root
    tab = _find(root, "sheetPr", "tabColor")
    view = _find(root, "sheetViews", "sheetView")
    pane = view.child("pane") if view else None
    columns = list(_columns(root))
    return View(
        code_name=_get(root.child("sheetPr"), "codeName"),
        selected=is_true(_get(view, "tabSelected")),
        zoom=_get(view, "zoomScale") or "100",
        tab={key: value for key in _COLOR if (value := _get(tab, key))},
        widths={at: float(width) for at, column in columns if (width := column.get("width"))},
        hidden_columns=[at for at, column in columns if is_true(column.get("hidden"))],
        hidden_rows=[at for at, row in _rows(root) if is_true(row.get("hidden"))],
        panes=[_get(pane, "xSplit") or "0", _get(pane, "ySplit") or "0", _get(pane, "state")] if pane else [],
        corner=_get(view, "topLeftCell"),
        pane_corner=_get(pane, "topLeftCell"),
        selections={
            found.get("pane") or "topLeft": (found.get("activeCell") or "A1", found.get("sqref") or "A1")
            for found in (view.all("selection") if view else [])
        },
    )


def with_view(sheet: bytes, theirs: View, ours: View | None, rows: Collection[int]) -> bytes:
    """Return a new worksheet with the settings that the user chose for the one that it replaces.

    `theirs` are the settings now, `ours` those that the replaced sheet was written with, if known:
    without them, widths are not carried over. `rows` are the rows that are the same as before, so that
    they can be hidden again.
    """
    fresh = view_of(sheet)
    before = ours or fresh
    head, data, tail = _parts(sheet)
    markup = Markup(head + tail, "A worksheet")
    _carry_head(markup, theirs, before)
    if view := _find(markup.root, "sheetViews", "sheetView"):
        _carry_view(markup, view, theirs, before, fresh)
    widths = {
        at: width
        for at, width in theirs.widths.items()
        if ours and at in ours.widths and _differ(width, ours.widths[at])
        if at in fresh.widths and not _differ(fresh.widths[at], ours.widths[at])
    }
    turned = set(before.hidden_columns) ^ set(theirs.hidden_columns)
    if widths or turned:
        _write_columns(markup, widths, {at: at in theirs.hidden_columns for at in turned})
    carried = markup.result().removesuffix(tail) + data + tail  # nothing after the cells changes
    turned = (set(before.hidden_rows) ^ set(theirs.hidden_rows)) & set(rows)
    return _with_hidden(carried, {at: at in theirs.hidden_rows for at in turned}) if turned else carried


def _parts(sheet: bytes) -> tuple[bytes, bytes, bytes]:
    """Return a worksheet in three parts, of which the middle one has its cells, and takes long to parse."""
    sheet = in_utf8(sheet, "A worksheet")
    found = _DATA.search(sheet)
    start, end = found.span(2) if found else (len(sheet), len(sheet))
    return sheet[:start], sheet[start:end], sheet[end:]


def _with_hidden(sheet: bytes, hidden: Mapping[int, bool]) -> bytes:
    """Return a worksheet in which rows, by number, are hidden or shown."""
    markup = Markup(sheet, "A worksheet")
    for at, row in _rows(markup.root):
        if at in hidden:
            markup.set_attribute(row, "hidden", "1" if hidden[at] else "0")
    return markup.result()


def _differ(width: float, other: float) -> bool:
    return abs(width - other) > _CHANGED_WIDTH


def _carry_head(markup: Markup, theirs: View, before: View) -> None:
    """Carry over the code name and the tab's color."""
    root = markup.root
    head = root.child("sheetPr")
    changed = bool(theirs.tab) and theirs.tab != before.tab
    color = b""
    if changed:
        given = b"".join(b' %b="%b"' % (key.encode(), quoted(value)) for key, value in theirs.tab.items())
        color = b"<" + root.prefix + b"tabColor" + given + b"/>"
    if head is None:
        if theirs.code_name or color:
            code = b' codeName="' + quoted(theirs.code_name) + b'"' if theirs.code_name else b""
            name = root.prefix + b"sheetPr"
            markup.insert_first(root, b"<" + name + code + b">" + color + b"</" + name + b">")
        return
    if theirs.code_name:
        markup.set_attribute(head, "codeName", theirs.code_name)
    if color:
        if old := head.child("tabColor"):
            markup.remove(old)
        markup.insert_first(head, color)


def _carry_view(markup: Markup, view: Element, theirs: View, before: View, fresh: View) -> None:
    """Carry over the zoom, the selection and, if the panes are the same, the position."""
    if theirs.selected:
        markup.set_attribute(view, "tabSelected", "1")
    if theirs.zoom != before.zoom:
        markup.set_attribute(view, "zoomScale", theirs.zoom)
        markup.set_attribute(view, "zoomScaleNormal", theirs.zoom)
    if theirs.panes != fresh.panes:
        return
    if theirs.corner not in ("", "A1"):
        markup.set_attribute(view, "topLeftCell", theirs.corner)
    pane = view.child("pane")
    if pane and theirs.pane_corner:
        markup.set_attribute(pane, "topLeftCell", theirs.pane_corner)
    for selection in view.all("selection"):
        if chosen := theirs.selections.get(selection.get("pane") or "topLeft"):
            markup.set_attribute(selection, "activeCell", chosen[0])
            markup.set_attribute(selection, "sqref", chosen[1])


def _write_columns(markup: Markup, widths: Mapping[int, float], hidden: Mapping[int, bool]) -> None:
    """Write the columns' list anew, with other widths and other hidden columns."""
    root = markup.root
    attributes: dict[int, dict[str, str]] = {
        at: {key: value for key in _COLUMN if (value := column.get(key))} for at, column in _columns(root)
    }
    for at, width in widths.items():
        attributes.setdefault(at, {}).update(width=f"{width:g}", customWidth="1")
    for at, is_hidden in hidden.items():
        attributes.setdefault(at, {}).update(hidden="1" if is_hidden else "0")
    prefix = root.prefix
    columns = b"".join(
        b'<%bcol min="%d" max="%d"%b/>'
        % (prefix, at, at, b"".join(b' %b="%b"' % (k.encode(), quoted(v)) for k, v in given.items()))
        for at, given in sorted(attributes.items())
    )
    data = root.child("sheetData")
    if old := root.child("cols"):
        markup.remove(old)
    if data is not None:
        markup.insert_before(data, b"<" + prefix + b"cols>" + columns + b"</" + prefix + b"cols>")


def _columns(root: Element) -> Iterator[tuple[int, Element]]:
    """Yield the columns that have settings; of those that go on to the last column, only the first ones."""
    holder = root.child("cols")
    for column in holder.all("col") if holder else []:
        first, last = whole_number(column.get("min"), 1), whole_number(column.get("max"), 1)
        for at in range(first, min(last, _MOST_COLUMNS) + 1):
            yield at, column


def _rows(root: Element) -> Iterator[tuple[int, Element]]:
    data, number = root.child("sheetData"), 0
    for row in data.all("row") if data else []:
        number = whole_number(row.get("r"), number + 1)
        yield number, row


def _find(root: Element, holder: str, name: str) -> Element | None:
    above = root.child(holder)
    return above.child(name) if above else None


def _get(element: Element | None, name: str) -> str:
    return (element.get(name) or "") if element else ""
