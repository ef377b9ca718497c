import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.figures import Figure

printed = st.builds(
    lambda whole, decimals: f"{whole}.{decimals}" if decimals else str(whole),
    st.integers(0, 10**9),
    st.text("0123456789", max_size=6),
)


@given(printed)
def test_a_figure_lies_in_the_middle_of_what_is_printed_so(text: str) -> None:
    figure = Figure(text)
    assert figure.interval.low < figure.exact < figure.interval.high
    assert figure.agrees_with(figure)
    assert figure.value == float(text)
    assert (
        figure.fraction == float(text) / 100
        or abs(figure.fraction * 100 - figure.value) < 1e-9 * figure.value
    )


@given(printed, printed)
def test_agreement_is_mutual(one: str, other: str) -> None:
    assert Figure(one).agrees_with(Figure(other)) == Figure(other).agrees_with(Figure(one))


@given(st.text(max_size=30))
def test_other_text_is_refused_with_a_sentence(text: str) -> None:
    try:
        figure = Figure(text)
    except ValueError as error:
        assert "is not a figure as printed" in str(error)
    else:
        assert figure.interval.contains(figure.exact)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,24,500", 124_500), ("12,34,567.5", 1_234_567.5), ("10,00,00,000", 10**8), ("-1,24,500", -124_500)],
)
def test_digit_groups_of_lakh_and_crore_are_read(text: str, value: float) -> None:
    assert Figure(text).value == value


@pytest.mark.parametrize(
    "text", ["1,2,3", "12,3456", "1,24,50", "123,45,678", "1,234,56", "1,23,4567", ",500", "12,34"]
)
def test_wrong_digit_groups_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a figure"):
        Figure(text)
