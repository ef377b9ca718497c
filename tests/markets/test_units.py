import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.errors import BadArgument
from markets.units import CURRENCIES, SCALES, Unit

USD_BILLION = Unit("USD", "billion")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", "USD billion"),
        ("USD bn", "USD billion"),
        ("US$ Million", "USD million"),
        ("Million USD", "USD million"),
        ("$ mn", "USD million"),
        ("mn", "USD million"),
        ("k", "USD thousand"),
        ("USD", "USD"),
        ("$", "USD"),
        ("tn", "USD trillion"),
        ("crore", "USD crore"),
    ],
)
def test_units_are_read_as_reports_write_them(text: str, unit: str) -> None:
    assert str(USD_BILLION.asked(text)) == unit


def test_another_currency_is_refused_and_not_converted() -> None:
    with pytest.raises(BadArgument, match=r"in USD; it is not converted to EUR"):
        USD_BILLION.asked("EUR million")


@given(st.text(max_size=80))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    with contextlib.suppress(BadArgument):
        assert USD_BILLION.asked(text).currency == "USD"


@given(st.sampled_from(CURRENCIES), st.sampled_from(list(SCALES)), st.sampled_from(list(SCALES)))
def test_a_unit_reads_what_it_writes_and_converts_back(currency: str, scale: str, other: str) -> None:
    one, two = Unit(currency, scale), Unit(currency, other)
    assert one.asked(str(one)) == one
    assert two.converted(one.converted(8.6, two), one) == pytest.approx(8.6, rel=1e-12)
