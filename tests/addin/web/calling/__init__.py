"""Cells call the functions through the scripts of the add-in, in a real Chromium."""
