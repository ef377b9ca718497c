"""Parts that are no longer used after a sheet is replaced."""

from collections.abc import Collection

from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, all_relationships, relationships_part


def remove_with_orphans(package: Package, types: ContentTypes, sheets: Collection[str]) -> None:
    """Remove the relationships of sheets' parts, and the parts that only those referred to."""
    links: dict[str, set[str]] = {}
    for source, link in all_relationships(package):
        if link.part in package:
            links.setdefault(source, set()).add(link.part or "")
    hanging = _reached(links, sheets) - set(sheets)
    others = {source: parts for source, parts in links.items() if source not in sheets}
    orphans = hanging - _reached(others, set(others) - hanging)
    for part in [*sheets, *orphans]:
        if relationships_part(part) in package:
            package.remove(relationships_part(part))
            types.forget(relationships_part(part))
    for part in orphans:
        package.remove(part)
        types.forget(part)


def _reached(links: dict[str, set[str]], starts: Collection[str]) -> set[str]:
    """Return the parts that can be reached from others through relationships."""
    reached: set[str] = set()
    waiting = [part for start in starts for part in links.get(start, ())]
    while waiting:
        part = waiting.pop()
        if part not in reached:
            reached.add(part)
            waiting += links.get(part, ())
    return reached
