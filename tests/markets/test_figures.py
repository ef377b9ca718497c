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
    assert figure.low < figure.value < figure.high
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
        assert figure.low <= figure.value <= figure.high
