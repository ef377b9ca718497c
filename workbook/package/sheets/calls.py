"""Calls of given worksheet functions, in every form in which programs store them.

An add-in's function is `MARKET_SIZE(...)` in the cell, but can be `[1]!MARKET_SIZE(...)` in the file,
with a link to the add-in, its path instead of the number, `_xll.MARKET_SIZE(...)`, or any of these in
`_xlfn.SINGLE(...)`. A function of an Office.js add-in is `MARKETBOOK.MARKET_SIZE(...)` in the cell, with the
add-in's namespace, and `_xldudf_MARKETBOOK_MARKET_SIZE(...)` in the file. Excel sometimes puts the path or
the number of another add-in in front of that. A function of the same name in another namespace is somebody
else's: of another add-in, or a LAMBDA that is named like it.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from workbook.package.opc.errors import Missing
from workbook.package.opc.markup import unquoted
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.cells import CellValue, FormulaCell, formula_cells, with_cached_values
from workbook.package.sheets.formulas import moved, tokens
from workbook.package.sheets.workbook_part import Sheet, workbook_part

_PREFIXES = r"(?:_xlfn\.|_xlws\.|_xll\.|_xludf\.)*"
_OFFICE_JS = "_xldudf_"
_ANY_NAMESPACE = r"(?!_xlpm\.)[\w.]+"  # `_xlpm.` is in front of the variables of LET and LAMBDA
_STORED = re.compile(r"^(?:_xlfn\.|_xlws\.|_xlpm\.|_xleta\.|_xll\.|_xludf\.)+", re.IGNORECASE)
_SIGNS = {"_xlfn.single": ("@", ""), "_xlfn.anchorarray": ("", "#")}
_SINGLE = ("_xlfn.single", "single")
_SHARED = re.compile(rb"\st\s*=\s*[\"']shared[\"']")
_GROUP = re.compile(rb"\ssi\s*=\s*[\"'](\d+)[\"']")
_LINK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Functions:
    """Worksheet functions by name, and what defines them.

    `addins` are the file names of add-ins, `namespace` is that of the Office.js add-in, and `servers` are
    the namespaces of other programs that serve the functions. Without a namespace, all of them count.
    """

    names: Collection[str]
    addins: Collection[str] = ()
    namespace: str = ""
    servers: Collection[str] = ()

    @property
    def stored(self) -> str:
        """What Excel stores in front of the names if the Office.js add-in has them."""
        return _OFFICE_JS + (f"{self.namespace}_" if self.namespace else "")

    @property
    def written(self) -> re.Pattern[str]:
        """What matches a name in one of its forms, without a link or a path. Its last group is the name.

        A server on which something is tried has the name of that after the namespace: MARKETBOOK_DEV.
        """
        known = [f"{re.escape(name)}(?:_[A-Z0-9_]+)?" for name in (self.namespace, *self.servers) if name]
        space = "|".join(known) or _ANY_NAMESPACE
        names = "|".join(map(re.escape, self.names))
        return re.compile(
            rf"{_PREFIXES}(?:{_OFFICE_JS}(?:({space})[._])?|({space})\.)?({names})",
            re.IGNORECASE | (re.ASCII if known else re.UNICODE),
        )


@dataclass(frozen=True)
class Call:
    """A formula cell that calls one of the functions: `formula` as stored, `plain` with plain names."""

    sheet: str
    cell: str
    formula: str
    plain: str


class Finds(Protocol):
    """Something that tells which formulas are wanted."""

    def found(self, formula: str) -> bool:
        """Return whether a formula is wanted."""


class Calls:
    """Finds calls in formulas; `links` has the file name of each external link, starting at 1."""

    def __init__(self, functions: Functions, links: Mapping[int, str] | None = None) -> None:
        self._names = {name.casefold(): name for name in functions.names}
        self._addins = {addin.casefold() for addin in functions.addins}
        self._stored = functions.stored
        self._written = functions.written
        self._links = links or {}
        self._likely = re.compile(rf"(?:{'|'.join(map(re.escape, self._names))})\(", re.IGNORECASE)

    def found(self, formula: str) -> bool:
        """Return whether a formula calls one of the functions.

        >>> calls = Calls(Functions(["MARKET_SIZE"], ["book.xlam"]), {1: "book.xlam", 2: "other.xlam"})
        >>> calls.found("1+[1]!MARKET_SIZE(A1)"), calls.found("[2]!MARKET_SIZE(A1)")
        (True, False)
        >>> calls.found('"MARKET_SIZE("&A1'), calls.found("MY_MARKET_SIZE(1)")
        (False, False)
        """
        return bool(self._likely.search(formula)) and bool(self._calls(list(tokens(formula))))

    def plain(self, formula: str) -> str:
        """Return a formula whose calls of the functions have plain names.

        >>> calls = Calls(Functions(["MARKET_SIZE"]))
        >>> calls.plain("_xlfn.SINGLE([1]!MARKET_SIZE(A1))+_xldudf_MARKET_SIZE(2)")
        'MARKET_SIZE(A1)+MARKET_SIZE(2)'
        """
        if not self._likely.search(formula):
            return formula
        found = list(tokens(formula))
        calls = self._calls(found)
        if not calls:
            return formula
        plain = "".join(_unwrapped(found, calls))
        return plain if plain == formula else self.plain(plain)

    def namespaced(self, formula: str) -> str:
        """Return a formula whose calls are written as Excel stores functions of the Office.js add-in.

        Only the names change: an `_xlfn.SINGLE(...)`, which Excel shows as @, stays.

        >>> calls = Calls(Functions(["MARKET_SIZE"], namespace="MARKETBOOK"))
        >>> calls.namespaced('[1]!MARKET_SIZE(A1)&"MARKET_SIZE("')
        '_xldudf_MARKETBOOK_MARKET_SIZE(A1)&"MARKET_SIZE("'
        """
        if not self._likely.search(formula):
            return formula
        found = list(tokens(formula))
        pieces = [token[0] for token in found]
        for at, (first, name) in self._calls(found).items():
            pieces[first : at + 1] = [""] * (at - first) + [self._stored + name]
        return "".join(pieces)

    def shown(self, formula: str) -> str:
        """Return a formula as Excel shows it that has the functions, without what only files have.

        >>> calls = Calls(Functions(["MARKET_SIZE"], namespace="MARKETBOOK"))
        >>> calls.shown("_xlfn.SINGLE(_xldudf_MARKETBOOK_MARKET_SIZE(A1))+SUM(_xlfn.ANCHORARRAY(B1))")
        '@MARKETBOOK.MARKET_SIZE(A1)+SUM(B1#)'
        """
        if "_xl" not in formula.casefold():
            return formula
        found = list(tokens(formula))
        pieces = [token[0] for token in found]
        closing = _closing(pieces)
        for at, token in enumerate(found):
            if token["function"] or token["name"]:
                pieces[at] = self._shown_name(token[0])
            signs = _SIGNS.get(token[0].casefold()) if token["function"] else None
            if signs and at + 1 in closing:
                pieces[at], pieces[at + 1], pieces[closing[at + 1]] = signs[0], "", signs[1]
        return "".join(pieces)

    def addin_links(self) -> list[str]:
        """Return the file names of the add-ins among the targets of external links."""
        return [name for name in self._links.values() if name in self._addins]

    def _calls(self, found: list[re.Match[str]]) -> dict[int, tuple[int, str]]:
        """Return the calls in tokens, by position: the start, with its qualifier, and the plain name."""
        calls = {}
        for at, token in enumerate(found):
            name = self._name(token[0]) if token["function"] else None
            qualifier = found[at - 1]["sheet"] if at else None
            if name is not None and (qualifier is None or self._is_ours(qualifier[:-1].strip("'"), token[0])):
                calls[at] = (at if qualifier is None else at - 1), name
        return calls

    def _name(self, written: str) -> str | None:
        found = self._written.fullmatch(written)
        return self._names.get(found[3].casefold()) if found else None

    def _shown_name(self, written: str) -> str:
        ours = self._written.fullmatch(written)
        if ours:
            space = ours[1] or ours[2]
            return f"{space}.{ours[3]}" if space else ours[3]
        return _STORED.sub("", written)

    def _is_ours(self, qualifier: str, written: str) -> bool:
        """Return whether a file, given by its path or by the number of a link, is one of the add-ins.

        It does not matter in front of a function of an Office.js add-in, which is in no file.
        """
        if _OFFICE_JS in written.casefold():
            return True
        link = _LINK.fullmatch(qualifier)
        path = self._links.get(int(link[1]), "") if link else qualifier
        name = file_name(path.replace("[", "").replace("]", ""))
        return not self._addins or not name or name in self._addins


def file_name(path: str) -> str:
    r"""Return the case-folded name of the file at the end of a path or an address.

    >>> file_name("file:///C:\\Add-ins\\Book%20One.xlam")
    'book one.xlam'
    """
    return posixpath.basename(unquote(path).replace("\\", "/")).casefold()


def finder(package: Package, functions: Functions) -> Calls:
    """Return a finder for calls in a package's formulas, with its external links."""
    book = workbook_part(package)
    holder = book.root.child("externalReferences")
    links = {}
    by_id = {link.id: link.part for link in book.relationships}
    for number, element in enumerate(holder.all("externalReference") if holder else [], start=1):
        part = by_id.get(element.relationship_id() or "")
        targets = relationships(package, part) if part else []
        links[number] = next((file_name(link.target) for link in targets), "")
    return Calls(functions, links)


