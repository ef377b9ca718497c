"""Excel on Mac, on the web and on Windows, through Office.js: the add-in's files and what its scripts ask."""
