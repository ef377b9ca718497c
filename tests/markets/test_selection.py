"""The text of a selection: a publisher or what is made of all, and a date."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.errors import BadArgument
from markets.selection import LATEST, Pick, Selection, parse_date

DAY = datetime.date(2025, 9, 30)


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        ("", LATEST),
        ("latest", LATEST),
        (" LATEST ", LATEST),
        ("Median", Selection(pick=Pick.MEDIAN)),
        ("low", Selection(pick=Pick.LOW)),
        ("HIGH", Selection(pick=Pick.HIGH)),
        ("A Publisher", Selection("A Publisher")),
        ("Low & High Research", Selection("Low & High Research")),
        ("latest as of 2025-09-30", Selection(as_of=DAY)),
        ("as of 2025-09-30", Selection(as_of=DAY)),
        ("  As  Of  2025-09-30 ", Selection(as_of=DAY)),
        ("A Publisher as of 2025-09-30", Selection("A Publisher", DAY)),
        ("median AS OF 2025-09-30", Selection(as_of=DAY, pick=Pick.MEDIAN)),
        ("median as of 45930", Selection(as_of=DAY, pick=Pick.MEDIAN)),
        ("low as of ", Selection(pick=Pick.LOW)),
        ("Dallas office", Selection("Dallas office")),
        ("Canvas of Markets", Selection("Canvas of Markets")),
    ],
)
def test_a_text_is_read(text: str, selection: Selection) -> None:
    assert Selection.parse(text) == selection


@pytest.mark.parametrize(
    "day", ["soon", "30.09.2025", "2025-02-30", "2025-9-30", "2025", "9999999", "２０２５-09-30"]
)
def test_a_date_that_is_none_is_refused_and_named(day: str) -> None:
    with pytest.raises(BadArgument, match=f'^"{day}" is not a date'):
        Selection.parse(f"median as of {day}")
    with pytest.raises(BadArgument):
        parse_date(day)


@given(
    st.sampled_from([*Pick, "", "A Publisher", "Research & Co."]),
    st.dates(datetime.date(1930, 1, 1), datetime.date(2150, 1, 1)),
)
def test_a_date_and_the_number_that_a_spreadsheet_joins_for_it_are_the_same(
    source: str, day: datetime.date
) -> None:
    number = (day - datetime.date(1899, 12, 30)).days
    dated = Selection.parse(f"{source} as of {day}")
    assert Selection.parse(f"{source} as of {number}") == dated
    assert (dated.as_of, dated.pick, dated.source) == (
        day,
        Selection.parse(source).pick,
        Selection.parse(source).source,
    )


_PIECES = ["as of", "as", "of", " ", "\t", "2025-09-30", "45930", "median", "A Publisher", "-", "0", "é"]


@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_any_text_is_a_selection_or_refused_in_a_sentence(text: str) -> None:
    try:
        selection = Selection.parse(text)
    except BadArgument as error:
        assert "is not a date" in str(error)
    else:
        assert selection.source == selection.source.strip()
        assert selection.source.casefold() not in list(Pick)
