"""What a market is: facts, sources, and the questions they answer. Knows no spreadsheet."""
