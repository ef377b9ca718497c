"""The VBA of the add-in and of the button, each module's text by its name, and the ribbon."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pyopenvba import ExcelFile

from addin.desktop.project import TEMPLATE, modules

RIBBON, BUTTON, DOCUMENT, CLASS = "ribbon.xml", "MarketbookButton", "ThisWorkbook", "Dictionary"
THEIRS = frozenset({"xlwings", CLASS})
"""Taken over from xlwings as they are: our modules call them, and are checked against them."""


@cache
def sources() -> Mapping[str, str]:
    """Return the modules and the ribbon as they go into the files."""
    with ExcelFile(TEMPLATE) as template:
        dictionary = template.get_module(CLASS).replace("\r\n", "\n")
    ours = {name: resource(f"vba/{name}.bas") for name in (DOCUMENT, BUTTON)}
    return {**modules(), CLASS: dictionary, **ours, RIBBON: resource(RIBBON)}


def ours() -> list[str]:
    """Return the names of the modules that are ours."""
    return [name for name in sources() if name not in THEIRS and name != RIBBON]


def resource(name: str) -> str:
    return files("addin.desktop").joinpath(*name.split("/")).read_text(encoding="utf-8")
