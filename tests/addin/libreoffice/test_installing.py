from dataclasses import replace
from pathlib import Path

import pytest

from addin.libreoffice import Office, OfficeError, OfficeRunning, install, uninstall
from addin.libreoffice.extension import marketbook
from tests.libreoffice import required
from udfs.values import CellError

MARKET = '"Medical Imaging Outsourcing"'


def test_the_functions_come_twice_and_go_once(tmp_path: Path) -> None:
    required()
    profile = tmp_path / "a profile with spaces, é and %41"
    assert install(profile) == profile
    assert install(profile) == profile
    with Office(profile) as office:
        assert office.evaluate([f"MARKET_SIZE({MARKET},2033)"]) == [[[13.1]]]
        for attempt in (install, uninstall):
            with pytest.raises(OfficeRunning, match=r"is running with the profile .*\. Close it"):
                attempt(profile)
    assert uninstall(profile)
    assert not uninstall(profile)
    with Office(profile) as office:
        assert office.evaluate([f"MARKET_SIZE({MARKET},2033)"]) == [[[CellError.NAME]]]


def test_nothing_is_taken_out_of_a_profile_that_is_not_there(tmp_path: Path) -> None:
    required()
    assert not uninstall(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_without_a_profile_it_is_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    required()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert install() == tmp_path / "libreoffice" / "4"
    assert uninstall()


def test_a_project_that_cannot_be_loaded_is_value_in_the_cell_and_a_line_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    required()
    log = tmp_path / "log" / "libreoffice.log"
    code = marketbook().code.replace("addin.libreoffice.calls", "addin.libreoffice.elsewhere")
    broken = replace(marketbook(), code=f"LOG = {str(log)!r}\n{code}")
    with Office(tmp_path / "profile") as office:
        office.install(broken.write(tmp_path / "broken.oxt"))
        formulas = [f"MARKET_SIZE({MARKET})", f"ISERROR(MARKET_SIZE({MARKET}))"]
        assert office.evaluate(formulas) == [[[CellError.VALUE]], [[True]]]
    text = log.read_text(encoding="utf-8")
    assert "Marketbook cannot be loaded" in text
    assert "No module named 'addin.libreoffice.elsewhere'" in text
    assert text.count("Traceback") == 1


def test_functions_that_do_not_answer_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    required()
    code = marketbook().code.replace("addin.libreoffice.calls", "addin.libreoffice.elsewhere")
    broken = replace(marketbook(), code=f"LOG = {str(tmp_path / 'log' / 'log.txt')!r}\n{code}")
    monkeypatch.setattr("addin.libreoffice.installing.build", broken.write)
    with pytest.raises(OfficeError, match=r"do not work\. See the log: .*libreoffice\.log"):
        install(tmp_path / "profile")
