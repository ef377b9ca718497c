"""The table of two dimensions: it agrees with both margins, and with the seed as far as they allow."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from markets.answers import Status
from markets.errors import BadArgument, NoFigure, OutOfDomain
from markets.estimates import Contradiction, fitting
from markets.estimates.fitting import fitted
from markets.estimates.flows import Blocked
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
    assert table.sum(axis=1) == pytest.approx(rows, rel=2e-12, abs=1e-14)
    assert table.sum(axis=0) == pytest.approx(columns, rel=2e-12, abs=1e-14)
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
        with pytest.raises(Blocked) as refused:
            fitted(seed, rows, columns)
        some, open_to_them = refused.value.rows, refused.value.columns
        assert not seed[np.ix_(some, ~open_to_them)].any()
        assert rows[some].sum() > columns[open_to_them].sum()
    else:
        table = fitted(seed, rows, columns)
        assert (table[seed == 0] == 0).all()
        assert table.sum(axis=1) == pytest.approx(rows, rel=2e-12, abs=1e-14)
        assert table.sum(axis=0) == pytest.approx(columns, rel=2e-12, abs=1e-14)


def test_a_cell_that_must_be_zero_is_zero() -> None:
    """Row 1 can only be in column 1, which it fills: row 2 has nothing there, whatever its seed."""
    table = fitted(np.array([[1.0, 0.0], [5.0, 1.0]]), np.array([0.5, 0.5]), np.array([0.5, 0.5]))
    assert table.tolist() == [[0.5, 0.0], [0.0, 0.5]]


@pytest.mark.parametrize("room", [1e-3, 1e-5, 1e-7, 1e-9, 1e-11])
def test_a_cell_with_hardly_any_room_has_it(room: float) -> None:
    """Scaling rows and columns in turn alone would take about 1 / room rounds."""
    rows, columns = np.array([0.4 + room, 0.6 - room]), np.array([0.4, 0.6])
    table = fitted(np.array([[1.0, 1.0], [0.0, 1.0]]), rows, columns)
    assert table[0, 1] == pytest.approx(room, abs=1e-12)
    assert table.sum(axis=1) == pytest.approx(rows, rel=2e-12, abs=1e-14)
    assert table.sum(axis=0) == pytest.approx(columns, rel=2e-12, abs=1e-14)


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_every_table_is_found_from_its_own_zeros(data: st.DataObject) -> None:
    """Margins of a table, whose cells may be far apart, are never refused for a seed with its zeros."""
    shape = data.draw(SHAPES)
    powers = data.draw(arrays.arrays(np.float64, shape, elements=st.floats(-4, 0)))
    table = np.where(data.draw(arrays.arrays(np.bool_, shape)), 10**powers, 0.0)
    assume(table.sum(axis=0).all() and table.sum(axis=1).all())
    table /= table.sum()
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    seed = np.where(
        table > 0, 10 ** data.draw(arrays.arrays(np.float64, shape, elements=st.floats(-9, 9))), 0.0
    )
    found = fitted(seed, rows, columns)
    assert (found[seed == 0] == 0).all()
    assert found.sum(axis=1) == pytest.approx(rows, rel=2e-12, abs=1e-14)
    assert found.sum(axis=0) == pytest.approx(columns, rel=2e-12, abs=1e-14)


@pytest.mark.parametrize("small", [1e-12, 1e-300, 5e-324])
def test_very_small_and_very_large_numbers_are_seeds_like_others(small: float) -> None:
    rows, columns = np.array([0.7, 0.3]), np.array([0.6, 0.4])
    table = fitted(np.array([[1.0, 1.0], [1.0, small]]), rows, columns)
    assert table == pytest.approx(np.array([[0.3, 0.4], [0.3, 0.0]]), abs=1e-11)
    large = fitted(np.array([[1e308, 1e308], [1e308, 1e308]]), rows, columns)
    assert large == pytest.approx(np.outer(rows, columns))


def test_a_large_table_is_fitted() -> None:
    random = np.random.default_rng(1)
    table = random.random((40, 40)) * (random.random((40, 40)) < 0.5)
    rows, columns = table.sum(axis=1) / table.sum(), table.sum(axis=0) / table.sum()
    found = fitted(np.where(table > 0, random.random((40, 40)), 0.0), rows, columns)
    assert found.sum(axis=1) == pytest.approx(rows, rel=2e-12, abs=1e-14)
    assert found.sum(axis=0) == pytest.approx(columns, rel=2e-12, abs=1e-14)


def test_a_row_and_a_column_without_a_share_are_zero() -> None:
    table = fitted(np.ones((3, 2)), np.array([0.4, 0.0, 0.6]), np.array([1.0, 0.0]))
    assert table.tolist() == [[0.4, 0.0], [0.0, 0.0], [0.6, 0.0]]


def test_rounds_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "_MOST_ROUNDS", 1)
    with pytest.raises(OutOfDomain, match="after many rounds"):
        fitted(np.array([[3.0, 1.0], [1.0, 1.0]]), np.array([0.5, 0.5]), np.array([0.5, 0.5]))


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
        (((1.0, 1.0, -1.0), (1.0, 1.0, 1.0)), OutOfDomain, "-1 for CT and Others"),
        (((1.0, 1.0, 1.0), (1.0, float("nan"), 1.0)), OutOfDomain, "nan for MRI and Centers"),
        (((1.0, 1.0, 1.0), (1.0, float("inf"), 1.0)), OutOfDomain, "inf for MRI and Centers"),
        (((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)), OutOfDomain, "no number above 0"),
        (((1.0, 1.0, 1.0), (0.0, 0.0, 0.0)), OutOfDomain, "0 everywhere for MRI, with 39.94% of"),
        (((1.0, 0.0, 1.0), (1.0, 0.0, 1.0)), OutOfDomain, "0 everywhere for Centers, with 30% of"),
        (
            ((0.0, 1.0, 0.0), (1.0, 1.0, 1.0)),
            OutOfDomain,
            "leave CT, with 60.06% of the market, only Centers, with 30%",
        ),
        (((0.0, 1.0, 1.0), (1.0, 0.0, 0.0)), OutOfDomain, "leave CT, .* only Centers, Others, with 50%"),
    ],
)
def test_seeds_that_do_not_fit(seed: tuple[tuple[float, ...], ...], error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        ASKED.matrix("Device", "User", None, seed)


@pytest.mark.parametrize("year", [2023, 2028, 2033])
@pytest.mark.parametrize("other", ["60", "20"])
def test_shares_that_do_not_add_up_are_refused_and_not_scaled(year: int, other: str) -> None:
    stated = [("CT", year, "60"), ("MRI", year, other)]
    contradictory = market([(2023, "10"), (2033, "20")], (), stated, dimensions=CUTS, base_year=2023)
    with pytest.raises(Contradiction, match="CT: share 60%"):
        contradictory.matrix("Device", "User", year)


def test_dimensions_that_make_no_table() -> None:
    with pytest.raises(BadArgument, match="both Device"):
        ASKED.matrix("Device", "device")
    open_ended = market([(2023, "10")], (), SHARES, dimensions=CUTS, complete=False)
    with pytest.raises(NoFigure, match="all segments of Device"):
        open_ended.matrix("Device", "User")
    nothing = market([(2023, "10")], (), [("CT", 2023, "0"), ("MRI", 2023, "0")], dimensions=CUTS)
    with pytest.raises((NoFigure, OutOfDomain)):
        nothing.matrix("Device", "User")
