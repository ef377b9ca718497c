"""Importing: a report's text, page or table, read into claims for review, and then into a report."""
