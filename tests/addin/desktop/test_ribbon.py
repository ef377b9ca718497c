import re
from pathlib import PurePath
from types import SimpleNamespace

import pytest
import xlwings

from addin.desktop import excel_api, ribbon
from addin.desktop.sources import first_call
from addin.desktop.values import sentinel
from addin.log import last_lines
from tests.addin.desktop.fake_excel import App, Book
from udfs.values import CellError
from workbook.template import write_workbook

MIO = "Medical Imaging Outsourcing"


@pytest.fixture
def app(tmp_path, monkeypatch):
    """Excel with one workbook open; `said` are the messages that the user sees."""
    app = App()
    app.said = []
    write_workbook(tmp_path / "book.xlsx", MIO)
    app.ActiveWorkbook = Book(tmp_path / "book.xlsx", app)
    app.ActiveCell = None
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr(excel_api, "say", lambda _, text: app.said.append(text))
    caller = SimpleNamespace(app=SimpleNamespace(api=app))
    monkeypatch.setattr(xlwings.Book, "caller", lambda: caller)
    return app


@pytest.fixture
def answer(app):
    """Let the user type something into the next question."""

    def give(text):
        app.InputBox = lambda question, *_, **__: app.said.append(question) or text

    return give


def test_refresh_says_in_the_status_bar_what_changed(app):
    ribbon.press("refresh")
    assert app.StatusBar == "Marketbook: report sheets refreshed: 10, no figures changed"
    assert not app.said


def test_a_refused_refresh_is_one_sentence(app):
    app.ActiveWorkbook.ReadOnly = True
    ribbon.press("refresh")
    assert app.said == ["book.xlsx is read-only. Save it under another name, and try again."]
    assert app.StatusBar is False


@pytest.mark.parametrize("button", ["refresh", "convert_to_values", "sources"])
def test_without_a_workbook(app, button):
    app.ActiveWorkbook = None
    ribbon.press(button)
    assert app.said == ["No workbook is open. Open a workbook, and try again."]


def test_what_nobody_foresaw_is_logged_and_said(app, log_folder):
    app.ActiveWorkbook = object()
    ribbon.press("refresh")
    assert "Unexpected error; see the log" in app.said[0]
    assert "The button refresh failed" in "\n".join(last_lines(50))


def test_a_new_workbook_is_made_from_the_chosen_market(app, answer):
    app.Workbooks.Add = lambda template: app.said.append(template) or Book(template, app)
    answer("2")
    ribbon.press("new_workbook")
    assert f"2  {MIO}" in app.said[0]
    assert PurePath(app.said[1]).name == f"{MIO}.xlsx"
    answer(False)
    ribbon.press("new_workbook")
    assert len(app.said) == 3  # the question alone


def test_a_market_of_any_name_makes_a_file(app, answer, monkeypatch):
    name = "MRI/CT: what next?"
    markets = SimpleNamespace(search=lambda: [SimpleNamespace(name=name)])
    monkeypatch.setattr(ribbon.catalog, "reload", lambda: markets)
    monkeypatch.setattr(ribbon, "write_workbook", lambda path, market: path.write_text(market))
    app.Workbooks.Add = lambda template: app.said.append(template) or SimpleNamespace(Worksheets=[])
    answer("1")
    ribbon.press("new_workbook")
    assert PurePath(app.said[1]).name == "MRI CT what next.xlsx"


def test_without_any_report_there_is_no_new_workbook(app, monkeypatch):
    monkeypatch.setattr(ribbon.catalog, "reload", lambda: SimpleNamespace(search=list))
    ribbon.press("new_workbook")
    assert app.said == ["The catalog has no reports yet."]


def test_formulas_become_values_with_their_errors(app, answer):
    sheet = app.ActiveWorkbook.Worksheets("Forecast")
    ours = {place: value for place, (text, value) in sheet.content.items() if "MARKET_" in str(text)}
    assert ours
    answer("2")
    ribbon.press("convert_to_values")
    assert {place: sheet.content[place] for place in ours} == {place: (v, v) for place, v in ours.items()}
    assert re.match(r"Marketbook: formulas converted to values: \d+, backup: .*book", app.StatusBar)
    assert app.log[0] == "backup"


def test_only_the_selected_formulas_become_values(app, answer):
    sheet = app.ActiveWorkbook.Worksheets("Forecast")
    app.Selection = SimpleNamespace(Areas=[sheet.Range("B6")])
    before = {place: text for place, (text, _) in sheet.content.items()}
    answer("1")
    ribbon.press("convert_to_values")
    after = {place: text for place, (text, _) in sheet.content.items()}
    assert {place for place in before if before[place] != after[place]} == {(6, 2)}
    assert after[6, 2] == 8.6
    app.Selection = "a picture"
    ribbon.press("convert_to_values")
    assert app.said[-1] == "No cells are selected. Select cells, and try again."


