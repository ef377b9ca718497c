"""A template for a new report's file: valid, with each table explained in comments."""

import datetime
import json

_SKELETON = """\
# A report. Enter figures in quotes, exactly as printed: value = "13.0".
# Enter percentages without the percent sign. Omit what the source does not state.
# Remove the "# " in front of a table to use it. Repeat a table for each fact.
# Check it with: marketbook validate, and the path of this file

[source]
publisher = {publisher}
title = {title}
date = {date}  # of this edition
# author = "A. Writer"
# url = "https://example.com/report"

[market]
name = {name}
# aliases = ["Another name"]
geography = {geography}
currency = {currency}  # ISO 4217 code
scale = {scale}  # thousand, lakh, million, crore, billion, trillion, lakh crore or ""
# base_year = 2024  # only if the source says "base year"

# A size of the market. Add segment = "..." for the size of a segment.
# [[sizes]]
# year = 2024
# value = "500"
# at = "page 1"  # where the source states it
# about = "over"  # only if the source says so
# scale = "billion"  # only if it differs from the scale of the market

# A growth rate in percent. Omit from and to if the source states no years.
# [[cagrs]]
# value = "4.3"
# from = 2025
# to = 2030
# at = "page 2"

# A way to divide the market. complete = false if the source names only some of the segments.
# [[dimensions]]
# name = "Type"
# complete = true
# at = "page 3"
# segments = [
#     {{ name = "Automatic", aliases = ["Fully automatic"] }},
#     {{ name = "Manual" }},
# ]

# A share of the market in percent.
# [[shares]]
# segment = "Automatic"
# year = 2024
# value = "60"
# at = "page 3"

# A place by size or by growth; 1 is the largest or the fastest.
# [[rankings]]
# segment = "Manual"
# by = "growth"
# place = 2
# at = "page 3"

# A key company.
# [[players]]
# name = "A Company"
# at = "page 5"

# Another figure about the market, in its own unit.
# [[indicators]]
# name = "Cups a day"
# year = 2024
# value = "2.5"
# unit = "billion"
# at = "page 6"
"""


def skeleton(
    name: str,
    publisher: str,
    title: str,
    date: datetime.date,
    geography: str = "Global",
    currency: str = "USD",
    scale: str = "million",
) -> str:
    """Return the TOML text of a report without facts.

    >>> from markets.reports import parse_report
    >>> text = skeleton("Drones", "A Publisher", "Drones to 2030", datetime.date(2026, 3, 1))
    >>> parse_report(text.encode(), "drones.toml").market.name
    'Drones'
    """
    texts = {"name": name, "publisher": publisher, "title": title}
    texts |= {"geography": geography, "currency": currency, "scale": scale}
    quoted = {field: json.dumps(text, ensure_ascii=False) for field, text in texts.items()}
    return _SKELETON.format(date=date.isoformat(), **quoted)
