"""The commands for a database: filled, corrected, looked at and taken out again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from addin.commands import run
from markets.catalogs.files import report_files
from markets.catalogs.folders import BUNDLED
from tests.conftest import CATALOG
from udfs import catalog

MARKET = "Espresso Machines (Europe)"


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A user who has nothing yet."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.delenv("MARKETBOOK_CATALOG")
    catalog.reload()
    yield
    monkeypatch.undo()
    catalog.reload()


@pytest.fixture
def loaded(capsys: pytest.CaptureFixture[str]) -> None:
    """A database with the market made up for the tests."""
    assert run(["catalog", "init"]) == 0
    assert run(["catalog", "load", str(CATALOG)]) == 0
    capsys.readouterr()
    catalog.reload()


def printed(capsys: pytest.CaptureFixture[str], *line: str) -> tuple[int, str, str]:
    catalog.reload()
    code = run(list(line))
    out = capsys.readouterr()
    return code, out.out, out.err


def facts(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    code, out, _ = printed(capsys, "catalog", "history", MARKET, "--facts", "--json")
    assert code == 0
    listed: list[dict[str, object]] = json.loads(out)
    return listed


def number_of(capsys: pytest.CaptureFixture[str], what: str) -> str:
    return str(next(row["fact"] for row in facts(capsys) if row["what"] == what))


def test_a_database_is_made_with_the_bundled_reports_and_used(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, "catalog", "init")
    assert code == 0 and "Made the database" in out and "It has 2 markets." in out
    assert "marketbook catalog load FOLDER --workspace team" in out
    code, out, _ = printed(capsys, "call", "MARKET_SIZE", "Medical Imaging Outsourcing", "2033")
    assert (code, out) == (0, "13.1\n")


def test_init_again_changes_nothing(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, "catalog", "init")
    assert code == 0 and "was there before" in out and "It has 3 markets." in out


def test_a_folder_is_loaded_once(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, "catalog", "load", str(CATALOG))
    assert (code, out.splitlines()[-1]) == (0, "team: 0 entered, 0 revised, 1 unchanged.")


def test_what_cannot_be_read_is_said_and_the_rest_is_loaded(
    loaded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = next(CATALOG.glob("*.toml")).read_text(encoding="utf-8")
    for name, text in (("a", good), ("b", good), ("c", "[source"), ("d", good.replace("2026-", "2025-"))):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    code, out, err = printed(capsys, "catalog", "load", str(tmp_path))
    assert code == 1 and "1 entered, 1 revised, 0 unchanged." in out  # a has another name
    assert "b.toml: the same market, publisher and date as a.toml" in err
    assert "c.toml: is not valid TOML" in err
    assert "2 of 4 files were not loaded." in err


def test_a_correction_counts_at_once_and_is_told_everywhere(
    loaded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    fact = number_of(capsys, "size, 2024")
    code, out, _ = printed(
        capsys, *("catalog", "correct", MARKET, fact, "--value", "510", "--why", "misread from page 1")
    )
    assert (code, out) == (0, "Size, 2024: 500 -> 510. Revision 2.\n")
    assert printed(capsys, "call", "MARKET_SIZE", MARKET, "2024")[1] == "510\n"
    source = printed(capsys, "call", "MARKET_SOURCE", MARKET, "2024")[1]
    assert "corrected on" in source and "was 500" in source and "misread from page 1" in source
    history = printed(capsys, "catalog", "history", MARKET)[1]
    assert "entered with" in history and "500" in history and "misread from page 1" in history


def test_what_the_figure_was_last_quarter(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    fact = number_of(capsys, "size, 2024")
    printed(capsys, "catalog", "correct", MARKET, fact, "--value", "510", "--why", "misread")
    past = "latest as of 2026-04-01"
    assert printed(capsys, "call", "MARKET_SIZE", MARKET, "2024", "", "", "", "", past)[1] == "500\n"


def test_a_fact_is_withdrawn(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = facts(capsys)
    fact = number_of(capsys, "size, 2024")
    code, out, _ = printed(
        capsys, "catalog", "correct", MARKET, fact, "--withdraw", "--why", "not in the text"
    )
    assert code == 0 and "500 -> withdrawn" in out
    assert len(facts(capsys)) == len(before) - 1
    code, _, err = printed(capsys, "catalog", "correct", MARKET, fact, "--value", "1", "--why", "x")
    assert code == 2 and "withdrawn" in err


def test_an_edition_is_withdrawn_and_can_be_entered_again(
    loaded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = printed(capsys, "catalog", "withdraw", MARKET, "--why", "another market")
    assert (code, out) == (
        0,
        "Withdrawn: Test & Partners, 2026-03-01, workspace team. It can be entered again.\n",
    )
    assert printed(capsys, "call", "MARKET_SIZE", MARKET, "2024")[1] == "#N/A\n"
    assert "another market" in printed(capsys, "catalog", "history", MARKET)[1]
    code, out, _ = printed(capsys, "catalog", "load", str(CATALOG))
    assert code == 0 and "1 revised" in out
    assert printed(capsys, "call", "MARKET_SIZE", MARKET, "2024")[1] == "500\n"
    history = printed(capsys, "catalog", "history", MARKET)[1]
    assert "another market" in history and "entered again" in history


def test_a_correction_of_an_older_revision_is_a_conflict_with_both_values(
    loaded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    fact = number_of(capsys, "size, 2024")
    first = ("catalog", "correct", MARKET, fact, "--seen", "1")
    assert printed(capsys, *first, "--value", "510", "--why", "one")[0] == 0
    code, _, err = printed(capsys, *first, "--value", "520", "--why", "other")
    assert code == 1 and '"510" for 2024' in err and '"520" for 2024' in err and "Nothing was changed." in err


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--value", "five", "--why", "x"), 1, "not a figure as printed"),
        (("--year", "3000", "--why", "x"), 1, "must be a year from 1900 to 2200"),
        (("--segment", "Nobody", "--why", "x"), 1, "Nobody"),
        (("--why", "x"), 2, "--withdraw"),
        (("--value", "510", "--why", "  "), 2, "Say why"),
        (("--value", "1"), 2, "--why"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    loaded: None, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], code: int, said: str
) -> None:
    fact = number_of(capsys, "size, 2024")
    found, _, err = printed(capsys, "catalog", "correct", MARKET, fact, *options)
    assert found == code and said in err
    assert printed(capsys, "call", "MARKET_SIZE", MARKET, "2024")[1] == "500\n"


def test_a_correction_that_changes_nothing_says_so(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    fact = number_of(capsys, "size, 2024")
    code, out, _ = printed(capsys, "catalog", "correct", MARKET, fact, "--value", "500", "--why", "again")
    assert (code, out) == (0, "Nothing was changed: the fact says this already.\n")


def test_a_template_goes_to_a_folder_and_says_how_it_is_entered(
    loaded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = printed(capsys, "add", "Cargo Bikes")
    assert code == 0 and "marketbook catalog load" in out
    assert [path.parent.name for path in tmp_path.rglob("Cargo*.toml")] == ["catalog"]


def test_a_history_of_nobody_is_refused(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = printed(capsys, "catalog", "history", MARKET, "--publisher", "Nobody")
    assert code == 1 and "Publishers: Test & Partners." in err
    code, _, err = printed(capsys, "catalog", "history", MARKET, "--workspace", "nowhere")
    assert code == 1 and "workspace nowhere" in err


def test_a_database_that_cannot_be_used_is_not_chosen(
    loaded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = printed(capsys, "catalog", "use", "postgresql://ann@127.0.0.1:1/catalog")
    assert code == 1 and "does not answer" in err
    assert "catalog.db" in printed(capsys, "catalog", "status")[1]


def test_bundled_reports_are_not_changed(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = printed(
        capsys, *("catalog", "correct", "Medical Imaging Outsourcing", "1", "--value", "9", "--why", "x")
    )
    assert code == 1 and "come with Marketbook and are not changed" in err


def test_nobody_is_locked_in(loaded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = printed(capsys, "catalog", "export", str(tmp_path / "out"))
    assert code == 0
    before, after = (list(report_files(folder)) for folder in (CATALOG, tmp_path / "out"))
    assert before == after
    printed(capsys, "catalog", "export", str(tmp_path / "bundled"), "--workspace", "bundled")
    assert list(report_files(tmp_path / "bundled")) == list(report_files(BUNDLED))


def test_an_export_does_not_write_over_other_files(
    loaded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    standing = tmp_path / next(CATALOG.glob("*.toml")).name
    standing.write_text("# mine\n", encoding="utf-8")
    code, _, err = printed(capsys, "catalog", "export", str(tmp_path))
    assert code == 1 and "would be written over" in err
    assert standing.read_text(encoding="utf-8") == "# mine\n"
    assert printed(capsys, "catalog", "export", str(tmp_path), "--force")[0] == 0


def test_an_import_becomes_an_edition_of_the_workspace(
    loaded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "drones.txt"
    text.write_text(
        "Garden Drone Market | Meadow Research\n\nBOSTON, March 3, 2026 -- According to Meadow Research, the "
        "global garden drone market was valued at USD 1.9 billion in 2024 and is projected to reach USD 4.2 "
        "billion by 2032, at a CAGR of 10.4% from 2024 to 2032.\n",
        encoding="utf-8",
    )
    code, out, _ = printed(capsys, "import", str(text), "--yes")
    assert code == 0 and "kept in the workspace team of" in out
    assert printed(capsys, "call", "MARKET_SIZE", "garden drone", "2032")[1] == "4.2\n"
    code, out, _ = printed(capsys, "import", str(text), "--yes")
    assert code == 0 and "Nothing was changed." in out
    text.write_text(text.read_text(encoding="utf-8").replace("1.9", "1.8"), encoding="utf-8")
    code, _, err = printed(capsys, "import", str(text), "--yes")
    assert code == 1 and "already, from another text" in err
    assert printed(capsys, "catalog", "withdraw", "garden drone", "--why", "misread")[0] == 0
    assert printed(capsys, "import", str(text), "--yes")[0] == 0
    assert printed(capsys, "call", "MARKET_SIZE", "garden drone", "2024")[1] == "1.8\n"


def test_a_folder_keeps_no_history(capsys: pytest.CaptureFixture[str]) -> None:
    for line in (("history", "Medical Imaging Outsourcing"), ("export", "out"), ("load", "folder")):
        code, _, err = printed(capsys, "catalog", *line)
        assert code == 2 and "keeps no history" in err and "marketbook catalog init" in err


def test_another_catalog_is_chosen_and_the_default_again(
    loaded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = printed(capsys, "catalog", "use", str(CATALOG))
    assert code == 0 and f"the folder {CATALOG}" in out
    assert "espresso" in printed(capsys, "markets")[1].casefold()
    code, out, _ = printed(capsys, "catalog", "use", "default")
    assert code == 0 and "It has 2 markets." in out
    code, _, err = printed(capsys, "catalog", "use", str(tmp_path / "nowhere"))
    assert code == 1 and "does not exist" in err
    code, _, err = printed(capsys, "catalog", "use", "ftp://example.com")
    assert code == 1 and "not a kind of catalog" in err


def test_upgrade_says_what_it_did(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, "catalog", "upgrade")
    assert code == 0 and "as before" in out and "Bundled reports that changed: 0." in out


def test_a_database_that_is_no_catalog_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"not a database, but long enough to be read as one" * 100)
    code, _, err = printed(capsys, "catalog", "init", str(garbage))
    assert code == 1 and "is not a database, or is damaged" in err
    assert garbage.read_bytes().startswith(b"not a database")
