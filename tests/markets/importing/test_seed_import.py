"""The report of the first workbook, imported as text, against the same report entered by hand."""

from pathlib import Path

import pytest

from markets.catalogs.folders import BUNDLED
from markets.facts import Report, Source
from markets.importing.drafts import draft
from markets.importing.editions import edition
from markets.importing.extraction import extract
from markets.importing.reading import read_document
from markets.reports import read_report


@pytest.fixture(scope="module")
def imported(shared: Path) -> Report:
    (path,) = (shared / "seed").glob("*.txt")
    document = read_document(path)
    claims, stated = extract(document), edition(document)
    assert claims.subject is not None
    assert stated.date is not None
    return draft(claims, claims.subject, Source(stated.publisher, stated.title, stated.date)).report


@pytest.fixture(scope="module")
def entered() -> Report:
    return read_report(BUNDLED / "medical-imaging-outsourcing.toml")


def test_market_and_edition(imported: Report, entered: Report) -> None:
    assert (imported.market.name, imported.market.unit) == (entered.market.name, entered.market.unit)
    assert (imported.source.publisher, imported.source.date) == (
        entered.source.publisher,
        entered.source.date,
    )
    assert imported.source.title == entered.source.title


def test_sizes_growth_and_shares(imported: Report, entered: Report) -> None:
    for table in ("sizes", "cagrs", "shares"):
        read, known = (
            {
                (
                    fact.segment,
                    getattr(fact, "year", None),
                    getattr(fact, "last", None),
                    fact.value,
                    fact.about,
                )
                for fact in getattr(report, table)
            }
            for report in (imported, entered)
        )
        assert read == known, table


def test_segments_and_players(imported: Report, entered: Report) -> None:
    read, known = (
        {(dimension.name, segment.name) for dimension in report.dimensions for segment in dimension.segments}
        for report in (imported, entered)
    )
    assert read == known
    assert [player.name for player in imported.players] == [player.name for player in entered.players]


def test_what_differs_is_what_the_documents_list(imported: Report, entered: Report) -> None:
    """Rankings that are stated without a year, and context figures; see docs/importing.md."""
    read, known = ({(r.segment, r.by, r.place) for r in report.rankings} for report in (imported, entered))
    assert known - read == {("Hospitals", "size", 1)}
    assert read <= known
    assert not imported.indicators
    assert entered.indicators
