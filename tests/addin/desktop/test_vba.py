"""The VBA and the ribbon are checked, and the checks find what a hand gets wrong."""

import zipfile
from itertools import islice

import pytest
from pyopenvba import ExcelFile

from addin.desktop.build import build
from addin.desktop.button import with_button
from tests.addin.desktop.vba.checks import summary, tried, verdict
from tests.addin.desktop.vba.faults import faults
from tests.addin.desktop.vba.grammar import syntax_faults
from tests.addin.desktop.vba.names import name_faults
from tests.addin.desktop.vba.ribbon import ribbon_faults
from tests.addin.desktop.vba.scenes import SCENES
from tests.addin.desktop.vba.sources import BUTTON, DOCUMENT, RIBBON, ours, sources
from workbook.template import new_workbook

CALLS, VALUES, HELP = "MarketbookCalls", "MarketbookValues", "MarketbookHelp"
EVERY = 4  # python -m tests.addin.desktop.vba makes them all, in a few minutes


@pytest.mark.parametrize("name", ours())
def test_every_module_is_vba(name):
    assert syntax_faults(sources()[name]) == []


def test_every_name_resolves():
    assert list(name_faults(sources())) == []


def test_the_ribbon_is_by_its_schema_and_calls_what_exists():
    assert ribbon_faults(sources()) == []


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_what_it_does(scene):
    scene(sources())


def test_the_addin_holds_these_modules_and_this_ribbon(tmp_path):
    path = build(tmp_path / "marketbook.xlam")
    with ExcelFile(path) as addin:
        for name in set(ours()) - {BUTTON}:
            assert _code(addin.get_module(name)) == _code(sources()[name])
    with zipfile.ZipFile(path) as package:
        assert package.read("customUI/customUI.xml").decode() == sources()[RIBBON]


def test_the_workbook_with_a_button_holds_this_module(tmp_path):
    with new_workbook("Medical Imaging Outsourcing") as package:
        (tmp_path / "button.xlsm").write_bytes(with_button(package.to_bytes()))
    with ExcelFile(tmp_path / "button.xlsm") as book:
        assert _code(book.get_module(BUTTON)) == _code(sources()[BUTTON])


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param(VALUES, "    Next row\n", "", id="a loop without its end"),
        pytest.param(CALLS, "        Resume\n    End If\n", "        Resume\n", id="an If without its end"),
        pytest.param(CALLS, "IsLost(number) And", "IsLost(number And", id="a bracket that is not closed"),
        pytest.param(CALLS, "    Dim at As Long\n", "", id="a variable that is not declared"),
        pytest.param(CALLS, "    KillPy\n", "    KillPython\n", id="a procedure that is not there"),
        pytest.param(HELP, "Category:=", "Categories:=", id="a named argument that is not there"),
        pytest.param(CALLS, "= Not Application", "= Application", id="the wizard check turned round"),
        pytest.param(CALLS, ".Value2", ".Value", id="Value for Value2"),
        pytest.param(CALLS, "ByRef arguments", "ByVal arguments", id="values that go nowhere"),
        pytest.param(CALLS, ".Areas.Count", ".Area.Count", id="a member that is not there"),
        pytest.param(CALLS, "Set connection = XLPy()", "connection = XLPy()", id="an object let, not set"),
        pytest.param(CALLS, "        Set connection = Nothing\n", "", id="a broken connection kept"),
        pytest.param(HELP, "GoTo failed", "GoTo fails", id="a label that is not there"),
        pytest.param(DOCUMENT, "host_WorkbookActivate", "host_WorkbookActivated", id="an event that is none"),
        pytest.param(DOCUMENT, "WithEvents ", "", id="events that nobody raises"),
        pytest.param(RIBBON, 'label="Help"', 'caption="Help"', id="an attribute not in the schema"),
        pytest.param(RIBBON, ".MarketbookRestart", ".Restart", id="a button that calls what is not there"),
    ],
)
def test_a_fault_put_in_by_hand_is_found(name, old, new):
    assert sources()[name].count(old) == 1
    assert verdict({**sources(), name: sources()[name].replace(old, new)}, name)


def test_of_twenty_faults_at_most_one_lives(capsys):
    found, alive = tried(islice(faults(sources()), 0, None, EVERY))
    with capsys.disabled():
        print(f"\n  {summary(found, alive)}")
    assert len(alive) * 20 <= found.total()
    assert found.total() > 500


def _code(source):
    """A module's own lines: Excel puts attributes in front, and ends lines as Windows does."""
    lines = source.replace("\r\n", "\n").rstrip("\n").split("\n")
    return [line for line in lines if not line.startswith("Attribute VB_")]
