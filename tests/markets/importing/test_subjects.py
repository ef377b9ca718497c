"""What market a text is about: names, their other forms, and geographies."""

import pytest

from markets.importing.documents import Block, Document, Kind
from markets.importing.subjects import subject


def named(*lines: str | Block, title: str = "") -> tuple[str, tuple[str, ...], str] | None:
    blocks = tuple(Block(line) if isinstance(line, str) else line for line in lines)
    found = subject(Document("t", blocks, title=title))
    return (found.name, found.aliases, found.geography) if found else None


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["Smart Kettle Market Size, Share & Trends"], "Smart Kettle"),
        (["The global smart kettle market was valued at USD 2 billion in 2023."], "Smart Kettle"),
        (["Global Market for Smart Kettles to Reach $4 Billion by 2030"], "Smart Kettles"),
        (["This report covers the global market for Smart Kettles, by type."], "Smart Kettles"),
        (["Robots in Tea Blending Industry to grow"], "Robots in Tea Blending"),
        (["Global revenue for Tea Blending market was valued at $4 million in 2020."], "Tea Blending"),
        (["Latest study on “Sensors in Kettles Market Forecast to 2030”"], "Sensors in Kettles"),
        (["Key players in the Tea Cosy market", "The consumer market is the largest."], "Tea Cosy"),
    ],
)
def test_the_market_is_named_without_global_and_market_size(lines: list[str], name: str) -> None:
    found = named(*lines)
    assert found is not None
    assert found[0] == name


def test_an_acronym_in_brackets_stays_and_is_an_alias() -> None:
    text = "The Smart Kettle Systems (SKS) market grows. The Smart Kettle Systems market is large."
    assert named(text) == ("Smart Kettle Systems (SKS)", ("Smart Kettle Systems", "SKS"), "")


def test_of_two_acronyms_the_one_of_the_name_is_printed() -> None:
    text = "The Tea Delivery Networks (TND) market grows. The Tea Delivery Networks (TDN) market is large."
    found = named(text)
    assert found is not None
    assert found[0] == "Tea Delivery Networks (TDN)"


def test_a_title_with_an_acronym_is_spelled_out() -> None:
    lines = [
        "AI in Kettles Market to Soar",
        "The global artificial intelligence in kettles market was small.",
    ]
    assert named(*lines) == ("Artificial Intelligence in Kettles", ("AI in Kettles",), "")


@pytest.mark.parametrize(
    ("line", "geography"),
    [
        ("India Smart Kettle Market Size and Forecast", "India"),
        ("The North American smart kettle market was valued at USD 1 billion in 2022.", "North America"),
        ("Global Smart Kettle Market Size and Forecast", ""),
    ],
)
def test_a_region_before_the_name_is_the_geography(line: str, geography: str) -> None:
    assert named(line) == ("Smart Kettle", (), geography)


def test_a_segment_s_region_is_not_the_market_s() -> None:
    lines = [
        "Smart Kettle Market Growing to USD 4 Billion by 2030",
        "Europe smart kettle market grows at 3%.",
    ]
    assert named(*lines) == ("Smart Kettle", (), "")


def test_the_title_of_the_file_counts_more_than_a_mention() -> None:
    text = "The tea market is large. The tea market is old. The kettle market is new."
    assert named(text, title="Kettle Market Report") == ("Kettle", (), "")


def test_a_heading_counts_more_than_a_mention() -> None:
    heading = Block("Kettle Market Overview", Kind.HEADING)
    assert named(heading, "The tea market is large. The tea market is old.") == ("Kettle", (), "")


@pytest.mark.parametrize(
    "text", ["", "Nothing is sold here.", "The stock market fell. Emerging markets rose."]
)
def test_a_text_without_a_market_has_no_subject(text: str) -> None:
    assert named(text) is None
