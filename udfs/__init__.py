"""The worksheet functions: a name, a docstring, a call into `markets`.

>>> from udfs import market_size
>>> market_size("Medical Imaging Outsourcing", 2023)
8.6
"""

# Hosts and documents list the functions in this order.
# isort: off
from udfs.sizes import market_size, market_series, market_source, market_status
from udfs.cards import market_card
from udfs.growth import cagr_project, market_cagr, market_growth
from udfs.segments import segment_list, segment_rank, segment_share, segment_table
from udfs.ranges import market_range, segment_range
from udfs.matrix import market_matrix
from udfs.sources import source_table
from udfs.lookups import key_players, market_check, market_indicator, market_info, market_list
# isort: on

__all__ = [
    "cagr_project",
    "key_players",
    "market_cagr",
    "market_card",
    "market_check",
    "market_growth",
    "market_indicator",
    "market_info",
    "market_list",
    "market_matrix",
    "market_range",
    "market_series",
    "market_size",
    "market_source",
    "market_status",
    "segment_list",
    "segment_range",
    "segment_rank",
    "segment_share",
    "segment_table",
    "source_table",
]
