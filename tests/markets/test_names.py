import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets import names
from markets.errors import UnknownName
from markets.market import Market
from markets.names import Names, exact_key, name_key


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


TRICKY = "aA1 5-–−.,/<>+#%$&:_²½\u0301\u0338े"
texts = st.text() | st.text(TRICKY) | st.text("12,.- 345", max_size=12)
words = st.lists(st.text("abcdéxyz", min_size=1, max_size=6), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<100 kW", ">100 kW"),
        ("<100 kW", "100 kW"),
        ("≤100 kW", "<100 kW"),
        ("1.5 T", "15 T"),
        (".5 T", "5 T"),
        ("10-50", "1050"),
        ("10 50", "1050"),
        ("10-50", "10/50"),
        ("-40 °C", "40 °C"),
        ("C", "C++"),
        ("C++", "C#"),
        ("65", "65+"),
        ("5", "5 %"),
        ("$10", "€10"),
        ("10²", "102"),
        ("1½", "11/2"),
        ("की", "का"),
        ("1,2", "12"),
    ],
)
def test_what_tells_two_names_apart_is_kept(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    names = Names("segment", {one: 1, other: 2})
    assert (names.find(one), names.find(other)) == ([1], [2])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10-50", "10 – 50"),
        ("10−50", "10—50"),
        ("1,050 kW", "1050kW"),
        ("12,34,567", "1234567"),
        (",1,050, or so", "1050 or so"),
        ("> 100 kW", ">100kw"),
        (">= 100", "≥100"),
        ("1.5T", "1.5 t"),
        ("10%-20%", "10% – 20%"),
        ("COVID-19", "Covid 19"),
        ("Wi-Fi 6", "WiFi6"),
        ("2x4", "2 × 4"),
        ("Ph. D.", "PhD"),
        ("Cafe\u0301", "café"),
        ("R&D", "R and D"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_an_exact_spelling_comes_before_a_like_one() -> None:
    names = Names("segment", {"X-ray": 1, "Xray": 2})
    assert names.find(" x-RAY ") == [1]
    assert names.find("XRAY") == [2]
    assert names.find("x ray") == [1, 2]


@given(texts)
def test_a_key_of_a_key_is_the_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
    assert exact_key(exact_key(name)) == exact_key(name)


@given(texts)
def test_one_exact_spelling_has_one_key(name: str) -> None:
    assert name_key(exact_key(name)) == name_key(name)


@given(words, st.sampled_from([" ", "-", "  ", " - ", "", "–", "'", ", "]))
def test_case_spaces_and_hyphens_between_letters_do_not_matter(parts: list[str], between: str) -> None:
    assert name_key(between.join(parts).upper()) == name_key(" ".join(parts))


@given(st.text("ab 12-/.:<", max_size=10), st.text("ab 12-/.:<", max_size=10))
def test_names_of_different_numbers_never_have_one_key(one: str, other: str) -> None:
    if numbers(one) != numbers(other):
        assert name_key(one) != name_key(other)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+", re.sub(r"(?<![a-z0-9.])\.(?=\d)", "0.", text))


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8), st.text(max_size=10_000))
def test_any_text_is_found_or_refused(names: list[str], text: str) -> None:
    known = Names("thing", [(name, name) for name in names])
    assert all(name in known.find(name) for name in names)
    try:
        known.find(text)
    except UnknownName as error:
        assert len(str(error)) < 400


@given(st.text("abZ &',()/.-0123456789", max_size=12))
def test_simple_names_have_the_key_that_all_names_have(name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "_SIMPLE", re.compile("(?!)"))
        expected = name_key(name)
    assert name_key(name) == expected
