"""The add-in's VBA project: xlwings' VBA, the modules in `vba/`, and the generated wrappers."""

import re
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Final

import xlwings
from pyopenvba import ExcelFile

from addin.desktop.wrappers import descriptions_module, functions_module
from markets.errors import MarketbookError
from udfs.registry import FUNCTIONS

TEMPLATE: Final = Path(xlwings.__file__).parent / "quickstart_standalone.xlsm"
_XLWINGS_VBA: Final = Path(xlwings.__file__).parent / "xlwings.bas"
_OWN: Final = ("MarketbookCalls", "MarketbookValues", "MarketbookHelp", "MarketbookRibbon")
_PROJECT_NAME: Final = 'Public Const PROJECT_NAME As String = "xlwings"\n'
_MODULE_NAME: Final = 'Attribute VB_Name = "xlwings"\n'
_ACTIVE_RANGE: Final = 'In Range(sht.Range("A1"), lastCell)'
_SQL: Final = re.compile(r"^Function sql\(.*?^End Function\n", re.DOTALL | re.MULTILINE)


class BuildError(MarketbookError):
    """The add-in file cannot be built."""


def modules() -> dict[str, str]:
    """Return the source of every standard module of the add-in."""
    sources = {name: _text(f"{name}.bas") for name in _OWN}
    sources["MarketbookFunctions"] = functions_module(FUNCTIONS.values())
    sources["MarketbookDescriptions"] = descriptions_module(FUNCTIONS.values())
    sources["xlwings"] = _xlwings_module()
    return sources


def vba_project() -> bytes:
    """Return the add-in's vbaProject.bin, based on the project of xlwings' template."""
    with tempfile.TemporaryDirectory() as folder, ExcelFile(TEMPLATE) as book:
        book.set_module("ThisWorkbook", _windows_lines(_text("ThisWorkbook.bas")))
        book.remove_reference("MSForms")  # no module uses it, and it contains a path on its author's computer
        project = book.vba_project()
        project.delete_module("Module1")
        for name, source in modules().items():
            if name in book.module_names():
                book.set_module(name, _windows_lines(source))
            else:
                project.add_module(name, _windows_lines(source))
        built = Path(folder) / "project.xlsm"
        book.save(built)
        with ExcelFile(built) as saved:
            content: bytes = saved.vba_project_bytes()
            return content


def _xlwings_module() -> str:
    """Return xlwings' stand-alone VBA, changed to read Marketbook's settings.

    The stand-alone variant uses only the add-in, never the active workbook: a workbook's settings and
    path do not matter, and all workbooks share one Python. `sql` is removed because it would be a
    worksheet function, and its other functions are made private.
    """
    source = _XLWINGS_VBA.read_text(encoding="utf-8")
    source = _replaced(source, _PROJECT_NAME, _PROJECT_NAME.replace("xlwings", "marketbook"))
    source = _replaced(source, _MODULE_NAME, _MODULE_NAME + "Option Private Module\n")
    # An unqualified Range needs an active sheet, but there is none if no workbook is open.
    source = _replaced(source, _ACTIVE_RANGE, _ACTIVE_RANGE.replace("In Range", "In sht.Range"))
    without, found = _SQL.subn("", source)
    if found != 1:
        raise BuildError(f"The VBA of xlwings {xlwings.__version__} is not supported.")
    return without


def _replaced(source: str, old: str, new: str) -> str:
    if source.count(old) != 1:
        raise BuildError(f"The VBA of xlwings {xlwings.__version__} is not supported.")
    return source.replace(old, new)


def _text(name: str) -> str:
    return files("addin.desktop").joinpath("vba", name).read_text(encoding="utf-8")


def _windows_lines(source: str) -> str:
    return source.replace("\r\n", "\n").replace("\n", "\r\n")
