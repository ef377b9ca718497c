"""Ranges and estimates: what a report's statements leave open, and the most even way to fill it.

docs/ranges.md shows the mathematics.
"""

from markets.estimates.dimensions import DimensionModel, model_of
from markets.estimates.results import Contradiction, EstimatedShare, EstimatedSize, HeldShare, Range

__all__ = [
    "Contradiction",
    "DimensionModel",
    "EstimatedShare",
    "EstimatedSize",
    "HeldShare",
    "Range",
    "model_of",
]
