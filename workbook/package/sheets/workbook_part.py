"""The workbook part: its sheets in order, its defined names, and whether it may be edited."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypeAlias

from workbook.package.opc.errors import Missing, Refused, Unreadable
from workbook.package.opc.markup import RELATIONSHIPS, Element, Markup, quoted
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import (
    ContentTypes,
    Relationship,
    relate,
    relationships,
    relationships_part,
)

CHECKED_WHOLE = 64 << 20
"""Up to this decompressed size, the checksums of all parts are verified; else only of the parts read."""

_IS_STRICT = "The workbook is in Strict Open XML format. Save it as an Excel Workbook and try again."
_IS_BINARY = "The workbook is in Excel's binary format. Save it as .xlsx or .xlsm and try again."
_STRICT = "http://purl.oclc.org/ooxml/"
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET_NAME = 31


@dataclass(frozen=True)
class Sheet:
    """A sheet as the workbook lists it; `position` starts at 0; `part` is None if it has none."""

    name: str
    position: int
    id: int
    part: str | None
    kind: str
    state: str | None = None


@dataclass(frozen=True)
class DefinedName:
    """A defined name; `scope` is the position of its sheet, None for the workbook."""

    name: str
    scope: int | None
    text: str
    hidden: bool = False


_Key: TypeAlias = tuple[str, int | None]


class WorkbookPart:
    """The workbook part of a package. A package has one, which `workbook_part` returns.

    A change is seen at once, here and in the part's bytes in the package. If the bytes are replaced by
    someone else, the new ones are read.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = _name_of_part(package)
        self._read()

    def _read(self) -> None:
        self._markup = _markup(self.package, self.part)
        self._stamp = self.package.stamp(self.part)[1]
        self._elements: dict[_Key, Element] = {}
        self._names: dict[_Key, DefinedName] = {}
        holder = self._markup.root.child("definedNames")
        for element in holder.all("definedName") if holder else []:
            name = DefinedName(
                element.get("name") or "",
                _number(element.get("localSheetId")),
                self._markup.text(element),
                is_true(element.get("hidden")),
            )
            self._elements[_key(name.name, name.scope)] = element
            self._names[_key(name.name, name.scope)] = name
        self._retexted: set[_Key] = set()
        self._dropped: set[_Key] = set()
        self._added_sheets: list[tuple[Sheet, str]] = []
        self._links: tuple[tuple[object, ...], list[Relationship]] | None = None
        self._listed: tuple[list[Relationship], dict[str, Sheet], list[Sheet]] | None = None

    def _follow(self) -> None:
        """Read the part again if its bytes were replaced."""
        if self.package.stamp(self.part)[1] is not self._stamp:
            self._read()

    def _change(self) -> None:
        self.package.replace_later(self.part, self._result)
        self._stamp = self.package.stamp(self.part)[1]

    @property
    def root(self) -> Element:
        """The root element as last read, with the settings. Sheets and names may have changed since."""
        self._follow()
        return self._markup.root

    @property
    def relationships(self) -> list[Relationship]:
        """The relationships of the part."""
        stamp = self.package.stamp(relationships_part(self.part))
        if self._links is None or self._links[0] != stamp:
            self._links = stamp, relationships(self.package, self.part)
        return self._links[1]

    @property
    def sheets(self) -> list[Sheet]:
        """The sheets in their order."""
        return list(self._sheets()[1])

    @property
    def dates_from_1904(self) -> bool:
        """Whether the workbook counts days from 1904."""
        settings = self.root.child("workbookPr")
        return settings is not None and is_true(settings.get("date1904"))

    def sheet(self, name: str) -> Sheet:
        """Return the sheet with a name, in upper or lower case. Raises Missing if there is none."""
        found = self._sheets()[0].get(name.casefold())
        if found is None:
            raise Missing(f"The workbook has no sheet named {name}.")
        return found

    def has_sheet(self, name: str) -> bool:
        """Return whether there is a sheet with a name, in upper or lower case."""
        return any(sheet.name.casefold() == name.casefold() for sheet in self.sheets)

    def related(self, kind: str) -> str | None:
        """Return the workbook's related part of a kind, such as "styles"; None if there is none."""
        parts = [found.part for found in self.relationships if found.kind == kind and found.part]
        return next((part for part in parts if part in self.package), None)

    def names(self) -> list[DefinedName]:
        """Return the defined names."""
        self._follow()
        return list(self._names.values())

    def add_sheet(self, name: str, part: str, state: str | None = None) -> Sheet:
        """Add a worksheet to the end of the list, with a free id and relationship; `state` can hide it."""
        if self.root.child("sheets") is None:
            raise Refused("The workbook has no list of sheets.")
        sheets = self.sheets
        number = max((sheet.id for sheet in sheets), default=0) + 1
        added = Sheet(name, len(sheets), number, part, "worksheet", state)
        self._added_sheets.append((added, relate(self.package, self.part, "worksheet", part)))
        self._listed = None
        self._change()
        return added

    def free_sheet_name(self, wanted: str, chosen: Collection[str] = ()) -> str:
        """Return a name that no sheet has and `chosen` (case-folded) does not have, as in "Overview (2)"."""
        taken = set(self._sheets()[0]) | set(chosen)
        wanted = _FORBIDDEN.sub("_", wanted)
        name, number = wanted[:_LONGEST_SHEET_NAME], 1
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = wanted[: _LONGEST_SHEET_NAME - len(ending)] + ending
        return name

    def set_name(self, name: str, text: str, scope: int | None = None, hidden: bool = False) -> None:
        """Define a name, or change its text if it is already defined."""
        known = self.defined(name, scope)
        key = _key(name, scope)
        if known is None:
            self._names[key] = DefinedName(name, scope, text, hidden)
        elif known.text == text:
            return
        else:
            self._names[key] = replace(known, text=text)
            self._retexted.add(key)
        self._change()

    def defined(self, name: str, scope: int | None = None) -> DefinedName | None:
        """Return a defined name, in upper or lower case; None if it is not defined."""
        self._follow()
        return self._names.get(_key(name, scope))

    def drop_name(self, name: DefinedName) -> None:
        """Remove a defined name. It does not matter if it is already removed."""
        key = _key(name.name, name.scope)
        if self.defined(name.name, name.scope) is None:
            return
        del self._names[key]
        self._dropped |= {key} & self._elements.keys()
        self._change()

    def _sheets(self) -> tuple[dict[str, Sheet], list[Sheet]]:
        """Return the sheets by case-folded name (the first of each), and in order."""
        self._follow()
        links = self.relationships
        if self._listed is None or self._listed[0] is not links:
            sheets = self._read_sheets(links)
            self._listed = links, {sheet.name.casefold(): sheet for sheet in reversed(sheets)}, sheets
        return self._listed[1:]

    def _read_sheets(self, links: list[Relationship]) -> list[Sheet]:
        holder = self._markup.root.child("sheets")
        by_id: dict[str | None, Relationship] = {found.id: found for found in links}
        sheets = []
        for position, element in enumerate(holder.all("sheet") if holder else []):
            leads = by_id.get(element.relationship_id())
            part = leads.part if leads and leads.part in self.package else None
            kind = leads.kind if leads else ""
            number = _number(element.get("sheetId")) or 0
            state = element.get("state")
            sheets.append(Sheet(element.get("name") or "", position, number, part, kind, state))
        return sheets + [sheet for sheet, _ in self._added_sheets]

    def _result(self) -> bytes:
        """Return the part's bytes: those that were read, with the changes since."""
        edited = self._markup.copy()
        if holder := self._markup.root.child("sheets"):
            for sheet, relationship in self._added_sheets:
                edited.append(holder, _sheet_xml(holder, sheet, relationship))
        self._write_names(edited)
        return edited.result()

    def _write_names(self, edited: Markup) -> None:
        holder = self._markup.root.child("definedNames")
        kept = self._elements.keys() - self._dropped
        prefix = self._markup.root.prefix
        fresh = [_name_xml(prefix, name) for key, name in self._names.items() if key not in kept]
        if holder is None and fresh:
            before = next(found for name in _BEFORE_NAMES if (found := self._markup.root.child(name)))
            xml = b"<%bdefinedNames>%b</%bdefinedNames>" % (prefix, b"".join(fresh), prefix)
            edited.insert_after(before, xml)
        if holder is None:
            return
        if self._dropped and not self._names:  # an empty list is not valid
            edited.remove(holder)
            return
        for key in self._dropped:
            edited.remove(self._elements[key])
        for key in self._retexted & kept:
            edited.set_text(self._elements[key], self._names[key].text)
        if fresh:
            edited.append(holder, b"".join(fresh))


