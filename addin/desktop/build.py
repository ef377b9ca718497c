"""The add-in file, marketbook.xlam, built on any system from text."""

import sys
import zipfile
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from addin.desktop import parts
from addin.desktop.parts import Cell
from addin.desktop.project import TEMPLATE, vba_project
from udfs.registry import FUNCTIONS, Function

_FROM_TEMPLATE: Final = ("xl/theme/theme1.xml", "xl/styles.xml")
_TIME: Final = (1980, 1, 1, 0, 0, 0)  # always the same bytes


def build(out: Path, interpreter: str | None = None, package_folder: str | None = None) -> Path:
    """Write the add-in to `out`, and return its path. Every build has the same bytes.

    `interpreter` is the python.exe that Excel starts, `package_folder` the first folder on its path.
    Both default to those of the running Python. Raises BuildError if the installed version of xlwings
    is not supported.
    """
    settings = _settings(interpreter or sys.executable, package_folder or own_package_folder())
    content = {
        "[Content_Types].xml": parts.content_types(),
        "_rels/.rels": parts.package_relationships(),
        "xl/workbook.xml": parts.workbook(),
        "xl/_rels/workbook.xml.rels": parts.workbook_relationships(),
        "xl/worksheets/sheet1.xml": parts.sheet(settings, "Sheet1"),
        "xl/worksheets/sheet2.xml": parts.sheet(intellisense_rows(FUNCTIONS.values()), "Sheet2"),
        "customUI/customUI.xml": files("addin.desktop").joinpath("ribbon.xml").read_bytes(),
        "docProps/core.xml": parts.core_properties(),
        "docProps/app.xml": parts.app_properties(),
        "xl/vbaProject.bin": vba_project(),
    }
    with zipfile.ZipFile(TEMPLATE) as template:
        content |= {name: template.read(name) for name in _FROM_TEMPLATE}
    out.parent.mkdir(parents=True, exist_ok=True)
    _write(out, content)
    return out


def own_package_folder() -> str:
    """Return the folder of the packages `markets`, `udfs`, `workbook` and `addin`."""
    return str(Path(__file__).resolve().parents[2])


def intellisense_rows(functions: Iterable[Function]) -> list[list[Cell]]:
    """Return the rows of the sheet that Excel-DNA's IntelliSense reads.

    One row per function: name, description, help topic, then name and description of each argument.
    Optional arguments are in brackets.
    """
    rows: list[list[Cell]] = [["FunctionInfo", 1.0]]
    for function in functions:
        row: list[Cell] = [function.name, function.help, ""]
        for parameter in function.parameters:
            row += [parameter.name if parameter.required else f"[{parameter.name}]", parameter.help]
        rows.append(row)
    return rows


def _settings(interpreter: str, package_folder: str) -> list[list[Cell]]:
    return [
        ["INTERPRETER_WIN", interpreter],
        ["PYTHONPATH", package_folder],
        ["ADD_WORKBOOK_TO_PYTHONPATH", False],
        ["USE UDF SERVER", True],
        ["SHOW CONSOLE", False],
    ]


def _write(out: Path, content: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, part)
