"""A temporary .xlsx file, to calculate formulas that are not in a workbook."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula

SHEET = "Scratch"

Value = TypeVar("Value")


@dataclass(frozen=True)
class Block:
    """A formula and the size of its result. With more than one cell, it is an array formula."""

    formula: str
    height: int = 1
    width: int = 1


def write(path: Path, blocks: Sequence[Block], other_sheets: Collection[str]) -> None:
    """Write the blocks in one column to an .xlsx, and add the other sheets, empty."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    for name in sorted(other_sheets):
        workbook.create_sheet(name)
    top = 1
    for block in blocks:
        formula = f"={block.formula}"
        if (block.height, block.width) == (1, 1):
            sheet.cell(top, 1).value = formula
        else:
            last = sheet.cell(top + block.height - 1, block.width).coordinate
            sheet.cell(top, 1).value = ArrayFormula(f"A{top}:{last}", formula)
        top += block.height
    workbook.save(path)


def read(values: Mapping[tuple[str, str], Value], blocks: Sequence[Block]) -> list[list[list[Value]]]:
    """Return the rows of each block from the values of the workbook's cells."""
    results = []
    top = 1
    for block in blocks:
        rows = range(top, top + block.height)
        results.append(
            [
                [values[SHEET, f"{get_column_letter(at)}{row}"] for at in range(1, block.width + 1)]
                for row in rows
            ]
        )
        top += block.height
    return results
