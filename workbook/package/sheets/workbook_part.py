"""The workbook part: its sheets in order, its defined names, and whether it may be edited."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from workbook.package.opc.errors import Missing, Refused, Unreadable
from workbook.package.opc.markup import RELATIONSHIPS, WIDE, Element, Markup, quoted
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import (
    ContentTypes,
    Relationship,
    relate,
    relationships,
)

CHECKED_WHOLE = 64 << 20
"""Up to this decompressed size, the checksums of all parts are verified; else only of the parts read."""

_IS_STRICT = "The workbook is in Strict Open XML format. Save it as an Excel WorkbookPart and try again."
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
    element: Element


@dataclass(frozen=True)
class DefinedName:
    """A defined name; `scope` is the position of its sheet, None for the workbook."""

    name: str
    scope: int | None
    text: str
    element: Element


class WorkbookPart:
    """The workbook part of a package; changes are written by `write`."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part, self._markup = _workbook_part(package)
        self.relationships = relationships(package, self.part)
        self.sheets = self._read_sheets()
        self._names = {(name.name.casefold(), name.scope): name for name in self._read_names()}
        self._fresh_names: list[bytes] = []

    @property
    def root(self) -> Element:
        """The root element, with the settings."""
        return self._markup.root

    @property
    def dates_from_1904(self) -> bool:
        """Whether the workbook counts days from 1904."""
        settings = self.root.child("workbookPr")
        return settings is not None and is_true(settings.get("date1904"))

    def sheet(self, name: str) -> Sheet:
        """Return the sheet with a name, in upper or lower case. Raises Missing if there is none."""
        for sheet in self.sheets:
            if sheet.name.casefold() == name.casefold():
                return sheet
        raise Missing(f"The workbook has no sheet named {name}.")

    def related(self, kind: str) -> str | None:
        """Return the workbook's related part of a kind, such as "styles"; None if there is none."""
        parts = [found.part for found in self.relationships if found.kind == kind and found.part]
        return next((part for part in parts if part in self.package), None)

    def names(self) -> list[DefinedName]:
        """Return the defined names in the package, without unwritten changes."""
        return list(self._names.values())

    def _read_names(self) -> Iterator[DefinedName]:
        holder = self.root.child("definedNames")
        for element in holder.all("definedName") if holder else []:
            scope = _number(element.get("localSheetId"))
            yield DefinedName(element.get("name") or "", scope, self._markup.text(element), element)

    def add_sheet(self, name: str, part: str, state: str | None = None) -> Sheet:
        """Add a worksheet to the end of the list, with a free id and relationship; `state` can hide it."""
        holder = self.root.child("sheets")
        if holder is None:
            raise Refused("The workbook has no list of sheets.")
        number = max((sheet.id for sheet in self.sheets), default=0) + 1
        relationship = relate(self.package, self.part, "worksheet", part)
        prefix = next((found for found in holder.prefixes(RELATIONSHIPS) if found), None)
        declared = b"" if prefix else b' xmlns:r="' + RELATIONSHIPS.encode() + b'"'
        shown = b' state="%b"' % quoted(state) if state else b""
        xml = b'<%bsheet%b name="%b" sheetId="%d"%b %b:id="%b"/>' % (
            holder.prefix,
            declared,
            quoted(name),
            number,
            shown,
            (prefix or "r").encode(),
            quoted(relationship),
        )
        self._markup.append(holder, xml)
        added = Sheet(name, len(self.sheets), number, part, "worksheet", holder)
        self.sheets.append(added)
        return added

    def free_sheet_name(self, wanted: str, chosen: Collection[str] = ()) -> str:
        """Return a name that no sheet has and `chosen` (case-folded) does not have, as in "Overview (2)"."""
        taken = {sheet.name.casefold() for sheet in self.sheets} | set(chosen)
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
        if known is not None:
            if known.text != text:
                self._markup.set_text(known.element, text)
            return
        prefix = self.root.prefix
        local = b"" if scope is None else b' localSheetId="%d"' % scope
        concealed = b' hidden="1"' if hidden else b""
        self._fresh_names.append(
            b'<%bdefinedName name="%b"%b%b>%b</%bdefinedName>'
            % (prefix, quoted(name), local, concealed, quoted(text), prefix)
        )

    def defined(self, name: str, scope: int | None = None) -> DefinedName | None:
        """Return a defined name of the package, in upper or lower case; None if it is not defined."""
        return self._names.get((name.casefold(), scope))

    def drop_name(self, name: DefinedName) -> None:
        """Remove a defined name."""
        self._markup.remove(name.element)

    def write(self) -> None:
        """Write the changes to the package."""
        if self._fresh_names:
            self._append_names(b"".join(self._fresh_names))
        self.package.replace(self.part, self._markup.result())

    def _append_names(self, names: bytes) -> None:
        holder = self.root.child("definedNames")
        if holder is not None:
            self._markup.append(holder, names)
            return
        before = next(found for name in _BEFORE_NAMES if (found := self.root.child(name)))
        prefix = self.root.prefix
        xml = b"<%bdefinedNames>%b</%bdefinedNames>" % (prefix, names, prefix)
        self._markup.insert_after(before, xml)

    def _read_sheets(self) -> list[Sheet]:
        holder = self.root.child("sheets")
        by_id: dict[str | None, Relationship] = {found.id: found for found in self.relationships}
        sheets = []
        for position, element in enumerate(holder.all("sheet") if holder else []):
            leads = by_id.get(element.relationship_id())
            part = leads.part if leads and leads.part in self.package else None
            kind = leads.kind if leads else ""
            number = _number(element.get("sheetId")) or 0
            sheets.append(Sheet(element.get("name") or "", position, number, part, kind, element))
        return sheets


def refuse_unless_editable(package: Package) -> None:
    """Raise a PackageError, with the reason, if the package must not be edited.

    Strict, protected, signed, binary and damaged packages are refused.
    """
    workbook = WorkbookPart(package)
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
    for sheet in workbook.sheets:
        if sheet.part and next(package.chunks(sheet.part), b"")[:2] in WIDE:
            raise Refused(
                f"The sheet {sheet.name} is stored in UTF-16. Save the workbook in Excel and try again."
            )
    if sum(map(package.size, package)) <= CHECKED_WHOLE:
        package.verify()


def is_true(value: str | None) -> bool:
    """Return whether an attribute is true.

    >>> is_true("1"), is_true("true"), is_true("0"), is_true(None)
    (True, True, False, False)
    """
    return value is not None and value.strip().casefold() in ("1", "true", "on")


def _workbook_part(package: Package) -> tuple[str, Markup]:
    """Return the name of the workbook part, from the package's relationships, and its XML."""
    found = [leads for leads in relationships(package, "") if leads.kind == "officeDocument"]
    part = found[0].part if found else None
    if part is None or part not in package:
        raise Unreadable("The file is not an Excel workbook.")
    if found[0].type.startswith(_STRICT):
        raise Refused(_IS_STRICT)
    if part.casefold().endswith(".bin"):
        raise Refused(_IS_BINARY)
    markup = Markup(package[part], part)
    root = markup.root
    strict = list(root.prefixes(f"{_STRICT}spreadsheetml/main"))
    if strict or root.get("conformance") == "strict":
        raise Refused(_IS_STRICT)
    if root.name != "workbook":
        raise Unreadable("The file is not an Excel workbook.")
    return part, markup


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.strip().isdigit() else None
