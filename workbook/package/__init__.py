"""Workbook files as packages of parts: bytes in, bytes out, and what is not changed stays as it is.

This is the one face of the package: whoever is outside imports from here. Inside, `opc` knows files,
parts, relationships and XML; `sheets` reads and changes the workbook part, cells and formulas; `edits`
puts sheets in, copies them, marks them and freezes them.
"""

from workbook.package.edits.copying import copy_aside
from workbook.package.edits.freezing import Frozen, freeze, valueless
from workbook.package.edits.graft import Grafted, graft
from workbook.package.edits.marks import Marks, edited_sheets, mark, marked_sheets
from workbook.package.opc.errors import Missing, NoCachedValue, PackageError, Refused, Unreadable, Unwritable
from workbook.package.opc.files import refuse_if_open
from workbook.package.opc.markup import RELATIONSHIPS, Markup
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, relate, relationships
from workbook.package.sheets.calls import (
    Call,
    Calls,
    Functions,
    finder,
    formulas_calling,
    plain_calls,
    set_cached_values,
)
from workbook.package.sheets.cells import (
    CellValue,
    ErrorValue,
    array_formulas,
    column_name,
    escaped,
    with_cached_values,
)
from workbook.package.sheets.contents import Content, part_contents, sheet_contents
from workbook.package.sheets.dependency_graph import Area, Cell, areas_of, cell_at, dependents
from workbook.package.sheets.drawings import Chart, set_alternative_texts, sheet_charts
from workbook.package.sheets.formulas import sheets_in, tokens, without_texts
from workbook.package.sheets.references import sheet_referred_to
from workbook.package.sheets.scanning import formula_texts, has_formulas
from workbook.package.sheets.workbook_part import (
    DefinedName,
    Sheet,
    WorkbookPart,
    refuse_unless_editable,
    workbook_part,
)

__all__ = [
    "RELATIONSHIPS",
    "Area",
    "Call",
    "Calls",
    "Cell",
    "CellValue",
    "Chart",
    "Content",
    "ContentTypes",
    "DefinedName",
    "ErrorValue",
    "Frozen",
    "Functions",
    "Grafted",
    "Marks",
    "Markup",
    "Missing",
    "NoCachedValue",
    "Package",
    "PackageError",
    "Refused",
    "Sheet",
    "Unreadable",
    "Unwritable",
    "WorkbookPart",
    "areas_of",
    "array_formulas",
    "cell_at",
    "column_name",
    "copy_aside",
    "dependents",
    "edited_sheets",
    "escaped",
    "finder",
    "formula_texts",
    "formulas_calling",
    "freeze",
    "graft",
    "has_formulas",
    "mark",
    "marked_sheets",
    "part_contents",
    "plain_calls",
    "refuse_if_open",
    "refuse_unless_editable",
    "relate",
    "relationships",
    "set_alternative_texts",
    "set_cached_values",
    "sheet_charts",
    "sheet_contents",
    "sheet_referred_to",
    "sheets_in",
    "tokens",
    "valueless",
    "with_cached_values",
    "without_texts",
    "workbook_part",
]
