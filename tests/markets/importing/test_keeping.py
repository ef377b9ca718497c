"""Keeping: one file for each edition, never written twice."""

import datetime
from pathlib import Path

import pytest

from markets.facts import Report, Size, Source, Subject
from markets.figures import Figure
from markets.importing.documents import Block, Document
from markets.importing.keeping import AlreadyKept, fingerprint, keep, kept_before
from markets.reports import read_report

SIZES = (Size(at="a", words="so", year=2023, value=Figure("8.6")),)
REPORT = Report(
    Source("A/B Publisher", "T", datetime.date(2026, 3, 1)), Subject("Drones", "USD", "billion"), sizes=SIZES
)


def text(*blocks: str, name: str = "a.txt") -> Document:
    return Document(name, tuple(map(Block, blocks)))


def test_a_kept_report_is_read_back_and_its_text_is_known_again(tmp_path: Path) -> None:
    mark = fingerprint(text("One", "Two"))
    path = keep(tmp_path / "catalog", REPORT, "/home/me/a report.txt", mark)
    assert read_report(path) == REPORT
    assert path.name == "Drones A B Publisher 2026-03-01.toml"
    assert kept_before(path.parent, fingerprint(text("One", "Two", name="b.html"))) == path
    assert kept_before(path.parent, fingerprint(text("One", "Three"))) is None
    assert "/home/me" not in path.read_text(encoding="utf-8")


def test_a_mended_file_is_known_again_and_not_written(tmp_path: Path) -> None:
    path = keep(tmp_path, REPORT, "a.txt", "m")
    path.write_text(path.read_text(encoding="utf-8").replace("8.6", "8.7"), encoding="utf-8")
    assert kept_before(tmp_path, "m") == path
    with pytest.raises(AlreadyKept, match="--date"):
        keep(tmp_path, REPORT, "b.txt", "n")
    assert 'value = "8.7"' in path.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == [path]


def test_no_folder_has_no_imports(tmp_path: Path) -> None:
    assert kept_before(tmp_path / "none", "m") is None
