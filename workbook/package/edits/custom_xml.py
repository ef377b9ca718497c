"""Removal of custom XML parts, in which programs keep data of their own in a workbook."""

from workbook.package.opc.errors import Refused
from workbook.package.opc.markup import Markup
from workbook.package.opc.orphans import remove_with_orphans
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, relationships, unrelate
from workbook.package.sheets.workbook_part import workbook_part


def remove_custom_xml(package: Package, namespaces: str) -> None:
    """Remove the custom XML parts whose root has a namespace that starts with `namespaces`.

    Parts that only these referred to, such as their properties, are removed too.
    """
    types = ContentTypes(package)
    for source in ("", workbook_part(package).part):
        for link in relationships(package, source):
            part = link.part
            if link.kind != "customXml" or part is None or part not in package:
                continue
            if _namespace(package, part).startswith(namespaces):
                remove_with_orphans(package, types, [part])
                package.remove(part)
                types.forget(part)
                unrelate(package, source, part)
    types.write()


def _namespace(package: Package, part: str) -> str:
    try:
        markup = Markup(package[part], part)
    except Refused:  # a part of the user's in an encoding that cannot be edited
        return ""
    prefix = markup.root.prefix.decode().rstrip(":")
    return markup.root.get(f"xmlns:{prefix}" if prefix else "xmlns") or ""
