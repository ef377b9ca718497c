"""The functions in plain Python: a call against a dict lookup, an array against numpy's own arithmetic."""

import statistics
import timeit
from typing import Any

import numpy as np

from udfs import cagr_project, market_size

SEED = "Medical Imaging Outsourcing"
ROUNDS = 9


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio of the medians, limit, and both medians in words, for each comparison."""
    return [_scalar(), _years(), _projection()]


def _scalar() -> tuple[str, float, float, str]:
    names = {"size": market_size, "market": SEED, "known": {SEED: 8.6}}
    ours, theirs = _medians("size(market, 2028.0)", "known[market]", 50_000, names)
    detail = f"{ours * 1e9:.0f} ns against {theirs * 1e9:.0f} ns"
    return "a scalar call / a bare dict lookup", ours / theirs, 100.0, detail


def _years() -> tuple[str, float, float, str]:
    names = {"size": market_size, "market": SEED, "years": np.resize(np.arange(2023.0, 2034.0), (100_000, 1))}
    arithmetic = "8.6 * (13.1 / 8.6) ** ((years - 2023) / 10)"
    ours, theirs = _medians("size(market, years)", arithmetic, 5, names)
    detail = f"{ours * 1e3:.2f} ms against {theirs * 1e3:.2f} ms"
    return "MARKET_SIZE of 100,000 years / the same arithmetic in numpy", ours / theirs, 3.0, detail


def _projection() -> tuple[str, float, float, str]:
    names = {"project": cagr_project, "periods": np.linspace(0.0, 30.0, 100_000).reshape(-1, 1)}
    ours, theirs = _medians("project(8.6, 0.043, periods)", "8.6 * 1.043**periods", 5, names)
    detail = f"{ours * 1e3:.2f} ms against {theirs * 1e3:.2f} ms"
    return "CAGR_PROJECT of 100,000 periods / the same arithmetic in numpy", ours / theirs, 3.0, detail


def _medians(ours: str, theirs: str, number: int, names: dict[str, Any]) -> tuple[float, float]:
    """Return seconds a run of each statement, taken in turns so that both meet the same machine."""
    timers = [timeit.Timer(statement, globals=names) for statement in (ours, theirs)]
    rounds = [[timer.timeit(number) / number for timer in timers] for _ in range(1 + ROUNDS)]
    one, other = zip(*rounds[1:], strict=True)
    return statistics.median(one), statistics.median(other)
