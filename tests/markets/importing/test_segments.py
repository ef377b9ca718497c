import pytest

from markets.importing.documents import Block, Document, Kind
from markets.importing.segments import segments
from tests.markets.importing.pages import items, page, row


def found(text):
    document = text if isinstance(text, Document) else page(text)
    return {claim.dimension: list(claim.names) for claim in segments(document, None)}


@pytest.mark.parametrize(
    "lead",
    [
        "By Type",
        "Market by Type",
        "Market Segment by Type:",
        "Breakup by Type:",
        "Global Rope Market, by Type, 2017-2021, 2022-2027 ($ Thousands) & (Tons)",
        "Global Rope Market Segment Percentages, by Type, 2022 (%)",
        "Type Outlook (Revenue, USD Million, 2018 - 2030)",
        "On the basis of type, this report shows revenue, price and growth of each, split into:",
        "Market segment by Type, covers",
        "Types:",
    ],
)
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_heading_names_the_dimension_of_the_list_below(lead, indent):
    assert found(f"{lead}\n{indent}Hemp\n{indent}Nylon\n{indent}Others\nAbout Us") == {
        "Type": ["Hemp", "Nylon", "Others"]
    }


def test_lists_without_indents_follow_each_other():
    text = "Segments:\nBy Component\nHardware\nSoftware\nBy End-Use\nShips\nPorts\nBy Region\nEurope\nAsia"
    assert found(text) == {"Component": ["Hardware", "Software"], "End Use": ["Ships", "Ports"]}


def test_the_items_of_a_page_count_on_their_own_level_only():
    blocks = (
        *items("Rope segments"),
        Block("By Component", Kind.ITEM),
        Block("Hardware", Kind.ITEM, 1),
        Block("Winches", Kind.ITEM, 2),
        Block("Software", Kind.ITEM, 1),
        Block("By Application", Kind.ITEM),
        Block("Ships", Kind.ITEM, 1),
        Block("Ports", Kind.ITEM, 1),
    )
    assert found(Document("page", blocks)) == {
        "Component": ["Hardware", "Software"],
        "Application": ["Ships", "Ports"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "Type: hemp, nylon, others",
        "By Type - hemp, nylon and others",
        "Based on type, the rope market is segmented into hemp, nylon, and others.",
        "On the basis of type, it has been further divided into hemp, nylon, and others. Hemp leads.",
        "By type, the market is categorized into hemp, nylon and others, while hemp leads.",
        "The rope market is segmented into hemp, nylon and others based on type.",
        "The rope market is bifurcated, based on type, into hemp, nylon and others.",
        "The type segment includes hemp, nylon, and others.",
        "The report segments the rope market by type into hemp, nylon and others; by use into two.",
        "The rope market is segmented by type (hemp, nylon, and others), and region.",
        "Rope Market Size Report By Type (Hemp, Nylon, Others), By Region, And Forecasts, 2024 - 2030",
    ],
)
def test_a_sentence_lists_the_segments_of_a_dimension(text):
    assert {name: [item.lower() for item in names] for name, names in found(text).items()} == {
        "Type": ["hemp", "nylon", "others"]
    }


@pytest.mark.parametrize(
    "text",
    [
        "By type, the rope market includes hemp, nylon, and others.",
        "On the basis of type, the market is split between hemp, nylon and others.",
        "The market is segmented by type: hemp, nylon, others; and by region.",
        "The report covers ropes by type – hemp, nylon, others – and by region.",
        "Segmentation by type covers hemp, nylon, and others.",
        "Key segments by type include hemp, nylon, and others.",
        "Ropes come in three types: hemp, nylon, and others.",
        "There are three main types of ropes, namely hemp, nylon and others.",
        "The major types of ropes are hemp, nylon and others.",
        "Major types include hemp, nylon, and others.",
        "Type segments covered are hemp, nylon and others.",
        "Hemp, nylon, and others are the main types of ropes covered in the report.",
        "Type Insights: hemp, nylon, others",
        "Rope Market By Type [Hemp, Nylon, Others], By Region [Europe, Asia]",
        "Segments Covered: Type (Hemp, Nylon, Others), Region",
        "The market was analyzed based on type (hemp, nylon, others).",
        "Based on Type (Hemp, Nylon, Others)",
        "The report segments the market by type into hemp, nylon and others, and by region into Asia "
        "and Europe.",
    ],
)
def test_more_phrasings_of_a_list(text):
    assert {name: [item.lower() for item in names] for name, names in found(text).items()} == {
        "Type": ["hemp", "nylon", "others"]
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Analysis by Type:\nThe market is divided into hemp, nylon, and silk. Hemp leads.",
            {"Type": ["hemp", "nylon", "silk"]},
        ),
        ("The rope market is divided into hemp, nylon, and silk.", {"Segment": ["hemp", "nylon", "silk"]}),
        (
            "Segmentation analysis shows that ships, ports and mines are prominent application segments.",
            {"Application": ["ships", "ports", "mines"]},
        ),
        (
            "Among end-users, ships, ports, and mines represent large shares.",
            {"End User": ["ships", "ports", "mines"]},
        ),
        (
            "Demand grows across ships, ports, and mining sectors.",
            {"Application": ["ships", "ports", "mining"]},
        ),
    ],
)
def test_prose_tells_by_what_it_divides(text, expected):
    assert found(text) == expected


