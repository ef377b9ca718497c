"""Importing on the command line: what is shown, asked and kept."""

import io
import json
from pathlib import Path

import pytest

from addin.commands import run
from markets.catalogs.folders import user_folder
from udfs import catalog

REPORT = """\
Garden Drone Market to Reach USD 4.2 Billion by 2032 | Meadow Research

BOSTON, March 3, 2026 -- According to Meadow Research, the global garden drone market was valued at
USD 1.9 billion in 2024 and is projected to reach USD 4.2 billion by 2032, at a CAGR of 10.4% from 2024 to
2032.

Fixed wing drones held a share of 61.5% in 2024.

Market by Type
    Fixed Wing
    Rotary Wing

Key Companies
    Acme Robotics Inc.
    Beta Flight Co., Ltd.
"""


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(tmp_path / "catalog"))
    (tmp_path / "catalog").mkdir()
    catalog.reload()
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def kept() -> list[Path]:
    return sorted(user_folder().glob("*.toml"))


def printed(capsys: pytest.CaptureFixture[str], *line: str) -> tuple[int, str, str]:
    code = run(["import", *line])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_a_text_becomes_a_market_that_cells_can_use(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, str(report), "--yes")
    assert code == 0
    assert "Garden Drone, USD billion" in out
    assert "valued at USD 1.9 billion" in out.replace("\n", " ")
    catalog.reload()
    run(["call", "MARKET_SIZE", "garden drone", "2032"])
    run(["call", "SEGMENT_SHARE", "garden drone", "Fixed Wing", "2024"])
    assert capsys.readouterr().out == "4.2\n0.615\n"


def test_the_same_text_twice_changes_nothing(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, str(report), "--yes")[0] == 0
    (path,) = kept()
    path.write_text(path.read_text(encoding="utf-8").replace('"1.9"', '"1.8"'), encoding="utf-8")
    code, out, _ = printed(capsys, str(report), "--yes")
    assert code == 0
    assert "was imported before" in out
    assert kept() == [path]
    assert '"1.8"' in path.read_text(encoding="utf-8")


def test_a_new_edition_shows_what_changed(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, str(report), "--yes")
    catalog.reload()
    report.write_text(
        REPORT.replace("USD 4.2", "USD 4.6").replace("March 3, 2026", "April 7, 2027"), encoding="utf-8"
    )
    code, out, _ = printed(capsys, str(report), "--yes")
    assert code == 0
    assert "USD 4.2 billion in the edition of 2026-03-03" in " ".join(out.split())
    assert len(kept()) == 2


