import stat
import sys
from pathlib import Path

import pytest

from addin.libreoffice import OfficeMissing, OfficeUnsuitable, find_office, location
from addin.libreoffice.location import LibreOffice, usable_office
from tests.libreoffice import required


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The folder of a LibreOffice 25.2 that has nothing but its settings."""
    (tmp_path / "soffice").touch(mode=0o755)
    (tmp_path / "bootstraprc").write_text(
        "[Bootstrap]\nProductKey=LibreOffice 25.2\nUserInstallation=$SYSUSERCONFIG/libreoffice/4\n"
    )
    return tmp_path


def _python(program: Path, answer: str) -> None:
    python = program / "python"
    python.write_text(f"#!/bin/sh\necho '{answer}'\n")
    python.chmod(python.stat().st_mode | stat.S_IXUSR)


def test_version_and_profile_come_from_its_settings(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/settings")
    office = LibreOffice(program)
    assert office.version == (25, 2)
    assert office.default_profile == Path("/settings/libreoffice/4")


def test_the_settings_of_an_application_bundle_are_in_resources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOME", "/Users/me")
    resources = tmp_path / "Contents" / "Resources"
    resources.mkdir(parents=True)
    (resources / "python").touch(mode=0o755)
    (resources / "bootstraprc").write_text(
        "ProductKey=LibreOffice 24.8\nUserInstallation=$SYSUSERCONFIG/LibreOffice/4\n"
    )
    office = LibreOffice(tmp_path / "Contents" / "MacOS")
    assert office.version == (24, 8)
    assert office.python == resources / "python"
    assert office.default_profile == Path("/Users/me/Library/Application Support/LibreOffice/4")


def test_an_old_one_is_refused(program: Path) -> None:
    settings = program / "bootstraprc"
    settings.write_text(settings.read_text().replace("25.2", "7.4"))
    with pytest.raises(OfficeUnsuitable, match=r"LibreOffice 7\.4 in .* Install version 24\.8 or later"):
        LibreOffice(program).check()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice's Python is a shell script")
def test_another_python_cannot_share_packages(program: Path) -> None:
    _python(program, '["3.99.1", ".cpython-399-x86_64-linux-gnu.so", true]')
    with pytest.raises(OfficeUnsuitable, match=r"Install Marketbook with Python 3\.99\.$"):
        LibreOffice(program).check_packages()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice's Python is a shell script")
def test_a_missing_bridge_is_named(program: Path) -> None:
    _python(program, '["3.11.2", ".cpython-311-x86_64-linux-gnu.so", false]')
    with pytest.raises(OfficeMissing, match="cannot import uno"):
        LibreOffice(program).check()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice's Python is a shell script")
def test_a_python_that_does_not_run_is_named(program: Path) -> None:
    _python(program, "no JSON")
    with pytest.raises(OfficeMissing, match="cannot be run"):
        LibreOffice(program).check()


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without LibreOffice."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(location, "_PROGRAM_FOLDERS", {})
    return monkeypatch


@pytest.mark.usefixtures("without")
def test_none_is_found_where_there_is_none() -> None:
    assert find_office() is None
    with pytest.raises(OfficeMissing, match=r"LibreOffice was not found\. Install LibreOffice"):
        usable_office()


def test_tests_that_need_it_are_skipped_with_the_reason_but_fail_in_ci(without: pytest.MonkeyPatch) -> None:
    without.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Install LibreOffice"):
        required()
    without.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="Install LibreOffice"):
        required()


def test_it_is_found_without_being_on_the_path(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(location, "_PROGRAM_FOLDERS", {sys.platform: (f"{program.parent}/{program.name}*",)})
    assert find_office() == LibreOffice(program)


def test_that_of_this_machine_is_usable() -> None:
    office = required()
    assert office == find_office()
    assert office.soffice.is_file()
