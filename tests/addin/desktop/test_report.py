from pathlib import Path

import openpyxl
import pytest

from addin.desktop.report import rebuild
from markets.errors import UnknownName
from workbook.refusals import ConflictingChoice
from workbook.template import write_workbook

MIO = "Medical Imaging Outsourcing"
EARLIER = Path(__file__).parents[2] / "workbook" / "earlier" / "new.xlsx"


def test_the_report_is_built_for_what_the_workbook_chooses(tmp_path):
    write_workbook(tmp_path / "copy.xlsx", MIO, "USD million")
    rebuilt = rebuild(tmp_path / "copy.xlsx", tmp_path / "out.xlsx")
    assert (rebuilt.changes, rebuilt.kept_aside, rebuilt.added) == ((), (), [])
    assert rebuilt.report.shown.unit == "USD million"


def test_edits_are_noticed(tmp_path):
    write_workbook(tmp_path / "copy.xlsx", MIO)
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    book["Players"]["D9"] = "my own note"
    book.save(tmp_path / "copy.xlsx")
    kept = rebuild(tmp_path / "copy.xlsx", tmp_path / "out.xlsx").kept_aside
    assert "Players" in [each.sheet for each in kept]


def test_a_market_that_is_in_no_catalog_is_said(tmp_path):
    write_workbook(tmp_path / "copy.xlsx", MIO)
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    book["Start"]["B5"] = "Nothing of the sort"
    book.save(tmp_path / "copy.xlsx")
    with pytest.raises(UnknownName, match="Nothing of the sort"):
        rebuild(tmp_path / "copy.xlsx", tmp_path / "out.xlsx")


def test_an_earlier_layout_is_refused(tmp_path):
    with pytest.raises(ConflictingChoice, match="Close it, and run 'marketbook refresh' once"):
        rebuild(EARLIER, tmp_path / "out.xlsx")
