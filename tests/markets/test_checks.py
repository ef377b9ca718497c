from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.catalogs.folders import BUNDLED, folder_catalog
from markets.checks import checks
from markets.market import Market
from markets.reports import parse_report
from markets.verdicts import Check, Kind, Verdict, summary
from tests.markets.made import market


def verdicts(market: Market) -> dict[str, Verdict]:
    return {check.what: check.verdict for check in checks(market)}


def test_the_first_report_agrees_with_itself(seed: Market) -> None:
    found = verdicts(seed)
    assert (
        found["Medical Imaging Outsourcing: CAGR 2024-2033 and the sizes in 2023 and 2033"] is Verdict.AGREES
    )
    north_america = [verdict for what, verdict in found.items() if what.startswith("North America: largest")]
    assert north_america == [Verdict.INCONCLUSIVE]  # 56.4 % are left, which one region could hold
    assert set(found.values()) == {Verdict.AGREES, Verdict.INCONCLUSIVE}


def test_the_bundled_reports_give_no_warning() -> None:
    catalog = folder_catalog([BUNDLED])
    found = [check for one in catalog.search() for check in checks(catalog.market(one.name))]
    assert summary(found) == "16 checks: 15 ok, 1 note"


def test_a_size_that_its_share_does_not_give_differs(second: Market) -> None:
    found = verdicts(second)
    assert found["Automatic: size in 2024 and share of the market"] is Verdict.DIFFERS  # 310, not 300
    assert found["Type: total of the shares stated for 2024"] is Verdict.AGREES
    assert (
        found["Italy: largest of Geography in 2024, compared with the most that another can have"]
        is Verdict.AGREES
    )


def test_rounding_is_allowed_for_and_a_contradiction_is_not() -> None:
    text = """
    [source]
    publisher = "P"
    title = "T"
    date = 2026-01-01
    [market]
    name = "M"
    currency = "USD"
    scale = "million"
    sizes = []
    """.replace("sizes = []\n", "")
    sizes = "".join(
        f'[[sizes]]\nyear = {year}\nvalue = "{value}"\nat = "a"\n'
        for year, value in ((2020, "100"), (2020, "100.4"), (2030, "200"), (2030, "230"))
    )
    found = verdicts(Market(parse_report((text + sizes).encode(), "m.toml")))
    assert found == {"M: size in 2030, stated twice": Verdict.CONTRADICTS}
    cagrs = "".join(
        f'[[cagrs]]\nvalue = "{value}"\nfrom = 2020\nto = 2025\nat = "a"\n' for value in ("5", "9")
    )
    found = verdicts(Market(parse_report((text + cagrs).encode(), "m.toml")))
    assert found == {"M: CAGR 2020-2025, stated twice": Verdict.CONTRADICTS}


def check_of(kind: Kind, *figures: object, **more: object) -> Check:
    (found,) = [check for check in checks(market(*figures, **more)) if check.kind is kind]
    return found


def shares_of(*printed: str) -> Check:
    names = tuple(f"S{number}" for number in range(len(printed)))
    shares = [(name, 2024, value) for name, value in zip(names, printed, strict=True)]
    return check_of(Kind.SHARE, [(2024, "100")], shares=shares, dimensions={"Type": names})


@pytest.mark.parametrize(
    ("printed", "total", "tolerance", "verdict"),
    [
        (("60", "40"), "100%", None, Verdict.AGREES),
        (("33.4", "33.3", "33.4"), "100.1%", 0.0015, Verdict.WITHIN_ROUNDING),
        (("52", "26", "13", "11"), "102%", 0.02, Verdict.WITHIN_ROUNDING),
        (("52", "26", "13", "12"), "103%", 0.02, Verdict.DIFFERS),
        (("48", "26", "13", "11"), "98%", 0.02, Verdict.WITHIN_ROUNDING),
        (("50.0", "45.0"), "95.0%", 0.001, Verdict.DIFFERS),
    ],
)
def test_a_total_off_100_is_within_the_rounding_of_its_shares_or_not(
    printed: tuple[str, ...], total: str, tolerance: float | None, verdict: Verdict
) -> None:
    found = shares_of(*printed)
    assert (found.printed, found.expected, found.verdict) == (total, 1.0, verdict)
    assert found.tolerance == pytest.approx(tolerance) if tolerance else found.tolerance is None


@pytest.mark.parametrize(
    ("cagr", "verdict"),
    [("4.3", Verdict.AGREES), ("4.35", Verdict.WITHIN_ROUNDING), ("4.6", Verdict.DIFFERS)],
)
def test_a_cagr_agrees_if_the_implied_one_is_printed_alike(cagr: str, verdict: Verdict) -> None:
    found = check_of(Kind.GROWTH, [(2023, "8.6"), (2033, "13.1")], [(cagr, 2023, 2033)])
    assert (found.printed, found.verdict) == (f"{cagr}%", verdict)
    assert found.tolerance is not None
    assert (abs(found.stated - found.expected) > found.tolerance) is (verdict is Verdict.DIFFERS)


def test_a_qualified_figure_agrees_with_any_that_it_allows_and_has_no_tolerance() -> None:
    sizes = [(2024, "100"), (2024, "60", "S0", "over")]
    found = check_of(Kind.SIZE, sizes, shares=[("S0", 2024, "70")], dimensions={"Type": ("S0", "S1")})
    assert (found.printed, found.tolerance, found.verdict) == ("over USD 60 million", None, Verdict.AGREES)


def test_a_ranking_is_held_against_the_rounding_of_both_shares() -> None:
    verdicts = []
    for second in ("40.0", "41", "43"):
        shares = [("A", 2024, "40"), ("B", 2024, second)]
        ranking = [("A", "size")]
        found = check_of(
            Kind.RANKING, [(2024, "100")], [], shares, ranking, dimensions={"Type": ("A", "B", "C")}
        )
        verdicts.append((found.expected, found.verdict))
    assert verdicts == [
        (0.4, Verdict.AGREES),
        (0.41, Verdict.WITHIN_ROUNDING),
        (0.43, Verdict.DIFFERS),
    ]


def test_there_is_no_growth_from_a_size_of_zero() -> None:
    assert checks(market([(2020, "0"), (2024, "5")], [("5", 2020, 2024)])) == []


PERCENTS = st.decimals(Decimal("0.1"), 60, places=1).map(str)


@given(st.lists(PERCENTS, min_size=2, max_size=6))
def test_a_check_differs_exactly_if_the_difference_exceeds_its_tolerance(printed: list[str]) -> None:
    found = shares_of(*printed)
    if found.tolerance is None:
        assert (found.stated, found.verdict) == (1.0, Verdict.AGREES)
    else:
        beyond = abs(found.stated - found.expected) > found.tolerance + 1e-12
        assert found.verdict is (Verdict.DIFFERS if beyond else Verdict.WITHIN_ROUNDING)


@given(st.integers(100, 999), st.integers(100, 999), st.decimals(Decimal("-60"), 90, places=1).map(str))
def test_a_cagr_differs_exactly_if_the_difference_exceeds_its_tolerance(
    first: int, last: int, cagr: str
) -> None:
    found = check_of(Kind.GROWTH, [(2020, str(first)), (2024, str(last))], [(cagr, 2020, 2024)])
    assert found.tolerance is not None
    gap = abs(found.stated - found.expected)
    if abs(gap - found.tolerance) > 1e-12:
        assert (found.verdict is Verdict.DIFFERS) is (gap > found.tolerance)
