"""Desktop Excel: the functions through xlwings, the add-in file, and its installation."""
