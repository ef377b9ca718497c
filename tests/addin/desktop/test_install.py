"""Installing: in real Windows folders and a real registry under Wine; and on a machine without Excel."""

import json
import sys

import pytest

from addin.desktop.doctor import doctor
from addin.desktop.install import InstallError, install, uninstall
from tests.addin.desktop.wine import needs_wine, run_python

_START = """
import json, winreg
from pathlib import Path
from addin.desktop import windows
from addin.desktop.doctor import doctor
from addin.desktop.install import InstallError, addin_path, install, uninstall
APP = r"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe"
def tried(action):
    try:
        return str(action())
    except InstallError as error:
        return f"refused: {error}"
def tree():
    top = windows.startup_folder().parent
    return sorted(str(path.relative_to(top)) for path in top.rglob("*"))
def findings():
    return [[finding.ok, finding.sentence, finding.fix] for finding in doctor()]
"""
_WITH_EXCEL = """
with winreg.CreateKey(winreg.HKEY_CURRENT_USER, APP) as key:
    winreg.SetValueEx(key, "", 0, winreg.REG_SZ, "C:\\\\Office\\\\EXCEL.EXE")
try:
    print(json.dumps(scenario()))
finally:
    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, APP)
"""


def in_windows(code):
    return json.loads(run_python(_START + code).splitlines()[-1])


@needs_wine
def test_install_is_repeatable_and_uninstall_undoes_it():
    scenario = """
def scenario():
    windows.startup_folder().mkdir(parents=True, exist_ok=True)
    other = windows.startup_folder() / "PERSONAL.XLSB"
    other.write_bytes(b"mine")
    before = tree()
    steps = [tried(install), tried(install), tree(), tried(uninstall), tree() == before, tried(uninstall)]
    other.unlink()
    return steps
"""
    first, second, installed, removed, restored, nothing = in_windows(scenario + _WITH_EXCEL)
    assert first == second == removed
    assert first.endswith(r"AppData\Roaming\Microsoft\Excel\XLSTART\marketbook.xlam")
    assert installed == ["XLSTART", r"XLSTART\PERSONAL.XLSB", r"XLSTART\marketbook.xlam"]
    assert restored
    assert nothing == "None"


@needs_wine
def test_both_refuse_while_excel_runs():
    scenario = """
import shutil, subprocess, sys
def scenario():
    program = Path(sys.executable).with_name("Excel.exe")
    shutil.copy(sys.executable, program)
    running = subprocess.Popen([str(program), "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        return [tried(install), tried(uninstall), addin_path().exists()]
    finally:
        running.communicate(b"\\n")
        program.unlink()
"""
    first, second, there = in_windows(scenario + _WITH_EXCEL)
    assert first == second
    assert first == "refused: Excel is running. Close all its windows, and try again. Nothing was changed."
    assert not there


@needs_wine
def test_a_windows_without_excel_is_left_alone():
    first, second, there = in_windows(
        "print(json.dumps([tried(install), tried(uninstall), addin_path().exists()]))"
    )
    assert first == second
    assert first == "refused: Desktop Excel for Windows is not installed. Nothing was changed."
    assert not there


@needs_wine
def test_doctor_finds_what_is_wrong_and_says_how_to_mend_it():
    scenario = """
def scenario():
    rule = r"SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules"
    before = findings()
    install()
    after = findings()
    with winreg.CreateKey(winreg.HKEY_LOCAL_MACHINE, rule) as key:
        winreg.SetValueEx(key, "D4F940AB-401B-4EFC-AADC-AD5F3C50688A", 0, winreg.REG_SZ, "1")
    with addin_path().open("ab") as file:
        file.write(b"changed")
    worse = findings()
    winreg.DeleteKey(winreg.HKEY_LOCAL_MACHINE, rule)
    uninstall()
    return [before, after, worse]
"""
    before, after, worse = in_windows(scenario + _WITH_EXCEL)
    assert [wrong for ok, wrong, _ in before if not ok] == ["The add-in is not installed."]
    assert all(ok for ok, _, _ in after)
    said = " ".join(sentence for _, sentence, _ in after)
    for expected in (
        r"C:\Office\EXCEL.EXE",
        "Python 3.11",
        "xlwings 0.37",
        "The add-in is installed",
        "The catalog has",
    ):
        assert expected in said
    problems = [(wrong, mend) for ok, wrong, mend in worse if not ok]
    assert len(problems) == 2
    assert "built by another version" in problems[0][0]
    assert "marketbook excel install" in problems[0][1]
    assert "Defender" in problems[1][0]
    assert "administrator" in problems[1][1]


@pytest.mark.skipif(sys.platform == "win32", reason="for machines that are not Windows")
@pytest.mark.parametrize("action", [install, uninstall])
def test_a_machine_that_is_not_windows_is_left_alone(action, tmp_path, monkeypatch):
    monkeypatch.setenv("APPDATA", str(tmp_path))
    with pytest.raises(InstallError, match="Desktop Excel for Windows is not installed"):
        action()
    assert not list(tmp_path.iterdir())
    wrong = [finding.sentence for finding in doctor() if not finding.ok]
    assert wrong == ["Desktop Excel for Windows is not installed."]
