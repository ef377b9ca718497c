"""Excel through xlwings Server, for those who have it: a project for it, and what the project imports."""
