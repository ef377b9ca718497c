"""Open Packaging Conventions: parts and relationships, bytes in, bytes out."""

from workbook.package.edits.copying import copy_aside
from workbook.package.edits.freezing import Frozen, freeze, valueless
from workbook.package.edits.graft import Grafted, graft
from workbook.package.edits.marks import Marks, edited_sheets, mark, marked_sheets
from workbook.package.edits.records import keep_record, record
from workbook.package.edits.relocation import Block, Relocation, relocate
from workbook.package.opc.errors import CarriesNoValue, Missing, PackageError, Refused, Unreadable, Unwritable
from workbook.package.opc.files import refuse_if_open
from workbook.package.opc.package import Package
from workbook.package.sheets.calls import Call, Functions, formulas_calling, plain_calls, set_values
from workbook.package.sheets.cells import ErrorValue, with_values
from workbook.package.sheets.contents import Content, sheet_contents
from workbook.package.sheets.drawings import set_alternative_texts
from workbook.package.sheets.new_cells import NewCell, add_cells, with_cells
from workbook.package.sheets.workbook_part import refuse_unless_editable

__all__ = [
    "Block",
    "Call",
    "CarriesNoValue",
    "Content",
    "ErrorValue",
    "Frozen",
    "Functions",
    "Grafted",
    "Marks",
    "Missing",
    "NewCell",
    "Package",
    "PackageError",
    "Refused",
    "Relocation",
    "Unreadable",
    "Unwritable",
    "add_cells",
    "copy_aside",
    "edited_sheets",
    "formulas_calling",
    "freeze",
    "graft",
    "keep_record",
    "mark",
    "marked_sheets",
    "plain_calls",
    "record",
    "refuse_if_open",
    "refuse_unless_editable",
    "relocate",
    "set_alternative_texts",
    "set_values",
    "sheet_contents",
    "valueless",
    "with_cells",
    "with_values",
]
