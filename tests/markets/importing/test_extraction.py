"""Whole texts in the styles of many publishers, with invented markets and figures."""

import pytest

from markets.importing.claims import Claims
from markets.importing.extraction import extract
from markets.importing.reading import read_stream

KETTLES = "Kettle Market Report\n"


def read(text: str) -> Claims:
    return extract(read_stream(text.encode(), "-"))


@pytest.mark.parametrize(
    ("sentence", "sizes", "rates"),
    [
        (
            "The global kettle market size was valued at USD 2.1 billion in 2023 and is projected to "
            "grow from "
            "USD 2.3 billion in 2024 to USD 4.2 billion by 2032, exhibiting a CAGR of 7.8% during the "
            "forecast "
            "period (2024-2032).",
            "2.1 2023, 2.3 2024, 4.2 2032",
            "7.8 2024-2032",
        ),
        (
            "The global kettle market size reached US$ 2.1 Billion in 2023. Looking forward, A Group "
            "expects the "
            "market to reach US$ 4.2 Billion by 2032, exhibiting a growth rate (CAGR) of 7.8% during "
            "2024-2032.",
            "2.1 2023, 4.2 2032",
            "7.8 2024-2032",
        ),
        (
            "The kettle market size is projected to be worth USD 4.2 billion by 2030, from USD 2.1 "
            "billion in 2023.",
            "2.1 2023, 4.2 2030",
            "",
        ),
        (
            "The kettle market share is expected to increase by USD 1.2 billion from 2021 to 2026, and "
            "the market's "
            "growth momentum will accelerate at a CAGR of 6.1%.",
            "",
            "6.1 2021-2026",
        ),
        (
            "The kettle market is poised to grow by USD 1.2 billion during 2024-2028, accelerating at a "
            "CAGR of 6.1%.",
            "",
            "6.1 2024-2028",
        ),
        (
            "Kettle Market to Grow at 6.1% CAGR, to Cross USD 4.2 Billion Mark by 2030.",
            "4.2 2030",
            "6.1 -2030",
        ),
        (
            "In 2023, the worldwide kettle market had a value of EUR 2.1 billion; by 2030 it should "
            "reach EUR 4.2 "
            "billion.",
            "2.1 2023, 4.2 2030",
            "",
        ),
        (
            "The market for kettles is set to decline from USD 4.2 billion in 2023 to USD 2.1 billion "
            "by 2030, at a "
            "CAGR of -9.4%.",
            "4.2 2023, 2.1 2030",
            "-9.4 2023-2030",
        ),
        (
            "A Press says the market will hit USD 4.2 billion in 2034, up from USD 2.1 billion in 2024, "
            "a CAGR of "
            "7.2%.",
            "2.1 2024, 4.2 2034",
            "7.2 2024-2034",
        ),
        (
            "The market will grow from 3.2 USD Billion in 2023 to 5.4 USD Billion by 2032. The CAGR "
            "(growth rate) is "
            "expected to be around 5.2% during the forecast period (2024 - 2032).",
            "3.2 2023, 5.4 2032",
            "5.2 2024-2032",
        ),
        ("Kettle Market Size [2022-2029] Worth USD 4.2 Billion | CAGR 5.2%", "4.2 2029", "5.2 -"),
        ("Revenue in the Kettle market amounts to US$92.67bn in 2024.", "92.67 2024", ""),
        ("The market is expected to grow annually by 5.59% (CAGR 2024-2029).", "", "5.59 2024-2029"),
        (
            "The global kettle market size is expected to increase USD 77.6 billion by 2032 from USD "
            "19.1 billion in "
            "2022.",
            "19.1 2022, 77.6 2032",
            "",
        ),
        ("The LED kettle lamp of Acme cost USD 5 million in 2020.", "", ""),
        ("Acme's revenue was USD 5 billion in 2020, which is 4% more than in 2019.", "", ""),
        ("The parent market of household goods was valued at USD 900 billion in 2023.", "", ""),
        ("The market is to reach xx million USD in 2030 with a CAGR of xx%.", "", ""),
    ],
)
def test_sizes_and_rates_of_the_market(sentence: str, sizes: str, rates: str) -> None:
    claims = read(KETTLES + sentence)
    found = sorted((one.year or 0, one.value) for one in claims.sizes if not one.doubt and not one.scope)
    assert ", ".join(f"{value} {year}" for year, value in found) == sizes
    grown = [one for one in claims.cagrs if not one.doubt and not one.scope]
    assert ", ".join(f"{one.value} {one.first or ''}-{one.last or ''}" for one in grown) == rates


@pytest.mark.parametrize(
    ("sentence", "name", "rate"),
    [
        ("Europe leads, while Japan's market will grow at a CAGR of 6%.", "Japan", "6"),
        (
            "Demand for kettles in South America is set to grow at a 5.3% CAGR through 2034.",
            "South America",
            "5.3",
        ),
    ],
)
def test_rates_of_regions(sentence: str, name: str, rate: str) -> None:
    assert [(one.scope, one.value) for one in read(KETTLES + sentence).cagrs] == [(name, rate)]


@pytest.mark.parametrize(
    "text",
    [
        "The market is segmented by material (steel, glass, and plastic), by end user (households and "
        "offices), and "
        "by region.\nBy Geography: North America, Europe, and Asia-Pacific.\nKey players are Acme Inc., "
        "Beta Corp., "
        "and Gamma GmbH.",
        "Based on material, the kettle market is divided into steel, glass, and plastic. On the basis "
        "of end user, it "
        "is categorized into households and offices.\nRegion-wise, it is analyzed across North America, "
        "Europe, and "
        "Asia-Pacific.\nLeading players include Acme Inc., Beta Corp. and Gamma GmbH.",
        "Segments covered\nMaterial: Steel, Glass, Plastic\nEnd User: Households; Offices\n"
        "Region: North America; Europe; Asia-Pacific\nKey Players: Acme Inc., Beta Corp., Gamma GmbH, "
        "and others.",
        "Material Outlook (Revenue, USD Million, 2018 - 2030)\nSteel\nGlass\nPlastic\n"
        "End User Outlook (Revenue, USD Million, 2018 - 2030)\nHouseholds\nOffices\n"
        "Regional Outlook (Revenue, USD Million, 2018 - 2030)\nNorth "
        "America\nU.S.\nEurope\nUK\nAsia-Pacific\nChina\n"
        "Key Kettle Company Insights\nSome of the key players include Acme Inc., Beta Corp., and Gamma "
        "GmbH.",
        "| Attribute | Details |\n| Market size in 2024 | USD 2.1 billion |\n| Material | Steel, Glass, "
        "Plastic |\n"
        "| End user | Households, Offices |\n| Regions covered | North America, Europe, Asia-Pacific |\n"
        "| Companies profiled | Acme Inc., Beta Corp., Gamma GmbH |",
    ],
)
def test_segments_regions_and_players(text: str) -> None:
    claims = read(KETTLES + text)
    listed = {one.dimension: [name.lower() for name in one.names] for one in claims.segments}
    assert listed == {
        "Material": ["steel", "glass", "plastic"],
        "End User": ["households", "offices"],
        "Region": ["north america", "europe", "asia-pacific"],
    }
    assert [one.name for one in claims.players] == ["Acme Inc.", "Beta Corp.", "Gamma GmbH"]


def test_a_text_without_a_name_still_has_figures_of_the_market() -> None:
    claims = read("The market was valued at USD 5 million in 2020.")
    assert claims.subject is None
    assert [(one.value, one.year) for one in claims.sizes] == [("5", 2020)]
