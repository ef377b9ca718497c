import pytest

from markets.importing.regions import is_region, region_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("North America", "North America"),
        ("the Asia-Pacific region", "Asia-Pacific"),
        ("Asia Pacific (China, Japan, India)", "Asia-Pacific"),
        ("Middle East and Africa", "Middle East & Africa"),
        ("The Middle East & Africa (MEA)", "Middle East & Africa"),
        ("South East Asia", "Southeast Asia"),
        ("LATAM", "Latin America"),
        ("the U.S. market", "United States"),
        ("USA", "United States"),
        ("South Korea", "South Korea"),
        ("The Netherlands", "Netherlands"),
        ("the European market", "Europe"),
        ("Rest of the World", "Rest of the World"),
        ("Rest of APAC", "Rest of Asia-Pacific"),
        ("Rest of the Middle East & Africa", "Rest of Middle East & Africa"),
    ],
)
def test_a_region_under_its_names(text: str, name: str) -> None:
    assert region_name(text) == name
    assert is_region(name)


@pytest.mark.parametrize(
    "text", ["Hospitals", "us", "turkey", "the region", "the market", "Rest of", "", "Acme (US)"]
)
def test_no_region(text: str) -> None:
    assert not is_region(text)
