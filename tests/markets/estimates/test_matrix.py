"""The table of two dimensions: it agrees with both margins, and with the seed as far as they allow."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from markets.answers import Status
from markets.errors import BadArgument, NoFigure, OutOfDomain
from markets.estimates.matrix import fitted
from markets.estimates.polytopes import Floats
from markets.wording import provenance
from tests.markets.made import market

SHAPES = st.tuples(st.integers(1, 4), st.integers(1, 4))
CUTS = {"Device": ("CT", "MRI"), "User": ("Hospitals", "Centers", "Others")}
SHARES = [("CT", 2023, "60"), ("MRI", 2023, "39.9"), ("Hospitals", 2023, "50"), ("Centers", 2023, "30")]
ASKED = market([(2023, "10"), (2033, "20")], (), SHARES, dimensions=CUTS)


def shares(draw: st.DrawFn, count: int) -> Floats:
    drawn: Floats = np.array(draw(st.lists(st.floats(0.05, 1), min_size=count, max_size=count)))
    scaled: Floats = np.divide(drawn, drawn.sum())
    return scaled


@st.composite
def problems(draw: st.DrawFn, *, zeros: bool = False) -> tuple[Floats, Floats, Floats]:
    """A seed and the sums of rows and columns."""
    shape = draw(SHAPES)
    seed = draw(arrays.arrays(np.float64, shape, elements=st.floats(0.01, 100)))
    if zeros:
        seed = np.where(draw(arrays.arrays(np.bool_, shape)), seed, 0.0)
    return seed, shares(draw, shape[0]), shares(draw, shape[1])


@given(problems())
@settings(deadline=None)
def test_both_margins_hold_and_ratios_of_the_seed_stay(problem: tuple[Floats, Floats, Floats]) -> None:
    seed, rows, columns = problem
    table = fitted(seed, rows, columns)
    assert table.sum(axis=1) == pytest.approx(rows, rel=1e-10)
    assert table.sum(axis=0) == pytest.approx(columns, rel=1e-10)
    ratio = table / seed  # r_i x c_j: a table of rank one
    assert ratio * ratio[0, 0] == pytest.approx(np.outer(ratio[:, 0], ratio[0]), rel=1e-8)


@given(problems(), st.floats(1e-6, 1e6))
@settings(deadline=None)
def test_the_unit_of_the_seed_does_not_matter(problem: tuple[Floats, Floats, Floats], factor: float) -> None:
    seed, rows, columns = problem
    assert fitted(seed * factor, rows, columns) == pytest.approx(fitted(seed, rows, columns), rel=1e-8)


@given(problems(zeros=True))
@settings(deadline=None, max_examples=150)
def test_zeros_stay_and_only_impossible_margins_are_refused(problem: tuple[Floats, Floats, Floats]) -> None:
    """A table exists just if no rows need more than all columns they can reach have (Hall's condition)."""
    seed, rows, columns = problem
    subsets = [np.array([bool(n >> at & 1) for at in range(len(rows))]) for n in range(1, 2 ** len(rows))]
    gaps = [columns[(seed[some] > 0).any(axis=0)].sum() - rows[some].sum() for some in subsets]
    assume(all(abs(gap) > 1e-6 or gap == pytest.approx(0, abs=1e-15) for gap in gaps))
    if min(gaps) < -1e-6:
        with pytest.raises(OutOfDomain):
            fitted(seed, rows, columns)
    else:
        table = fitted(seed, rows, columns)
        assert (table[seed == 0] == 0).all()
        assert table.sum(axis=1) == pytest.approx(rows, rel=1e-10)
        assert table.sum(axis=0) == pytest.approx(columns, rel=1e-10)


def test_a_cell_that_must_be_zero_is_zero() -> None:
    """Row 1 can only be in column 1, which it fills: row 2 has nothing there, whatever its seed."""
    table = fitted(np.array([[1.0, 0.0], [5.0, 1.0]]), np.array([0.5, 0.5]), np.array([0.5, 0.5]))
    assert table.tolist() == [[0.5, 0.0], [0.0, 0.5]]


def test_no_other_table_with_these_margins_is_nearer_to_the_seed() -> None:
    seed = np.array([[4.0, 1.0], [2.0, 3.0]])
    rows, columns = np.array([0.7, 0.3]), np.array([0.4, 0.6])
    distance = []
    for cell in np.linspace(0.1001, 0.3999, 30_000):
        table = np.array([[cell, 0.7 - cell], [0.4 - cell, cell - 0.1]])
        distance.append((float((table * np.log(table / seed)).sum()), cell))
    assert fitted(seed, rows, columns)[0, 0] == pytest.approx(min(distance)[1], abs=2e-5)


def test_without_a_seed_dimensions_are_independent_and_scaled_to_the_total() -> None:
    found = ASKED.matrix("Device", "User")
    assert found.cells.sum() == pytest.approx(10)
    assert found.cells.sum(axis=1) == pytest.approx(np.array([60, 39.9]) / 99.9 * 10)
    assert found.cells.sum(axis=0) == pytest.approx([5, 3, 2])
    assert found.cells[0, 0] == pytest.approx(60 / 99.9 * 5)
    assert (found.status, found.value, found.year) == (Status.ESTIMATED, 10.0, 2023)
    told = provenance(found, "2023", "USD million")
    assert told.startswith("estimated for 2023: shares of Device and User, independent of each other, of 10 ")


def test_a_seed_moves_the_table_within_its_margins() -> None:
    found = ASKED.matrix("Device", "User", None, ((9.0, 1.0, 1.0), (1.0, 1.0, 1.0)))
    assert found.cells[0, 0] > ASKED.matrix("Device", "User").cells[0, 0]
    assert found.cells.sum(axis=0) == pytest.approx([5, 3, 2])
    assert "fitted to the seed" in provenance(found)


@pytest.mark.parametrize(
    ("seed", "error", "why"),
    [
        (((1.0, 1.0),), BadArgument, "2 rows and 3 columns"),
        (((1.0, 1.0), (1.0, 1.0), (1.0, 1.0)), BadArgument, "2 rows and 3 columns"),
        (((1.0, 1.0, -1.0), (1.0, 1.0, 1.0)), OutOfDomain, "negative"),
        (((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)), OutOfDomain, "no number above 0"),
        (((1.0, 1.0, 1.0), (0.0, 0.0, 0.0)), OutOfDomain, "0 everywhere for MRI"),
        (((1.0, 0.0, 1.0), (1.0, 0.0, 1.0)), OutOfDomain, "0 everywhere for Centers"),
        (((0.0, 1.0, 0.0), (1.0, 1.0, 1.0)), OutOfDomain, "zeros of the seed"),
    ],
)
def test_seeds_that_do_not_fit(seed: tuple[tuple[float, ...], ...], error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        ASKED.matrix("Device", "User", None, seed)


def test_dimensions_that_make_no_table() -> None:
    with pytest.raises(BadArgument, match="both Device"):
        ASKED.matrix("Device", "device")
    open_ended = market([(2023, "10")], (), SHARES, dimensions=CUTS, complete=False)
    with pytest.raises(NoFigure, match="all segments of Device"):
        open_ended.matrix("Device", "User")
    nothing = market([(2023, "10")], (), [("CT", 2023, "0"), ("MRI", 2023, "0")], dimensions=CUTS)
    with pytest.raises((NoFigure, OutOfDomain)):
        nothing.matrix("Device", "User")
