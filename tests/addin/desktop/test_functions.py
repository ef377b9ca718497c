import pytest

from addin import calls
from addin.desktop import functions
from addin.desktop.functions import cell_function
from addin.desktop.values import Omitted
from addin.log import excel_log_path, last_lines
from markets.catalogs.folders import BUNDLED
from udfs import catalog
from udfs.registry import FUNCTIONS, Function

MIO = "Medical Imaging Outsourcing"
NA, VALUE, NUM = -2146826246, -2146826273, -2146826252
LEFT_OUT = Omitted.OMITTED


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_there_under_its_cell_name(name):
    function = getattr(functions, name)
    assert function.__name__ == name
    assert function.__doc__ == FUNCTIONS[name].help


def test_values_and_errors_of_a_call():
    assert functions.MARKET_SIZE(MIO, 2033.0, *[LEFT_OUT] * 5) == [[13.1]]
    assert functions.MARKET_SIZE("Nothing", *[LEFT_OUT] * 6) == [[NA]]
    assert functions.MARKET_SIZE(MIO, "then", *[LEFT_OUT] * 5) == [[VALUE]]
    assert functions.MARKET_SIZE(MIO, None, *[LEFT_OUT] * 5) == [[NUM]]  # an empty cell is year 0
    assert functions.MARKET_SIZE(NUM, 2033.0, *[LEFT_OUT] * 5) == [[NUM]]


def test_errors_inside_an_array():
    years = ((2033.0,), (2040.0,), ("then",), (0.0,))
    assert functions.MARKET_SIZE(MIO, years, *[LEFT_OUT] * 5) == [[13.1], [NA], [VALUE], [NUM]]


def test_an_unforeseen_failure_is_logged_with_its_arguments_and_shows_value(log_folder):
    def broken(asked):
        """Fails."""
        raise RuntimeError("the disk is on fire")

    assert cell_function(Function(broken, ["market"]))(MIO) == [[VALUE]]
    logged = "\n".join(last_lines(30))
    assert f"BROKEN failed on ('{MIO}',)" in logged
    assert "the disk is on fire" in logged


def test_what_excels_own_side_logged_is_read_too(log_folder):
    assert last_lines(3) == []
    excel_log_path().write_bytes(
        "\ufeffone\r\n462 Märkte 市場 🏥\r\n".encode("utf-16-le")
    )  # as Windows writes
    assert last_lines(1) == ["462 Märkte 市場 🏥"]


def test_a_changed_catalog_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(tmp_path))
    monkeypatch.setattr(calls, "_next_check", 0.0)
    assert functions.MARKET_SIZE("Medical Imaging", *[LEFT_OUT] * 6) == [[NA]]
    text = (BUNDLED / "medical-imaging-outsourcing.toml").read_text(encoding="utf-8")
    copy = text.replace(f'name = "{MIO}"', 'name = "Medical Imaging"', 1)
    assert copy != text
    (tmp_path / "other.toml").write_text(copy, encoding="utf-8")
    monkeypatch.setattr(calls, "_next_check", 0.0)
    assert functions.MARKET_SIZE("Medical Imaging", 2033.0, *[LEFT_OUT] * 5) == [[13.1]]
    monkeypatch.undo()
    catalog.reload()