def test_sources_of_the_selected_cell(app):
    cells = {"A1": SimpleNamespace(Value2=MIO), "2028": 2028.0, '"CT"': "CT", "B1": sentinel(CellError.NA)}
    sheet = SimpleNamespace(Evaluate=cells.__getitem__)
    app.ActiveCell = SimpleNamespace(Formula="=ROUND(MARKET_SIZE(A1,2028),2)", Worksheet=sheet)
    ribbon.press("sources")
    assert app.said[-1].startswith("interpolated for 2028: constant growth from 8.6")
    app.ActiveCell.Formula = '=MARKET_SIZE(A1,2028,"CT")'
    ribbon.press("sources")
    assert "Computed Tomography" in app.said[-1]
    app.ActiveCell.Formula = "=MARKET_SIZE(B1)"
    ribbon.press("sources")
    assert app.said[-1] == "The argument market is #N/A."
    app.ActiveCell.Formula = "=1+1"
    ribbon.press("sources")
    assert app.said[-1] == "The selected cell contains no Marketbook formula."


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("=MARKET_CAGR(A1)", "reported: stated as 4.3% p.a. over 2024-2033. Market.us Media, 2025-11-13: "),
        ("=MARKET_CAGR(A1,,2023,2033)", "derived: implied by sizes, from 8.6 (2023, reported) to 13.1 (2033"),
        ('=SEGMENT_SHARE(A1,"CT")', "reported for 2023: stated as 65.3%. Market.us Media"),
        (
            "=INDEX(MARKET_SERIES(A1),3,2)",
            "2023-2033: 2 reported, 9 interpolated. Market.us Media, 2025-11-13",
        ),
        ("=INDEX(KEY_PLAYERS(A1),2)", "Companies named: 13. Market.us Media, 2025-11-13: "),
        ('=MARKET_INDICATOR(A1,"Health spending")', "reported for 2018: stated as USD 3.6 trillion. "),
        ("=CAGR_PROJECT(8.6,0.043,10)", "8.6 x (1 + 0.043)^10 = 13.1021"),
    ],
)
def test_sources_says_where_this_kind_of_figure_comes_from(app, formula, said):
    numbers = {text: float(text) for text in ("2023", "2033", "8.6", "0.043", "10")}
    texts = {'"CT"': "CT", '"Health spending"': "Health spending", "A1": SimpleNamespace(Value2=MIO)}
    sheet = SimpleNamespace(Evaluate=(numbers | texts).__getitem__)
    app.ActiveCell = SimpleNamespace(Formula=formula, Worksheet=sheet)
    ribbon.press("sources")
    assert app.said[-1].startswith(said)


def test_help_lists_every_function(app):
    ribbon.press("help")
    assert "MARKET_SIZE(market, [year]" in app.said[0]


def test_a_log_that_is_not_there_is_said(app, log_folder):
    ribbon.press("log")
    assert app.said[0].startswith("Nothing was logged")


@pytest.mark.parametrize(
    ("formula", "name", "arguments"),
    [
        ("=MARKET_SIZE(A1)", "MARKET_SIZE", ("A1",)),
        ('=@market_size(A1,,"a,b(",mb_unit)', "MARKET_SIZE", ("A1", "", '"a,b("', "mb_unit")),
        ("=IF(SUM({1,2})>1,MARKET_CAGR('My, sheet'!A1,B2),0)", "MARKET_CAGR", ("'My, sheet'!A1", "B2")),
        ("=INDEX(MARKET_SERIES(A1,,2023,2033),1,2)", "MARKET_SERIES", ("A1", "", "2023", "2033")),
        ('="MARKET_SIZE("&MARKET_STATUS(A1,YEAR(B1))', "MARKET_STATUS", ("A1", "YEAR(B1)")),
        ("=CAGR_PROJECT(1,2,3)", "CAGR_PROJECT", ("1", "2", "3")),
    ],
)
def test_the_call_is_taken_from_a_formula(formula, name, arguments):
    call = first_call(formula)
    assert (call.function.name, call.arguments) == (name, arguments)


@pytest.mark.parametrize("formula", ['="MARKET_SIZE(A1)"', "plain", "='MARKET_SIZE('!A1"])
def test_a_formula_without_a_call(formula):
    assert first_call(formula) is None
