"""The record in a workbook of what it last showed and of its layout, so that nothing is read by coordinates."""