def test_a_chain_of_labels_gives_each_dimension():
    text = "It is segmented by type: hemp and nylon; by use: ships, ports; and by region."
    assert found(text) == {"Type": ["hemp", "nylon"], "Use": ["ships", "ports"]}
    text = "The report splits the market by type into hemp and nylon, and by use into ships and ports."
    assert found(text) == {"Type": ["hemp", "nylon"], "Use": ["ships", "ports"]}


def test_kinds_without_a_dimension_count_where_there_is_no_other_list():
    text = "The market is divided into two segments: hemp and nylon."
    assert found(text) == {"Segment": ["hemp", "nylon"]}
    assert found(f"{text}\nBy Use\n    Ships\n    Ports") == {"Use": ["Ships", "Ports"]}


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        (
            "Demand from various end-use industries, such as ships, ports, and mines, drives it.",
            "End Use Industry",
        ),
        ("Ropes are widely used in ships, ports, mines and farms for lifting.", "Application"),
        ("They serve many sectors including ships, ports and mines.", "Sector"),
    ],
)
def test_examples_of_uses_count_where_there_is_no_list(text, dimension):
    (claim,) = segments(page(text), None)
    assert claim.dimension == dimension
    assert claim.names[:3] == ("ships", "ports", "mines")
    assert not claim.complete
    assert list(found(f"{text}\nBy Type\n    Hemp\n    Nylon")) == ["Type"]


def test_examples_of_the_last_name_are_no_segments():
    text = "It has three submarkets that are hemp, nylon, and other fibers such as jute, sisal, and silk."
    assert found(text) == {"Submarket": ["hemp", "nylon", "other fibers"]}


def test_a_section_on_a_dimension_names_segments():
    text = (
        "Type Insights\nThe hemp segment held the largest share in 2023. Its price is low.\n"
        "The nylon rope segment is expected to grow at a CAGR of 5.2%.\nRegional Insights\n"
        "The big segment is red."
    )
    (claim,) = segments(page(text), None)
    assert (claim.dimension, claim.names, claim.complete) == ("Type", ("hemp", "nylon rope"), False)


def test_a_claim_of_a_sentence_shows_the_words_around_its_list():
    (claim,) = segments(page(f"{'Ropes are old and ' * 15}by type, it is split into hemp and nylon."), None)
    assert "split into hemp and nylon" in claim.words
    assert len(claim.words) <= 200


def test_brackets_go_on_with_the_next_dimension():
    text = (
        "The rope market is segmented by Type (Hemp, Nylon), Application (Ships and Ports), "
        "End-user Industry (Oil and Gas, Fishing), and Geography (Europe, Asia, North America)."
    )
    assert found(text) == {
        "Type": ["Hemp", "Nylon"],
        "Application": ["Ships", "Ports"],
        "End User Industry": ["Oil and Gas", "Fishing"],
    }


def test_one_sentence_can_list_two_dimensions():
    text = "Based on type, it is split into hemp and nylon, while by use, it is divided into ships and ports."
    assert found(text) == {"Type": ["hemp", "nylon"], "Use": ["ships", "ports"]}


def test_rows_give_a_dimension_and_its_segments():
    blocks = (
        row("Dimension", "Sub-Segments"),
        row("By Type", "Hemp, Nylon, Others"),
        row("Segmentation", "By Use: Ships, Ports\nBy Sales Channel: Online, Offline"),
        row("Segments covered", "By Grade; High; Low; By Region; Europe; Asia"),
    )
    assert found(Document("page", blocks)) == {
        "Type": ["Hemp", "Nylon", "Others"],
        "Use": ["Ships", "Ports"],
        "Sales Channel": ["Online", "Offline"],
        "Grade": ["High", "Low"],
    }


