import pytest

from markets.importing.documents import Block, Document, Kind
from markets.importing.players import players
from tests.markets.importing.pages import items, page, row

THREE = ["Oak Ropes", "Elm, Inc.", "Ash GmbH"]


def found(text):
    document = text if isinstance(text, Document) else page(text)
    return [claim.name for claim in players(document, None)]


@pytest.mark.parametrize(
    "lead",
    [
        "Key Companies",
        "Major players covered",
        "Top Key Players in the Rope Market",
        "List of Key Companies Profiled:",
        "Rope Market Key Players",
        "By Company",
        "Companies Mentioned",
        "Some of the leading companies in the rope market include:",
        "Further, the report shows profiles of competitors, key players include:",
        "Market segment by players, this report covers",
    ],
)
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_lead_line_has_the_players_below(lead, indent):
    lines = "\n".join(indent + name for name in THREE)
    assert found(f"{lead}\n{lines}\nRecent Developments\nOak Ropes bought Zot.") == THREE


def test_a_sentence_leads_to_a_list_only_if_it_is_indented():
    lead = "Finally, the report gives a detailed profile of each leading rope company."
    assert found(f"{lead}\n    Oak\n    Elm\nMethods:") == ["Oak", "Elm"]
    assert found(f"{lead}\nKey Content as follows:\nPart 1:\nRope\nPart 2:\nHemp") == []


def test_tables_of_figures_are_no_players():
    text = (
        "The report also gives an analysis of leading market participants including:\n"
        "Key companies rope revenues in global market, 2018-2023 (Estimated), ($ millions)\n"
        "Key companies rope revenues share in global market, 2022 (%)\n"
        "The report presents competitors, key players include:\n    Oak\n    Elm\nOutline of Chapters:"
    )
    assert found(text) == ["Oak", "Elm"]


@pytest.mark.parametrize(
    "text",
    [
        "Key Players: Oak Ropes, Elm, Inc., Ash GmbH",
        'Top Key Players Involved Are:\n"Oak Ropes, Elm, Inc., Ash GmbH and Other Major Players."',
        "Key players operating in the rope market include Oak Ropes, Elm, Inc., and Ash GmbH.",
        "The key players profiled in the report are Oak Ropes, Elm, Inc., and Ash GmbH, among others.",
        "Global key manufacturers of ropes include Oak Ropes, Elm, Inc., Ash GmbH, etc. They hold 40%.",
        "The market is led by major vendors such as Oak Ropes, Elm, Inc., and Ash GmbH, which compete.",
        "Leading companies like Oak Ropes, Elm, Inc., and Ash GmbH have grown. Others have not.",
        "Oak Ropes, Elm, Inc. and Ash GmbH are among the leading players in the market.",
    ],
)
def test_players_are_named_in_lines_and_sentences(text):
    assert found(text) == THREE


def test_a_list_counts_before_sentences_and_the_longest_before_others():
    lists = "Key Companies\n    Oak\n    Elm\n    Oak\nTop Players: Oak, Elm, Ash"
    text = f"Key players include Oak, Fir, Yew and Box.\n{lists}"
    assert found(text) == ["Oak", "Elm", "Ash"]


def test_sentences_add_up():
    text = "Key players such as Oak and Elm have grown. Prominent firms including Ash and Oak invest."
    assert found(text) == ["Oak", "Elm", "Ash"]


def test_countries_in_brackets_stay():
    assert found(
        "Key Players\nOak N.V. (Netherlands)\nElm Co. Ltd. (South Korea)\nAsh (US) and Other Major Players."
    ) == [
        "Oak N.V. (Netherlands)",
        "Elm Co. Ltd. (South Korea)",
        "Ash (US)",
    ]


def test_pages_and_tables_have_players():
    blocks = (*items("Key Rope Companies", *THREE), Block("Scope", Kind.HEADING))
    assert found(Document("page", blocks)) == THREE
    table = (row("Segments", "Type"), row("Key companies profiled", "Oak Ropes; Elm, Inc.; Ash GmbH"))
    assert found(Document("page", table)) == THREE


