"""The command that the add-in hands to xlwings' DLL is the one that the tests under Wine start."""

import re

import pytest
from pyopenvba.apps.excel import ExcelApplication

from addin.desktop.build import build
from addin.desktop.project import modules
from tests.addin.desktop.wine import ROOT, WINE, server_command, windows

_ASKS_THE_SYSTEM = {
    # VBA turns these texts into truth values by itself where it needs them, the interpreter does not.
    "ExpandEnvironmentStrings": 'IIf(s = "True", True, IIf(s = "False", False, s))',
    "FileExists": "False",
    "GetFullName": '""',
    "GetConfigFilePath": '""',
}


def xlwings_vba():
    """xlwings' VBA, but for what the interpreter refuses: files, the environment, a remark behind #If."""
    source = re.sub(r"^(\s*#[^'\n]*?)\s*'.*$", r"\1", modules()["xlwings"], flags=re.MULTILINE)
    for name, answer in _ASKS_THE_SYSTEM.items():
        body = rf"(Function {name}\(.*?\n).*?(End Function)"
        source, found = re.subn(body, rf"\1    {name} = {answer}\n\2", source, flags=re.DOTALL)
        assert found >= 1, name
    return source


@pytest.fixture
def command(tmp_path):
    addin = build(tmp_path / "marketbook.xlam", windows(WINE / "python/python.exe"), windows(ROOT))
    excel = ExcelApplication.open(addin, with_vba=False)
    excel.add_module(xlwings_vba(), name="xlwings")
    return excel.run("XLPyCommand")


def test_the_command_holds_our_own_settings_and_no_workbook(command):
    own = r"([^;]*marketbook\.xlam);\1"  # the add-in itself, where xlwings would put the active workbook
    assert re.sub(own, "ADDIN;ADDIN", command) == re.sub(own, "ADDIN;ADDIN", server_command())
