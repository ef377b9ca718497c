"""Charts and text boxes that keep showing what they show without the cells that they refer to."""

import re
from html import unescape

from workbook.package.opc.markup import Element, Markup
from workbook.package.sheets.calls import Finds

_DRAWING = b"http://schemas.openxmlformats.org/drawingml/2006/main"
_TEXT_LINK = re.compile(rb"\stextlink\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CACHES = {"numRef": "numCache", "strRef": "strCache", "multiLvlStrRef": "multiLvlStrCache"}


def with_literals(chart: bytes, wanted: Finds) -> bytes:
    """Return a chart in which the wanted references are replaced with the values that it last showed.

    >>> class All:
    ...     def found(self, formula: str) -> bool:
    ...         return True
    >>> with_literals(b'<val><numRef><f>A!B1</f><numCache><pt idx="0"/></numCache></numRef></val>', All())
    b'<val><numLit><pt idx="0"/></numLit></val>'
    """
    markup = Markup(chart, "A chart")
    for element in list(_references(markup.root)):
        formula = element.child("f")
        if formula is not None and wanted.found(markup.text(formula)):
            markup.insert_before(element, _literal(markup, element))
            markup.remove(element)
    return markup.result()


def without_text_links(drawing: bytes, wanted: Finds) -> bytes:
    """Return a drawing whose text boxes show their last text instead of the wanted cells."""

    def kept(found: re.Match[bytes]) -> bytes:
        formula = unescape((found[1] or found[2] or b"").decode(errors="replace"))
        return b"" if wanted.found(formula) else found[0]

    return _TEXT_LINK.sub(kept, drawing)


def _references(element: Element) -> list[Element]:
    if element.name in _CACHES:
        return [element]
    return [found for child in element.children for found in _references(child)]


def _literal(markup: Markup, reference: Element) -> bytes:
    p, cache = reference.prefix, reference.child(_CACHES[reference.name])
    inside = markup.data[cache.opened : cache.closing] if cache else b""
    if reference.name == "numRef":
        return b"<%bnumLit>%b</%bnumLit>" % (p, inside, p)
    if reference.parent is not None and reference.parent.name == "tx":
        return _as_text(reference, _texts(markup, cache))
    if reference.name == "multiLvlStrRef":
        inside = _first_level(markup, cache)
    return b"<%bstrLit>%b</%bstrLit>" % (p, inside, p)


def _first_level(markup: Markup, cache: Element | None) -> bytes:
    """Return the labels nearest to the axis: a literal has no other levels."""
    count, level = (cache.child(name) if cache else None for name in ("ptCount", "lvl"))
    counted = markup.data[count.start : count.end] if count else b""
    return counted + (markup.data[level.opened : level.closing] if level else b"")


def _texts(markup: Markup, cache: Element | None) -> bytes:
    values = [found for point in (cache.all("pt") if cache else []) if (found := point.child("v"))]
    return b" ".join(markup.data[value.opened : value.closing] for value in values)


def _as_text(reference: Element, text: bytes) -> bytes:
    """Return the name of a series, or a title: only a name can be a plain value."""
    p, holder = reference.prefix, reference.parent and reference.parent.parent
    if holder is not None and holder.name == "ser":
        return b"<%bv>%b</%bv>" % (p, text, p)
    return b'<%brich><a:bodyPr xmlns:a="%b"/><a:p xmlns:a="%b"><a:r><a:t>%b</a:t></a:r></a:p></%brich>' % (
        *(p, _DRAWING, _DRAWING, text, p),
    )
