"""The view of the facts in force, for SQL and for BI tools."""

import datetime

import msgspec
import pandas
import pytest

from markets.catalogs.database import Database, writing
from markets.catalogs.folders import BUNDLED
from markets.catalogs.statements import Statement, statement
from markets.facts import Indicator, Player, Ranking, Report
from markets.figures import Figure
from markets.reports import read_report
from tests.markets.made import made

COLUMNS = [
    *("workspace", "publisher", "report", "published", "market", "geography"),
    *("kind", "segment", "name", "year", "first_year", "last_year", "printed", "number", "unit"),
    *("qualifier", "ranked_by", "rank", "locator", "words"),
    *("edition_id", "fact", "revision", "changed_by", "changed_at", "why"),
]


def every_kind() -> Report:
    report = made(
        [(2023, "8.6"), (2024, "2,068", "S", "over", "million"), (2025, "9", "", "", "")],
        [("4.3", 2024, 2033)],
        [("S", 2023, "65.3")],
        dimensions={"D": ("S", "T")},
        scale="billion",
    )
    return msgspec.structs.replace(
        report,
        rankings=(Ranking(segment="S", by="growth", place=2, at="r"),),
        players=(Player(name="Newcomer", at="p", words="led by Newcomer"),),
        indicators=(Indicator(name="Scans", unit="per 1,000", value=Figure("-3.5"), at="i", year=2020),),
    )


@pytest.fixture
def edition(database: Database, author: writing.Author) -> int:
    with database.writing() as connection:
        return writing.enter(connection, author, every_kind()).edition


def read(database: Database) -> pandas.DataFrame:
    with database.reading() as connection:
        return pandas.read_sql("SELECT * FROM current_facts ORDER BY edition_id, fact", connection)


def test_each_fact_is_a_row_of_plain_columns(database: Database, edition: int) -> None:
    frame = read(database)
    assert list(frame.columns) == COLUMNS
    assert list(zip(frame["kind"], frame["printed"], frame["unit"], strict=True)) == [
        ("size", "8.6", "USD billion"),
        ("size", "2,068", "USD million"),
        ("size", "9", "USD"),
        ("cagr", "4.3", "%"),
        ("dimension", "", ""),
        ("share", "65.3", "%"),
        ("ranking", "", ""),
        ("player", "", ""),
        ("indicator", "-3.5", "per 1,000"),
    ]
    assert [float(one) for one in frame["number"].dropna()] == [8.6, 2068, 9, 4.3, 65.3, -3.5]
    assert {*zip(frame["workspace"], frame["publisher"], frame["report"], frame["market"], strict=True)} == {
        ("team", "P", "T", "M")
    }
    assert {str(day)[:10] for day in frame["published"]} == {"2024-06-01"}
    size, player = frame.iloc[1], frame.iloc[7]
    assert (size["segment"], size["year"], size["qualifier"], size["locator"]) == ("S", 2024, "over", "s2024")
    assert (player["name"], player["words"]) == ("Newcomer", "led by Newcomer")
    assert (frame.iloc[3]["first_year"], frame.iloc[3]["last_year"]) == (2024, 2033)
    assert (frame.iloc[6]["ranked_by"], frame.iloc[6]["rank"]) == ("growth", 2)
    assert {*frame["changed_by"]} == {"ann@example.com"}


def test_only_what_is_in_force_is_there(database: Database, author: writing.Author, edition: int) -> None:
    better = msgspec.structs.replace(statement(every_kind().sizes[0]), value="8.7")
    bob = writing.Author("bob@example.com", author.workspace, "a typing error")
    with database.writing() as connection:
        writing.correct(connection, bob, edition, 1, 1, better)
        writing.correct(connection, bob, edition, 2, 1, None)
        writing.add(connection, bob, edition, Statement(kind="player", at="q", name="Another"))
    frame = read(database)
    assert list(frame["fact"]) == [1, 3, 4, 5, 6, 7, 8, 9, 10]
    first = frame.iloc[0]
    assert (first["printed"], float(first["number"]), first["revision"]) == ("8.7", 8.7, 2)
    assert (first["changed_by"], first["why"]) == ("bob@example.com", "a typing error")
    assert str(first["changed_at"]).startswith(str(datetime.datetime.now(datetime.UTC).year))
    with database.writing() as connection:
        writing.correct(connection, bob, edition, 2, 2, statement(every_kind().sizes[1]))
    assert list(read(database)["fact"]) == list(range(1, 11))


def test_the_rows_are_the_facts_of_the_reports(database: Database, author: writing.Author) -> None:
    reports = [read_report(path) for path in sorted(BUNDLED.glob("*.toml"))]
    with database.writing() as connection:
        for report in reports:
            writing.enter(connection, author, report)
    frame = read(database)
    stated = [statement(fact) for report in reports for fact in report.facts]
    assert list(zip(frame["kind"], frame["printed"], frame["locator"], strict=True)) == [
        (row.kind, row.value, row.at) for row in stated
    ]


def test_a_question_of_an_analyst_is_answered(database: Database, edition: int) -> None:
    question = (
        "SELECT market, year, number FROM current_facts "
        "WHERE kind = 'size' AND segment = '' AND published >= '2024-01-01' ORDER BY year"
    )
    with database.reading() as connection:
        frame = pandas.read_sql(question, connection)
    assert [(row.market, row.year, float(row.number)) for row in frame.itertuples()] == [
        ("M", 2023, 8.6),
        ("M", 2025, 9.0),
    ]
