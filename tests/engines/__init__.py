"""How many formulas of real workbooks each calculation engine reproduces."""