def workbook_part(package: Package) -> WorkbookPart:
    """Return the workbook part of a package: one object for all.

    Raises Unreadable if the package has none, and Refused for formats that cannot be edited.
    """
    return package.keep(WorkbookPart, lambda: WorkbookPart(package))


def _sheet_xml(holder: Element, sheet: Sheet, relationship: str) -> bytes:
    prefix = next((found for found in holder.prefixes(RELATIONSHIPS) if found), None)
    declared = b"" if prefix else b' xmlns:r="' + RELATIONSHIPS.encode() + b'"'
    return b'<%bsheet%b name="%b" sheetId="%d"%b %b:id="%b"/>' % (
        holder.prefix,
        declared,
        quoted(sheet.name),
        sheet.id,
        b' state="%b"' % quoted(sheet.state) if sheet.state else b"",
        (prefix or "r").encode(),
        quoted(relationship),
    )


def _name_xml(prefix: bytes, name: DefinedName) -> bytes:
    local = b"" if name.scope is None else b' localSheetId="%d"' % name.scope
    concealed = b' hidden="1"' if name.hidden else b""
    return b'<%bdefinedName name="%b"%b%b>%b</%bdefinedName>' % (
        prefix,
        quoted(name.name),
        local,
        concealed,
        quoted(name.text),
        prefix,
    )


