import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.importing.claims import SubjectClaim
from markets.importing.documents import Place
from markets.importing.phrases import dimension_of, head, is_name, lead, listed, stated_dimension, trimmed

MARKET = SubjectClaim(place=Place(0, 0, 4), words="", name="Industrial Pump")


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the Hospitals segment", "Hospitals"),
        ("Computed Tomography (CT) segment", "Computed Tomography"),
        ("PFA (High Purity) Tubing", "PFA (High Purity) Tubing"),
        ("Acme (ACM)", "Acme (ACM)"),
        ("Global top five manufacturers", "top 5"),
        ("the three largest companies", "top 3"),
        ("the market share of resins", "resins"),
        ("Europe's revenue share", "Europe"),
        ("the Asia Pacific region", "Asia Pacific"),
        ("the North America industrial pump market", "North America"),
        ("the industrial pump market in the U.S.", "United States"),
        ("rotary industrial pump market", "rotary"),
        ("the industrial pump market", ""),
        ("the segment of resins", "resins"),
    ],
)
def test_a_name_without_what_surrounds_it(phrase: str, name: str) -> None:
    assert trimmed(phrase, MARKET) == name


@pytest.mark.parametrize(
    ("phrase", "count", "names"),
    [
        ("Acme Co., Ltd., Beta and Gamma", 0, ("Acme Co., Ltd.", "Beta", "Gamma")),
        ("oil & gas, water and waste, and steel", 3, ("oil & gas", "water and waste", "steel")),
        ("oil, gas and water", 3, ("oil", "gas", "water")),
        ("Middle East and Africa", 0, ("Middle East and Africa",)),
        ("Europe and the Middle East and Africa", 0, ("Europe", "the Middle East and Africa")),
        ("hospitals and clinics", 0, ("hospitals and clinics",)),
    ],
)
def test_a_list_of_names(phrase: str, count: int, names: tuple[str, ...]) -> None:
    assert listed(phrase, count) == names


@given(
    st.lists(st.sampled_from(["Acme", "Beta", "Resins", "Oil", "Steel", "Chile"]), min_size=2, unique=True)
)
def test_a_list_is_read_back(names: list[str]) -> None:
    assert listed(", ".join(names[:-1]) + " and " + names[-1], len(names)) == tuple(names)


@pytest.mark.parametrize(
    ("clause", "rest", "dimension", "region"),
    [
        ("In 2023, resins held", "resins held", "", ""),
        ("Based on end-user, clinics held", "clinics held", "End-User", ""),
        ("Geographically, Europe held", "Europe held", "Region", ""),
        ("In Europe, clinics held", "clinics held", "", "Europe"),
        ("Among applications, oil held", "oil held", "Application", ""),
        ("The analysis shows that resins held", "resins held", "", ""),
        ("• And in terms of product, resins held", "resins held", "Product", ""),
        ("In terms of revenue, resins held", "resins held", "", ""),
        ("By 2030, resins will hold", "resins will hold", "", ""),
    ],
)
def test_how_a_clause_opens(clause: str, rest: str, dimension: str, region: str) -> None:
    opening = lead(clause)
    assert (opening.rest, opening.dimension, opening.region) == (rest, dimension, region)


@given(st.text(max_size=80))
def test_any_text_has_a_head_and_a_name_or_none(text: str) -> None:
    phrase, rest = head(lead(text).rest)
    assert phrase + rest == lead(text).rest
    assert "".join(listed(phrase)).replace(" ", "") in phrase.replace(" ", "") or len(listed(phrase)) > 1
    assert stated_dimension(text) == stated_dimension(text).strip()
    assert not is_name(trimmed(text, MARKET)) or trimmed(text, MARKET)


def test_companies_are_told_from_segments() -> None:
    assert dimension_of("top 5", "top five players") == dimension_of("key players") == "Company"
    assert dimension_of("top 3", "the top three countries") == "Region"
    assert dimension_of("insurance companies", "insurance companies") == ""
