"""The sheets of the templated workbook, one builder each, in the order in which they are built.

A builder takes a `Draft` and adds its page. A page that uses another's named cells is built later.
"""
