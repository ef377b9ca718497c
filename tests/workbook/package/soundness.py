"""What must hold of any package after an edit, looked up with zipfile and lxml alone."""

import io
import posixpath
import re
import zipfile
from collections import Counter
from urllib.parse import unquote

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [info for info in archive.infolist() if not info.is_dir()]
        return {info.filename.replace("\\", "/").lstrip("/"): archive.read(info) for info in names}


class Snapshot:
    """A package's parts, relationships and complaints."""

    def __init__(self, data: bytes) -> None:
        self.parts = parts_of(data)
        self._folded = {name.casefold(): name for name in self.parts}
        self.links = [
            link for name in self.parts if name.casefold().endswith(".rels") for link in self._links(name)
        ]
        self.types, self.defaults = self._content_types()
        self.workbook = self._one("", "/officeDocument")
        self.root = self.tree(self.workbook)

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False, huge_tree=True))

    def related(self, source: str, kind: str) -> list[str]:
        found = [
            part for origin, _, link_kind, part in self.links if origin == source and link_kind.endswith(kind)
        ]
        return [part for part in found if part in self.parts]

    def sheets(self) -> list[tuple[str, str | None]]:
        by_id = {identity: part for source, identity, _, part in self.links if source == self.workbook}
        ids = [
            next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
            for sheet in self._sheet_elements()
        ]
        return [
            (sheet.get("name"), by_id.get(identity))
            for sheet, identity in zip(self._sheet_elements(), ids, strict=True)
        ]

    def sheet_part(self, name: str) -> str:
        return next(part for sheet, part in self.sheets() if sheet == name)

    def style_of(self, sheet: str, cell: str) -> str:
        styles = self.tree(self.related(self.workbook, "/styles")[0])
        found = self.tree(self.sheet_part(sheet)).xpath(f"//*[local-name()='c' and @r='{cell}']")[0]
        xf = styles.find("{*}cellXfs")[int(found.get("s"))]
        names = styles.iterfind("{*}cellStyles/{*}cellStyle")
        return next(name.get("name") for name in names if name.get("xfId") == xf.get("xfId"))

    def complaints(self) -> set[str]:
        """Everything that is wrong; an edit may not add to it."""
        return {
            *self._about_references(),
            *self._about_content_types(),
            *self._about_sheets(),
            *self._about_styles(),
            *self._about_tables(),
            *self._about_chain(),
        }

    def _sheet_elements(self):
        return self.root.findall("{*}sheets/{*}sheet")

    def _one(self, source: str, kind: str) -> str:
        return self.related(source, kind)[0]

    def _links(self, name: str):
        folder, base = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), base[: -len(".rels")])
        for element in self.tree(name):
            target = (element.get("Target") or "").replace("\\", "/")
            if element.get("TargetMode") == "External" or target.startswith("#"):
                continue
            path = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")
            found = self._folded.get(path.casefold()) or self._folded.get(unquote(path).casefold()) or path
            yield source, element.get("Id"), element.get("Type"), found

    def _content_types(self):
        root = self.tree(CONTENT_TYPES)
        overrides = Counter(
            e.get("PartName").lstrip("/").casefold() for e in root if e.tag.endswith("Override")
        )
        defaults = {e.get("Extension").casefold() for e in root if e.tag.endswith("Default")}
        return overrides, defaults

    def _about_references(self):
        for source, identity, _, part in self.links:
            if part not in self.parts:
                yield f"{source} {identity} leads to no part {part}"
        for source, name in self.sheets():
            if name in self.parts:
                known = {identity for origin, identity, *_ in self.links if origin == name}
                known |= self._external_ids(name)
                for used in re.findall(rb'\sr:(?:id|embed)="([^"]+)"', self.parts[name]):
                    if used.decode() not in known:
                        yield f"{source} uses the relationship {used.decode()}, which it lacks"

    def _external_ids(self, name: str) -> set[str]:
        part = posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")
        return {e.get("Id") for e in self.tree(part)} if part in self.parts else set()

    def _about_content_types(self):
        for name in self.parts:
            known = name.casefold() in self.types or name.rpartition(".")[2].casefold() in self.defaults
            if name != CONTENT_TYPES and not known:
                yield f"{name} has no content type"
        for name, count in self.types.items():
            if name not in self._folded:
                yield f"an override for {name}, which is not there"
            if count > 1:
                yield f"{count} overrides for {name}"

    def _about_sheets(self):
        elements = self._sheet_elements()
        for values, what in (
            ([e.get("name").casefold() for e in elements], "name"),
            ([e.get("sheetId") for e in elements], "sheetId"),
            ([part for _, part in self.sheets() if part], "part"),
        ):
            yield from (f"two sheets of the {what} {value}" for value, n in Counter(values).items() if n > 1)
        names = Counter()
        for name in self.root.findall("{*}definedNames/{*}definedName"):
            scope = name.get("localSheetId")
            names[name.get("name").casefold(), scope] += 1
            if scope is not None and int(scope) >= len(elements):
                yield f"{name.get('name')} belongs to sheet {scope}, which is not there"
        yield from (f"two names {name}" for name, count in names.items() if count > 1)

    def _about_styles(self):
        styles = self.related(self.workbook, "/styles")
        root = self.tree(styles[0]) if styles else None
        lists = {} if root is None else {etree.QName(e).localname: e for e in root if isinstance(e.tag, str)}
        counts = {name: len(holder) for name, holder in lists.items()}
        for name, holder in lists.items():
            if holder.get("count") and int(holder.get("count")) != len(holder):
                yield f"{name} counts wrongly"
        parts = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
        for place, xf in enumerate(lists.get("cellXfs", ())):
            for key, holder in parts.items():
                if int(xf.get(key) or 0) >= max(counts.get(holder, 0), 1):
                    yield f"format {place} has a {key} out of range"
        yield from self._about_formats(counts.get("cellXfs", 1), counts.get("dxfs", 0))

    def _about_formats(self, cell_formats: int, differential: int):
        for name, part in self.sheets():
            xml = self.parts.get(part, b"")
            used = re.findall(rb'<(?:\w+:)?(?:c|row)\s[^>]*?\bs="(\d+)"', xml)
            if max(map(int, used), default=0) >= cell_formats:
                yield f"{name} uses a cell format out of range"
            used = re.findall(rb'\sdxfId="(\d+)"', xml)
            if max(map(int, used), default=-1) >= differential:
                yield f"{name} uses a differential format out of range"

    def _about_tables(self):
        tables = {part for _, _, kind, part in self.links if kind.endswith("/table") and part in self.parts}
        roots = [self.tree(part) for part in tables]
        for key in ("id", "displayName"):
            values = Counter((root.get(key) or "").casefold() for root in roots)
            yield from (f"two tables of the {key} {value}" for value, count in values.items() if count > 1)

    def _about_chain(self):
        for part in self.related(self.workbook, "/calcChain"):
            formulas = self._formulas()
            sheet = None
            for entry in self.tree(part):
                sheet = entry.get("i") or sheet
                if (sheet, entry.get("r")) not in formulas:
                    yield f"the calculation chain has a stale entry {sheet} {entry.get('r')}"

    def _formulas(self) -> set[tuple[str, str]]:
        found = set()
        for element, (_, part) in zip(self._sheet_elements(), self.sheets(), strict=True):
            if part in self.parts:
                cells = self.tree(part).iterfind("{*}sheetData/{*}row/{*}c")
                found |= {(element.get("sheetId"), c.get("r")) for c in cells if c.find("{*}f") is not None}
        return found
