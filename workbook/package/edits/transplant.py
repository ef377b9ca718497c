"""A copy of a sheet's part in another package, with everything that belongs to it.

Drawings, charts, images, tables and comments are copied under free part names. References to items of
the workbook are adapted: indexes of formats, names of sheets and tables.
"""

import re
from collections.abc import Callable, Collection, Mapping

from workbook.package.opc.errors import PackageError
from workbook.package.opc.markup import ATTRIBUTES, Element, Markup, quoted, unquoted
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import (
    ContentTypes,
    Relationship,
    all_relationships,
    relationships,
    relationships_part,
    relationships_xml,
)
from workbook.package.sheets.belongings import with_formulas
from workbook.package.sheets.references import renamed
from workbook.package.sheets.styles import StyleMap

RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"

_TAG = re.compile(  # values, formulas and texts, most of a sheet's tags, need no change
    rb"<(?![/!?]|(?:v|f|t|is)[\s>/])((?:[^\s/>:]+:)?([^\s/>:]+))(" + ATTRIBUTES + rb")>"
)
_FORMATS = {b"c": b"s", b"row": b"s", b"col": b"style"}
_HAS_FORMAT = re.compile(rb"\ss\s*=")
_CONDITIONAL = re.compile(rb"(\s\w*[dD]xfId\s*=\s*[\"'])(\d+)")
_UNIQUE = re.compile(rb"\s[\w.-]+:uid\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_NUMBERED = re.compile(r"\d*(\.[^./]*)?$")

Rewrite = Callable[[bytes, bytes], bytes]


class Transplant:
    """Copies sheets from a source package to a target, which can be the same package.

    `parts` are the parts of the sheets to copy; `sheets` has the name of each of the source's sheets
    in the target, by case-folded names; `names` are the case-folded names that tables must not use.
    `leaving` are parts of sheets in the target that are about to be replaced, with their tables.
    """

    def __init__(
        self,
        target: Package,
        types: ContentTypes,
        source: Package,
        parts: Collection[str],
        sheets: Mapping[str, str],
        names: Collection[str],
        styles: StyleMap | None = None,
        leaving: Collection[str] = (),
    ) -> None:
        self._target = target
        self._types = types
        self._source = source
        self._source_types = types if source is target else ContentTypes(source)
        self._sheets = {old: new for old, new in sheets.items() if old != new.casefold()}
        self._parts = parts
        self._names = set(names)
        self._styles = styles
        self._copies: dict[str, str] = {}
        links = list(all_relationships(target))
        self._taken = {name.casefold() for name in target} | types.declared
        self._taken |= {link.part.casefold() for _, link in links if link.part}
        self._tables: dict[str, tuple[int, str]] = {}
        self._table_names: dict[str, str] = {}
        there = [
            link.part
            for holder, link in links
            if link.kind == "table" and link.part in target and holder not in leaving
        ]
        self._plan_tables([_table_identity(target[part]) for part in there if part])

    def sheet(self, part: str, place: str | None, rewrite: Rewrite, left: Collection[str] = ()) -> str:
        """Copy a sheet's part to a given or a free name; return its name.

        `rewrite` gets the local name and the attributes of each tag, and returns the attributes.
        Elements that need one of the relationships with ids in `left` are not copied.
        """
        name = place or self.free_name(part)
        self._copies[part] = name
        data = _rewritten(
            _less(self._source[part], left), lambda tag, at: rewrite(tag, self._styled(tag, at))
        )
        self._put(name, self.followed(data), self._source_types.of(part))
        self._put_relationships(name, [link for link in self._links(part) if link.id not in left])
        return name

    def followed(self, xml: bytes) -> bytes:
        """Return XML whose formulas have the target's names of sheets and tables."""
        if not self._sheets and not self._table_names:
            return xml
        return with_formulas(xml, self.formula)

    def formula(self, formula: str) -> str:
        """Return a formula with the target's names of sheets and tables."""
        return renamed(formula, self._sheets, self._table_names)

    def free_name(self, like: str) -> str:
        """Return a free part name, numbered like similar ones: xl/charts/chart3.xml."""
        ending = _NUMBERED.search(like)
        stem = like[: ending.start()] if ending else like
        extension = (ending[1] if ending else "") or ""
        number = 1
        while f"{stem}{number}{extension}".casefold() in self._taken:
            number += 1
        name = f"{stem}{number}{extension}"
        self._taken.add(name.casefold())
        return name

    def _links(self, part: str) -> list[Relationship]:
        """Return a part's relationships, without broken ones."""
        links = relationships(self._source, part)
        return [link for link in links if link.part is None or link.part in self._source]

    def _copy(self, part: str) -> str:
        if part in self._copies:
            return self._copies[part]
        name = self._copies[part] = self.free_name(part)
        content_type = self._source_types.of(part)
        data = self._source[part]
        if content_type.endswith("table+xml"):
            data = self.followed(_rewritten(data, lambda tag, at: self._as_table(part, tag, at)))
        elif content_type.endswith(("chart+xml", "chartex+xml")):
            data = self.followed(data)
        self._put(name, data, content_type)
        self._put_relationships(name, self._links(part))
        return name

    def _put(self, name: str, data: bytes, content_type: str) -> None:
        self._taken.add(name.casefold())
        if name in self._target:
            self._target.replace(name, data)
        else:
            self._target.add(name, data)
        self._types.declare(name, content_type)

    def _put_relationships(self, name: str, links: list[Relationship]) -> None:
        part = relationships_part(name)
        if not links:
            if part in self._target:
                self._target.remove(part)
            return
        moved = [(self._pointed(link), self._copy(link.part) if link.part else None) for link in links]
        xml = relationships_xml(name, moved)
        if part in self._target:
            self._target.replace(part, xml)
            return
        self._target.add(part, xml)
        if not self._types.knows(part):
            self._types.declare(part, RELATIONSHIPS_TYPE)

    def _pointed(self, link: Relationship) -> Relationship:
        """Return a relationship. If its target is a location in the workbook, its sheet name is adapted."""
        if not link.target.startswith("#"):
            return link
        return Relationship(link.id, link.type, "#" + self.formula(link.target[1:]), None)

    def _styled(self, tag: bytes, attributes: bytes) -> bytes:
        if tag == b"hyperlink" and self._sheets:
            attributes = changed(attributes, b"location", self.formula)
        if self._styles is None:
            return attributes
        cell_format = self._styles.cell_format
        if tag == b"c" and not _HAS_FORMAT.search(attributes):
            default = cell_format(0)
            return b' s="%d"' % default + attributes if default else attributes
        if tag in _FORMATS:
            return changed(attributes, _FORMATS[tag], lambda index: str(cell_format(int(index))))
        return self._conditional(attributes)

    def _conditional(self, attributes: bytes) -> bytes:
        styles = self._styles
        if styles is None or b"xfId" not in attributes:
            return attributes
        return _CONDITIONAL.sub(
            lambda found: found[1] + b"%d" % styles.conditional_format(int(found[2])), attributes
        )

    def _plan_tables(self, there: list[tuple[int, str]]) -> None:
        """Choose the ids and names of the copied tables, before formulas with them are changed."""
        numbers = {number for number, _ in there}
        names = {name.casefold() for _, name in there} | self._names
        for part in self._parts:
            for link in self._links(part):
                if link.kind != "table" or link.part is None:
                    continue
                name = _table_identity(self._source[link.part])[1]
                fresh = free_name(name, names)
                number = next(n for n in range(1, len(numbers) + 2) if n not in numbers)
                names.add(fresh.casefold())
                numbers.add(number)
                self._tables[link.part] = number, fresh
                if fresh != name:
                    self._table_names[name.casefold()] = fresh

    def _as_table(self, part: str, tag: bytes, attributes: bytes) -> bytes:
        attributes = self._conditional(attributes)
        if tag != b"table":
            return attributes
        number, name = self._tables[part]
        attributes = changed(attributes, b"id", lambda _: str(number))
        for key in (b"name", b"displayName"):
            attributes = changed(attributes, key, lambda _: name)
        return attributes


def table_names(package: Package) -> list[str]:
    """Return the names of the tables in a package."""
    parts = {link.part for _, link in all_relationships(package) if link.kind == "table"}
    return [_table_identity(package[part])[1] for part in parts if part and part in package]


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that is not in a set of case-folded names, numbered if necessary.

    >>> free_name("Sizes", {"sizes", "sizes_2"})
    'Sizes_3'
    """
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


def changed(attributes: bytes, name: bytes, change: Callable[[str], str]) -> bytes:
    """Return a tag's attributes with a new value for one of them, if it exists."""
    pattern = rb"(\s" + name + rb"\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')"

    def replaced(found: re.Match[bytes]) -> bytes:
        old = unquoted(found[2] if found[2] is not None else found[3])
        return found[1] + b'"' + quoted(change(old)) + b'"'

    return re.sub(pattern, replaced, attributes)


def without(attributes: bytes, name: bytes) -> bytes:
    """Return a tag's attributes without one of them."""
    return re.sub(rb"\s" + name + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", attributes)


def unselected(tag: bytes, attributes: bytes) -> bytes:
    """Return the attributes of a sheet's tag without what can only be true of one sheet."""
    if tag == b"sheetPr":
        return without(attributes, b"codeName")
    return without(attributes, b"tabSelected") if tag == b"sheetView" else attributes


def _rewritten(xml: bytes, rewrite: Rewrite) -> bytes:
    """Return XML with other attributes. Globally unique ids are not copied."""
    return _TAG.sub(lambda found: b"<" + found[1] + rewrite(found[2], _UNIQUE.sub(b"", found[3])) + b">", xml)


def _less(sheet: bytes, left: Collection[str]) -> bytes:
    """Return a sheet without the elements and extensions that use one of the given relationships."""
    if not left:
        return sheet
    markup = Markup(sheet)
    for child in markup.root.children:
        for element in child.children if child.name == "extLst" else [child]:
            if not _used_relationships(element).isdisjoint(left):
                markup.remove(element)
    return markup.result()


def _used_relationships(element: Element) -> set[str]:
    found = {element.relationship_id() or ""}
    return found.union(*map(_used_relationships, element.children))


def _table_identity(xml: bytes) -> tuple[int, str]:
    for found in _TAG.finditer(xml):
        if found[2] == b"table":
            number = re.search(rb"\sid\s*=\s*[\"'](\d+)", found[3])
            name = re.search(rb"\sdisplayName\s*=\s*[\"']([^\"']*)", found[3])
            return int(number[1]) if number else 0, unquoted(name[1]) if name else ""
    raise PackageError("A table part contains no table.")
