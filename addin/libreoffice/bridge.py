"""The counterpart of `Office`: runs in LibreOffice's own Python and controls LibreOffice through UNO.

It uses JSON lines: a request such as `["recalculate", {...}]` on standard input, and its answer
`{"ok": ...}` or `{"failed": "..."}` on standard output. It does not import Marketbook, because
LibreOffice's Python does not have its packages. An error in a cell is `{"error": number}`.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

_FORMULA_CELLS = 16
_LOGICAL = 1024
_NEVER = 0
_FILTERS = {"pdf": "calc_pdf_Export", "xlsx": "Calc MS Excel 2007 XML", "ods": "calc8"}


class Bridge:
    """A connection to a LibreOffice that listens on a pipe."""

    def __init__(self) -> None:
        self.context: Any = None
        self.desktop: Any = None

    def connect(self, pipe: str, seconds: float) -> None:
        """Wait until LibreOffice listens."""
        self.context = _connected(pipe, seconds)
        self.desktop = self._service("com.sun.star.frame.Desktop")

    def install(self, url: str) -> None:
        """Add an extension to the profile, or replace it there."""
        self._extensions().addExtension(url, (), "user", None, _approving_environment())

    def uninstall(self, identifier: str) -> bool:
        """Remove an extension from the profile; return whether it was installed."""
        manager = self._extensions()
        environment = _approving_environment()
        found = [
            e
            for e in manager.getDeployedExtensions("user", None, environment)
            if e.Identifier.Value == identifier
        ]
        for extension in found:
            manager.removeExtension(identifier, extension.getName(), "user", None, environment)
        return bool(found)

    def recalculate(self, url: str, cells: dict[str, Any]) -> dict[str, Any]:
        """Return [sheet, cell, value] for each formula cell of a document, and the calculation time."""
        document = self._opened(url)
        try:
            _fill(document, cells)
            start = time.perf_counter()
            document.calculateAll()
            seconds = time.perf_counter() - start
            sheets = [document.Sheets.getByName(name) for name in document.Sheets.ElementNames]
            values = [[sheet.Name, *found] for sheet in sheets for found in _formula_values(document, sheet)]
            return {"values": values, "seconds": seconds}
        finally:
            document.close(True)

    def convert(self, url: str, kind: str, target: str) -> None:
        """Recalculate a document and save it in another format."""
        document = self._opened(url)
        try:
            document.calculateAll()
            document.storeToURL(target, _properties(FilterName=_FILTERS[kind], Overwrite=True))
        finally:
            document.close(True)

    def quit(self) -> None:
        """Close LibreOffice."""
        if self.desktop is not None:
            with contextlib.suppress(Exception):  # it may end before it answers
                self.desktop.terminate()

    def _service(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def _extensions(self) -> Any:
        return self.context.getByName("/singletons/com.sun.star.deployment.ExtensionManager")

    def _opened(self, url: str) -> Any:
        settings = _properties(Hidden=True, MacroExecutionMode=_NEVER, UpdateDocMode=_NEVER)
        try:
            document = self.desktop.loadComponentFromURL(url, "_blank", 0, settings)
        except Exception as error:
            if _is_crash(error):
                raise
            document = None
        if document is None:
            raise ValueError("the file is damaged or needs a password")
        if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            document.close(True)
            raise ValueError("the file is not a workbook")
        return document


def _formula_values(document: Any, sheet: Any) -> Iterator[tuple[str, Any]]:
    found = sheet.queryContentCells(_FORMULA_CELLS)
    for block in (found.getByIndex(at) for at in range(found.Count)):
        top = block.RangeAddress
        for down, row in enumerate(_values(document, block)):
            for across, value in enumerate(row):
                yield _name(top.StartColumn + across, top.StartRow + down), value


def _values(document: Any, block: Any) -> list[list[Any]]:
    """Return a range's values. Only ambiguous ones are read cell by cell, because that is slow.

    In the range's data, an error is None, and a truth value is 0 or 1.
    """
    return [
        [
            _exactly(document, block.getCellByPosition(across, down)) if value in (None, 0.0, 1.0) else value
            for across, value in enumerate(row)
        ]
        for down, row in enumerate(block.getDataArray())
    ]


def _exactly(document: Any, cell: Any) -> Any:
    if cell.getError():
        return {"error": cell.getError()}
    value = cell.getDataArray()[0][0]
    logical = document.NumberFormats.getByKey(cell.NumberFormat).Type & _LOGICAL
    return bool(value) if logical and isinstance(value, float) else value


def _fill(document: Any, cells: dict[str, Any]) -> None:
    if cells and document.isReadonly():
        raise ValueError("the file is read-only, so its cells cannot be set")
    for reference, value in cells.items():
        sheet, _, name = reference.rpartition("!")
        _set(_open_sheet(document, sheet.strip("'").replace("''", "'")).getCellRangeByName(name), value)


def _open_sheet(document: Any, name: str) -> Any:
    """Return a sheet, unprotected if that needs no password. A protected one would ignore new values."""
    if not document.Sheets.hasByName(name):
        raise ValueError(f'there is no sheet "{name}"')
    sheet = document.Sheets.getByName(name)
    if sheet.isProtected():
        with contextlib.suppress(Exception):  # the type of the error depends on the version
            sheet.unprotect("")
        if sheet.isProtected():
            raise ValueError(f'the sheet "{name}" is protected by a password')
    return sheet


def _set(place: Any, value: Any) -> None:
    cell = place.getCellByPosition(0, 0)
    if value is None:
        cell.setString("")
    elif isinstance(value, bool):
        cell.setFormula(str(value).upper())
    elif isinstance(value, str):
        cell.setString(value)
    elif isinstance(value, dict):
        cell.setFormula("=" + value["error"])
    else:
        cell.setValue(value)


def _name(column: int, row: int) -> str:
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def _properties(**settings: Any) -> tuple[Any, ...]:
    from com.sun.star.beans import PropertyValue

    properties = []
    for name, value in settings.items():
        properties.append(PropertyValue())
        properties[-1].Name, properties[-1].Value = name, value
    return tuple(properties)


def _approving_environment() -> Any:
    """Return a command environment that answers yes, so that an older version is replaced."""
    import unohelper
    from com.sun.star.task import XInteractionApprove, XInteractionHandler
    from com.sun.star.ucb import XCommandEnvironment

    class Approving(unohelper.Base, XCommandEnvironment, XInteractionHandler):  # type: ignore[misc]
        def getInteractionHandler(self) -> Any:  # noqa: N802 - UNO's names
            return self

        def getProgressHandler(self) -> Any:  # noqa: N802
            return None

        def handle(self, request: Any) -> None:
            for continuation in request.getContinuations():
                if continuation.queryInterface(_type_of(XInteractionApprove)):
                    continuation.select()

    return Approving()


def _type_of(interface: Any) -> Any:
    import uno

    return uno.getTypeByName(interface.__pyunointerface__)


def _connected(pipe: str, seconds: float) -> Any:
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + seconds
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # not ready yet
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _is_crash(error: Exception) -> bool:
    """Return whether LibreOffice crashed. The class of the error exists only after a connection."""
    return type(error).__name__ == "DisposedException"


def main() -> None:
    """Answer requests until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # other output must not mix with the answers
    bridge = Bridge()
    for line in sys.stdin.buffer:
        try:
            name, arguments = json.loads(line)
            answer = {"ok": getattr(bridge, name)(**arguments)}
        except Exception as error:  # every error is sent back to `Office`
            if _is_crash(error):
                return
            answer = {"failed": str(error).strip() or type(error).__name__}
        print(json.dumps(answer), file=answers, flush=True)
    bridge.quit()


if __name__ == "__main__":
    main()
