from contextlib import suppress
from types import SimpleNamespace

import pytest

from addin.desktop import excel_api
from addin.desktop.excel_api import ExcelRefused, patiently
from tests.addin.desktop.fake_excel import Rejected

TIED = r"='C:\old\marketbook.xlam'!MARKET_SERIES(A1)"


def test_a_rejected_call_is_tried_again_but_not_for_ever(monkeypatch):
    monkeypatch.setattr(excel_api, "_PAUSE", 0)
    editing = Exception(-2147352567, "Exception occurred.", (0, None, None, None, 0, -2146777998), None)
    answers = [Rejected(), editing, "done"]

    def call():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert patiently(call) == "done"
    answers[:] = [Rejected()] * 100
    with pytest.raises(ExcelRefused, match="Excel is busy"):
        patiently(call)


SETTINGS = ["ScreenUpdating", "EnableEvents", "AutomationSecurity", "Calculation"]


@pytest.mark.parametrize("rejected", SETTINGS)
@pytest.mark.parametrize("times", [1, 100])
def test_excel_is_left_as_it_was_where_it_rejects_a_setting(app, rejected, times, monkeypatch):
    monkeypatch.setattr(excel_api, "_PAUSE", 0)
    before = settings(app)
    with suppress(ExcelRefused), excel_api.undisturbed(Busy(app, rejected, times)):
        assert app.Calculation != before["Calculation"]
    assert settings(app) == before


@pytest.mark.parametrize("rejected", SETTINGS)
@pytest.mark.parametrize("times", [1, 100])
def test_a_setting_that_cannot_be_given_back_keeps_no_other(app, rejected, times, monkeypatch):
    monkeypatch.setattr(excel_api, "_PAUSE", 0)
    before, busy = settings(app), Busy(app, rejected, 0)
    with suppress(ExcelRefused), excel_api.undisturbed(busy):
        vars(busy)["left"] = times
    after = settings(app)
    assert {name for name in after if after[name] != before[name]} == ({rejected} if times == 100 else set())


def settings(app):
    return {name: value for name, value in vars(app).items() if isinstance(value, bool | int)}


class Busy:
    """Excel, which rejects that one setting is changed the next few times."""

    def __init__(self, app, setting, times):
        vars(self).update(app=app, setting=setting, left=times)

    def __getattr__(self, name):
        return getattr(self.app, name)

    def __setattr__(self, name, value):
        if name == self.setting and self.left:
            vars(self)["left"] -= 1
            raise Rejected
        setattr(self.app, name, value)


def test_another_error_is_not_tried_again():
    with pytest.raises(ZeroDivisionError):
        patiently(lambda: 1 / 0)


class Cell(SimpleNamespace):
    """One cell of an array; what it is entered as ends up in an attribute."""

    def Cells(self, row, column):  # noqa: N802
        return self

    @property
    def UsedRange(self):  # noqa: N802
        return self


@pytest.mark.parametrize(
    ("kind", "entered"),
    [
        ({"HasArray": False, "HasSpill": False, "Formula2": TIED}, "Formula2"),
        ({"HasArray": True, "HasSpill": True, "Formula2": TIED}, "Formula2"),
        ({"HasArray": True, "HasSpill": False, "Formula2": TIED, "Count": 3}, "FormulaArray"),
        ({"HasArray": True, "HasSpill": False, "Formula2": TIED}, "Formula2"),
        ({"HasArray": True}, "FormulaArray"),
        ({"HasArray": False}, "Formula"),
    ],
)
def test_arrays_are_entered_in_their_own_way(kind, entered):
    cell = Cell(ProtectContents=False, HasFormula=True, Address="$A$1", Formula=TIED, FormulaArray=TIED)
    vars(cell).update({"Count": 1} | kind)
    cell.CurrentArray = cell.SpillParent = cell.SpillingToRange = cell
    assert excel_api.enter_again(cell) == 1
    changed = {name for name in ("Formula", "Formula2", "FormulaArray") if getattr(cell, name, TIED) != TIED}
    assert changed == {entered}
