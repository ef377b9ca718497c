"""Refresh in a workbook that is open in Excel through Office.js: what the server says is to be done there."""
