"""Open Packaging Conventions: parts and relationships, bytes in, bytes out."""

from workbook.package.edits.copying import copy_aside
from workbook.package.edits.custom_xml import remove_custom_xml
from workbook.package.edits.freezing import Frozen, freeze, valueless
from workbook.package.edits.graft import Grafted, graft
from workbook.package.edits.marks import Marks, edited_sheets, mark, marked_sheets
from workbook.package.edits.removal import Removed, remove_sheets
from workbook.package.opc.errors import CarriesNoValue, Missing, PackageError, Refused, Unreadable, Unwritable
from workbook.package.opc.files import refuse_if_open
from workbook.package.opc.package import Package
from workbook.package.sheets.calls import Call, Functions, formulas_calling, plain_calls, set_values
from workbook.package.sheets.cells import ErrorValue, with_values
from workbook.package.sheets.contents import Content, sheet_contents
from workbook.package.sheets.workbook_part import refuse_unless_editable

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
    "Removed",
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
    "remove_custom_xml",
    "remove_sheets",
    "set_values",
    "sheet_contents",
    "valueless",
    "with_values",
]
