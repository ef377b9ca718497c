from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.file_names import file_name

REFUSED = set('<>:"/\\|?*[]') | {chr(code) for code in range(32)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Medical Imaging Outsourcing", "Medical Imaging Outsourcing.xlsx"),
        ("MRI/CT: what next?", "MRI CT what next.xlsx"),
        ("5G [draft]", "5G draft.xlsx"),
        ("Ends with dots... ", "Ends with dots.xlsx"),
        ("...", "Market.xlsx"),
        ("", "Market.xlsx"),
        ("NUL", "_NUL.xlsx"),
        ("nul.extra", "_nul.extra.xlsx"),
        ("Com1 ", "_Com1.xlsx"),
        ("LPT²", "_LPT².xlsx"),
        ("Console", "Console.xlsx"),
        ("Märkte 市場 🏥", "Märkte 市場 🏥.xlsx"),
        ("a\tb\nc", "a b c.xlsx"),
    ],
)
def test_names_that_windows_and_excel_take(text: str, name: str) -> None:
    assert file_name(text, ".xlsx") == name


@given(st.text())
def test_any_text_is_a_name(text: str) -> None:
    name = file_name(text, ".xlsx")
    assert not REFUSED & set(name)
    assert 5 < len(name) <= 106 and len(name.encode()) <= 206
    stem = name.removesuffix(".xlsx")
    assert stem == stem.strip(" .")
    assert not PureWindowsPath(name).is_reserved()