def test_the_publisher_is_no_player():
    document = page("Key Players\n    Oak\n    Rope Research\n    Elm", publisher="Rope Research")
    assert found(document) == ["Oak", "Elm"]


def test_a_claim_shows_where_the_name_stands():
    claim = players(page("Ropes\nKey players include Oak and Elm."), None)[1]
    assert (claim.name, claim.words) == ("Elm", "Key players include Oak and Elm.")
    assert str(claim.place) == "paragraph 2, characters 29-31"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Governments of countries such as India and China pay for ropes.",
        "The top five companies held 40% in 2022.",
        "The report gives buyers an edge over other market players.",
        "Who are the key players in the rope market?",
        "Key opinion leaders and industry experts, such as directors and marketing executives, were asked.",
        "Key players include XX, which is not told.",
    ][:-1],
)
def test_what_names_no_players(text):
    assert found(text) == []


def test_a_marked_list_may_follow_some_prose():
    text = "Key Players\nThe rope trade is fragmented, and its firms compete on price.\n• Oak\n• Elm\nScope"
    assert found(text) == ["Oak", "Elm"]


def test_a_table_of_contents_is_no_list_of_players():
    text = "Company Profiles\n    Oak Ropes\n    Company Overview\n    SWOT Analysis\n    Elm\n    Revenue"
    assert found(text) == ["Oak Ropes", "Elm"]


def test_agencies_are_no_players():
    text = "Leading organizations such as Oak Ropes, the Rope Makers Association, and Elm Ropes agree."
    assert found(text) == ["Oak Ropes", "Elm Ropes"]


def test_a_line_with_its_own_list_does_not_lead_to_the_lines_below():
    assert found("Key companies covered: Oak, Elm\nHemp\nNylon\nSilk") == ["Oak", "Elm"]


@pytest.mark.parametrize(
    "text",
    [
        "The rope market is dominated by Elm Works, Oak Ltd., and Ash Inc.",
        "The competitive landscape features Elm Works, Oak Ltd. and Ash Inc.",
        "Market leaders Elm Works, Oak Ltd. and Ash Inc. have opened plants.",
        "Elm Works, Oak Ltd., and Ash Inc. hold the largest share of the market.",
        "Key firms seek growth. Among them are Elm Works, Oak Ltd., and Ash Inc.",
        "Players in the rope industry, including Elm Works, Oak Ltd. and Ash Inc., are expanding.",
        "Some of the major players include Elm Works, Oak Ltd., Ash Inc. and Others…",
        "[{'answer': 'The major players are Elm Works, Oak Ltd., Ash Inc., and Others.'}, "
        "{'question': 'Which?'}]",
    ],
)
def test_more_sentences_on_competition(text):
    assert [claim.name.strip(".") for claim in players(page(text), None)] == [
        "Elm Works",
        "Oak Ltd",
        "Ash Inc",
    ]


def test_a_sentence_below_a_heading_is_read_as_a_sentence():
    text = (
        "Key Players\nThe study covers major players such as Elm AG, Oak Co., Ash SE, Fir, Yew, Bay, Box, "
        "Fig, Gum Inc."
    )
    assert [claim.name for claim in players(page(text), None)][:2] == ["Elm AG", "Oak Co."]


@pytest.mark.parametrize(
    "text",
    [
        "Interviews with major market players like Elm Works and Oak",
        "The market is led by North America, Europe, and Asia.",
        "The market is dominated by Hemp and Nylon.",
    ],
)
def test_whom_authors_asked_and_what_leads_are_no_players(text):
    assert players(page(text), None) == ()


def test_a_company_can_have_the_name_of_a_region_in_small_letters():
    names = [claim.name for claim in players(page("Key players are Elm (US), Meta (US) and Oak."), None)]
    assert names == ["Elm (US)", "Meta (US)", "Oak"]
