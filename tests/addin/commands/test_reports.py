"""`marketbook add` and `validate`, as a user types them."""

import datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from addin.commands import run
from markets.catalogs.folders import BUNDLED
from markets.reports import read_report

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "catalog"
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(place))
    return place


DRONES = f"Drones {datetime.date.today()}.toml"


def test_add_starts_a_report_that_is_valid(folder: Path, capsys: Captured) -> None:
    line = [
        "add",
        'Espresso / "Machines"?',
        "--geography",
        "Europe",
        "--currency",
        "eur",
        "--date",
        "2026-03-01",
    ]
    assert run([*line, "--publisher", "P & Co", "--title", "T", "--scale", "crore"]) == 0
    path = folder / "Espresso Machines (Europe) 2026-03-01.toml"
    assert str(path) in capsys.readouterr().out
    report = read_report(path)
    assert (report.market.name, report.market.currency) == ('Espresso / "Machines"?', "EUR")
    assert (report.source.publisher, report.market.scale) == ("P & Co", "crore")
    assert run(["validate", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: valid. 0 facts.\n"


def test_every_table_that_add_explains_is_valid_too(folder: Path) -> None:
    assert run(["add", "Drones"]) == 0
    path = folder / DRONES
    lines = path.read_text(encoding="utf-8").splitlines()
    tables = lines.index('# A size of the market. Add segment = "..." for the size of a segment.')
    used = [line.removeprefix("# ") if "=" in line or line[2:3] in tuple("[]{ ") else line for line in lines]
    used[tables] = lines[tables]
    path.write_text("\n".join([*lines[:tables], *_without_prose(used[tables:])]), encoding="utf-8")
    report = read_report(path)
    assert report.sizes and report.cagrs and report.dimensions and report.shares and report.indicators


def _without_prose(lines: list[str]) -> list[str]:
    prose = ("# ", "A ", "Another ")
    return [line for line in lines if not line.startswith(prose)]


def test_add_never_writes_over_a_file(folder: Path, capsys: Captured) -> None:
    assert run(["add", "Drones"]) == 0
    before = (folder / DRONES).read_bytes()
    assert run(["add", "Drones", "--publisher", "Another"]) == 1
    assert "already exists" in capsys.readouterr().err
    assert (folder / DRONES).read_bytes() == before


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--currency", "ZZZ"], 1, '"ZZZ" is not a currency code'),
        (["--scale", "dozen"], 1, '"dozen" is not one of'),
        (["--date", "March"], 2, '"March" is not a date such as 2026-03-01'),
        (["--publisher", " "], 1, "source.publisher: must not be blank"),
    ],
)
def test_what_cannot_be_meant_writes_nothing(
    folder: Path, capsys: Captured, options: list[str], code: int, sentence: str
) -> None:
    assert run(["add", "Drones", *options]) == code
    assert sentence in capsys.readouterr().err
    assert not folder.exists()


def test_validate_prints_every_problem_of_every_file(tmp_path: Path, capsys: Captured) -> None:
    good = BUNDLED / "medical-imaging-outsourcing.toml"
    bad = tmp_path / "bad.toml"
    text = good.read_text(encoding="utf-8").replace('value = "8.6"', 'value = "0"', 1)
    bad.write_text(text.replace('"USD"', '"Dollars"'), encoding="utf-8")
    assert run(["validate", str(bad), str(good), str(tmp_path / "missing.toml")]) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        f'{bad}: market.currency: "Dollars" is not a currency code such as USD.',
        f"{bad}: sizes[0].value: must be above zero.",
        f"{good}: valid. 36 facts.",
        f"{tmp_path / 'missing.toml'}: cannot be read: No such file or directory.",
    ]
    assert printed.err == "2 of 3 files are not valid.\n"


def test_the_version_is_printed(capsys: Captured) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"marketbook {version('marketbook')}\n"
