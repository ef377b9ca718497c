"""What a workbook's parts say: sheets, defined names, cells, formulas, styles."""