def test_a_list_of_its_own_counts_before_a_sentence():
    text = "Based on type, it is split into hemp, nylon and silk.\nBy Type\n    Hemp\n    Nylon\nAbout Us"
    assert found(text) == {"Type": ["Hemp", "Nylon"]}


@pytest.mark.parametrize(
    ("lead", "dimension"),
    [
        ("By End-Use", "End Use"),
        ("By End-Users", "End User"),
        ("Market Segment by Product Type", "Product Type"),
        ("Market Segment by Product Application", "Application"),
        ("By Applications", "Application"),
        ("By Deployment Mode", "Deployment Mode"),
        ("By Technology", "Technology"),
    ],
)
def test_dimensions_have_one_name(lead, dimension):
    assert list(found(f"{lead}\n    Hemp\n    Nylon")) == [dimension]


def test_examples_are_not_the_whole_list():
    (claim,) = segments(page("It covers segmentation by Type (e.g., hemp, nylon), and region."), None)
    assert (claim.dimension, claim.names, claim.complete) == ("Type", ("hemp", "nylon"), False)


def test_a_claim_shows_the_heading_with_its_names():
    (claim,) = segments(page("Rope\nBy Type\n    Hemp\n    Nylon"), None)
    assert claim.complete
    assert claim.words == "By Type: Hemp, Nylon"
    assert str(claim.place) == "paragraph 2, characters 1-7"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "By Region\n    Europe\n    Asia\n    Africa",
        "The market is segmented on the basis of type, application, and region.",
        "Chapter 4: Market segments by type, covering their size",
        "Market Overview, Development, and Segment by Type, Use & Region\nPart 2:\nSales, Cost, Margin etc.",
        "By Component, the Hardware segment is expected to lead the market.",
        "By Company\n    Oak Ropes\n    Elm Ropes",
        "It offers chances for stakeholders, including Ships, Ports.",
        "The hardware segment includes winches, hooks, and others.",
        "The key product types are expected to grow, and their prices as well.",
        "Source: Rope Program, Survey of Ports, June 2020",
        "There are three factors: price, weight and strength.",
        "It covers two regions: Asia and Europe.",
    ],
)
def test_what_lists_no_segments(text):
    assert found(text) == {}


def test_a_table_with_a_dimension_above_each_column():
    table = (
        row("By Type", "By Application", "By Region"),
        row("Hemp", "Ships", "Europe"),
        row("Nylon", "Ports", "Asia"),
        row("Silk", "", "Africa"),
    )
    assert found(Document("page", table)) == {
        "Type": ["Hemp", "Nylon", "Silk"],
        "Application": ["Ships", "Ports"],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Type (Hemp, Nylon)\nUse by ship", {"Type": ["Hemp", "Nylon"]}),
        ("Others (Hemp, Nylon)", {}),
        ("1) By Type: Hemp; Nylon\n1) By Hemp: Raw; Clean", {"Type": ["Hemp", "Nylon"]}),
        ("It is a breakup based on the type. This includes hemp and nylon.", {"Type": ["hemp", "nylon"]}),
        ("Major types of ropes covered in the report:\nHemp\nNylon", {"Type": ["Hemp", "Nylon"]}),
        (
            "Market Segment by Applications, can be divided into\nShips\nPorts",
            {"Application": ["Ships", "Ports"]},
        ),
        (
            "By Type\n• Hemp: it is the oldest fiber of all that ropes are made of\n• Nylon",
            {"Type": ["Hemp", "Nylon"]},
        ),
    ],
)
def test_other_shapes_of_lists(text, expected):
    assert found(text) == expected


def test_figures_are_no_segments():
    table = (row("Product", "Revenue, USD million"), row("Application", "2023, 2024"))
    assert found(Document("page", table)) == {}
    assert found("By Purity\n    99%\n    Intensive Care Units") == {
        "Purity": ["99%", "Intensive Care Units"]
    }


def test_a_sentence_is_no_heading():
    text = "By product, the market is categorized as hemp, nylon and silk.\nRopes include hawsers, and lines."
    assert found(text) == {"Product": ["hemp", "nylon", "silk"]}
