"""Editions of one subject, and markets of one publisher with the same figures."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.comparisons import comparisons, same_figures
from markets.facts import Report, Subject
from markets.market import Market
from markets.units import CURRENCIES
from markets.verdicts import Level, Verdict
from tests.markets.made import made, market


def edition(*sizes: tuple[Any, ...], published: int = 2024, publisher: str = "P", **more: Any) -> Market:
    return market(sizes, published=published, publisher=publisher, **more)


def in_unit(sizes: list[tuple[Any, ...]], currency: str, scale: str, publisher: str) -> Market:
    report = made(sizes, publisher=publisher)
    subject = Subject(report.market.name, currency, scale)
    return Market(Report(source=report.source, market=subject, sizes=report.sizes))


def test_an_edition_that_states_another_size_than_the_one_before_is_a_note() -> None:
    older = edition((2023, "8.4"), (2030, "13.0"))
    newer = edition((2023, "8.6"), (2030, "13"), published=2025)
    (check,) = comparisons([older, newer])
    assert check.what == "M: size in 2023 by P, 2025-06-01, revised from 2024-06-01"
    assert (check.stated, check.expected) == (8.6, 8.4)
    assert (check.verdict, check.level) == (Verdict.DIFFERS, Level.NOTE)


def test_each_edition_is_compared_with_the_one_before_it() -> None:
    sizes = ("8.0", "8.2", "8.2", "8.6")
    editions = [edition((2023, size), published=2020 + at) for at, size in enumerate(sizes)]
    assert [(check.stated, check.expected) for check in comparisons(editions)] == [(8.6, 8.2), (8.2, 8.0)]


def test_an_edition_in_the_wrong_unit_is_a_warning() -> None:
    older, newer = edition((2023, "8.4")), edition((2023, "8,600"), published=2025)
    (check,) = comparisons([newer, older])
    assert check.what.endswith("revised from 2024-06-01, about 1,000 times more")
    assert check.level is Level.WARNING


@pytest.mark.parametrize(
    ("other", "level", "words"),
    [
        ("250", None, ""),
        ("499", None, ""),
        ("700", Level.NOTE, "by P and by Q"),
        ("60,000", Level.NOTE, "by P and by Q"),
        ("90,000", Level.WARNING, "by P and by Q, about 1,000 times less"),
        ("0.0001", Level.WARNING, "by P and by Q, about 1,000,000 times more"),
    ],
)
def test_publishers_may_differ_up_to_a_factor_of_five(other: str, level: Level | None, words: str) -> None:
    found = comparisons([edition((2023, "100")), edition((2023, other), publisher="Q")])
    assert [check.level for check in found] == ([level] if level else [])
    assert all(check.what == f"M: size in 2023 {words}" for check in found)


def test_the_latest_edition_of_each_publisher_is_compared_with_those_of_others() -> None:
    wrong, mended = edition((2023, "100,000")), edition((2023, "100"), published=2025)
    found = comparisons([wrong, mended, edition((2023, "110"), publisher="Q")])
    assert [check.what for check in found] == [
        "M: size in 2023 by P, 2025-06-01, revised from 2024-06-01, about 1,000 times less"
    ]


def test_without_a_common_year_the_first_that_both_answer_for_is_compared() -> None:
    one = edition((2020, "100"), (2030, "200"))
    (check,) = comparisons([one, edition((2025, "141,000"), (2028, "150,000"), publisher="Q")])
    assert check.what == "M: size in 2025 by P and by Q, about 1,000 times less"
    assert (check.printed, round(check.stated, 1)) == ("USD 141.421 million", 141.4)
    assert comparisons([one, edition((2035, "9"), publisher="Q")]) == []


def test_units_are_those_of_the_latest_edition_and_lakh_and_crore_slip_by_a_hundred() -> None:
    billions = in_unit([(2023, "2")], "USD", "billion", "P")
    assert comparisons([billions, in_unit([(2023, "2,100")], "USD", "million", "Q")]) == []
    crore, lakh = (in_unit([(2023, "500")], "INR", scale, scale) for scale in ("crore", "lakh"))
    (check,) = comparisons([crore, lakh])
    assert (check.stated, check.expected, check.level) == (500.0, 5.0, Level.WARNING)
    assert comparisons([billions, in_unit([(2023, "500")], "EUR", "billion", "Q")]) == []


def test_an_edition_that_contradicts_itself_is_not_compared() -> None:
    assert comparisons([edition((2023, "8"), (2023, "9")), edition((2023, "5"), published=2025)]) == []
    assert comparisons([edition((2023, "0")), edition((2023, "5"), publisher="Q")]) == []


def figures(
    name: str, *cagr: str, publisher: str = "P", sizes: tuple[str, str] = ("1,970.3", "2,790.3")
) -> Market:
    years = ((2023, sizes[0]), (2030, sizes[1]))
    return market(years, [(rate,) for rate in cagr], name=name, publisher=publisher)


def test_the_same_figures_under_two_names_are_a_note() -> None:
    (check,) = same_figures([figures("Skin Testers", "4.7"), figures("Skin Imagers", "4.7")])
    assert check.what == "Skin Imagers: sizes and CAGR, which are those of Skin Testers too"
    assert (check.about, check.stated, check.level) == ("Skin Imagers", 2790.3, Level.NOTE)


@pytest.mark.parametrize(
    "other",
    [
        figures("Other", "4.8"),
        figures("Other"),
        figures("Other", "4.7", publisher="Q"),
        figures("Other", "4.7", sizes=("1,970.3", "2,790.4")),
        figures("Skin Testers", "4.7"),
    ],
)
def test_other_figures_other_publishers_and_other_editions_are_none(other: Market) -> None:
    assert same_figures([figures("Skin Testers", "4.7"), other]) == []


def test_one_common_size_is_a_coincidence() -> None:
    ones = [market([(2030, "5.0")], [("4.7", 2023, 2030)], name=name) for name in "AB"]
    assert same_figures(ones) == []


@given(
    st.lists(st.tuples(st.integers(2015, 2025), st.integers(1, 10**6)), max_size=6),
    st.sampled_from(CURRENCIES),
)
def test_reports_that_agree_say_nothing(sizes: list[tuple[int, int]], currency: str) -> None:
    stated = [(year, str(value)) for year, value in dict(sizes).items()]
    markets = [in_unit(stated, currency, scale, "P") for scale in ("million", "million")]
    assert comparisons(markets) == []
    assert comparisons([markets[0], in_unit(stated, currency, "million", "Q")]) == []
