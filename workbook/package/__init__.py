"""Open Packaging Conventions: parts and relationships, bytes in, bytes out."""

from workbook.package.cells import ErrorValue, with_values
from workbook.package.errors import Missing, PackageError, Refused, Unreadable, Unwritable
from workbook.package.package import Package

__all__ = [
    "ErrorValue",
    "Missing",
    "Package",
    "PackageError",
    "Refused",
    "Unreadable",
    "Unwritable",
    "with_values",
]
