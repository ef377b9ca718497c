"""The add-in's VBA, checked without Excel: its grammar, its names, what it does, its ribbon."""
