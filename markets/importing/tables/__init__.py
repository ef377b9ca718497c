"""Tables: figures that a team keeps in a CSV file or a worksheet, read into facts, for review."""
