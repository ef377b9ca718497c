import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.importing.documents import Block, Document, Kind, Place
from markets.importing.lists import Item, is_suffix, items_below, split_names, without_tail
from tests.markets.importing.pages import page, row

START = Place(0, 0, 0)


def below(text, lead=0):
    return [item.text for item in items_below(page(text), lead, lambda block: block.text.startswith("By "))]


def names(text, companies=False):
    return [item.text for item in split_names(text, START, companies=companies)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b and c", ["a", "b", "c"]),
        ("a, b, and c.", ["a", "b", "c"]),
        ("a; b; c", ["a", "b", "c"]),
        ("copper and zinc", ["copper", "zinc"]),
        ("food and drink, paper, and others", ["food and drink", "paper", "others"]),
        ("rods (thin, thick), tubes as well as plates", ["rods (thin, thick)", "tubes", "plates"]),
        (
            "Banking, Financial Services, and Insurance (BFSI), Retail",
            ["Banking, Financial Services, and Insurance (BFSI)", "Retail"],
        ),
        ("“Oak, Elm”", ["Oak", "Elm"]),
        ("Oak, Elm, etc.", ["Oak", "Elm"]),
    ],
)
def test_a_comma_list_is_split_at_its_own_commas(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oak, Inc., Elm Co., Ltd. and Ash", ["Oak, Inc.", "Elm Co., Ltd.", "Ash"]),
        (
            "Oak Holdings Co., Ltd. (Japan), Elm GmbH & Co. KG (Germany)",
            ["Oak Holdings Co., Ltd. (Japan)", "Elm GmbH & Co. KG (Germany)"],
        ),
        (
            "Oak N.V. (Netherlands), Elm S.p.A., Ash LLC and Other Major Players.",
            ["Oak N.V. (Netherlands)", "Elm S.p.A.", "Ash LLC"],
        ),
        ("Oak, Elm, Ash, among others", ["Oak", "Elm", "Ash"]),
        ("Oak, Elm, and many more", ["Oak", "Elm"]),
    ],
)
def test_companies_keep_their_legal_form_and_lose_the_tail(text, expected):
    assert names(text, companies=True) == expected


def test_a_name_knows_its_place():
    text = "Oak, Elm (UK) and Ash"
    assert [text[item.place.start : item.place.end] for item in split_names(text, START)] == [
        "Oak",
        "Elm (UK)",
        "Ash",
    ]


@given(st.lists(st.from_regex(r"[A-Z][a-z]{3,9}x", fullmatch=True), min_size=2, max_size=9))
def test_however_it_is_joined_a_list_gives_its_names(parts):
    assert names(", ".join(parts)) == parts
    assert names(", ".join(parts[:-1]) + " and " + parts[-1]) == parts
    assert names("; ".join(parts) + ", etc.") == parts


@given(st.text(alphabet="ab ,;()[]&.and\n", max_size=80))
def test_no_text_breaks_the_splitting(text):
    for item in split_names(text, START):
        assert 0 <= item.place.start <= item.place.end <= len(text)
        assert item.text


def test_an_indented_list_ends_with_its_indent():
    assert below("Players\n    Oak\n    Market Elm\n    Ash\nNext") == ["Oak", "Market Elm", "Ash"]


def test_deeper_lines_are_told_by_their_depth():
    found = items_below(page("By Region\n    Europe\n        Spain\n    Asia"), 0, lambda block: False)
    assert [(item.text, item.depth) for item in found] == [("Europe", 1), ("Spain", 2), ("Asia", 1)]


def test_a_marked_list_ends_with_its_marks():
    assert below("Types:\n• Steel\n• Brass\nSteel leads") == ["Steel", "Brass"]
    assert below("Types:\n1. Steel\n2. Brass\n3M leads") == ["Steel", "Brass"]


def test_another_mark_is_a_level_deeper():
    found = items_below(page("Regions\n• Europe\n◦ Spain\n• Asia"), 0, lambda block: False)
    assert [item.depth for item in found] == [0, 1, 0]


@pytest.mark.parametrize(
    "after",
    [
        "By Application",
        "Key Industry Developments in the Rope Market",
        "Conclusion",
        "Regional Analysis",
        "What follows:",
        "The rope trade has grown for years, since ships need more ropes than they had before.",
        "Rope revenues in the world, 2018-2023, ($ millions)",
    ],
)
def test_a_plain_list_ends_with_a_heading_or_a_sentence(after):
    assert below(f"Types\nSteel\nBrass\n{after}\nNo item") == ["Steel", "Brass"]


def test_other_players_end_a_list():
    assert below("Players\nOak (US)\nElm (UK) and Other Major Players.\nRope Day") == ["Oak (US)", "Elm (UK)"]


def test_others_alone_is_an_item():
    assert below("Types\nSteel\nOthers (brass, tin etc.)\nTin") == [
        "Steel",
        "Others (brass, tin etc.)",
        "Tin",
    ]


def test_a_legal_form_on_a_line_of_its_own_belongs_to_the_line_above():
    assert below("Players\n    Oak\n    Inc.\n    Elm") == ["Oak Inc.", "Elm"]


def test_rows_below_a_lead_line_give_their_first_cells():
    blocks = (Block("By Type"), row("Sub-Segment", "Trend"), row("Steel", "up"), row("Brass", "down"))
    found = items_below(Document("page", blocks), 0, lambda block: False)
    assert [item.text for item in found] == ["Steel", "Brass"]


def test_a_heading_ends_a_list_of_a_page():
    blocks = (Block("Players", Kind.HEADING), Block("Oak", Kind.ITEM), Block("Elm", Kind.HEADING))
    assert [item.text for item in items_below(Document("page", blocks), 0, lambda block: False)] == ["Oak"]


def test_legal_forms_and_tails():
    assert is_suffix("LLC") and not is_suffix("Costa")
    assert without_tail(Item("Oak Corp.", START)).text == "Oak Corp."
    assert without_tail(Item("Oak Works.", START)).text == "Oak Works"