def formulas_calling(package: Package, functions: Functions) -> list[Call]:
    """Return the formula cells of a package, sheet by sheet, that call one of the functions.

    Only sheets that contain the name of a function are searched. A shared formula is returned for each
    of its cells, as it applies there.
    """
    calls = finder(package, functions)
    return [
        Call(sheet.name, cell.reference, formula, calls.plain(formula))
        for sheet in sheets_naming(package, functions)
        for cell, formula, calling in calling_cells(package[sheet.part or ""], calls)
        if calling
    ]


def set_cached_values(package: Package, sheet: str, values: Mapping[str, CellValue]) -> None:
    """Change the cached values of formula cells on a sheet; nothing else changes."""
    part = workbook_part(package).sheet(sheet).part
    if part is None:
        raise Missing(f"The sheet {sheet} has no part.")
    package.replace(part, with_cached_values(package[part], values))


def sheets_naming(package: Package, functions: Functions) -> list[Sheet]:
    """Return the worksheets whose bytes contain a function's name followed by a parenthesis."""
    wanted = [name.upper().encode() + b"(" for name in functions.names]
    sheets = [sheet for sheet in workbook_part(package).sheets if sheet.kind == "worksheet" and sheet.part]
    return [sheet for sheet in sheets if _holds(package.chunks(sheet.part or ""), wanted)]


