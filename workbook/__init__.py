"""Files: the template, the report sheets, and `package`, which handles their bytes."""
