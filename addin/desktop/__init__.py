"""Desktop Excel: the functions as xlwings serves them, the add-in file, and its installation."""
