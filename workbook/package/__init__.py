"""Open Packaging Conventions: parts and relationships, bytes in, bytes out."""

from workbook.package.aside import copy_aside
from workbook.package.book import refuse_unless_editable
from workbook.package.calls import Call, Functions, formulas_calling, plain_calls, set_values
from workbook.package.cells import ErrorValue, with_values
from workbook.package.contents import Content, sheet_contents
from workbook.package.errors import CarriesNoValue, Missing, PackageError, Refused, Unreadable, Unwritable
from workbook.package.files import refuse_if_open
from workbook.package.freezing import Frozen, freeze, valueless
from workbook.package.graft import Grafted, graft
from workbook.package.marks import Marks, edited_sheets, mark, marked_sheets
from workbook.package.package import Package

__all__ = [
    "Call",
    "CarriesNoValue",
    "Content",
    "ErrorValue",
    "Frozen",
    "Functions",
    "Grafted",
    "Marks",
    "Missing",
    "Package",
    "PackageError",
    "Refused",
    "Unreadable",
    "Unwritable",
    "copy_aside",
    "edited_sheets",
    "formulas_calling",
    "freeze",
    "graft",
    "mark",
    "marked_sheets",
    "plain_calls",
    "refuse_if_open",
    "refuse_unless_editable",
    "set_values",
    "sheet_contents",
    "valueless",
    "with_values",
]
