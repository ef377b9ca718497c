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
    assert str(USD_BILLION.parse(text)) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("mln", "USD million"),
        ("USD bln", "USD billion"),
        ("USD'000", "USD thousand"),
        ("USD ’000", "USD thousand"),
        ("'000s", "USD thousand"),
        ("$000s", "USD thousand"),
        ("USD m", "USD million"),
        ("US$ mn", "USD million"),
        ("EUR mio", "EUR million"),
        ("Mrd. EUR", "EUR billion"),
        ("Md€", "EUR billion"),
        ("k€", "EUR thousand"),
        ("Rs. crore", "INR crore"),
        ("₹ cr", "INR crore"),
        ("₹ in Lakhs", "INR lakh"),
        ("INR lac", "INR lakh"),
        ("INR lakh crore", "INR lakh crore"),
        ("Rs lakh cr", "INR lakh crore"),
        ("bn USD", "USD billion"),
        ("USD in millions", "USD million"),
        ("Millions of US dollars", "USD million"),
        ("(USD mn)", "USD million"),
        ("[USD, bn]", "USD billion"),
        ("$bn", "USD billion"),
        ("$B", "USD billion"),
        ("A$ m", "AUD million"),
        ("C$m", "CAD million"),
        ("HK$ bn", "HKD billion"),
        ("S$", "SGD"),
        ("R$ bn", "BRL billion"),
        ("NT$mn", "TWD million"),
        ("₩tn", "KRW trillion"),
        ("＄ mn", "USD million"),
    ],
)
def test_units_are_read_as_finance_writes_them(text: str, unit: str) -> None:
    assert str(Unit(unit[:3], "").parse(text)) == unit


def test_a_lakh_crore_is_a_trillion() -> None:
    assert Unit("INR", "lakh crore").converted(3.5, Unit("INR", "crore")) == 350_000


@pytest.mark.parametrize(
    "text", ["TEUR", "T€", "M&M", "USD dozen", "in", "of", "'", "USD USD", "0", "million billion"]
)
def test_what_is_no_unit_or_may_be_two_is_refused(text: str) -> None:
    with pytest.raises(BadArgument, match="is not a unit"):
        Unit("EUR", "billion").parse(text)


def test_another_currency_is_refused_and_not_converted() -> None:
    with pytest.raises(BadArgument, match=r"in USD. They cannot be converted to EUR"):
        USD_BILLION.parse("EUR million")


@given(st.text(max_size=80))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    with contextlib.suppress(BadArgument):
        assert USD_BILLION.parse(text).currency == "USD"


@given(st.sampled_from(CURRENCIES), st.sampled_from(list(SCALES)), st.sampled_from(list(SCALES)))
def test_a_unit_reads_what_it_writes_and_converts_back(currency: str, scale: str, other: str) -> None:
    one, two = Unit(currency, scale), Unit(currency, other)
    assert one.parse(str(one)) == one
    assert two.converted(one.converted(8.6, two), one) == pytest.approx(8.6, rel=1e-12)
