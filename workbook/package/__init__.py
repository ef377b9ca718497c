"""Open Packaging Conventions: parts and relationships, bytes in, bytes out."""

from workbook.package.book import refuse_unless_editable
from workbook.package.cells import ErrorValue, with_values
from workbook.package.contents import Content, sheet_contents
from workbook.package.errors import Missing, PackageError, Refused, Unreadable, Unwritable
from workbook.package.graft import (
    Grafted,
    Marks,
    copy_aside,
    edited_sheets,
    graft,
    mark,
    marked_sheets,
)
from workbook.package.package import Package

__all__ = [
    "Content",
    "ErrorValue",
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
    "graft",
    "mark",
    "marked_sheets",
    "refuse_unless_editable",
    "sheet_contents",
    "with_values",
]
