"""Figures of an older vintage beside a report's own, and CAGRs and shares without the obvious year."""

import pytest
from pytest import approx

from markets.answers import Status
from markets.checks import checks
from markets.errors import NoFigure, OutOfDomain
from markets.market import Market
from markets.methods import Method
from markets.verdicts import Verdict
from markets.wording import words
from tests.markets.made import market

# the sizes that one real text states, of an edition of 2018 and of its own
MIXED = [(2014, "6,300"), (2017, "2,200"), (2022, "49,340"), (2025, "131,100"), (2029, "63,350")]


def test_swings_are_flagged_and_nothing_is_interpolated_across_them() -> None:
    asked = market(MIXED)
    assert [asked.size(year).value for year, _ in MIXED] == [6300, 2200, 49340, 131100, 63350]
    for year in (2015, 2020, 2024, 2027):
        with pytest.raises(NoFigure, match="differ too much to interpolate between them"):
            asked.size(year)
    flagged = [check for check in checks(asked) if " plausible after " in check.what]
    assert {check.verdict for check in flagged} == {Verdict.DIFFERS}
    assert [(check.expected, check.stated) for check in flagged] == [
        (6300, 2200),
        (2200, 49340),
        (49340, 131100),
        (131100, 63350),
    ]


def test_growth_and_a_dip_are_no_swing() -> None:
    for sizes in (
        [(2020, "100"), (2030, "800")],
        [(2019, "100"), (2020, "80"), (2022, "110")],
        [(2020, "100"), (2023, "40"), (2026, "20")],
    ):
        assert not market(sizes).trajectory().swings


def test_a_cagr_without_years_runs_from_the_base_year_to_the_last_size() -> None:
    asked = market(MIXED, [("3.6",)], published=2024)
    assert asked.base_year == 2022
    (growth,) = asked.trajectory().growths
    assert (growth.first, growth.last) == (2022, 2029)
    (found,) = [check for check in checks(asked) if check.what.startswith("M: CAGR")]
    assert (found.verdict, found.expected) == (Verdict.AGREES, approx(0.0363, abs=1e-4))


def test_a_cagr_without_years_suppresses_no_check() -> None:
    sizes = [(2018, "2,200"), (2025, "131,100")]
    asked = market(sizes, [("29", 2018, 2025), ("3.6",)], published=2024)
    found = {check.stated: check for check in checks(asked) if check.what.startswith("M: CAGR")}
    assert found[0.29].verdict is Verdict.DIFFERS
    assert found[0.29].expected == approx(0.793, abs=5e-4)
    assert found[0.036].verdict is Verdict.DIFFERS
    assert words(asked.cagr()) == "stated as 29% p.a. over 2018-2025"


def test_shares_default_to_the_latest_year_that_has_any() -> None:
    devices = {"Device": ("A", "B"), "Place": ("C",)}
    shares = [("A", 2016, "40"), ("A", 2018, "45"), ("B", 2018, "30"), ("C", 2022, "70")]
    asked = market([(2018, "100"), (2022, "120")], [], shares, dimensions=devices, base_year=2022)
    assert (asked.share_year(), asked.share_year("device"), asked.share_year("place")) == (2022, 2018, 2022)
    assert asked.share(asked.segment("A")).value == 0.45
    with pytest.raises(NoFigure):
        asked.share(asked.segment("A"), 2022)
    assert market([(2022, "1")], dimensions=devices).share_year() == 2022
    assert market([], [], shares, dimensions=devices).share_year() == 2022  # without any size


def test_years_of_a_stated_window_give_the_stated_cagr_and_implied_asks_for_the_other() -> None:
    asked = market([(2018, "100"), (2022, "150"), (2030, "300")], [("10.5", 2018, 2022), ("9.1", 2022, 2030)])
    historic = asked.cagr(None, 2018, 2022)
    assert (historic.value, historic.status) == (0.105, Status.REPORTED)
    assert words(historic) == "stated as 10.5% p.a. over 2018-2022"
    implied = asked.cagr(None, 2018, 2022, Method.IMPLIED)
    assert (implied.value, implied.status) == (approx(1.5**0.25 - 1), Status.DERIVED)
    assert words(implied) == "implied by sizes, from 100 (2018, reported) to 150 (2022, reported)"
    assert asked.cagr(None, 2018, 2030).status is Status.DERIVED
    assert asked.cagr().value == 0.091
    assert (
        asked.cagr(None, None, None, Method.IMPLIED).value
        == asked.cagr(None, 2022, 2030, Method.IMPLIED).value
    )


