"""The project that is written for xlwings Server."""

import os
import stat
from pathlib import Path

import pytest

from addin.commands import run
from addin.web.versions import manifest_version
from addin.web.xlwings_server.project import TRIED, NotAProject, write_project

PINS = Path(__file__).parents[3] / "setup/xlwings-server.txt"
FILES = {
    ".env",
    ".gitignore",
    "README.md",
    "custom_functions/__init__.py",
    "custom_scripts/__init__.py",
    "requirements.txt",
    "templates/manifest.xml",
    "templates/taskpane.html",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "a new/project"
    assert write_project(folder)
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_all_files_are_written_and_none_has_a_gap(project):
    contents = _contents(project)
    assert contents.keys() == FILES
    assert [name for name, text in contents.items() if b"$" in text] == []
    assert f"xlwings-server>={TRIED}".encode() in contents["requirements.txt"]
    assert f"<Version>{manifest_version()}</Version>".encode() in contents["templates/manifest.xml"]


def test_the_version_that_the_project_names_is_the_one_that_the_tests_run():
    assert PINS.read_text(encoding="utf-8").splitlines()[-1] == f"xlwings-server=={TRIED}"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_user_reads_the_file_that_a_license_key_will_be_in(project):
    assert stat.S_IMODE((project / ".env").stat().st_mode) == 0o600


def test_two_projects_are_two_addins(project, tmp_path):
    write_project(tmp_path / "another")
    ids = [
        next(line for line in path.read_text(encoding="utf-8").splitlines() if "MANIFEST_ID" in line)
        for path in (project / ".env", tmp_path / "another/.env")
    ]
    assert ids[0] != ids[1]


def test_a_second_run_updates_what_is_marketbooks_and_keeps_the_rest(project):
    first = _contents(project)
    kept = {
        ".env": b'XLWINGS_LICENSE_KEY="mine"',
        "custom_functions/own.py": b"",
        "static/logo.svg": b"<svg/>",
    }
    kept["custom_functions/__init__.py"] = first["custom_functions/__init__.py"] + b"from .own import *\n"
    for name, content in kept.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_bytes(content)
    (project / "README.md").write_bytes(b"an older one of 'marketbook excel xlwings-server'")
    (project / "templates/taskpane.html").unlink()
    assert not write_project(project)
    assert _contents(project) == first | kept


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "custom_functions").mkdir()
    (tmp_path / "custom_functions/__init__.py").write_text("from .functions import *\n", encoding="utf-8")
    before = _contents(tmp_path)
    with pytest.raises(NotAProject, match="has other files"):
        write_project(tmp_path)
    assert _contents(tmp_path) == before


@pytest.mark.parametrize("below", ["", "below/it"])
def test_a_file_in_place_of_a_folder_is_named(tmp_path, below):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotAProject, match=r"notes\.txt is a file, not a folder\."):
        write_project(tmp_path / "notes.txt" / below)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["README.md", "requirements.txt", "templates/manifest.xml"])
def test_files_of_a_users_own_project_are_left_alone(tmp_path, name):
    (tmp_path / "custom_functions").mkdir()
    line = "from addin.web.xlwings_server.functions import *\n"
    (tmp_path / "custom_functions/__init__.py").write_text(line, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / name).write_text("our own", encoding="utf-8")
    before = _contents(tmp_path)
    with pytest.raises(NotAProject, match="is not a file of this command"):
        write_project(tmp_path)
    assert _contents(tmp_path) == before


def test_the_command_says_what_it_did(tmp_path, capsys):
    assert run(["excel", "xlwings-server", str(tmp_path / "new")]) == 0
    assert run(["excel", "xlwings-server", str(tmp_path / "new")]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"Wrote {tmp_path / 'new'}. Its README.md says how to start it."
    assert second.startswith("Updated ")
    assert run(["excel", "xlwings-server", str(tmp_path)]) == 1
    assert "has other files" in capsys.readouterr().err
