"""LibreOffice started from shells as people have them: its Python must not load another's files."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from addin.libreoffice import Office
from addin.libreoffice.location import clean_environment
from tests.conftest import SEED
from tests.libreoffice import required

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="LibreOffice brings its own Python there")

Shell = Callable[[Path, pytest.MonkeyPatch], None]


def first_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), os.environ["PATH"]]))


def environment(place: Path) -> Path:
    """Return the folder of an environment's programs, as `venv` lays it out."""
    programs = place / "bin"
    programs.mkdir(parents=True)
    (programs / "python3").symlink_to(sys.executable)
    (place / "pyvenv.cfg").write_text(f"home = {Path(sys.base_prefix) / 'bin'}\n")
    return programs


def activated(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_on_path(environment(place / "env"), monkeypatch)
    monkeypatch.setenv("VIRTUAL_ENV", str(place / "env"))


def linked_from_elsewhere(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As uv and pyenv do: a folder of links on PATH, each to a program of some environment."""
    programs = environment(place / "tools" / "marketbook")
    links = place / "links"
    links.mkdir()
    (links / "python3").symlink_to(programs / "python3")
    first_on_path(links, monkeypatch)


def of_another_python(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_on_path(Path(sys.base_prefix) / "bin", monkeypatch)


def with_settings_for_python(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONEXECUTABLE", "PYTHONPLATLIBDIR"):
        monkeypatch.setenv(name, str(place))


def without_path(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def among_modules_of_known_names(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json.py", "csv.py", "uno.py", "markets.py", "udfs.py"):
        (place / name).write_text("raise SystemExit(1)\n")
    monkeypatch.chdir(place)


def in_a_folder_that_is_gone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = place / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()


def with_names_beyond_its_locale(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = place / "Größe"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("LC_ALL", "C")


@pytest.mark.parametrize(
    "shell",
    [
        activated,
        linked_from_elsewhere,
        of_another_python,
        with_settings_for_python,
        without_path,
        among_modules_of_known_names,
        in_a_folder_that_is_gone,
        with_names_beyond_its_locale,
    ],
)
def test_the_functions_answer(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    required()
    with monkeypatch.context() as patch:  # undone before the folder is
        shell(tmp_path, patch)
        with Office() as office:
            assert office.evaluate([f'MARKET_SIZE("{SEED}",2033)']) == [[[13.1]]]


def test_a_refresh_from_an_activated_shell_calculates_the_user_s_formulas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    required()
    path = tmp_path / "model.xlsx"
    own = Workbook()
    own.active["B2"] = f'=MARKET_SIZE("{SEED}",2033)*2'
    own.save(path)
    activated(tmp_path, monkeypatch)
    command = [sys.executable, "-m", "addin.commands", "refresh", str(path), "--market", SEED, "--add"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Your own formulas that were updated: Sheet!B2." in printed
    assert openpyxl.load_workbook(path, data_only=True)["Sheet"]["B2"].value == pytest.approx(26.2)


def test_only_folders_of_other_pythons_leave_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own tools"
    own.mkdir()
    monkeypatch.setenv("PATH", os.pathsep.join([str(environment(tmp_path)), str(own), "/usr/bin", ""]))
    monkeypatch.setenv("MARKETBOOK_CATALOG", "reports")
    clean = clean_environment()
    assert clean["PATH"].split(os.pathsep)[:2] == [str(own), "/usr/bin"]
    assert "" not in clean["PATH"].split(os.pathsep)
    assert clean["MARKETBOOK_CATALOG"] == "reports"
