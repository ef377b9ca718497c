"""An as-of date hides what was published later, as if it were not there yet."""

import datetime
from pathlib import Path

import pytest

from markets import Selection
from markets.catalogs.folders import BUNDLED, folder_catalog, folder_version
from markets.catalogs.indexed import report_catalog
from markets.errors import CatalogError, NoFigure, UnknownName
from tests.conftest import CATALOG, SEED
from tests.markets.made import made

REPORT = (CATALOG / "espresso-machines.toml").read_text(encoding="utf-8")
DAY = datetime.date(2024, 12, 31)
REPORTS = [
    made([(2023, "1")], published=2023, publisher="One"),
    made([(2023, "2")], published=2024, publisher="Two", name="M"),
    made([(2023, "3")], published=2025, publisher="One", name="M"),
    made([(2023, "4")], published=2025, publisher="One", name="Later"),
    made([(2023, "5")], published=2025, publisher="One", geography="Europe"),
]


def test_later_editions_are_hidden_in_answers_sources_and_lists() -> None:
    catalog = report_catalog(REPORTS, as_of=DAY)
    market = catalog.market("M")
    assert (market.size().value, [s.date.year for s in market.sources]) == (2, [2024, 2023])
    assert [one.source.publisher for one in catalog.sources("M")] == ["Two", "One"]
    assert catalog.market("M", Selection.parse("high")).size().value == 2
    assert catalog.market("M", Selection("One")).size().value == 1
    assert [listing.name for listing in catalog.search()] == ["M"]
    assert len(report_catalog(REPORTS).search()) == 3


def test_an_edition_of_the_day_itself_is_shown() -> None:
    assert report_catalog(REPORTS, as_of=datetime.date(2025, 6, 1)).market("M").size().value == 3


def test_a_market_that_is_hidden_says_so_by_its_name_and_is_not_suggested() -> None:
    catalog = report_catalog(REPORTS, as_of=DAY)
    for name, called in (("later", "Later"), ("m (EUROPE)", r"M \(Europe\)")):
        with pytest.raises(NoFigure, match=f"^No report on {called} was published by 2024-12-31"):
            catalog.market(name)
    assert catalog.search("late") == []
    with pytest.raises(UnknownName) as caught:
        catalog.market("Latr")
    assert caught.value.suggestions == ()


def test_a_selection_can_only_look_further_back() -> None:
    catalog = report_catalog(REPORTS, as_of=DAY)
    assert catalog.market("M", Selection.parse("latest as of 2023-12-31")).size().value == 1
    assert catalog.market("M", Selection.parse("latest as of 2099-01-01")).size().value == 2
    with pytest.raises(NoFigure, match="published by 2020-01-01"):
        catalog.market("M", Selection.parse("as of 2020-01-01"))
    with pytest.raises(UnknownName, match=r"Did you mean Two or One\?"):
        catalog.market("M", Selection("Three"))


def test_everything_can_be_hidden() -> None:
    catalog = report_catalog(REPORTS, as_of=datetime.date(1999, 1, 1))
    assert catalog.search() == []
    with pytest.raises(NoFigure, match="No report on M was published by 1999-01-01"):
        catalog.sources("M", Selection.parse("median"))


def test_an_alias_that_came_later_is_unknown_before(tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(
        REPORT.replace("2026-03-01", "2026-09-01").replace('"Coffee Machines"', '"Barista Machines"')
    )
    (tmp_path / "old.toml").write_text(REPORT)
    assert folder_catalog([tmp_path]).market("barista machines").source.date.month == 9
    assert folder_catalog([tmp_path]).market("coffee machines").source.date.month == 9
    before = folder_catalog([tmp_path], datetime.date(2026, 3, 31))
    assert before.market("coffee machines").source.date.month == 3
    with pytest.raises(UnknownName):
        before.market("barista machines")


def test_the_variable_hides_and_is_part_of_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    version = folder_version([BUNDLED])
    monkeypatch.setenv("MARKETBOOK_AS_OF", " 2025-11-12 ")
    assert folder_version([BUNDLED]) != version
    catalog = folder_catalog([BUNDLED])
    assert catalog.version == folder_version([BUNDLED])
    assert SEED not in [listing.name for listing in catalog.search()]
    dated = folder_catalog([BUNDLED], datetime.date(2025, 11, 13))
    assert dated.market(SEED).size().value == 8.6
    assert dated.version == folder_version([BUNDLED], datetime.date(2025, 11, 13)) != catalog.version


def test_a_variable_that_is_no_date_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETBOOK_AS_OF", "last quarter")
    with pytest.raises(
        CatalogError, match=r'^The variable MARKETBOOK_AS_OF is set, but "last quarter" is not a date'
    ):
        folder_catalog([BUNDLED])
    assert folder_version([BUNDLED])


def test_a_hidden_report_is_validated_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(REPORT.replace('value = "500"', "value = 500"))
    assert len(folder_catalog([tmp_path], DAY).validate()) == 1


def test_of_a_publisher_the_newest_edition_that_can_be_read_is_a_source(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(REPORT.replace("2026-03-01", "2026-09-01").replace('"500"', "500"))
    (tmp_path / "b.toml").write_text(REPORT)
    broken = REPORT.replace("Test & Partners", "Others").replace('"500"', "500")
    (tmp_path / "c.toml").write_text(broken)
    third = REPORT.replace("Test & Partners", "Third").replace("2026-03-01", "2026-06-01")
    (tmp_path / "d.toml").write_text(third)
    catalog = folder_catalog([tmp_path])
    assert [str(market.source) for market in catalog.sources("espresso machines")] == [
        "Third, 2026-06-01",
        "Test & Partners, 2026-03-01",
    ]
    assert len(catalog.problems) == 2
    (tmp_path / "b.toml").unlink()
    (tmp_path / "d.toml").unlink()
    with pytest.raises(NoFigure, match=r"No report on Espresso Machines \(Europe\) can be read"):
        folder_catalog([tmp_path]).sources("espresso machines")
