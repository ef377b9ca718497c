"""The worksheet functions: a name, a docstring, a call into `markets`.

>>> from udfs import market_size
>>> market_size("Medical Imaging Outsourcing", 2023)
8.6
"""

from udfs.context import key_players, market_check, market_indicator, market_list
from udfs.growth import cagr_project, market_cagr
from udfs.segments import segment_list, segment_share, segment_table
from udfs.sizes import market_series, market_size, market_source, market_status

__all__ = [
    "cagr_project",
    "key_players",
    "market_cagr",
    "market_check",
    "market_indicator",
    "market_list",
    "market_series",
    "market_size",
    "market_source",
    "market_status",
    "segment_list",
    "segment_share",
    "segment_table",
]
