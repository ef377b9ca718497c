"""XML edited as bytes: elements know their positions, and an edit does not change anything around it.

A writer that builds a tree and writes it again loses what it does not understand, such as a
namespace declaration that only `mc:Ignorable` uses. Here, the bytes are kept, except for the edits.

>>> part = Markup(b'<x:names xmlns:x="urn:x"><x:name of="a"/></x:names>')
>>> part.append(part.root, b'<x:name of="b"/>')
>>> part.result()
b'<x:names xmlns:x="urn:x"><x:name of="a"/><x:name of="b"/></x:names>'
"""

import copy
import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from workbook.package.opc.encodings import in_utf8
from workbook.package.opc.errors import Refused

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

ATTRIBUTES = rb"(?>[^>\"']+|\"[^\"]*\"|'[^']*')*+"
_TOKEN = re.compile(
    rb"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|(/?)([^\s/>!?]+)(" + ATTRIBUTES + rb")>)", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


class Element:
    """An element and its positions: `start`, end of its opening tag, start of its closing tag, `end`."""

    __slots__ = ("attributes", "children", "closing", "end", "opened", "parent", "qname", "start")

    def __init__(self, match: re.Match[bytes], parent: "Element | None") -> None:
        self.qname: bytes = match[2]
        self.attributes: bytes = match[3]
        self.start, self.opened = match.span()
        self.closing = self.end = self.opened
        self.parent = parent
        self.children: list[Element] = []

    @property
    def is_empty(self) -> bool:
        """Whether the element is one self-closing tag."""
        return self.attributes.endswith(b"/")

    @property
    def name(self) -> str:
        """The name without its prefix."""
        return self.qname.rpartition(b":")[2].decode()

    @property
    def prefix(self) -> bytes:
        """The prefix with its colon, or nothing."""
        return self.qname[: self.qname.rfind(b":") + 1]

    def child(self, name: str) -> "Element | None":
        """Return the first child with a name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list["Element"]:
        """Return the children with a name."""
        return [child for child in self.children if child.name == name]

    def get(self, name: str) -> str | None:
        """Return an attribute's value by its name as written, including its prefix."""
        found = self.attribute(name)
        return None if found is None else _text(_value(found))

    def attribute(self, name: str) -> re.Match[bytes] | None:
        """Return the position of an attribute in `attributes`."""
        wanted = name.encode()
        return next((found for found in _ATTRIBUTE.finditer(self.attributes) if found[1] == wanted), None)

    def prefixes(self, namespace: str) -> Iterator[str]:
        """Yield the prefixes for a namespace that are valid here, innermost first; "" for the default."""
        hidden = set()
        at: Element | None = self
        while at is not None:
            for found in _ATTRIBUTE.finditer(at.attributes):
                if found[1].split(b":")[0] != b"xmlns":
                    continue
                prefix = found[1][6:].decode()
                if prefix not in hidden and _text(_value(found)) == namespace:
                    yield prefix
                hidden.add(prefix)
            at = at.parent

    def relationship_id(self) -> str | None:
        """Return the value of `r:id`, whatever the prefix."""
        ids = (self.get(f"{prefix}:id") for prefix in self.prefixes(RELATIONSHIPS) if prefix)
        return next((found for found in ids if found is not None), None)


class Markup:
    """A part's XML, in UTF-8. Raises Refused if it is not well-formed or has a DOCTYPE."""

    def __init__(self, data: bytes, name: str = "A part") -> None:
        self.data = in_utf8(data, name)
        well_formed(self.data, name)
        self._edits: list[tuple[int, int, bytes]] = []
        self._appended: dict[int, tuple[Element, list[bytes]]] = {}
        self.root = self._tree()

    def copy(self) -> "Markup":
        """Return the same XML without edits. Its elements are the same."""
        other = copy.copy(self)
        other._edits, other._appended = [], {}
        return other

    def text(self, element: Element) -> str:
        """Return the text of an element that has no child elements."""
        return _text(self.data[element.opened : element.closing])

    def append(self, parent: Element, xml: bytes) -> None:
        """Insert XML as the last child of an element."""
        self._appended.setdefault(parent.start, (parent, []))[1].append(xml)

    def insert_before(self, element: Element, xml: bytes) -> None:
        """Insert XML before an element."""
        self._edits.append((element.start, element.start, xml))

    def insert_after(self, element: Element, xml: bytes) -> None:
        """Insert XML after an element."""
        self._edits.append((element.end, element.end, xml))

    def remove(self, element: Element) -> None:
        """Remove an element."""
        self._edits.append((element.start, element.end, b""))

    def set_text(self, element: Element, text: str) -> None:
        """Replace the content of an element with text."""
        if element.is_empty:
            self.append(element, quoted(text))
        else:
            self._edits.append((element.opened, element.closing, quoted(text)))

    def set_attribute(self, element: Element, name: str, value: str) -> None:
        """Set the value of an attribute, which is added if it does not exist."""
        found = element.attribute(name)
        base = element.start + 1 + len(element.qname)
        written = name.encode() + b'="' + quoted(value) + b'"'
        if found is None:
            self._edits.append((base, base, b" " + written))
        else:
            self._edits.append((base + found.start(), base + found.end(), written))

    def result(self) -> bytes:
        """Return the XML with the edits, in the order of their positions."""
        edits = list(self._edits)
        for element, pieces in self._appended.values():
            if element.is_empty:
                closing = b"</" + element.qname + b">"
                edits.append((element.end - 2, element.end, b">" + b"".join(pieces) + closing))
            else:
                edits.append((element.closing, element.closing, b"".join(pieces)))
        return spliced(self.data, edits)

    def _tree(self) -> Element:
        root: Element | None = None
        open_elements: list[Element] = []
        for found in _TOKEN.finditer(self.data):
            if found[2] is None:
                continue
            if found[1]:
                element = open_elements.pop()
                element.closing, element.end = found.span()
                continue
            parent = open_elements[-1] if open_elements else None
            element = Element(found, parent)
            if parent is not None:
                parent.children.append(element)
            root = root or element
            if not element.is_empty:
                open_elements.append(element)
        if root is None or open_elements:  # well_formed lets none through
            raise Refused("A part is not well-formed XML.")
        return root


def spliced(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Return bytes with parts replaced. Each edit has a start, an end and the new bytes.

    >>> spliced(b"abc", [(1, 2, b"-"), (3, 3, b"!")])
    b'a-c!'
    """
    pieces = []
    at = 0
    for start, end, fresh in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [data[at:start], fresh]
        at = end
    return b"".join([*pieces, data[at:]])


def quoted(text: str) -> bytes:
    """Return text as XML for an attribute or an element, in ASCII, which is valid in every encoding.

    >>> quoted('Größe & "x"')
    b'Gr&#246;&#223;e &amp; &quot;x&quot;'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    text = text.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
    return text.encode("ascii", "xmlcharrefreplace")


def unquoted(data: bytes) -> str:
    """Return the text of an attribute or an element. Raises Refused if it is not UTF-8.

    >>> unquoted(b"Gr&#246;&#223;e &amp; x")
    'Größe & x'
    """
    try:
        return unescape(data.decode())
    except UnicodeDecodeError as error:
        raise Refused(
            "The workbook contains text that is not UTF-8. Save the workbook in Excel and try again."
        ) from error


def whole_number(text: str | None, missing: int = 0) -> int:
    """Return a count or an index from an attribute. Raises Refused for anything else.

    >>> whole_number("7"), whole_number(None)
    (7, 0)
    """
    if not text:
        return missing
    if not (text.isascii() and text.strip().isdecimal()):
        raise Refused(f"The workbook contains {text!r} where a whole number is expected.")
    return int(text)


def well_formed(data: bytes, name: str = "A part") -> etree._Element:
    """Return XML as a tree, parsed without entities or network. Raises Refused if it is not well-formed."""
    data = in_utf8(data, name)
    if b"<!DOCTYPE" in data[:4096]:
        raise Refused(f"{name} contains a DOCTYPE, which is not allowed in a workbook.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(f"{name} is not well-formed XML.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(f"{name} contains a DOCTYPE, which is not allowed in a workbook.")
    return root


def _value(found: re.Match[bytes]) -> bytes:
    return found[2] if found[2] is not None else found[3]


def _text(data: bytes) -> str:
    pieces = _CDATA.split(data.decode())
    return "".join(piece if at % 2 else unescape(piece) for at, piece in enumerate(pieces))