def refuse_unless_editable(package: Package) -> None:
    """Raise a PackageError, with the reason, if the package must not be edited.

    Strict, protected, signed, binary and damaged packages are refused.
    """
    workbook = workbook_part(package)
    content_type = ContentTypes(package).of(workbook.part)
    if "sheet.binary" in content_type:
        raise Refused(_IS_BINARY)
    protection = workbook.root.child("workbookProtection")
    if protection is not None and is_true(protection.get("lockStructure")):
        raise Refused("The structure of the workbook is protected. Unprotect it in Excel and try again.")
    signed = any("digital-signature" in found.type for found in relationships(package, ""))
    if signed or any(name.casefold().startswith("_xmlsignatures/") for name in package):
        raise Refused("The workbook is digitally signed. A change would invalidate the signature.")
    names = [sheet.name.casefold() for sheet in workbook.sheets]
    if len(set(names)) < len(names):
        raise Refused("The workbook has two sheets with the same name.")
    if sum(map(package.size, package)) <= CHECKED_WHOLE:
        package.verify()


def is_true(value: str | None) -> bool:
    """Return whether an attribute is true.

    >>> is_true("1"), is_true("true"), is_true("0"), is_true(None)
    (True, True, False, False)
    """
    return value is not None and value.strip().casefold() in ("1", "true", "on")


def _name_of_part(package: Package) -> str:
    """Return the name of the workbook part, from the package's relationships."""
    found = [leads for leads in relationships(package, "") if leads.kind == "officeDocument"]
    part = found[0].part if found else None
    if part is None or part not in package:
        raise Unreadable("The file is not an Excel workbook.")
    if found[0].type.startswith(_STRICT):
        raise Refused(_IS_STRICT)
    if part.casefold().endswith(".bin"):
        raise Refused(_IS_BINARY)
    return part


def _markup(package: Package, part: str) -> Markup:
    markup = Markup(package[part], part)
    root = markup.root
    strict = list(root.prefixes(f"{_STRICT}spreadsheetml/main"))
    if strict or root.get("conformance") == "strict":
        raise Refused(_IS_STRICT)
    if root.name != "workbook":
        raise Unreadable("The file is not an Excel workbook.")
    return markup


def _key(name: str, scope: int | None) -> _Key:
    return name.casefold(), scope


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.strip().isdigit() else None
