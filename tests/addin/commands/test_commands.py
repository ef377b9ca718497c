"""The command line, as a user types it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from addin.commands import run
from markets.catalogs.folders import BUNDLED
from tests.conftest import CATALOG, SECOND, SEED, own_reports
from udfs import catalog
from udfs.registry import FUNCTIONS


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        (["MARKET_SIZE", SEED, "2033"], "13.1"),
        (["MARKET_SIZE", SEED, "2023"], "8.6"),
        (["market_size", SEED, "2028"], "10.6141415102683"),
        (["CAGR_PROJECT", "8.6", "0.043", "10"], "13.1021"),
        (["CAGR_PROJECT", "8.6", "4.3%", "-10"], f"{8.6 * 1.043**-10:.6f}"),
        (["SEGMENT_SHARE", "medical imaging outsourcing", "CT", "2023"], "0.653"),
        (["MARKET_SIZE", SEED, "2023", "MRI"], "#N/A"),
        (["MARKET_SIZE", SEED, "2028", "CT"], "#N/A"),
        (["MARKET_SIZE", SEED, "99999"], "#NUM!"),
        (["MARKET_SIZE", SEED, "#DIV/0!"], "#DIV/0!"),
        (["MARKET_SIZE", SEED, "", "", "USD mn"], "8600"),
        (["MARKET_SIZE", "Medical Imagng Outsourcing"], "#N/A"),
    ],
)
def test_call_prints_what_a_cell_would_show(
    capsys: pytest.CaptureFixture[str], line: list[str], printed: str
) -> None:
    assert run(["call", *line]) == 0
    assert capsys.readouterr().out.startswith(printed)


def test_market_source_offers_the_right_name(capsys: pytest.CaptureFixture[str]) -> None:
    run(["call", "MARKET_SOURCE", "Medical Imagng Outsourcing"])
    assert f"Did you mean {SEED}?" in capsys.readouterr().out


def test_why_there_is_no_figure_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    run(["call", "MARKET_SIZE", SEED, "2028", "CT"])
    assert "No share or size of Computed Tomography is stated for 2028" in capsys.readouterr().err


def test_where_a_figure_comes_from_goes_to_standard_error_too(capsys: pytest.CaptureFixture[str]) -> None:
    run(["call", "MARKET_CAGR", SEED])
    printed = capsys.readouterr()
    assert printed.out == "0.043\n"
    assert printed.err.startswith("reported: stated as 4.3% p.a. over 2024-2033. Market.us Media")
    run(["call", "MARKET_SIZE", SEED, "2033", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["value"], answer["unit"]) == (13.1, "USD billion")
    assert answer["reason"].startswith("reported for 2033")
    run(["call", "MARKET_SOURCE", SEED, "2033"])
    assert capsys.readouterr().err == ""


def test_arrays_are_rows_with_tabs_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["call", "MARKET_SERIES", SEED, "", "2032", "2033"])
    assert capsys.readouterr().out == f"2032\t{8.6 * (13.1 / 8.6) ** 0.9:.15g}\n2033\t13.1\n"
    run(["call", "MARKET_SERIES", SEED, "", "2033", "2034", "--json"])
    assert json.loads(capsys.readouterr().out)["value"] == [[2033.0, 13.1], [2034.0, "#N/A"]]


def test_every_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["markets", "--json"])
    assert SEED in [row["market"] for row in json.loads(capsys.readouterr().out)]
    run(["show", SEED, "--json"])
    facts = json.loads(capsys.readouterr().out)
    assert {
        "kind": "share",
        "about": "Computed Tomography",
        "years": "2023",
        "stated": "65.3%",
    }.items() <= facts[5].items()
    assert all(fact["at"] and fact["status"] == "reported" for fact in facts)
    run(["check", SEED, "--json"])
    assert {row["verdict"] for row in json.loads(capsys.readouterr().out)} == {"agrees", "inconclusive"}
    run(["functions", "--json"])
    assert len(json.loads(capsys.readouterr().out)) == len(FUNCTIONS)


def test_check_prints_figures_with_their_units_and_the_tolerance(
    two_markets: None, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", SECOND])
    lines = [re.split(r"\s{2,}", line.strip()) for line in capsys.readouterr().out.splitlines()]
    found = {line[0]: line[1:] for line in lines}
    assert found["Automatic: size in 2024 and share of the market"] == [
        *("size", "EUR 310 million", "EUR 300 million", "EUR 3.30 million", "differs", "warning")
    ]
    assert found["Espresso Machines (Europe): CAGR 2025-2030 and the sizes in 2024 and 2030"] == [
        *("CAGR", "-1.7%", "-1.74%", "0.07 points", "agrees", "ok")
    ]
    assert found["Type: total of the shares stated for 2024"] == ["share", "100%", "100%", "agrees", "ok"]
    assert lines[-1] == ["7 checks: 6 ok, 1 warning"]
    assert list(found)[3].startswith("Automatic: size"), "the most serious finding comes first"


def test_check_takes_several_markets_or_all(two_markets: None, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", SEED, SECOND])
    printed = capsys.readouterr().out
    assert "warning" in printed and "inconclusive" in printed and "agrees" not in printed
    run(["check", "--all", "--json"])
    rows = json.loads(capsys.readouterr().out)
    assert {SEED, "Espresso Machines (Europe)"} <= {row["market"] for row in rows}
    levels = [row["level"] for row in rows]
    assert levels == sorted(levels, key=["error", "warning", "note", "ok"].index)
    assert run(["check"]) == run(["check", SEED, "--all"]) == 2


def test_new_writes_a_workbook_and_keeps_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new folder" / "book.xlsx"
    assert run(["new", str(out), "--market", SEED]) == 0
    printed = capsys.readouterr().out
    assert str(out) in printed
    assert "Size 2033: USD 13.1 billion" in printed
    before = out.read_bytes()
    assert run(["new", str(out), "--market", SEED]) == 1
    assert "already exists" in capsys.readouterr().err
    assert out.read_bytes() == before
    assert run(["new", str(out), "--market", SEED, "--unit", "mn", "--force"]) == 0
    assert out.read_bytes() != before


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        (["show", "Medical Imagng"], 1, f'No market is called "Medical Imagng". Did you mean {SEED}?'),
        (["new", "x.pdf", "--market", SEED], 2, "must end in .xlsx or .xlsm: x.pdf"),
        (["new", "x.xlsx"], 2, "Missing option '--market'"),
        (["new", "x.xlsx", "--market", SEED, "--unit", "EUR"], 1, "in USD. They cannot be converted to EUR"),
        (["call", "MARKT_SIZE"], 1, "Did you mean MARKET_SIZE"),
        (["call", "KEY_PLAYERS"], 2, "Use KEY_PLAYERS(market, [source])."),
        (["nonsense"], 2, "No such command 'nonsense'. See 'marketbook --help'."),
        (
            ["excel", "relink", "--to", "mac", "x.xlsx"],
            2,
            "'--to': 'mac' is not one of 'desktop', 'web'. See 'marketbook excel relink --help'.",
        ),
        (["markets", "zzzzzz"], 1, 'No market is called "zzzzzz".'),
    ],
)
def test_a_failure_is_one_sentence(
    capsys: pytest.CaptureFixture[str], line: list[str], code: int, sentence: str
) -> None:
    assert run(line) == code
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


def test_a_file_that_cannot_be_read_is_named_and_keeps_no_other_from_being_read(
    tmp_path: Path, two_markets: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.toml").write_bytes(b"\x00\xff")
    (tmp_path / "espresso.toml").write_bytes((CATALOG / "espresso-machines.toml").read_bytes())
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(tmp_path))
    catalog.reload()
    assert run(["markets"]) == 1
    printed = capsys.readouterr()
    assert "Espresso Machines" in printed.out
    assert printed.err.startswith("broken.toml: ")


def test_the_installed_command_answers() -> None:
    command = [sys.executable, "-m", "addin.commands", "call", "MARKET_SIZE", SEED, "2033"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "13.1\n"


def test_show_names_earlier_editions(newer_report: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", SEED]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[1].startswith("Market.us Media, 2026-05-01: ")
    assert "Earlier editions: Market.us Media, 2025-11-13\n" in shown


def test_show_names_other_publishers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (BUNDLED / "medical-imaging-outsourcing.toml").read_text(encoding="utf-8")
    other = text.replace('publisher = "Market.us Media"', 'publisher = "Second & Co."')
    (tmp_path / "other.toml").write_text(other.replace("2025-11-13", "2025-03-31"), encoding="utf-8")
    (tmp_path / "old.toml").write_text(text.replace("2025-11-13", "2024-10-01"), encoding="utf-8")
    with own_reports(tmp_path):
        assert run(["show", SEED]) == 0
        shown = capsys.readouterr().out
        assert "Earlier editions: Market.us Media, 2024-10-01\n" in shown
        assert "Other sources: Second & Co., 2025-03-31\n" in shown
        assert run(["show", SEED, "--as-of", "2025-06-30"]) == 0
        assert capsys.readouterr().out.splitlines()[1].startswith("Second & Co., 2025-03-31: ")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (["markets", "--json"], "Guided Tissue Regeneration Membrane"),
        (["show", SEED], "No report on Medical Imaging Outsourcing was published by 2025-11-12."),
        (["check", SEED], "No report on Medical Imaging Outsourcing was published by 2025-11-12."),
        (["call", "MARKET_SIZE", SEED], "#N/A"),
        (["call", "MARKET_LIST"], "Guided Tissue Regeneration Membrane\n"),
    ],
)
def test_a_command_looks_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: list[str], shown: str
) -> None:
    with own_reports(tmp_path):
        run([*line, "--as-of", "2025-11-12"])
    printed = capsys.readouterr()
    assert shown in printed.out + printed.err
    assert SEED not in printed.out


def test_a_date_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", SEED, "--as-of", "soon"]) == 1
    assert capsys.readouterr().err.startswith('"soon" is not a date. Enter it as year-month-day')
    with own_reports(tmp_path), monkeypatch.context() as patch:
        patch.setenv("MARKETBOOK_AS_OF", "soon")
        catalog.reload_if_changed()
        assert run(["markets"]) == 1
        error = capsys.readouterr().err
    assert error.startswith('The variable MARKETBOOK_AS_OF is set, but "soon" is not a date.')
    assert error.count("\n") == 1