def test_figures_that_do_not_fit_are_told_in_the_review(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "warning" not in printed(capsys, str(report), "--dry-run")[1]
    report.write_text(REPORT.replace("10.4%", "12.9%"), encoding="utf-8")
    _, out, _ = printed(capsys, str(report), "--dry-run")
    assert "warning: Garden Drone: CAGR 2024-2032" in out
    assert "12.9%, compared with 10.42%." in out


def test_a_dry_run_and_an_unanswered_question_keep_nothing(
    report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert printed(capsys, str(report), "--dry-run")[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _, err = printed(capsys, str(report))
    assert (code, kept()) == (1, [])
    assert "Use --yes" in err


def test_json_has_the_figures_by_kind_and_nothing_else(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = printed(capsys, str(report), "--dry-run", "--json")
    found = json.loads(out)
    assert found["market"] == "Garden Drone"
    assert [
        (size["year"], size["value"], size["unit"], size["kind"])
        for size in sorted(found["sizes"], key=lambda size: size["year"])
    ] == [
        (2024, 1.9, "USD billion", "base"),
        (2032, 4.2, "USD billion", "forecast"),
    ]
    assert [(cagr["scope"], cagr["rate_pct"], cagr["from"], cagr["to"]) for cagr in found["cagr"]] == [
        ("total", 10.4, 2024, 2032)
    ]
    assert [(share["name"], share["pct"], share["year"]) for share in found["shares"]] == [
        ("Fixed wing drones", 61.5, 2024)
    ]
    assert found["segments"] == {"type": ["Fixed Wing", "Rotary Wing"]}
    assert found["players"] == ["Acme Robotics Inc.", "Beta Flight Co., Ltd."]


def test_what_the_text_does_not_say_is_asked_for(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report.write_text("The garden drone market was valued at USD 1.9 billion in 2024.", encoding="utf-8")
    code, _, err = printed(capsys, str(report), "--yes")
    assert (code, kept()) == (1, [])
    assert "Use --publisher and --date" in err
    assert printed(capsys, str(report), "--yes", "--publisher", "Meadow", "--date", "2026-03-01")[0] == 0
    assert [path.name for path in kept()] == ["Garden Drone Meadow 2026-03-01.toml"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), ("It rained all day.", "names no market"), ("\x00\x01\x02", "")],
)
def test_a_text_without_a_market_is_refused_with_a_sentence(
    report: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    report.write_text(text, encoding="utf-8")
    code, _, err = printed(capsys, str(report), "--yes")
    assert (code, kept()) == (1, [])
    assert said in err
    assert "Traceback" not in err


def test_json_of_a_text_without_a_market_says_what_there_is(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report.write_text("The market was valued at USD 5 million in 2020.", encoding="utf-8")
    code, out, err = printed(capsys, str(report), "--dry-run", "--json")
    assert (code, json.loads(out)["market"], json.loads(out)["sizes"][0]["value"]) == (0, None, 5)
    assert "It has 1 size" in err
    assert printed(capsys, str(report), "--json", "--yes")[0] == 1


def test_a_table_shows_its_columns_and_is_kept_report_by_report(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = report.with_suffix(".csv")
    table.write_text(
        "Market,Segment,Year,Size (USD mn),Source,Date\nKites,,2024,12.5,Meadow,2026-01-01\n"
        "Kites,Stunt,2024,many,Meadow,2026-01-01\nYo-yos,,2024,3.0,Meadow,2026-01-01\n",
        encoding="utf-8",
    )
    code, out, _ = printed(capsys, str(table), "--yes")
    assert code == 0
    assert 'D "Size (USD mn)" is size, USD mn.' in out
    assert "row 3, column Size (USD mn)" in out or '"many" is not a figure' in " ".join(out.split())
    assert len(kept()) == 2
    catalog.reload()
    run(["call", "MARKET_SIZE", "Kites", "2024"])
    assert capsys.readouterr().out == "12.5\n"


def test_figures_of_another_market_are_left_out_and_named(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report.write_text(
        f"{REPORT}\nThe garden hose market was valued at USD 7 billion in 2024.", encoding="utf-8"
    )
    assert "left out" not in printed(capsys, str(report), "--dry-run")[1]
    report.write_text(
        f"{REPORT}\nThe ocean kayak market was valued at USD 7 billion in 2024.", encoding="utf-8"
    )
    _, out, _ = printed(capsys, str(report), "--dry-run")
    assert "left out: Ocean Kayak." in out
    assert "USD 7 billion" not in out


def test_several_files_are_imported_though_one_of_them_cannot_be(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = report.with_name("other.txt")
    other.write_text(REPORT.replace("garden drone", "ocean kayak").replace("Garden Drone", "Ocean Kayak"))
    missing = str(report.with_name("none.txt"))
    code, out, err = printed(capsys, str(report), missing, str(other), "--yes")
    assert (code, len(kept())) == (1, 2)
    assert "No file is called" in err
    assert "1 of 3 files could not be imported." in err
    assert out.index("report.txt") < out.index("other.txt")
    _, out, _ = printed(capsys, str(report), str(other), "--json", "--dry-run")
    assert [one["market"] for one in json.loads(out)] == ["Garden Drone", "Ocean Kayak"]


def test_of_a_table_nothing_is_kept_if_one_report_is_there_already(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = report.with_suffix(".csv")
    head = "Market,Year,Size (USD mn),Source,Date\n"
    table.write_text(f"{head}Kites,2024,12.5,Meadow,2026-01-01\n", encoding="utf-8")
    assert printed(capsys, str(table), "--yes")[0] == 0
    rows = "Yo-yos,2024,3,Meadow,2026-01-01\nKites,2024,13,Meadow,2026-01-01\n"
    table.write_text(head + rows, encoding="utf-8")
    code, _, err = printed(capsys, str(table), "--yes")
    assert (code, len(kept())) == (1, 1)
    assert "--date" in err