def calling_cells(sheet: bytes, calls: Finds) -> Iterator[tuple[FormulaCell, str, bool]]:
    """Yield each formula cell with its formula, and whether it calls a function, or is wanted otherwise."""
    masters: dict[bytes, tuple[str, str, bool]] = {}
    for cell in formula_cells(sheet):
        opening = cell.formula[0].partition(b">")[0]
        text = unquoted(cell.formula[1] or b"")
        group = _GROUP.search(opening) if _SHARED.search(opening) else None
        if group and not text:
            if group[1] in masters:
                text, origin, calling = masters[group[1]]
                yield cell, moved(text, origin, cell.reference) if calling else "", calling
            continue
        calling = calls.found(text)
        if group:
            masters[group[1]] = text, cell.reference, calling
        yield cell, text, calling


def _holds(chunks: Iterator[bytes], wanted: list[bytes]) -> bool:
    """Return whether bytes with formulas contain one of the names, in upper or lower case.

    A sheet without formulas is skipped as quickly as a search for two bytes.
    """
    longest = max(map(len, wanted), default=1)
    stems = {name[:6] for name in wanted}
    tail, formulas = b"", False
    for chunk in chunks:
        formulas = formulas or any(start in tail[-1:] + chunk for start in (b"<f", b":f"))
        if formulas:
            upper = tail + chunk.upper()
            if any(stem in upper for stem in stems) and any(name in upper for name in wanted):
                return True
        tail = chunk[-longest:].upper() if formulas else chunk[-longest:]
    return False


def _unwrapped(found: list[re.Match[str]], calls: Mapping[int, tuple[int, str]]) -> list[str]:
    """Return the tokens with plain calls, each without one `_xlfn.SINGLE(...)` around it."""
    pieces = [token[0] for token in found]
    closing = _closing(pieces)
    for at, (first, name) in calls.items():
        wrap = first - 2
        if wrap >= 0 and pieces[wrap].casefold() in _SINGLE and pieces[wrap + 1] == "(":
            end = closing.get(wrap + 1)
            if end is not None and closing.get(at + 1) == end - 1:
                pieces[wrap] = pieces[wrap + 1] = pieces[end] = ""
        pieces[first : at + 1] = [""] * (at - first) + [name]
    return pieces


def _closing(pieces: list[str]) -> dict[int, int]:
    """Return the position of the closing parenthesis for each opening one."""
    closing, opened = {}, []
    for at, piece in enumerate(pieces):
        if piece == "(":
            opened.append(at)
        elif piece == ")" and opened:
            closing[opened.pop()] = at
    return closing
