"""Which report answers, and what is said of files that cannot."""

from pathlib import Path

import pytest

from markets.catalogs.folders import BUNDLED, folder_catalog
from markets.errors import UnknownName
from tests.conftest import CATALOG, SEED

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
    assert [market.name for market in catalog.search()] == [SEED]
    assert "typo, which MARKETBOOK_CATALOG names, is not a folder" in str(catalog.problems[0])


def test_search_finds_parts_of_names_and_near_misses() -> None:
    catalog = folder_catalog([BUNDLED, CATALOG])
    assert [market.name for market in catalog.search("machine")] == ["Espresso Machines (Europe)"]
    assert [market.name for market in catalog.search("imagng outsorcing")] == [SEED]
    assert len(catalog.search()) == 2
