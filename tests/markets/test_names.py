import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.errors import UnknownName
from markets.market import Market
from markets.names import Names, name_key


@pytest.mark.parametrize(
    "spelling", ["ct", " Computed  TOMOGRAPHY", "computed-tomography", "Device/CT", "device / ct"]
)
def test_a_segment_is_found_by_any_spelling(seed: Market, spelling: str) -> None:
    assert seed.segment(spelling).name == "Computed Tomography"


def test_a_near_miss_is_answered_with_suggestions(seed: Market) -> None:
    with pytest.raises(UnknownName, match=r"Did you mean Hospitals\?"):
        seed.segment("Hopsitals")


def test_a_name_in_two_dimensions_asks_which(second: Market) -> None:
    with pytest.raises(UnknownName, match="Type/Other") as caught:
        second.segment("Other")
    assert set(caught.value.suggestions) == {"Geography/Other", "Type/Other"}
    assert second.segment("geography/OTHER").dimension == "Geography"


@given(st.text())
def test_a_key_of_a_key_is_the_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8), st.text(max_size=10_000))
def test_any_text_is_found_or_refused(names: list[str], text: str) -> None:
    known = Names("thing", [(name, name) for name in names])
    assert all(name in known.find(name) for name in names)
    try:
        known.find(text)
    except UnknownName as error:
        assert len(str(error)) < 400
