"""Transfer of cell formats to another workbook: existing ones are reused, the others appended.

A cell's format is an index into a list of combinations of fonts, fills, borders and number
formats, each an index into its own list. Two elements count as equal if Excel, after reading and
saving one, would write the other.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TypeAlias

from lxml import etree

from workbook.package.opc.markup import Markup, quoted, well_formed, whole_number

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

EMPTY_STYLES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="%b"/>' % MAIN.encode()
)

Key: TypeAlias = tuple[object, ...]

_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_PARTS = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
_FIRST_CUSTOM_FORMAT = 164
_LAST_STANDARD_FORMAT = 49  # a code for one of these is a translation
_DATE_FORMATS = frozenset({14, 15, 16, 17, 22})
_DATE_LETTER = re.compile(r"[yd]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_FLAGS = frozenset({"b", "i", "strike", "outline", "shadow", "condense", "extend"})
_IDLE = {  # attributes with their default values
    ("alignment", "horizontal", "general"),
    ("alignment", "vertical", "bottom"),
    ("protection", "locked", "1"),
    ("u", "val", "single"),
}
_SIDES = frozenset({"left", "right", "top", "bottom", "start", "end", "diagonal", "vertical", "horizontal"})
_SEEDS = {  # the meaning of index 0 if the list is empty
    "fonts": ('<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',),
    "fills": (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellStyleXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',),
    "cellStyles": ('<cellStyle name="Normal" xfId="0" builtinId="0"/>',),
}


class Styles:
    """A styles part, for looking up and adding formats. `result` has the additions."""

    def __init__(self, data: bytes, name: str = "The styles part") -> None:
        self._markup = Markup(data, name)
        self._prefix = self._markup.root.prefix
        tree = well_formed(data, name)
        self._lists = {child: _items(tree, child) for child in _ORDER[:8]}
        self._had = {name: len(items) for name, items in self._lists.items()}
        self._places: dict[str, dict[Key, int]] = {}
        self._keys: dict[str, list[Key]] = {}

    def items(self, collection: str) -> list[etree._Element]:
        """Return the elements of a list, including those added."""
        return self._lists[collection]

    def place(self, collection: str, key: Key, make: Callable[[], etree._Element]) -> int:
        """Return the index of an element by its key. If there is none, it is created and appended."""
        if collection not in self._places:
            places = self._places[collection] = {}
            for index, element in enumerate(self._lists[collection]):
                places.setdefault(self._key(collection, element), index)
        places = self._places[collection]
        if key not in places:
            places[key] = self.append(collection, make())
        return places[key]

    def append(self, collection: str, element: etree._Element) -> int:
        """Append an element to a list; return its index."""
        self._lists[collection].append(element)
        return len(self._lists[collection]) - 1

    def format_code(self, number: str | None) -> str:
        """Return a number format's code, or the number of a built-in one."""
        number = number or "0"
        if whole_number(number) <= _LAST_STANDARD_FORMAT:
            return number
        found = (item.get("formatCode") for item in self.items("numFmts") if item.get("numFmtId") == number)
        code = next(found, None) or number
        return "0" if code.casefold() == "general" else code

    def format_number(self, code: str) -> str:
        """Return the number of a number format, given by the result of `format_code`."""
        if code.isdigit() and int(code) < _FIRST_CUSTOM_FORMAT:
            return code
        used = [whole_number(item.get("numFmtId")) for item in self.items("numFmts")]
        for number, item in zip(used, self.items("numFmts"), strict=True):
            if item.get("formatCode") == code and number > _LAST_STANDARD_FORMAT:
                return str(number)
        number = max([_FIRST_CUSTOM_FORMAT - 1, *used]) + 1
        self.append("numFmts", etree.Element("numFmt", numFmtId=str(number), formatCode=code))
        return str(number)

    def shows_date(self, index: int) -> bool:
        """Return whether a cell format shows a number as a date."""
        code = self.format_code(self.items("cellXfs")[index].get("numFmtId"))
        if code.isdigit():
            return int(code) in _DATE_FORMATS
        return bool(_DATE_LETTER.search(_LITERAL.sub("", code)))

    def style_name(self, xf: etree._Element) -> str:
        """Return the name of the cell style that a format is based on."""
        index = xf.get("xfId") or "0"
        for style in self.items("cellStyles"):
            if style.get("xfId") == index and style.get("builtinId") != "0":
                return style.get("name") or "Normal"
        return "Normal"

    def seed(self) -> None:
        """Fill empty lists with the formats of cells without a format."""
        for collection, elements in _SEEDS.items():
            if not self._lists[collection]:
                self._lists[collection] += map(etree.fromstring, elements)

    def result(self) -> bytes:
        """Return the part with the additions."""
        for collection in _ORDER[:8]:
            items = self._lists[collection]
            fresh = b"".join(map(self._rendered, items[self._had[collection] :]))
            holder = self._markup.root.child(collection)
            if not fresh:
                continue
            if holder is None:
                self._insert(collection, self._holder(collection, fresh))
                continue
            self._markup.append(holder, fresh)
            if holder.get("count") is not None:
                self._markup.set_attribute(holder, "count", str(len(items)))
        return self._markup.result()

    def _rendered(self, element: etree._Element) -> bytes:
        """Return an element in the form of this part."""
        name = self._prefix + etree.QName(element).localname.encode()
        opening = (
            b"<"
            + name
            + b"".join(
                b' %b="%b"' % (key.encode(), quoted(value)) for key, value in _attributes(element).items()
            )
        )
        inside = b"".join(self._rendered(child) for child in _children(element))
        return opening + (b">" + inside + b"</" + name + b">" if inside else b"/>")

    def _key(self, collection: str, element: etree._Element) -> Key:
        return self.format_key(element) if collection == "cellXfs" else canonical(element)

    def format_key(self, xf: etree._Element) -> Key:
        """Return a description of a cell format that is valid in every workbook."""
        looks = tuple(self._item_key(collection, xf.get(index)) for index, collection in _PARTS)
        details = tuple(key for child in _children(xf) if (key := canonical(child))[1:] != ((), ()))
        flags = tuple(xf.get(flag) in ("1", "true") for flag in ("quotePrefix", "pivotButton"))
        return (self.format_code(xf.get("numFmtId")), looks, details, flags, self.style_name(xf))

    def _item_key(self, collection: str, index: str | None) -> Key:
        items = self.items(collection)
        keys = self._keys.setdefault(collection, [])
        keys += map(canonical, items[len(keys) :])
        at = whole_number(index)
        return keys[at] if at < len(keys) else ()

    def _holder(self, collection: str, xml: bytes) -> bytes:
        name = self._prefix + collection.encode()
        return b'<%b count="%d">%b</%b>' % (name, len(self._lists[collection]), xml, name)

    def _insert(self, collection: str, xml: bytes) -> None:
        """Insert a list at its position in the schema, before the first list that must follow it."""
        later = _ORDER[_ORDER.index(collection) + 1 :]
        after = [child for child in self._markup.root.children if child.name in later]
        if after:
            self._markup.insert_before(after[0], xml)
        else:
            self._markup.append(self._markup.root, xml)


