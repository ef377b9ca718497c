"""`marketbook refresh` and `freeze`, as a user types them."""

import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from addin.backups import backup_folder, drop_old_backups, save_backup
from addin.commands import run
from addin.libreoffice import find_office
from tests.conftest import SEED
from tests.workbook.reading import named
from workbook.package import Package, set_cached_values
from workbook.refresh import refresh_file
from workbook.sheets import SHEETS

Captured = pytest.CaptureFixture[str]


def own_book(path: Path) -> Path:
    own = Workbook()
    own.active["A1"] = "mine"
    own.save(path)
    return path


def test_the_summary_tells_what_moved(book: Path, newer_report: None, capsys: Captured) -> None:
    assert run(["refresh", str(book), "--dry-run"]) == 0
    assert "10 sheets to be rebuilt" in capsys.readouterr().out
    assert run(["refresh", str(book)]) == 0
    printed = capsys.readouterr().out
    assert "10 sheets rebuilt" in printed
    assert "Size 2033: 13.1 -> 13.4 (reported for 2033: stated as 13.4 (2033)" in printed
    assert "... and 1 more. The Checks sheet lists all of them." in printed
    assert run(["refresh", str(book)]) == 0
    assert "->" not in capsys.readouterr().out


def test_a_folder_goes_on_after_a_failure(tmp_path: Path, book: Path, capsys: Captured) -> None:
    shutil.copy(book, tmp_path / "other.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"not a workbook")
    (tmp_path / "~$other.xlsx").write_bytes(b"")
    own_book(tmp_path / "own.xlsx")
    before = (tmp_path / "own.xlsx").read_bytes()
    assert run(["refresh", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert f"{book}: {SEED}" in printed.out
    assert f"Skipped (no Marketbook sheets, or converted to values): {tmp_path / 'own.xlsx'}." in printed.out
    assert "broken.xlsx: The file is not an Excel workbook" in printed.err
    assert "other.xlsx is open in Excel" in printed.err
    assert "2 of 4 workbooks could not be refreshed." in printed.err
    assert (tmp_path / "own.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["refresh", "OWN"], 1, "has no Marketbook sheets. To add them, use --add and --market."),
        (["refresh", "OWN", "--market", SEED], 1, "has no Marketbook sheets"),
        (["refresh", "OWN", "--add"], 2, "--add needs a market. Choose one with --market."),
        (["refresh", "OWN", "--add", "--market", "Nothing"], 1, 'No market is called "Nothing".'),
        (["refresh", "MISSING"], 1, "missing.xlsx cannot be opened: no such file"),
        (["refresh", "EMPTY"], 1, "No workbooks found in"),
        (["refresh"], 2, "Missing argument"),
        (["freeze", "OWN", "OWN", "--force"], 2, "copy needs a different name"),
        (["freeze", "OWN", "out.pdf"], 2, "out.pdf must have the same extension as"),
        (["excel", "build", "out.xlsx"], 2, "must end in .xlam: out.xlsx"),
        (["libreoffice", "build", "out.zip"], 2, "must end in .oxt: out.zip"),
    ],
)
def test_a_failure_is_one_sentence_and_the_file_as_it_was(
    tmp_path: Path, capsys: Captured, arguments: list[str], code: int, sentence: str
) -> None:
    own, empty = own_book(tmp_path / "own.xlsx"), tmp_path / "empty"
    empty.mkdir()
    places = {"OWN": own, "MISSING": tmp_path / "missing.xlsx", "EMPTY": empty}
    before = own.read_bytes()
    assert run([str(places.get(argument, argument)) for argument in arguments]) == code
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
    assert own.read_bytes() == before


def test_a_workbook_gains_the_sheets_and_freezes_to_values(tmp_path: Path, capsys: Captured) -> None:
    own, frozen = own_book(tmp_path / "own.xlsx"), tmp_path / "frozen.xlsx"
    assert run(["refresh", str(own), "--market", SEED, "--add"]) == 0
    assert f"{len(SHEETS)} sheets added" in capsys.readouterr().out
    assert run(["freeze", str(own), str(frozen)]) == 0
    assert "replaced with values" in capsys.readouterr().out
    formulas = openpyxl.load_workbook(frozen)
    assert formulas["Sheet"]["A1"].value == "mine"
    assert named(formulas, "mb_size_base") == 8.6
    calls = [c.value for s in formulas for row in s.iter_rows() for c in row if "MARKET_" in str(c.value)]
    assert [value for value in calls if str(value).startswith("=")] == []


def test_a_copy_is_calculated_first_or_the_cells_are_listed(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = tmp_path / "model.xlsx", tmp_path / "out.xlsx"
    own = Workbook()
    own.active.title = "Model"
    own.active["B2"], own.active["B3"] = f'=MARKET_SIZE("{SEED}",2033)', "=NOT_KNOWN(B2)"
    own.save(path)
    if find_office() is not None:
        assert run(["freeze", str(path), str(out)]) == 0
        assert "blank until they are calculated: Model!B3." in capsys.readouterr().out
        assert openpyxl.load_workbook(out)["Model"]["B2"].value == 13.1
        out.unlink()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("addin.libreoffice.location._PROGRAM_FOLDERS", {})
    assert run(["freeze", str(path), str(out)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("Model!B2 has no saved value to replace its formula with. LibreOffice was")
    assert error.count("\n") == 1
    assert not out.exists()


def test_own_formulas_are_brought_up_to_date_or_listed(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "model.xlsx"
    own = Workbook()
    own.active.title = "Model"
    own.active["B2"] = f'=MARKET_SIZE("{SEED}",2033)*2'
    own.save(path)
    assert run(["refresh", str(path), "--market", SEED, "--add"]) == 0
    printed = capsys.readouterr().out
    if find_office() is None:
        assert "Cells of your own that may show an old value: Model!B2." in printed
    else:
        assert "Your own formulas that were updated: Model!B2." in printed
        assert openpyxl.load_workbook(path, data_only=True)["Model"]["B2"].value == pytest.approx(26.2)


def test_the_button_and_the_add_in_are_written(tmp_path: Path, capsys: Captured) -> None:
    book, addin, extension = tmp_path / "b.xlsm", tmp_path / "a.xlam", tmp_path / "e.oxt"
    assert run(["new", str(book), "--market", SEED]) == 0
    assert run(["excel", "build", str(addin)]) == 0
    assert run(["libreoffice", "build", str(extension)]) == 0
    assert all(path.stat().st_size > 1000 for path in (book, addin, extension))
    assert run(["refresh", str(book)]) == 0
    assert "10 sheets rebuilt" in capsys.readouterr().out


def test_the_doctor_says_how_to_mend_what_is_wrong(capsys: Captured) -> None:
    code = run(["excel", "doctor"])
    printed = capsys.readouterr()
    assert printed.out.count("problem  ") == 0 if code == 0 else "problem  " in printed.out
    assert "Python" in printed.out


@pytest.fixture
def backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the backups, also in other processes."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return backup_folder()


def test_sheets_are_added_to_several_workbooks_only_if_confirmed(
    tmp_path: Path, backups: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    before = [own_book(folder / name).read_bytes() for name in ("a.xlsx", "b.xlsx")]
    command = ["refresh", str(folder), "--add", "--market", SEED]

    def unchanged() -> bool:
        return [path.read_bytes() for path in sorted(folder.iterdir())] == before

    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert run(command) == 2
    assert "would be added to 2 workbooks. Use --yes to confirm" in capsys.readouterr().err
    assert unchanged()
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run(command) == 1
    assert "Add report sheets to these 2 workbooks?" in capsys.readouterr().out
    assert unchanged()
    assert run([*command, "--yes", "--dry-run"]) == 0
    assert unchanged()
    assert list(backups.iterdir()) == []
    assert run([*command, "--yes"]) == 0
    assert capsys.readouterr().out.count("A backup was saved as") == 2
    assert sorted(backup.read_bytes() for backup in backups.iterdir()) == sorted(before)
    assert run(["refresh", str(folder)]) == 0
    assert len(list(backups.iterdir())) == 2


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


def test_a_backup_is_never_overwritten_and_old_ones_go(
    tmp_path: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.backups._KEPT", 3)
    own = own_book(tmp_path / "own.xlsx")
    assert len({save_backup(own) for _ in range(5)}) == 5
    assert len(list(backups.iterdir())) == 5
    drop_old_backups()
    assert save_backup(own).exists()
    assert len(list(backups.iterdir())) == 3


def test_marketbook_is_taken_out_again(tmp_path: Path, backups: Path, capsys: Captured) -> None:
    path = own_book(tmp_path / "own.xlsx")
    assert run(["remove", str(path)]) == 1
    assert capsys.readouterr().err == "The workbook has no Marketbook sheets.\n"
    run(["refresh", str(path), "--add", "--market", SEED])
    before = path.read_bytes()
    kept = len(list(backups.iterdir()))
    capsys.readouterr()
    assert run(["remove", str(path), "--dry-run"]) == 0
    printed = capsys.readouterr().out
    assert f"{path}: {len(SHEETS)} sheets to be removed: Start, Overview" in printed
    assert f"It was about {SEED}, USD billion." in printed
    assert path.read_bytes() == before
    assert len(list(backups.iterdir())) == kept
    assert run(["remove", str(path)]) == 0
    assert "A backup was saved as" in capsys.readouterr().out
    assert before in [backup.read_bytes() for backup in backups.iterdir()]
    assert openpyxl.load_workbook(path).sheetnames == ["Sheet"]


def test_a_removal_tells_each_formula_that_is_a_value_now(
    tmp_path: Path, backups: Path, capsys: Captured
) -> None:
    path = own_book(tmp_path / "own.xlsx")
    loaded = openpyxl.load_workbook(path)
    loaded.active["A2"] = "=Overview!B7*2"
    loaded.save(path)
    refresh_file(path, SEED, user_sheets=False)
    assert run(["remove", str(path)]) == 1
    assert "Sheet!A2 has no saved value to replace its formula with." in capsys.readouterr().err
    with Package.open(path) as package:
        set_cached_values(package, "Sheet", {"A2": 17.2})
        package.save(path)
    assert run(["remove", str(path)]) == 0
    assert "Now a value: Sheet!A2, which was =Overview!B7*2" in capsys.readouterr().out
    assert openpyxl.load_workbook(path).active["A2"].value == 17.2


def test_a_frozen_copy_tells_what_its_reader_may_ask(book: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["freeze", str(book), str(tmp_path / "out.xlsx")]) == 0
    printed = capsys.readouterr().out
    assert "cells are blank because the source does not state the figure" in printed
    assert "Overview!" not in printed.partition("blank because")[2]
    assert "Segments!" in printed
    assert "error" not in printed


def test_report_sheets_are_chosen_and_deleted_ones_told(
    tmp_path: Path, backups: Path, capsys: Captured
) -> None:
    path = own_book(tmp_path / "own.xlsx")
    assert run(["refresh", str(path), "--add", "--market", SEED, "--sheets", "Sources, Players"]) == 0
    printed = capsys.readouterr().out
    assert "5 sheets added" in printed
    assert "Other report sheets refer to these: Start, Overview, Lists." in printed
    loaded = openpyxl.load_workbook(path)
    del loaded["Players"]
    loaded.save(path)
    assert run(["refresh", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "3 sheets rebuilt" in printed
    assert "You deleted these sheets: Players. To add them again, use --sheets all." in printed
    assert run(["refresh", str(path)]) == 0
    assert "You deleted" not in capsys.readouterr().out
    assert run(["refresh", str(path), "--sheets", "Outlook"]) == 1
    assert "No report sheet is called Outlook. The report sheets are Start," in capsys.readouterr().err
    assert run(["refresh", str(path), "--sheets", "Players"]) == 0
    printed = capsys.readouterr().out
    assert "Report sheets removed: Sources." in printed
    assert "A backup was saved as" in printed
