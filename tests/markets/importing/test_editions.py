"""Who published a text, under which title, and when."""

import datetime

import pytest

from markets.importing.documents import Block, Document, Kind
from markets.importing.editions import edition


def read(*lines: str | Block) -> Document:
    return Document("t", tuple(Block(line) if isinstance(line, str) else line for line in lines))


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("LEEDS, July 18, 2022 /PRNewswire/ -- The kettle market grows.", datetime.date(2022, 7, 18)),
        (
            "Leeds, UK, Oct. 12, 2022 (GLOBE NEWSWIRE) -- The kettle market grows.",
            datetime.date(2022, 10, 12),
        ),
        ("Updated · Nov 13, 2025", datetime.date(2025, 11, 13)),
        ("Published on 3rd March 2024", datetime.date(2024, 3, 3)),
        ("Date: 2024-03-31", datetime.date(2024, 3, 31)),
        ("On May 4, 2021, Acme opened a plant that makes kettles for all of Europe.", None),
        ("Published on 31 February 2024", None),
    ],
)
def test_a_dateline_or_a_marked_date_is_the_date(line: str, date: datetime.date | None) -> None:
    assert edition(read(line)).date == date


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("According to a new report by Teapot Market Research, kettles sell.", "Teapot Market Research"),
        ("As per Teapot Market Research study, kettles sell.", "Teapot Market Research"),
        ("Kettle Market to Grow | Teapot Insights, Inc.", "Teapot Insights"),
        ("Kettle Market to Grow: Teapot View Research®", "Teapot View Research"),
        ("At Teapot Media, we strive for the best.", "Teapot Media"),
        ("TEAPOT MONITOR GLOBAL, INC has surveyed the companies.", "Teapot Monitor Global"),
        ("Acme leads the market, by Type.", ""),
    ],
)
def test_the_firm_that_the_text_names_as_source_is_the_publisher(line: str, publisher: str) -> None:
    assert edition(read(line)).publisher == publisher


def test_a_first_line_without_a_period_is_the_title() -> None:
    assert (
        edition(read("Kettle Market to Reach $4 Billion", "It grows.")).title
        == "Kettle Market to Reach $4 Billion"
    )
    assert edition(read("The kettle market grows each year.")).title == ""


def test_a_heading_is_the_title_wherever_the_page_starts() -> None:
    assert edition(read("Home", Block("Kettle Market Report", Kind.HEADING))).title == "Kettle Market Report"


def test_what_the_file_says_about_itself_comes_first() -> None:
    day = datetime.date(2020, 1, 1)
    page = Document("t", (Block("Updated Nov 13, 2025"),), title="Kettles", publisher="Teapot", date=day)
    found = edition(page)
    assert (found.title, found.publisher, found.date) == ("Kettles", "Teapot", day)