class StyleMap:
    """Conversion of format indexes to those of another workbook. Missing formats are added to it."""

    def __init__(self, source: Styles, target: Styles) -> None:
        self._source = source
        self._target = target
        self._formats: dict[int, int] = {}
        target.seed()

    def cell_format(self, index: int) -> int:
        """Return the target's index of a cell format."""
        if index not in self._formats:
            xf = self._source.items("cellXfs")[index]
            key = self._source.format_key(xf)
            self._formats[index] = self._target.place("cellXfs", key, lambda: self._format(xf))
        return self._formats[index]

    def conditional_format(self, index: int) -> int:
        """Return the target's index of a differential format."""
        return self._item("dxfs", self._source.items("dxfs")[index])

    def _format(self, xf: etree._Element) -> etree._Element:
        made = self._with_parts(xf)
        made.set("xfId", str(self._style(self._source.style_name(xf))))
        return made

    def _with_parts(self, xf: etree._Element) -> etree._Element:
        """Return a copy of a format with the target's indexes."""
        made = deepcopy(xf)
        made.set("numFmtId", self._target.format_number(self._source.format_code(xf.get("numFmtId"))))
        for index, collection in _PARTS:
            element = self._source.items(collection)[whole_number(xf.get(index))]
            made.set(index, str(self._item(collection, element)))
        return made

    def _item(self, collection: str, element: etree._Element) -> int:
        return self._target.place(collection, canonical(element), lambda: element)

    def _style(self, name: str) -> int:
        """Return the index of a named style's format, which is the target's own if it has the style."""
        for style in self._target.items("cellStyles"):
            if style.get("name") == name or (name == "Normal" and style.get("builtinId") == "0"):
                return whole_number(style.get("xfId"))
        found = [style for style in self._source.items("cellStyles") if style.get("name") == name]
        if not found:
            return 0
        xf = self._source.items("cellStyleXfs")[whole_number(found[0].get("xfId"))]
        place = self._target.append("cellStyleXfs", self._with_parts(xf))
        style = deepcopy(found[0])
        style.set("xfId", str(place))
        self._target.append("cellStyles", style)
        return place


def canonical(element: etree._Element) -> Key:
    """Return an element as a key: its name, attributes and children, without redundant ones.

    >>> a = etree.fromstring('<font><b val="1"/><sz val="11.0"/></font>')
    >>> b = etree.fromstring('<x:font xmlns:x="urn:x"><x:sz val="11"/><x:b/></x:font>')
    >>> canonical(a) == canonical(b)
    True
    """
    name = etree.QName(element).localname
    attributes = tuple(sorted(_telling(name, _attributes(element))))
    children = [canonical(child) for child in _children(element) if not _says_nothing(name, child)]
    if name == "patternFill" and element.get("patternType") == "solid":
        children = [child for child in children if child != ("bgColor", (("indexed", "64"),), ())]
    return (name, attributes, tuple(sorted(children, key=repr) if name == "font" else children))


def _telling(name: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in attributes.items():
        value = {"true": "1", "false": "0"}.get(value, value)
        if name in _FLAGS and value == "1":
            continue
        if (name, key, value) in _IDLE or (key != "val" and value == "0" and name in ("alignment", "border")):
            continue
        if (name, key, value) == ("protection", "hidden", "0") or (name == "patternFill" and value == "none"):
            continue
        yield (
            key,
            _plain_number(value) if key in ("val", "tint") else value.upper() if key == "rgb" else value,
        )


def _says_nothing(parent: str, child: etree._Element) -> bool:
    name = etree.QName(child).localname
    if name == "extLst":
        return True
    if name in _FLAGS:
        return child.get("val") in ("0", "false")
    return parent == "border" and name in _SIDES and child.get("style") in (None, "none")


def _plain_number(text: str) -> str:
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text


def _items(tree: etree._Element, collection: str) -> list[etree._Element]:
    holder = tree.find(f"{{*}}{collection}")
    return [] if holder is None else _children(holder)


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}


def _children(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str)]
