"""Workbook files as packages of parts: bytes in, bytes out, and what is not changed stays as it is.

This is the one face of the package: whoever is outside imports from here. Inside, `opc` knows files,
parts, relationships and XML; `sheets` reads and changes the workbook part, cells and formulas; `edits`
puts sheets in, copies them, marks them and freezes them.
"""

from workbook.package.edits.changes import Edit, Edits, edits_of, written_features
from workbook.package.edits.constants import sheet_of_constants, with_constants
from workbook.package.edits.copying import HIGHLIGHT, copy_sheet
from workbook.package.edits.custom_xml import remove_custom_xml
from workbook.package.edits.features import Features, not_copied
from workbook.package.edits.freezing import Frozen, freeze, valueless
from workbook.package.edits.graft import Grafted, graft
from workbook.package.edits.marks import Marks, edited_sheets, mark, marked_sheets, unmark, were_marked
from workbook.package.edits.moves import moved_sheets, names_follow, referring
from workbook.package.edits.new_sheets import Extras, NewSheet, add_rules, new_package
from workbook.package.edits.recognition import KnownSheet, known_sheets, recover_marks, written_as
from workbook.package.edits.records import keep_record, record
from workbook.package.edits.relocation import Block, Relocation, relocate
from workbook.package.edits.removal import Removed, remove_sheets
from workbook.package.edits.respelling import namespaced_calls, plain_calls, spelled_otherwise
from workbook.package.edits.restyling import restyle
from workbook.package.edits.transplant import table_names
from workbook.package.edits.valued import Valued
from workbook.package.opc.errors import Missing, NoCachedValue, PackageError, Refused, Unreadable, Unwritable
from workbook.package.opc.files import refuse_if_open
from workbook.package.opc.markup import RELATIONSHIPS, Markup
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, relate, relationships
from workbook.package.sheets.areas import corners, outside, places
from workbook.package.sheets.belongings import formulas_of
from workbook.package.sheets.calls import (
    Call,
    Calls,
    Functions,
    finder,
    formulas_calling,
    set_cached_values,
)
from workbook.package.sheets.cells import (
    CellValue,
    ErrorValue,
    array_formulas,
    column_name,
    column_number,
    data_tables,
    escaped,
    with_cached_values,
    with_texts,
)
from workbook.package.sheets.contents import Content, part_contents, sheet_contents
from workbook.package.sheets.dependency_graph import Area, Cell, areas_of, cell_at, dependents
from workbook.package.sheets.drawings import Chart, set_alternative_texts, sheet_charts
from workbook.package.sheets.formulas import sheets_in, tokens, without_texts
from workbook.package.sheets.mentions import Mentions
from workbook.package.sheets.new_cells import NewCell, add_cells, with_cells
from workbook.package.sheets.references import renamed, sheet_referred_to
from workbook.package.sheets.rules import Rule, Rules
from workbook.package.sheets.scanning import formula_texts, has_formulas
from workbook.package.sheets.workbook_part import (
    DefinedName,
    Sheet,
    WorkbookPart,
    refuse_unless_editable,
    workbook_part,
)

__all__ = [
    "HIGHLIGHT",
    "RELATIONSHIPS",
    "Area",
    "Block",
    "Call",
    "Calls",
    "Cell",
    "CellValue",
    "Chart",
    "Content",
    "ContentTypes",
    "DefinedName",
    "Edit",
    "Edits",
    "ErrorValue",
    "Extras",
    "Features",
    "Frozen",
    "Functions",
    "Grafted",
    "KnownSheet",
    "Marks",
    "Markup",
    "Mentions",
    "Missing",
    "NewCell",
    "NewSheet",
    "NoCachedValue",
    "Package",
    "PackageError",
    "Refused",
    "Relocation",
    "Removed",
    "Rule",
    "Rules",
    "Sheet",
    "Unreadable",
    "Unwritable",
    "Valued",
    "WorkbookPart",
    "add_cells",
    "add_rules",
    "areas_of",
    "array_formulas",
    "cell_at",
    "column_name",
    "column_number",
    "copy_sheet",
    "corners",
    "data_tables",
    "dependents",
    "edited_sheets",
    "edits_of",
    "escaped",
    "finder",
    "formula_texts",
    "formulas_calling",
    "formulas_of",
    "freeze",
    "graft",
    "has_formulas",
    "keep_record",
    "known_sheets",
    "mark",
    "marked_sheets",
    "moved_sheets",
    "names_follow",
    "namespaced_calls",
    "new_package",
    "not_copied",
    "outside",
    "part_contents",
    "places",
    "plain_calls",
    "record",
    "recover_marks",
    "referring",
    "refuse_if_open",
    "refuse_unless_editable",
    "relate",
    "relationships",
    "relocate",
    "remove_custom_xml",
    "remove_sheets",
    "renamed",
    "restyle",
    "set_alternative_texts",
    "set_cached_values",
    "sheet_charts",
    "sheet_contents",
    "sheet_of_constants",
    "sheet_referred_to",
    "sheets_in",
    "spelled_otherwise",
    "table_names",
    "tokens",
    "unmark",
    "valueless",
    "were_marked",
    "with_cached_values",
    "with_cells",
    "with_constants",
    "with_texts",
    "without_texts",
    "workbook_part",
    "written_as",
    "written_features",
]
