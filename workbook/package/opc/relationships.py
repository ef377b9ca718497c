"""Relationships between parts, and the content types of parts."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from workbook.package.opc.errors import Missing, Unreadable
from workbook.package.opc.markup import Element, Markup, quoted
from workbook.package.opc.package import Derived, Package

CONTENT_TYPES = "[Content_Types].xml"
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)


@dataclass(frozen=True)
class Relationship:
    """One relationship of a part; `part` is the name of an internal target, as spelled in the package."""

    id: str
    type: str
    target: str
    part: str | None

    @property
    def kind(self) -> str:
        """The last word of the type, e.g. "worksheet"."""
        return self.type.rpartition("/")[2]


def relationships_part(source: str) -> str:
    """Return the name of the part with a part's relationships; "" means the package.

    >>> relationships_part("xl/workbook.xml"), relationships_part("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(relationships: str) -> str:
    """Return the part that a relationships part belongs to.

    >>> source_of("xl/_rels/workbook.xml.rels"), source_of("_rels/.rels")
    ('xl/workbook.xml', '')
    """
    folder, name = posixpath.split(relationships)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def relationships(package: Package, source: str) -> list[Relationship]:
    """Return a part's relationships; none if it has no relationships part."""
    name = relationships_part(source)
    if name not in package:
        return []
    return [*package.derived(_Related, name, package.stamp(name), lambda: _read(package, source, name))]


class _Related(Derived[list[Relationship]]):
    """The relationships of parts."""


def _read(package: Package, source: str, name: str) -> list[Relationship]:
    markup = Markup(package[name], name)
    return [_relationship(package, source, element) for element in markup.root.all("Relationship")]


def all_relationships(package: Package) -> Iterator[tuple[str, Relationship]]:
    """Yield each relationship of the package with its source part."""
    for name in package:
        if name.casefold().endswith(".rels"):
            source = source_of(name)
            for relationship in relationships(package, source):
                yield source, relationship


def resolved(package: Package, source: str, target: str) -> str:
    """Return the name of the part that a target refers to, even if it does not exist.

    Targets are relative to the part's folder or start at the root. They can have any case and either
    kind of slash, and can be percent-encoded.
    """
    target = target.replace("\\", "/")
    joined = posixpath.join("/", posixpath.dirname(source), target)
    name = posixpath.normpath(joined).lstrip("/")
    for spelled in (name, unquote(name)):
        if spelled in package:
            return package.name(spelled)
    return name


def relative(source: str, part: str) -> str:
    """Return the target by which a part refers to another.

    >>> relative("xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml")
    '../drawings/drawing1.xml'
    """
    return posixpath.relpath("/" + part, "/" + posixpath.dirname(source))


def relationships_xml(source: str, relationships: Iterable[tuple[Relationship, str | None]]) -> bytes:
    """Return a relationships part for relationships, each with its new target part."""
    markup = Markup(_EMPTY)
    for relationship, part in relationships:
        target = relationship.target if part is None else relative(source, part)
        mode = b"" if part else b' TargetMode="External"'
        markup.append(
            markup.root,
            b'<Relationship Id="%b" Type="%b" Target="%b"%b/>'
            % (quoted(relationship.id), quoted(relationship.type), quoted(target), mode),
        )
    return markup.result()


def relate(package: Package, source: str, kind: str, part: str) -> str:
    """Give a part a relationship to another; return its id, one that was free."""
    name = relationships_part(source)
    if name not in package:
        package.add(name, _EMPTY)
    markup = Markup(package[name], name)
    taken = {(element.get("Id") or "").casefold() for element in markup.root.children}
    fresh = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rid{n}" not in taken)
    xml = b'<%bRelationship Id="%b" Type="%b" Target="%b"/>' % (
        markup.root.prefix,
        quoted(fresh),
        quoted(TRANSITIONAL + kind),
        quoted(relative(source, part)),
    )
    markup.append(markup.root, xml)
    package.replace(name, markup.result())
    return fresh


def unrelate(package: Package, source: str, part: str) -> None:
    """Remove the relationships from one part to another."""
    name = relationships_part(source)
    markup = Markup(package[name], name)
    for element in markup.root.all("Relationship"):
        if _relationship(package, source, element).part == part:
            markup.remove(element)
    package.replace(name, markup.result())


class ContentTypes:
    """The part with the content types of all parts. `write` writes the changes."""

    def __init__(self, package: Package) -> None:
        if CONTENT_TYPES not in package:
            raise Unreadable("The file is not an Excel workbook: it has no [Content_Types].xml.")
        self._package = package
        self._markup = Markup(package[CONTENT_TYPES], CONTENT_TYPES)
        root = self._markup.root
        self._overrides = {_part_name(element): element for element in root.all("Override")}
        self._defaults = {
            (element.get("Extension") or "").casefold(): element.get("ContentType")
            for element in root.all("Default")
        }
        self._forgotten: set[str] = set()

    @property
    def declared(self) -> set[str]:
        """The case-folded names with an override, even if the part does not exist."""
        return set(self._overrides) - self._forgotten

    def knows(self, part: str) -> bool:
        """Return whether a part has a content type."""
        extension = part.rpartition(".")[2].casefold()
        return part.casefold() in self.declared or extension in self._defaults

    def of(self, part: str) -> str:
        """Return a part's content type. Raises Missing if none is declared."""
        override = self._overrides.get(part.casefold())
        extension = part.rpartition(".")[2].casefold()
        found = override.get("ContentType") if override else self._defaults.get(extension)
        if found is None:
            raise Missing(f"The package does not give the content type of {part}.")
        return found

    def declare(self, part: str, content_type: str) -> None:
        """Set a part's content type with an override."""
        known = self._overrides.get(part.casefold())
        if known is not None:
            self._forgotten.discard(part.casefold())
            if known.get("ContentType") != content_type:
                self._markup.set_attribute(known, "ContentType", content_type)
            return
        xml = b'<%bOverride PartName="%b" ContentType="%b"/>' % (
            self._markup.root.prefix,
            quoted("/" + part),
            quoted(content_type),
        )
        self._markup.append(self._markup.root, xml)

    def forget(self, part: str) -> None:
        """Remove a part's override, unless it is declared again."""
        if part.casefold() in self._overrides:
            self._forgotten.add(part.casefold())

    def write(self) -> None:
        """Write the changes to the package."""
        for name in self._forgotten:
            self._markup.remove(self._overrides[name])
        self._package.replace(CONTENT_TYPES, self._markup.result())


def _relationship(package: Package, source: str, element: Element) -> Relationship:
    target = element.get("Target") or ""
    internal = (element.get("TargetMode") or "").casefold() != "external" and not target.startswith("#")
    part = resolved(package, source, target) if internal else None
    return Relationship(element.get("Id") or "", element.get("Type") or "", target, part)


def _part_name(element: Element) -> str:
    return (element.get("PartName") or "").replace("\\", "/").lstrip("/").casefold()
