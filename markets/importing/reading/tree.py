"""An HTML page as a tree of nodes, parsed by lxml, with only what is read: no scripts, styles or comments.

The parser hands over one tag after another, and the tree is built here: then neither deep nesting nor a tag
with a million attributes costs more than its length.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from markets.importing.reading.limits import ELEMENTS, MARKUP, cut_remark

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LINES: Final = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
    }
    | {
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
    }
    | {"pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
    | HEADINGS
)
"""Elements that stand on lines of their own."""

_UNREAD: Final = frozenset(
    {
        "button",
        "canvas",
        "iframe",
        "input",
        "noscript",
        "object",
        "option",
        "select",
        "style",
        "svg",
        "template",
    }
    | {"textarea", "script", "audio", "video", "datalist", "dialog"}
)
_ATTRIBUTES: Final = frozenset(
    {
        "class",
        "id",
        "href",
        "role",
        "style",
        "hidden",
        "content",
        "name",
        "property",
        "itemprop",
        "datetime",
        "rel",
    }
    | {"rowspan", "colspan", "type"}
)
_LONGEST_ATTRIBUTE: Final = 2000
_DEEPEST: Final = 150
_PICTURE = re.compile(r"data:[\w/+.;=-]{1,100},[\w+/=%]{200,}")
_INSIDE = ("#", "mailto:", "tel:", "javascript:")


@dataclass(eq=False)
class Node:
    """An element: its children are elements and text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def nodes(self) -> "list[Node]":
        """The elements among the children."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def is_link(self) -> bool:
        """Whether it leads to another page."""
        href = self.attributes.get("href", "").strip()
        return self.tag == "a" and bool(href) and not href.lower().startswith(_INSIDE)

    @cached_property
    def length(self) -> int:
        """The characters of its text when the page was read, without spaces."""
        own = sum(
            len(child) - sum(map(child.count, " \n\t")) for child in self.children if isinstance(child, str)
        )
        return own + sum(node.length for node in self.nodes)

    @cached_property
    def linked(self) -> int:
        """How many of these stand in links to other pages."""
        return self.length if self.is_link else sum(node.linked for node in self.nodes)

    @cached_property
    def links(self) -> int:
        """The links to other pages."""
        return self.is_link + sum(node.links for node in self.nodes)

    @cached_property
    def level(self) -> int:
        """The level of the heading that it is, or begins with; 0 if none."""
        if self.tag in HEADINGS:
            return int(self.tag[1])
        first = next((node for node in self.nodes if node.length), None)
        return first.level if first else 0

    @cached_property
    def inner(self) -> frozenset[str]:
        """The tags of all elements in it."""
        return frozenset(node.tag for node in self.nodes).union(*(node.inner for node in self.nodes))

    def all(self, *tags: str) -> "Iterator[Node]":
        """Yield the elements of these tags in it, itself too, in the order of the page."""
        if self.tag in tags:
            yield self
        for node in self.nodes:
            if node.tag in tags or not node.inner.isdisjoint(tags):
                yield from node.all(*tags)

    def add_strings(self, parts: list[str]) -> None:
        """Add its text, part by part; what stands on lines of its own is between spaces."""
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif child.tag in LINES or child.tag == "br":
                parts.append(" ")
                child.add_strings(parts)
                parts.append(" ")
            else:
                child.add_strings(parts)

    @property
    def text(self) -> str:
        """Its text on one line."""
        parts: list[str] = []
        self.add_strings(parts)
        return " ".join("".join(parts).split())


@dataclass(frozen=True)
class Page:
    """The tree of a page, its scripts of linked data, and remarks for the reader."""

    root: Node
    linked_data: tuple[str, ...]
    remarks: tuple[str, ...]


def parsed(markup: str) -> Page:
    """Return the tree of a page. Any text is one: what is wrong in it is mended as browsers do."""
    from lxml import etree  # takes 30 ms, which a plain text need not wait for

    markup = _PICTURE.sub("", markup)
    builder = _Builder()
    parser = etree.HTMLParser(target=builder, encoding="utf-8")
    with suppress(etree.XMLSyntaxError):  # what was built until nothing more can be made out counts
        etree.fromstring(markup[:MARKUP].encode(errors="ignore"), parser)
    remarks = []
    if len(markup) > MARKUP:
        remarks.append(cut_remark(MARKUP, "characters of the page's HTML"))
    if builder.is_cut:
        remarks.append(cut_remark(ELEMENTS, "elements of the page"))
    return Page(builder.root, tuple(builder.linked_data), tuple(remarks))


class _Builder:
    """Takes tags and text from the parser. Too deep elements are left out, and their text is kept."""

    def __init__(self) -> None:
        self.root = Node("page")
        self.linked_data: list[str] = []
        self.count = 0
        self.is_cut = False
        self._open = [self.root]
        self._deeper = 0
        self._unread = 0
        self._in_linked_data = False
        self._text: list[str] = []

    def start(self, tag: str | bytes, attrs: Mapping[str | bytes, str | bytes]) -> None:
        tag, attributes = (
            str(tag),
            {str(name): str(value) for name, value in attrs.items() if name in _ATTRIBUTES},
        )
        self._end_text()
        if self._unread or tag in _UNREAD:
            self._unread += 1
            self._in_linked_data = (
                tag == "script" and attributes.get("type", "").strip() == "application/ld+json"
            )
            if self._in_linked_data:
                self.linked_data.append("")
        elif self._deeper or len(self._open) > _DEEPEST or self.is_full:
            self._deeper += 1
            self.is_cut = self.is_cut or self.is_full
        else:
            self.count += 1
            node = Node(tag, {name: value[:_LONGEST_ATTRIBUTE] for name, value in attributes.items()})
            self._open[-1].children.append(node)
            self._open.append(node)

    def end(self, tag: str | bytes) -> None:
        self._end_text()
        if self._unread:
            self._unread -= 1
            self._in_linked_data = False
        elif self._deeper:
            self._deeper -= 1
        elif len(self._open) > 1:
            self._open.pop()

    def data(self, data: str | bytes) -> None:
        if self._in_linked_data:
            self.linked_data[-1] += str(data)
        elif not self._unread and not self.is_cut:
            self._text.append(str(data))

    def comment(self, text: str | bytes) -> None:
        """Comments are left out."""

    def close(self) -> None:
        self._end_text()

    @property
    def is_full(self) -> bool:
        return self.count >= ELEMENTS

    def _end_text(self) -> None:
        if self._text:
            self._open[-1].children.append("".join(self._text))
            self._text.clear()
