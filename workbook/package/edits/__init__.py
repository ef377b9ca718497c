"""Changes of a workbook that leave every other byte as it was."""
