"""The entity of a card, held against Microsoft's types by the TypeScript compiler."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from addin.web.cards import entity
from tests.conftest import SECOND, SEED
from tests.web import modules, node
from udfs import catalog, market_card
from udfs.outcome import Card, Cited

HOSTILE = '"; </script><img src=x onerror=alert(1)> ${alert(1)} `\\\u2028\n=1+1'


def _card(*arguments: Any) -> Card:
    found = market_card.outcome(*arguments).card
    assert isinstance(found, Card)
    return found


def _several(count: int, **other: str) -> Card:
    """A card of several sources."""
    cited = tuple(
        Cited(f"Publisher {at}", "2026-01-31", "A title", "", f"page {at}", 400.0 + at, "reported")
        for at in range(count)
    )
    given = {"market": "Tea", "segment": "", "unit": "USD billion", "derivation": "median"} | other
    return Card(year=2023, size=410.0, text="410", status="derived", sources=cited, **given)


def _cards() -> Iterable[Card]:
    """The cards of every market, segment and year, of several sources, and of hostile names."""
    every = catalog.catalog()
    for name in (one.name for one in every.search("")):
        for segment in ("", *(each.qualified for each in every.market(name).segments)):
            found = [market_card.outcome(name, year, segment).card for year in range(2015, 2041)]
            yield from (card for card in found if isinstance(card, Card))
    yield _several(3)
    yield _several(1, market=HOSTILE, segment=HOSTILE, unit=HOSTILE, derivation=HOSTILE)


def _complaints(entities: list[Any], folder: Path) -> str:
    """What the compiler says of entities as values of Excel's type."""
    told = ",\n".join(json.dumps(one) for one in entities)
    (folder / "entities.ts").write_text(f"export const all: Excel.EntityCellValue[] = [{told}];\n")
    options = ["--noEmit", "--strict", "--skipLibCheck", "--types", "office-js"]
    roots = ["--typeRoots", str(modules() / "@types")]
    compiler = str(modules() / "typescript" / "bin" / "tsc")
    return node(compiler, *options, *roots, str(folder / "entities.ts")).stdout


def test_every_card_is_a_value_of_excels_type(two_markets: None, tmp_path: Path) -> None:
    entities = [entity(card) for card in _cards()]
    assert len(entities) > 30
    assert _complaints(entities, tmp_path) == ""


def _a_number_as_text(told: dict[str, Any]) -> None:
    told["properties"]["Size"]["basicValue"] = "8.6"


def _an_unknown_layout(told: dict[str, Any]) -> None:
    told["layouts"]["card"]["sections"][0]["layout"] = "Grid"


def _another_kind(told: dict[str, Any]) -> None:
    told["type"] = "Thing"


def _an_unknown_item(told: dict[str, Any]) -> None:
    told["layouts"]["card"]["headline"] = "x"


@pytest.mark.parametrize("harm", [_a_number_as_text, _an_unknown_layout, _another_kind, _an_unknown_item])
def test_the_compiler_sees_what_is_wrong(harm: Callable[[dict[str, Any]], None], tmp_path: Path) -> None:
    told: dict[str, Any] = json.loads(json.dumps(entity(_card(SEED))))
    harm(told)
    assert "error TS" in _complaints([told], tmp_path)


def test_the_icon_is_one_that_excel_has() -> None:
    told: dict[str, Any] = json.loads(json.dumps(entity(_card(SEED))))
    icon = told["layouts"]["compact"]["icon"]
    types = (modules() / "@types/office-js/index.d.ts").read_text(encoding="utf-8")
    icons = types.partition("enum EntityCompactLayoutIcons")[2].partition("\n    }\n")[0]
    assert f' = "{icon}"' in icons


def test_a_card_has_what_makes_a_number_defensible() -> None:
    told: Any = entity(_card(SEED, 2028))
    assert told["text"] == "10.6"
    values = {name: item["basicValue"] for name, item in told["properties"].items()}
    assert values == {
        "Size": pytest.approx(8.6 * (13.1 / 8.6) ** 0.5),
        "Unit": "USD billion",
        "Year": 2028,
        "Status": "interpolated",
        "Derivation": "constant growth from 8.6 (2023) to 13.1 (2033)",
        "Market": SEED,
        "Publisher": "Market.us Media",
        "Date": "2025-11-13",
        "Report": "Medical Imaging Outsourcing Market Growing to USD 13.1 Billion by 2033",
        "Locator": "Overview, sentence 1; Key Takeaways, bullet 1",
    }
    card = told["layouts"]["card"]
    assert card["title"] == SEED
    assert [section["title"] for section in card["sections"]] == ["Size", "Market", "Source"]


def test_every_excel_with_cards_knows_the_format_of_a_number() -> None:
    """In Excel before ExcelApi 1.19, a Double has no format, but cards are there since 1.16."""
    told: Any = entity(_card(SEED, 2028))
    formats = {
        (item["type"], item["numberFormat"]) for item in told["properties"].values() if "numberFormat" in item
    }
    assert formats == {("FormattedNumber", "#,##0.0###"), ("FormattedNumber", "0")}


def test_a_segment_is_named_in_the_title_and_the_items() -> None:
    told: Any = entity(_card(SEED, 2023, "CT"))
    assert told["layouts"]["card"]["title"] == f"{SEED}: Computed Tomography"
    assert told["properties"]["Segment"]["basicValue"] == "Computed Tomography"


def test_a_market_of_one_region_is_named_in_full(two_markets: None) -> None:
    told: Any = entity(_card(SECOND))
    assert told["layouts"]["card"]["title"] == SECOND


def test_each_of_several_sources_is_an_item() -> None:
    told: Any = entity(_several(2))
    section = told["layouts"]["card"]["sections"][-1]
    assert section["title"] == "Sources"
    assert section["properties"] == ["Publisher 0, 2026-01-31", "Publisher 1, 2026-01-31"]
    assert told["properties"]["Publisher 1, 2026-01-31"]["basicValue"] == "401, reported. page 1"


@pytest.mark.parametrize("card", [_several(1), _several(3, segment="Leaf")], ids=["one", "several"])
def test_the_sections_show_every_item_once(card: Card) -> None:
    told: Any = entity(card)
    shown = [name for section in told["layouts"]["card"]["sections"] for name in section["properties"]]
    assert sorted(shown) == sorted(told["properties"])
