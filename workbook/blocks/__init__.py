"""The sheets of the workbook template, with one builder each.

A builder takes a `Draft` and adds its page. A page is built after the pages whose named cells it uses.
"""
