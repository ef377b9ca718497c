"""How each host reaches `udfs` and `workbook`, and the command line."""
