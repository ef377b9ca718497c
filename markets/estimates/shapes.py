"""The shapes of what a report allows: the shares of one year, and those of the base and the last year."""

import numpy as np

from markets.estimates import limits
from markets.estimates.limits import Limits
from markets.estimates.polytopes import Floats, Polytope
from markets.estimates.statements import Kind, Statements


def yearly(statements: Statements, year: int) -> Polytope:
    """Return the shares that are allowed in a year, as far as its own statements go.

    A coordinate per segment, and one for the unnamed rest of an incomplete dimension. Raises Empty.
    """
    count, width = len(statements.segments), _width(statements)
    own = [*limits.shares(statements, year), *[Limits(0.0, 1.0)] * (width - count)]
    order = [
        _row(width, {place: 1.0, one.segment: -1.0})
        for one, ahead in limits.ranked(statements, Kind.LARGEST, year)
        for place in range(count)
        if place != one.segment and place not in ahead
    ]
    order += _sum_rows(statements, year, width)
    low, high = np.array([one.low for one in own]), np.array([one.high for one in own])
    return Polytope(low, high, _stacked(order, width), np.ones((1, width)), np.ones(1))


def both(statements: Statements) -> Polytope:
    """Return the shares of the base year, then those of the last year, that are allowed together."""
    first, last = yearly(statements, statements.base), yearly(statements, statements.last)
    width = first.size
    zeros = np.zeros_like
    blocks = [
        np.hstack([first.most, zeros(first.most)]),
        np.hstack([zeros(last.most), last.most]),
        _stacked(_growth_rows(statements, width) + _fastest_rows(statements, first), 2 * width),
    ]
    return Polytope(
        np.concatenate([first.lower, last.lower]),
        np.concatenate([first.upper, last.upper]),
        np.vstack(blocks),
        np.kron(np.eye(2), np.ones((1, width))).astype(np.float64),
        np.ones(2),
    )


def pins(statements: Statements) -> tuple[Floats, Floats]:
    """Return the printed figures as rows and values, so that rows @ x == values if all of them hold.

    x is a point of `both`, or of `yearly` if there is no year after the base year.
    """
    width = _width(statements)
    years = sorted({statements.base, statements.last})
    rows, values = [], []
    for block, year in enumerate(years):
        for place, share in enumerate(limits.shares(statements, year)):
            if share.printed == share.printed:
                rows.append(_row(width * len(years), {block * width + place: 1.0}))
                values.append(share.printed)
        for one in statements.of(Kind.TOGETHER, year=year):
            if one.printed is not None:
                places = [block * width + place for place in one.members]
                rows.append(_row(width * len(years), dict.fromkeys(places, 1.0)))
                values.append(one.printed)
    for place, ratio in enumerate(limits.ratios(statements) if len(years) == 2 else ()):
        if ratio.printed == ratio.printed:
            rows.append(_row(width * 2, {width + place: 1.0, place: -ratio.printed}))
            values.append(0.0)
    return _stacked(rows, width * len(years)), np.array(values)


def _sum_rows(statements: Statements, year: int, width: int) -> list[Floats]:
    """Shares stated for several segments together. All shares add up to 1, so that limits become rows."""
    rows = []
    for one in statements.of(Kind.TOGETHER, year=year):
        members = _row(width, dict.fromkeys(one.members, 1.0))
        rows += [members - one.high, one.low - members]
    return rows


def _growth_rows(statements: Statements, width: int) -> list[Floats]:
    rows = []
    for place, ratio in enumerate(limits.ratios(statements)):
        if ratio.low > 0:
            rows.append(_row(2 * width, {place: ratio.low, width + place: -1.0}))
        if ratio.high < np.inf:
            rows.append(_row(2 * width, {place: -ratio.high, width + place: 1.0}))
    return rows


def _fastest_rows(statements: Statements, first: Polytope) -> list[Floats]:
    """The limits of a fastest segment without a rate: in a complete dimension, its share does not fall."""
    rated = {one.segment for one in statements.of(Kind.RATE)}
    ranked = limits.ranked(statements, Kind.FASTEST, statements.last)
    found = [(one, ahead) for one, ahead in ranked if one.segment not in rated]
    if not found:
        return []
    width, rows = first.size, []
    low, high = _ends(first)
    for one, ahead in found:
        fastest = one.segment
        if statements.complete and one.place == 1:
            rows.append(_row(2 * width, {fastest: 1.0, width + fastest: -1.0}))
        for place in range(len(statements.segments)) if low[fastest] > 0 else ():
            if place != fastest and place not in ahead:
                most = high[place] / low[fastest]
                rows.append(_row(2 * width, {width + place: 1.0, width + fastest: -most}))
    return rows


def _ends(shape: Polytope) -> tuple[Floats, Floats]:
    """The lowest and the highest value of each coordinate."""
    unit = np.eye(shape.size)
    points = shape.extremes(np.vstack([unit, -unit]))
    return np.diagonal(points[: shape.size]), np.diagonal(points[shape.size :])


def _width(statements: Statements) -> int:
    return len(statements.segments) + (not statements.complete)


def _row(width: int, entries: dict[int, float]) -> Floats:
    row = np.zeros(width)
    for place, value in entries.items():
        row[place] = value
    return row


def _stacked(rows: list[Floats], width: int) -> Floats:
    return np.array(rows) if rows else np.zeros((0, width))
