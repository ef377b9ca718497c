"""Writing: a report's file says the same as the report, and reads well."""

import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from markets.catalogs.folders import BUNDLED
from markets.facts import Player, Report, Size, Source, Subject
from markets.figures import Figure
from markets.importing.writing import toml_text
from markets.reports import parse_report, read_report

PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)


def test_bundled_reports_come_back_as_they_were() -> None:
    files = sorted(Path(BUNDLED).glob("*.toml"))
    assert files
    for path in files:
        report = read_report(path)
        assert parse_report(toml_text(report, "A comment\nof two lines").encode(), path.name) == report


@given(PRINTABLE, PRINTABLE, st.decimals("0.1", "999999", places=2), st.integers(1900, 2200))
def test_any_name_and_figure_comes_back(name: str, player: str, value: object, year: int) -> None:
    report = Report(
        Source(name, name, datetime.date(2026, 3, 1)),
        Subject(name, "USD", "million"),
        sizes=(Size(at="a", words=player, year=year, value=Figure(str(value))),),
        players=(Player(at="b", name=player),),
    )
    assert parse_report(toml_text(report).encode(), "a") == report


def test_each_fact_is_a_block_of_lines_with_its_words_last() -> None:
    fact = Size(at="paragraph 1", words='They "say" so', year=2023, value=Figure("8.60"), segment="A")
    report = Report(
        Source("P", "T", datetime.date(2026, 3, 1)), Subject("M", "USD", "billion"), sizes=(fact,)
    )
    lines = toml_text(report).split("[[sizes]]\n")[1].splitlines()
    assert lines == [
        'segment = "A"',
        "year = 2023",
        'value = "8.60"',
        'at = "paragraph 1"',
        'words = "They \\"say\\" so"',
    ]
