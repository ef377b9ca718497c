import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.years import parse_year

PREFIXES = ("", "FY", "FY ", "fy", "CY", "cy ")
SUFFIXES = ("", "E", "e", "F", "A", "P", " E", "p")


@given(st.integers(1000, 9999), st.sampled_from(PREFIXES), st.sampled_from(SUFFIXES))
def test_a_year_is_read_as_finance_writes_it(year: int, prefix: str, suffix: str) -> None:
    assert parse_year(f" {prefix}{year}{suffix} ") == year


@pytest.mark.parametrize(
    "text",
    ["", "28E", "FY28", "FY 28/29", "2028.0", "2028EE", "20280", "E2028", "2024-2028", "２０２８", "next"],
)
def test_what_is_no_year_is_none(text: str) -> None:
    assert parse_year(text) is None


@given(st.text(max_size=20))
def test_any_text_is_a_year_or_none(text: str) -> None:
    year = parse_year(text)
    assert year is None or str(year) in text
