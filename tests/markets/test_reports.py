"""Reports that cannot be read: one sentence that names file, field and reason."""

import codecs
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.catalogs.folders import BUNDLED
from markets.errors import CatalogError
from markets.reports import parse_report, read_report

SEED_FILE = BUNDLED / "medical-imaging-outsourcing.toml"
SEED = SEED_FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('value = "8.6"', "value = 8.6", "sizes[0].value: a figure must be in quotes"),
        ('value = "8.6"', 'value = "about 8"', "is not a figure as printed"),
        ('value = "8.6"', 'value = "0"', "sizes[0].value: must be above zero"),
        ("year = 2023", "year = 20230", "must be a year from 1900 to 2200"),
        ("year = 2023", 'year = "2023"', "sizes[0].year: must be a whole number, not text"),
        ("to = 2033", "to = 2020", "cagrs[0].to: must be after 2024, not 2020"),
        ('currency = "USD"', 'currency = "Dollars"', "market.currency:"),
        ('scale = "billion"', 'scale = "zillion"', "market.scale:"),
        ('segment = "Computed Tomography"', 'segment = "Ultrasound"', "is not in any dimension"),
        ('value = "65.3"', 'value = "165.3"', "from 0 to 100 percent"),
        ('name = "Alliance Medical"', 'name = "MetaMed"', 'players: duplicate name "MetaMed"'),
        ('name = "Alliance Medical"', 'name = " "', "players[1].name: must not be blank"),
        (
            'name = "Alliance Medical"',
            'name = "a\\u0007b"',
            "players[1].name: contains a character that a spreadsheet cannot show",
        ),
        ('by = "size"', 'by = "speed"', 'rankings[0].by: "speed" is not one of size, growth'),
        ('name = "Alliance Medical"\n', "", "players[1]: missing field `name`"),
        ("[market]", "[markt]", "unknown field `markt`"),
        ('geography = "Global"', 'geograpy = "Global"', "unknown field `geograpy`"),
    ],
)
def test_a_field_that_cannot_be_meant_is_named(old: str, new: str, sentence: str) -> None:
    assert old in SEED
    with pytest.raises(CatalogError) as caught:
        parse_report(SEED.replace(old, new, 1).encode(), "seed.toml")
    message = str(caught.value)
    assert message.startswith("seed.toml: ")
    assert sentence in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02\xff\xfe", "is not"),
        (codecs.BOM_UTF16_LE + "name = 1".encode("utf-16-le"), "is not UTF-8"),
        (b"name = ", "is not valid TOML"),
        (b"[" * 100_000, "is not valid TOML"),
        (b"PK\x03\x04" + bytes(200), "is not"),
    ],
)
def test_what_is_no_report_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(CatalogError, match=reason):
        parse_report(content, "x.toml")


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(codecs.BOM_UTF8 + SEED.encode())
    assert read_report(path) == read_report(SEED_FILE)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_report_or_refused(content: bytes) -> None:
    with pytest.raises(CatalogError):
        parse_report(content, "x.toml")


@given(st.data())
def test_a_report_with_a_piece_cut_out_is_a_report_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SEED) - 1))
    length = data.draw(st.integers(1, 200))
    try:
        report = parse_report((SEED[:start] + SEED[start + length :]).encode(), "x.toml")
    except CatalogError as error:
        assert str(error).startswith("x.toml: ")
    else:
        assert msgspec.to_builtins(report, enc_hook=str)