def test_nothing_grows_from_a_share_of_zero() -> None:
    asked = market(
        [(2020, "100"), (2025, "200")],
        [],
        [("A", 2020, "0"), ("A", 2025, "10")],
        dimensions={"D": ("A",)},
    )
    with pytest.raises(OutOfDomain, match="2020 is zero"):
        assert asked.cagr(asked.segment("A"), 2020, 2025).value
    with pytest.raises(OutOfDomain, match="2020 is zero"):
        assert asked.cagr(asked.segment("A"), 2025, 2020).value


def test_growth_on_the_year_before() -> None:
    asked = market([(2020, "100"), (2022, "121")], [("50", 2021, 2022)])
    assert asked.growth(2022).value == approx(0.1)
    assert asked.growth(2021).status is Status.DERIVED
    with pytest.raises(NoFigure):
        asked.growth(2020)


def test_a_place_is_stated_or_certain_or_open() -> None:
    dimensions = {"D": ("A", "B", "C")}
    stated = market([(2023, "9")], [], [], [("B", "size")], dimensions=dimensions)
    assert stated.place("D", 1).segment.name == "B"
    with pytest.raises(NoFigure, match="not state enough shares to find place 2 of D by size"):
        stated.place("D", 2)
    shares = [("A", 2023, "60"), ("B", 2023, "25")]
    computed = market([(2023, "9")], [], shares, dimensions=dimensions)
    assert [computed.place("d", at).segment.name for at in (1, 2)] == ["A", "B"]
    with pytest.raises(NoFigure, match="does not state enough shares to find place"):
        computed.place("D", 3)
    incomplete = market([(2023, "9")], [], shares[1:], dimensions=dimensions, complete=False)
    with pytest.raises(NoFigure, match="does not state enough shares to find place"):
        incomplete.place("D", 1)
    with pytest.raises(OutOfDomain, match="3 segments"):
        stated.place("D", 4)
    rates = market(
        [(2023, "9")], [("5", None, None, "A"), ("7", None, None, "B")], dimensions={"D": ("A", "B")}
    )
    assert [rates.place("D", at, "growth").segment.name for at in (1, 2)] == ["B", "A"]


def test_growth_defaults_to_the_year_after_the_base_year(seed: Market) -> None:
    assert seed.growth() == seed.growth(2024)


def test_a_share_of_more_than_half_is_the_largest() -> None:
    asked = market([(2023, "9")], [], [("A", 2023, "50", "over")], dimensions={"D": ("A", "B", "C")})
    assert asked.place("D", 1).segment.name == "A"


def test_what_is_stated_is_named_if_a_year_is_outside() -> None:
    asked = market([(2024, "9")], [("5", 2025, 2032), ("7", None, None, "A")], dimensions={"D": ("A",)})
    with pytest.raises(NoFigure, match="It states sizes for 2024, and a CAGR for 2025-2032"):
        asked.size(2033)
    with pytest.raises(NoFigure, match=r"Omit the years to get the stated CAGR of 7%"):
        asked.cagr(asked.segment("A"), 2025, 2032)


def test_a_historic_cagr_is_no_forecast() -> None:
    asked = market([(2023, "100")], [("8",), ("5", 2018, 2023)], published=2024)
    assert asked.base_year == 2023
    assert asked.size(2020).value == approx(100 / 1.05**3)
    assert words(asked.cagr()) == "stated as 8%"
    assert words(asked.cagr(None, 2018, 2023)) == "stated as 5% p.a. over 2018-2023"
    with pytest.raises(NoFigure, match=r"and a CAGR for 2018-2023\.$"):
        asked.size(2026)
