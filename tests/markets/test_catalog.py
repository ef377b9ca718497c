"""Which report answers, and what is said of files that cannot."""

import datetime
from pathlib import Path

import pytest

from markets.catalogs import folders, remembered
from markets.catalogs.folders import BUNDLED, folder_catalog, folder_version
from markets.catalogs.heads import read_head
from markets.catalogs.indexed import report_catalog
from markets.errors import NoFigure, UnknownName
from markets.reports import read_report
from markets.selection import Selection
from tests.bench.reports import write_reports
from tests.conftest import CATALOG, SEED
from tests.markets.made import made

REPORT = (CATALOG / "espresso-machines.toml").read_text(encoding="utf-8")


def test_of_two_editions_the_later_answers(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(REPORT.replace("2026-03-01", "2026-09-01").replace('"500"', '"520"'))
    (tmp_path / "b.toml").write_text(REPORT)
    assert folder_catalog([tmp_path]).market("espresso machines").size(2024).value == 520


def test_of_one_date_the_file_read_last_answers(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(REPORT)
    (tmp_path / "b.toml").write_text(REPORT.replace('"500"', '"520"'))
    assert folder_catalog([tmp_path]).market("espresso machines").size(2024).value == 520


def test_an_alias_of_two_markets_asks_which(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(REPORT)
    (tmp_path / "b.toml").write_text(REPORT.replace('name = "Espresso Machines"', 'name = "Filter Machines"'))
    catalog = folder_catalog([tmp_path])
    with pytest.raises(UnknownName, match=r"Did you mean Espresso Machines \(Europe\) or Filter") as caught:
        catalog.market("coffee machines")
    assert caught.value.suggestions == ("Espresso Machines (Europe)", "Filter Machines (Europe)")
    assert catalog.market("filter machines").name == "Filter Machines (Europe)"


def test_a_file_that_cannot_be_read_is_a_problem_and_keeps_no_other_away(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(REPORT)
    (tmp_path / "b.toml").write_bytes(b"\xff\x00")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "dangling.toml").symlink_to(tmp_path / "nowhere")
    catalog = folder_catalog([tmp_path])
    assert [market.name for market in catalog.search()] == ["Espresso Machines (Europe)"]
    told = sorted(str(problem).split(":")[0] for problem in catalog.problems)
    assert told == ["b.toml", "dangling.toml", "folder.toml"]


def test_a_named_folder_that_is_not_there_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(tmp_path / "typo"))
    catalog = folder_catalog()
    assert [market.name for market in catalog.search()] == ["Guided Tissue Regeneration Membrane", SEED]
    assert 'typo" does not exist. It is set in the variable MARKETBOOK_CATALOG' in str(catalog.problems[0])


def test_search_finds_parts_of_names_and_near_misses() -> None:
    catalog = folder_catalog([BUNDLED, CATALOG])
    assert [market.name for market in catalog.search("machine")] == ["Espresso Machines (Europe)"]
    assert [market.name for market in catalog.search("imagng outsorcing")] == [SEED]
    assert len(catalog.search()) == 3


def test_a_subject_is_a_name_and_a_geography() -> None:
    world = made([(2023, "8.6")], published=2024)
    europe = made([(2023, "2.1")], published=2026, geography="Europe")
    catalog = report_catalog([world, europe])
    assert catalog.market("m").size().value == 8.6
    assert catalog.market("M (Europe)").size().value == 2.1
    assert [listing.name for listing in catalog.search()] == ["M", "M (Europe)"]
    assert report_catalog([europe]).market("M").size().value == 2.1
    with pytest.raises(UnknownName, match=r"Did you mean M \(Asia\) or M \(Europe\)"):
        report_catalog([made(geography="Asia"), europe]).market("M")


def test_editions_of_two_names_for_the_world_are_of_one_subject() -> None:
    one, other = made([(2023, "1")], geography="Worldwide"), made([(2023, "2")], published=2025)
    catalog = report_catalog([one, other])
    assert [listing.name for listing in catalog.search()] == ["M"]
    assert catalog.market("M").size().value == 2


def test_a_selection_is_of_a_publisher_and_of_what_was_published_by_a_day() -> None:
    reports = [
        made([(2023, "1")], published=2022, publisher="One"),
        made([(2023, "2")], published=2023, publisher="Two"),
        made([(2023, "3")], published=2024, publisher="One"),
    ]
    catalog = report_catalog(reports)
    latest = catalog.market("M")
    assert (latest.size(2023).value, [s.date.year for s in latest.sources]) == (3, [2024, 2023, 2022])
    assert catalog.market("M", Selection("two")).size(2023).value == 2
    by_then = Selection(as_of=datetime.date(2022, 12, 31))
    assert catalog.market("M", by_then).size(2023).value == 1
    with pytest.raises(NoFigure, match="published by 2020-01-01"):
        catalog.market("M", Selection(as_of=datetime.date(2020, 1, 1)))
    with pytest.raises(UnknownName, match="Did you mean One or Two"):
        catalog.market("M", Selection("Three"))


def test_a_file_is_read_when_its_market_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.toml").write_text(REPORT)
    (tmp_path / "b.toml").write_text(REPORT.replace('name = "Espresso Machines"', 'name = "Filter Machines"'))
    read: list[str] = []
    monkeypatch.setattr(folders, "read_report", lambda path: read.append(path.name) or read_report(path))
    catalog = folder_catalog([tmp_path])
    assert len(catalog.search("machines")) == 2
    assert read == []
    first = catalog.market("filter machines")
    assert catalog.market("Filter Machines (Europe)") is first
    assert read == ["b.toml"]


def test_a_file_that_vanishes_is_a_problem_and_an_older_edition_answers(tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(REPORT.replace("2026-03-01", "2026-09-01"))
    (tmp_path / "old.toml").write_text(REPORT.replace('"500"', '"480"'))
    catalog = folder_catalog([tmp_path])
    (tmp_path / "new.toml").unlink()
    assert catalog.market("espresso machines").size(2024).value == 480
    assert ["new.toml" in str(problem) for problem in catalog.problems] == [True]
    alone = folder_catalog([tmp_path])
    (tmp_path / "old.toml").unlink()
    with pytest.raises(NoFigure, match=r"No report on Espresso Machines \(Europe\) can be read\. old\.toml"):
        alone.market("Espresso Machines")


def test_facts_that_cannot_be_meant_are_a_problem_when_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(REPORT.replace('value = "500"', "value = 500"))
    catalog = folder_catalog([tmp_path])
    assert catalog.problems == ()
    with pytest.raises(NoFigure, match=r"a\.toml: sizes\[1\]\.value"):
        catalog.market("espresso machines")
    assert len(catalog.validate()) == 1


def test_a_file_may_begin_with_its_facts(tmp_path: Path) -> None:
    head, _, facts = REPORT.partition("[[sizes]]")
    (tmp_path / "a.toml").write_text(f"[[sizes]]{facts}\n{head}")
    assert folder_catalog([tmp_path]).market("espresso machines").size(2024).value == 500


def test_the_version_is_another_once_a_file_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(REPORT)
    catalog = folder_catalog([tmp_path])
    assert catalog.version == folder_version([tmp_path])
    path.write_text(REPORT + "\n")
    assert catalog.version != folder_version([tmp_path])


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of so many reports that their heads are remembered, in a cache of its own."""
    monkeypatch.setattr(remembered, "_place", lambda: tmp_path / "cache" / "heads.msgpack")
    write_reports(tmp_path / "large", remembered.WORTH_REMEMBERING)
    return tmp_path / "large"


def test_heads_of_many_files_are_remembered(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = folder_catalog([large]).search()
    read: list[str] = []
    monkeypatch.setattr(folders, "read_head", lambda path: read.append(path.name) or read_head(path))
    assert folder_catalog([large]).search() == first
    assert read == []
    (large / "new.toml").write_text(REPORT)
    (large / "000000.toml").write_text(REPORT.replace("Espresso", "Filter"))
    names = {listing.name for listing in folder_catalog([large]).search()}
    assert sorted(read) == ["000000.toml", "new.toml"]
    assert {"Espresso Machines (Europe)", "Filter Machines (Europe)"} <= names


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x81\xa5heads\x91\x01", bytes(10_000)])
def test_a_spoilt_memory_of_heads_costs_time_only(large: Path, tmp_path: Path, content: bytes) -> None:
    first = folder_catalog([large]).search()
    (tmp_path / "cache" / "heads.msgpack").write_bytes(content)
    assert folder_catalog([large]).search() == first
    assert (tmp_path / "cache" / "heads.msgpack").read_bytes() != content


def test_a_memory_of_heads_that_cannot_be_kept_is_done_without(large: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert folder_catalog([large]).search()
