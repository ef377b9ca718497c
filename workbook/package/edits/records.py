"""Records: data that a workbook carries with it, each in a custom XML part of its own.

Excel and LibreOffice keep such parts when they save a workbook; openpyxl drops them. So whatever reads
a record must also work without it.
"""

import itertools
import uuid
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from lxml import etree

from workbook.package.edits.transplant import RELATIONSHIPS_TYPE
from workbook.package.opc.errors import Refused
from workbook.package.opc.markup import quoted, well_formed
from workbook.package.opc.package import Derived, Package
from workbook.package.opc.relationships import ContentTypes, relate, relationships, relationships_part
from workbook.package.sheets.workbook_part import workbook_part

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def record(package: Package, namespace: str) -> str | None:
    """Return the text of the record with an XML namespace, or None if the package has none."""
    return next((item.text for _, item in _found(package, namespace)), None)


def keep_record(package: Package, namespace: str, text: str) -> None:
    """Write the record with an XML namespace, or replace its text. Other custom XML parts are not touched.

    The text can be any characters that XML allows, such as JSON.
    """
    xml = _item(namespace, text)
    for part, _ in _found(package, namespace):
        package.replace(part, xml)
        return
    types = ContentTypes(package)
    item, properties = _free_parts(package, types)
    package.add(item, xml)
    package.add(properties, _properties(namespace))
    types.declare(item, "application/xml")
    types.declare(properties, _PROPERTIES_TYPE)
    if not types.knows(relationships_part(item)):
        types.declare(relationships_part(item), RELATIONSHIPS_TYPE)
    types.write()
    relate(package, item, "customXmlProps", properties)
    relate(package, workbook_part(package).part, "customXml", item)


class _Item(NamedTuple):
    """The namespace and the text of the root of a custom XML part; no namespace if it cannot be read."""

    namespace: str | None
    text: str


class _Items(Derived[_Item]):
    """The custom XML parts of a package."""


def _found(package: Package, namespace: str) -> Iterator[tuple[str, _Item]]:
    """Yield the parts whose root element has a namespace, wherever a program related them from."""
    for source in ("", workbook_part(package).part):
        for link in relationships(package, source):
            part = link.part
            if link.kind != "customXml" or part is None or part not in package:
                continue
            item = package.derived(_Items, part, package.stamp(part), partial(_read, package, part))
            if item.namespace == namespace:
                yield part, item


def _read(package: Package, part: str) -> _Item:
    try:
        root = well_formed(package[part], part)
    except Refused:  # an item of the user's that is not for us to read
        return _Item(None, "")
    return _Item(etree.QName(root).namespace, root.text or "")


def _item(namespace: str, text: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<record xmlns="%b">%b</record>' % (
        quoted(namespace),
        quoted(text),
    )


def _properties(namespace: str) -> bytes:
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, namespace)).upper()
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        b'<ds:datastoreItem ds:itemID="{%b}" xmlns:ds="%b"><ds:schemaRefs><ds:schemaRef ds:uri="%b"/>'
        b"</ds:schemaRefs></ds:datastoreItem>" % (identity.encode(), _PROPERTIES.encode(), quoted(namespace))
    )


def _free_parts(package: Package, types: ContentTypes) -> tuple[str, str]:
    taken = {name.casefold() for name in package} | types.declared
    for number in itertools.count(1):
        parts = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
        if taken.isdisjoint(part.casefold() for part in parts):
            break
    return parts
