"""Cases of cells: a formula, and what it gives on every host.

`suite` holds the cases as data. A host is a module in `hosts` with a class of two members (see
`hosts.Host`); `test_cases` runs every case on each.
"""
