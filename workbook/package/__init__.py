"""Open Packaging Conventions: parts and relationships, bytes in, bytes out."""

from workbook.package.edits.changes import Edit, Edits, edits_of
from workbook.package.edits.copying import copy_sheet
from workbook.package.edits.features import not_copied
from workbook.package.edits.freezing import Frozen, freeze, valueless
from workbook.package.edits.graft import Grafted, graft
from workbook.package.edits.marks import Marks, edited_sheets, mark, marked_sheets
from workbook.package.edits.moves import moved_sheets, names_follow, referring
from workbook.package.edits.recognition import recover_marks
from workbook.package.edits.records import keep_record, record
from workbook.package.edits.transplant import table_names
from workbook.package.opc.errors import CarriesNoValue, Missing, PackageError, Refused, Unreadable, Unwritable
from workbook.package.opc.files import refuse_if_open
from workbook.package.opc.package import Package
from workbook.package.sheets.calls import Call, Functions, formulas_calling, plain_calls, set_values
from workbook.package.sheets.cells import ErrorValue, with_values
from workbook.package.sheets.contents import Content, sheet_contents
from workbook.package.sheets.new_cells import NewCell, add_cells, with_cells
from workbook.package.sheets.workbook_part import refuse_unless_editable

__all__ = [
    "Call",
    "CarriesNoValue",
    "Content",
    "Edit",
    "Edits",
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
    "Unreadable",
    "Unwritable",
    "add_cells",
    "copy_sheet",
    "edited_sheets",
    "edits_of",
    "formulas_calling",
    "freeze",
    "graft",
    "keep_record",
    "mark",
    "marked_sheets",
    "moved_sheets",
    "names_follow",
    "not_copied",
    "plain_calls",
    "record",
    "recover_marks",
    "referring",
    "refuse_if_open",
    "refuse_unless_editable",
    "set_values",
    "sheet_contents",
    "table_names",
    "valueless",
    "with_cells",
    "with_values",
]
