"""Several sources of one market: what counts, what is left out, and what is said of it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from markets import Market, Method, Pick, Selection, Status
from markets.answers import Answer, Pooled
from markets.catalogs.indexed import IndexedCatalog, report_catalog
from markets.checks import checks
from markets.consensus import size_in
from markets.errors import BadArgument, NoFigure, OutOfDomain, UnknownName
from markets.facts import Report, Segment
from markets.frames import sizes_frame
from markets.units import Unit
from markets.wording import provenance, words
from tests.markets.made import made

LATEST_REPORT = made([(2023, "8.6"), (2033, "13.1")], [("4.3", 2024, 2033)], published=2025, publisher="One")
SECOND_REPORT = made([(2023, "9.1")], [("5.0", 2023, 2030)], published=2024, publisher="Two")
THIRD_REPORT = made([(2022, "9.0"), (2024, "9.8")], published=2023, publisher="Three")
THREE = (LATEST_REPORT, SECOND_REPORT, THIRD_REPORT)


def pooled(pick: str, *reports: Report) -> Market:
    return report_catalog(reports or THREE).market("M", Selection.parse(pick))


def publishers(answer: Answer) -> tuple[list[str], list[tuple[str, str]]]:
    """Who counts, and who is left out and why."""
    assert isinstance(answer, Pooled)
    return (
        [one.source.publisher for one in answer.given],
        [(one.source.publisher, one.why) for one in answer.left_out],
    )


def test_the_median_is_the_middle_one_of_three() -> None:
    answer = pooled("median").size(2023)
    assert (answer.value, answer.status, answer.year) == (9.1, Status.REPORTED, 2023)
    assert publishers(answer) == (["One", "Two", "Three"], [])
    assert [fact.source.publisher for fact in answer.facts] == ["One", "Two", "Three", "Three"]


def test_the_median_of_two_is_their_mean_and_no_source_reports_it() -> None:
    answer = pooled("median", LATEST_REPORT, SECOND_REPORT).size(2023)
    assert (answer.value, answer.status) == (approx(8.85), Status.DERIVED)
    same = made([(2023, "8.60")], published=2020, publisher="Same")
    assert pooled("median", LATEST_REPORT, same).size(2023).status is Status.REPORTED


def test_the_lowest_and_the_highest_keep_their_status() -> None:
    low, high = pooled("low").size(2023), pooled("high").size(2023)
    assert (low.value, low.status) == (8.6, Status.REPORTED)
    assert (high.value, high.status) == (approx((9.0 * 9.8) ** 0.5), Status.INTERPOLATED)


def test_the_interval_is_of_the_low_ends_and_of_the_high_ends() -> None:
    precise = made([(2023, "8.64")], published=2022, publisher="Precise")
    answer = pooled("median", LATEST_REPORT, SECOND_REPORT, precise).size(2023)
    assert (answer.interval.low, answer.interval.high) == (Decimal("8.635"), Decimal("8.65"))
    assert answer.interval.contains(Decimal(repr(answer.value)))


def test_figures_are_told_from_the_lowest_to_the_highest() -> None:
    answer = pooled("median").size(2023)
    assert provenance(answer, "2023", "USD million") == (
        "median of 3 sources for 2023: 8.6 (One, 2025-06-01), 9.1 (Two, 2024-06-01), "
        "9.39149 (Three, 2023-06-01, interpolated), USD million."
    )
    assert words(pooled("high").cagr()) == (
        "high of 2 sources: 4.3% p.a. over 2024-2033 (One, 2025-06-01), "
        "5.0% p.a. over 2023-2030 (Two, 2024-06-01)"
    )


def test_one_source_is_told_as_one() -> None:
    answer = pooled("median", LATEST_REPORT).size()
    assert words(answer) == "median of 1 source: 8.6 (One, 2025-06-01)"


def test_of_many_sources_the_line_has_the_answer_and_the_ends() -> None:
    many = [made([(2023, f"{at}0")], published=2010 + at, publisher=f"P{at}") for at in range(1, 8)]
    euros = [made([(2023, "1")], published=2000, publisher=f"E{at}", currency="EUR") for at in range(6)]
    line = provenance(pooled("median", *many, *euros).size(2023), "2023", "USD million")
    assert line == (
        "median of 7 sources for 2023: 40 (P4, 2014-06-01); lowest 10 (P1, 2011-06-01), "
        "highest 70 (P7, 2017-06-01), USD million. Left out: 6 sources."
    )


def test_a_source_in_another_scale_says_how_its_size_is_found() -> None:
    billions = report_catalog([made([(2023, "0.0095")], scale="billion")]).market("M")
    size = size_in(Unit("USD", "million"), billions, billions.size(2023))
    assert (size.value, size.status, words(size)) == (
        9.5,
        Status.REPORTED,
        "stated as 0.0095 (2023), in USD billion",
    )
    with pytest.raises(NoFigure, match=r"^The sizes of P, 2024-06-01 are in USD\. They cannot be converted"):
        size_in(Unit("EUR", "million"), billions, billions.size(2023))


def test_a_frame_of_several_sources_has_their_derivations() -> None:
    frame = sizes_frame(pooled("median"))
    assert list(frame.index) == list(range(2022, 2034))
    assert frame.loc[2023, "size"] == 9.1
    assert "9.1 (Two, 2024-06-01)" in str(frame.loc[2023, "derivation"])


def test_checks_are_those_of_the_newest_report() -> None:
    assert checks(pooled("median")) == checks(Market(LATEST_REPORT))


def test_another_scale_is_converted_and_another_currency_left_out() -> None:
    billions = made([(2023, "0.0095")], published=2024, publisher="Billions", scale="billion")
    euros = made([(2023, "8.0")], [("6",)], published=2023, publisher="Euros", currency="EUR")
    market = pooled("high", LATEST_REPORT, billions, euros)
    answer = market.size(2023)
    assert (answer.value, answer.interval.high) == (9.5, Decimal("9.55"))
    assert publishers(answer) == (["One", "Billions"], [("Euros", "in EUR")])
    assert provenance(answer).endswith("9.5 (Billions, 2024-06-01). Left out: Euros (in EUR).")
    assert market.cagr().value == 0.06  # a rate needs no conversion
    assert str(market.unit) == "USD million"
    in_billions = pooled("low", made([(2023, "1")], published=2026, publisher="New", scale="billion"), *THREE)
    assert in_billions.size(2023).value == 0.0086


def test_a_figure_is_told_as_it_is_printed() -> None:
    two_digits = made([(2023, "8.60")], published=2024, publisher="Digits")
    assert "8.60 (Digits, 2024-06-01)" in words(pooled("median", LATEST_REPORT, two_digits).size(2023))


def test_years_of_a_source_in_another_currency_are_no_rows() -> None:
    euros = made([(2010, "8.0")], published=2023, publisher="Euros", currency="EUR")
    assert pooled("median", *THREE, euros).span() == (2022, 2033)


def test_a_source_without_an_answer_is_left_out() -> None:
    answer = pooled("median").size(2033)
    assert (answer.value, publishers(answer)) == (
        13.1,
        (["One"], [("Two", "no figure"), ("Three", "no figure")]),
    )
    with pytest.raises(NoFigure, match=r"^None of 3 sources has a figure\. One, 2025-06-01: 2040 is outside"):
        pooled("median").size(2040)
    with pytest.raises(NoFigure, match=r"^2040 is outside the period"):
        pooled("median", LATEST_REPORT).size(2040)


def test_a_source_that_contradicts_itself_is_left_out() -> None:
    torn = made([(2023, "8.0"), (2023, "9.9")], published=2024, publisher="Torn")
    answer = pooled("median", LATEST_REPORT, torn).size(2023)
    assert (answer.value, publishers(answer)[1]) == (8.6, [("Torn", "no figure")])


def test_growth_from_zero_is_left_out_or_refused() -> None:
    zero = made([(2023, "0"), (2033, "9")], published=2024, publisher="Zero")
    assert pooled("high", LATEST_REPORT, zero).cagr(None, 2023, 2033).value == approx((13.1 / 8.6) ** 0.1 - 1)
    with pytest.raises(OutOfDomain, match="2023 is zero"):
        pooled("high", zero).cagr(None, 2023, 2033)
    with pytest.raises(OutOfDomain, match="Both years are 2023"):
        pooled("high").cagr(None, 2023, 2023)


def test_editions_of_one_publisher_count_once() -> None:
    older = made([(2023, "7.0")], published=2021, publisher="ONE")
    assert publishers(pooled("median", *THREE, older).size(2023))[0] == ["One", "Two", "Three"]
    assert pooled("median", LATEST_REPORT, older).size(2023).value == 8.6
    assert pooled("median as of 2022-01-01", *THREE, older).size(2023).value == 7.0


def test_of_one_day_both_publishers_count_and_of_one_publisher_the_later_file() -> None:
    again = made([(2023, "8.8")], published=2025, publisher="One")
    other = made([(2023, "9.0")], published=2025, publisher="Other")
    answer = pooled("median", LATEST_REPORT, again, other).size(2023)
    assert (answer.value, sorted(publishers(answer)[0])) == (approx(8.9), ["One", "Other"])


def test_an_as_of_date_hides_later_sources() -> None:
    answer = pooled("low as of 2024-12-31").size(2023)
    assert (answer.value, publishers(answer)[0]) == (9.1, ["Two", "Three"])
    with pytest.raises(NoFigure, match=r"No report on M was published by 2020-01-01\."):
        pooled("low as of 2020-01-01")


def test_two_geographies_are_two_markets() -> None:
    europe = made([(2023, "2.0")], published=2026, publisher="Four", geography="Europe")
    catalog = report_catalog([*THREE, europe])
    assert publishers(catalog.market("M", Selection.parse("median")).size(2023))[0] == ["One", "Two", "Three"]
    assert catalog.market("M (Europe)", Selection.parse("median")).size(2023).value == 2.0


def test_years_that_are_not_given_are_those_of_the_newest_source() -> None:
    market = pooled("median")
    assert (market.base_year, market.size().year) == (2023, 2023)
    assert market.span() == (2022, 2033)
    assert words(market.cagr(method=Method.IMPLIED)).startswith("median of 1 source: 4.298%")  # to 2033
    assert words(market.growth(2024)).startswith("median of 3 sources: 4.298%")
    without = made(shares=[("A", 2024, "40")], dimensions={"D": ("A",)}, published=2026, publisher="New")
    assert pooled("median", without, *THREE).base_year == 2023


DEVICES = {"Device": ("CT", "MRI", "Others")}
SHARES = made([(2023, "10")], [], [("CT", 2023, "60")], dimensions=DEVICES, published=2025, publisher="One")


def _with_shares(*shares: tuple[Any, ...], **dimensions: tuple[str | Segment, ...]) -> Report:
    return made([(2023, "20")], [], shares, dimensions=dimensions, published=2024, publisher="Two")


def test_a_segment_is_found_in_another_source_by_its_alias_and_in_another_dimension() -> None:
    named = Segment("Computed Tomography", ("CT", "CT scan"))
    other = _with_shares(("Computed Tomography", 2023, "50"), Modality=(named, "MRI"))
    for reports in ((SHARES, other), (other, SHARES)):
        market = pooled("median", *reports)
        for name in ("CT", "ct scan", "Computed Tomography"):
            segment = market.segment(name)
            assert market.share(segment, 2023).value == approx(0.55)
            assert market.size(2023, segment).value == approx((6 + 10) / 2)
            assert market.size(2023, segment).status is Status.DERIVED
    assert pooled("low", SHARES, other).share(market.segment("CT")).value == 0.5


def test_a_segment_that_only_an_older_source_lists_is_known() -> None:
    other = _with_shares(("PET", 2023, "5"), Device=("PET", "MRI"))
    market = pooled("high", SHARES, other)
    answer = market.share(market.segment("PET"), 2023)
    assert (answer.value, publishers(answer)) == (0.05, (["Two"], [("One", "no figure")]))
    assert [segment.name for segment in market.segments_of("Device")] == ["CT", "MRI", "Others"]
    with pytest.raises(UnknownName, match="No segment of M"):
        market.segment("Ultrasound")


def test_a_segment_is_looked_for_in_its_own_dimension_first() -> None:
    named = Segment("Computed Tomography", ("CT",))
    shares = [("Computed Tomography", 2023, "40"), ("Use/CT", 2023, "10")]
    market = pooled("low", SHARES, _with_shares(*shares, DEVICE=(named, "MRI"), Use=("CT", "Home")))
    assert market.share(market.segment("CT"), 2023).value == 0.4


def test_a_name_that_is_ambiguous_in_the_newest_source_asks_which() -> None:
    twice = made(dimensions={"A": ("X", "Y"), "B": ("X", "Z")}, published=2026, publisher="New")
    other = _with_shares(("X", 2023, "5"), A=("X", "Y"))
    with pytest.raises(UnknownName, match="Did you mean A/X or B/X"):
        pooled("median", twice, other).segment("X")


def test_what_is_left_over_is_compared_only_beside_the_same_segments() -> None:
    mine = made(
        [(2023, "10")], [], [("Others", 2023, "10")], dimensions=DEVICES, published=2025, publisher="One"
    )
    alike = _with_shares(
        ("Other devices", 2023, "20"), Modality=("MRI", "CT", Segment("Other devices", ("Others",)))
    )
    more = _with_shares(("Others", 2023, "20"), Device=("CT", "MRI", "PET", "Others"))
    market = pooled("high", mine, alike)
    assert market.share(market.segment("Others"), 2023).value == 0.2
    unlike = pooled("high", mine, more)
    assert unlike.share(unlike.segment("Others"), 2023).value == 0.1


def test_lists_and_details_are_those_of_the_newest_source() -> None:
    market = pooled("median")
    assert (market.source.publisher, len(market.facts)) == ("One", len(LATEST_REPORT.facts))
    assert [source.publisher for source in market.sources] == ["One", "Two", "Three"]
    ranked = made(rankings=[("MRI", "size")], dimensions=DEVICES, published=2026, publisher="New")
    assert pooled("median", ranked, SHARES).place("Device", 1).segment.name == "MRI"
    other = _with_shares(("CT", 2023, "1"), ("MRI", 2023, "99"), Device=("CT", "MRI"))
    assert pooled("median", SHARES, other).place("Device", 1).segment.name == "CT"


def test_a_method_is_every_source_s() -> None:
    assert pooled("high").size(2028, method=Method.COMPOUND).value == approx(9.1 * 1.05**5)
    with pytest.raises(BadArgument, match='The method "implied" cannot be used here'):
        pooled("high").size(2028, method=Method.IMPLIED)


def _catalog(figures: list[tuple[int, int, int]]) -> IndexedCatalog:
    """A report for each base size, growth in percent and scale, of publishers one year apart."""
    return report_catalog(
        made(
            [(2023, str(size)), (2033, str(size + growth))],
            [(str(growth), 2023, 2033)],
            [("A", 2023, str(growth))],
            dimensions={"D": ("A", "B")},
            published=2024 + at,
            publisher=f"P{at}",
            scale=("million", "thousand", "crore")[scale],
        )
        for at, (size, growth, scale) in enumerate(figures)
    )


_FIGURES = st.tuples(st.integers(1, 10**6), st.integers(0, 100), st.integers(0, 2))


@given(st.lists(_FIGURES, min_size=1, max_size=6), st.integers(2023, 2033))
def test_the_median_lies_between_the_lowest_and_the_highest(
    figures: list[tuple[int, int, int]], year: int
) -> None:
    catalog = _catalog(figures)
    low, median, high = (
        catalog.market("M", Selection(pick=pick)) for pick in (Pick.LOW, Pick.MEDIAN, Pick.HIGH)
    )
    latest = catalog.market("M")
    part = latest.segment("A")
    for ask in (
        lambda market: market.size(year),
        lambda market: market.size(2023, part),
        lambda market: market.share(part),
        lambda market: market.cagr(),
        lambda market: market.cagr(None, 2023, 2033, Method.IMPLIED),
        lambda market: market.growth(),
    ):
        answers = [ask(market) for market in (low, median, high)]
        assert answers[0].value <= answers[1].value <= answers[2].value
        assert answers[0].value <= ask(latest).value <= answers[2].value
        for answer in answers:
            assert float(answer.interval.low) <= answer.value * (1 + 1e-12)
            assert answer.value <= float(answer.interval.high) * (1 + 1e-12)
        if len(figures) == 1:
            plain = ask(latest)
            assert {answer.value for answer in answers} == {plain.value}
            assert {answer.status for answer in answers} == {plain.status}
            assert {answer.interval for answer in answers} == {plain.interval}
            assert {answer.facts for answer in answers} == {plain.facts}
