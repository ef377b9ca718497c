import pytest

from markets.importing.documents import Document
from markets.importing.region_lists import regions
from tests.markets.importing.pages import page, row


def names(document: Document) -> tuple[str, ...]:
    return tuple(name for claim in regions(document) for name in claim.names)


FOUR = ("North America", "Europe", "Asia-Pacific", "South America")


@pytest.mark.parametrize(
    "lead", ["By Region", "Rope Market, By Region and Country, 2022 (%)", "Regions Covered:"]
)
def test_countries_below_a_region_are_none(lead):
    text = (
        f"{lead}\n    North America\n        US\n        Mexico\n    Europe\n        Germany\n"
        "    Asia-Pacific\n        Rest of Asia\n    South America\n        Brazil"
    )
    assert names(page(text)) == FOUR


def test_countries_without_an_indent_are_none_either():
    text = (
        "Regional Outlook (Revenue, USD Million, 2018 - 2030)\nNorth America\nU.S.\nCanada\nMexico\nEurope\n"
        "UK\nGermany\nFrance\nAsia-Pacific\nChina\nIndia\nSouth America\nBrazil"
    )
    assert names(page(text)) == FOUR


@pytest.mark.parametrize(
    "text",
    [
        "By Region\nNorth America (U.S., Canada)\nEurope [Spain, Italy]\nAsia-Pacific\nSouth America",
        "We look at 4 geographies: North America[US, Canada], Europe[Spain], Asia-Pacific[China, Rest of "
        "Asia], South America[Brazil].",
        "Region-wise, ropes are analyzed across North America (US), Europe, Asia-Pacific, and South America.",
        "Regions covered: North America, Europe, Asia-Pacific, South America",
        "Ropes by Type (Hemp, Silk), and Geography (North America, Europe, Asia-Pacific, South America).",
        "By Region\n• North America\n• Europe\n◦ Spain\n• Asia-Pacific\n• South America",
    ],
)
def test_regions_are_listed_in_lines_and_sentences(text):
    assert names(page(text)) == FOUR


def test_a_row_lists_regions():
    table = (row("Base year", "2023"), row("Regional scope", "; ".join(FOUR)))
    assert names(Document("page", table)) == FOUR


def test_countries_beside_regions_are_regions_of_the_list():
    assert names(page("Production by Region\nNorth America\nEurope\nChina\nJapan")) == (
        "North America", "Europe", "China", "Japan",
    )  # fmt: skip


def test_a_section_on_regions_counts_where_there_is_no_list():
    text = (
        "Regional Analysis\nNorth America led the rope market in 2023, since its ships are old.\n"
        "Sales in the United States grew.\nThe Asia-Pacific region is the second fastest of them all."
    )
    assert names(page(text)) == ("North America", "Asia-Pacific")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It looks at places like Norway, European Union, Peru, and further places.",
        "Demand for ropes in North America is set to grow. Europe follows.",
        "The Asia Pacific is expected to grow the fastest.",
        "By Type\n    Hemp\n    Nylon",
    ],
)
def test_what_lists_no_regions(text):
    assert names(page(text)) == ()


def test_a_region_listed_twice_counts_once_and_first():
    text = "By Region\n    Europe\n    Asia-Pacific\n    Europe"
    assert names(page(text)) == ("Europe", "Asia-Pacific")


@pytest.mark.parametrize(
    "text",
    [
        "Regional Analysis:\nThe North American rope market leads. Europe is second, "
        "followed by Asia Pacific.",
        "Regional insights: In North America, ships are old. Meanwhile, Europe and Asia Pacific catch up.",
        "Regional Outlook\nNorth America\nNorth America has the oldest ships of them all, and it leads.\n"
        "Europe\nEurope follows, ahead of Asia Pacific.",
    ],
)
def test_regions_that_a_section_is_about_are_not_the_whole_list(text):
    (claim,) = regions(page(text))
    assert set(claim.names) >= {"Europe", "Asia Pacific"}
    assert not claim.complete


def test_a_line_below_its_label_lists_regions():
    text = f"Geographies covered\n{', '.join(FOUR[:3])}, and {FOUR[3]}\nCompanies covered\nElm (US), Oak (UK)"
    (claim,) = regions(page(text))
    assert claim.names == FOUR
    assert claim.complete
    assert claim.words.startswith("Geographies covered: North America, Europe")
    assert claim.dimension == "Region"
    assert claim.place.block == 0
