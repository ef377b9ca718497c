"""The bundled report holds what its publisher states, and none of its sentences."""

from pathlib import Path

from markets.catalogs.folders import BUNDLED
from markets.listing import fact_rows
from markets.market import Market

FIGURES = {
    ("size", "Medical Imaging Outsourcing", "2023", "USD 8.6 billion"),
    ("size", "Medical Imaging Outsourcing", "2033", "USD 13.1 billion"),
    ("CAGR", "Medical Imaging Outsourcing", "2024-2033", "4.3%"),
    ("CAGR", "Magnetic Resonance Imaging", "forecast period", "5.6%"),
    ("CAGR", "Diagnostic Centers", "forecast period", "6.3%"),
    ("share", "Computed Tomography", "2023", "65.3%"),
    ("share", "Hospitals", "2023", "63.4%"),
    ("share", "North America", "2023", "43.6%"),
    ("ranking", "Computed Tomography", "2023", "largest"),
    ("ranking", "Hospitals", "2023", "largest"),
    ("ranking", "North America", "2023", "largest"),
    ("ranking", "Magnetic Resonance Imaging", "", "fastest"),
    ("ranking", "Diagnostic Centers", "", "fastest"),
    ("ranking", "Asia-Pacific", "", "second fastest"),
    ("indicator", "US health spending growth", "2018", "4.6%"),
    ("indicator", "US health spending", "2018", "USD 3.6 trillion"),
    ("indicator", "US health spending per person", "2018", "USD 11,172"),
    ("indicator", "US health spending share of GDP", "2018", "almost 18%"),
    ("indicator", "CT examinations growth a year", "", "about 4%"),
    ("indicator", "CT examinations a year", "", "nearly 300 million scans"),
}


def test_every_figure_of_the_report_is_there(seed: Market) -> None:
    rows = [row for row in fact_rows(seed) if row.kind not in ("segment", "player")]
    assert {(row.kind, row.about, row.years, row.stated) for row in rows} == FIGURES
    assert all(row.at for row in rows)


def test_segments_and_players_are_there(seed: Market) -> None:
    complete = {dimension.name: dimension.complete for dimension in map(seed.dimension, seed.dimensions)}
    assert complete == {"Device": True, "End User": True, "Region": False}
    assert len(seed.segments_of("Device")) == len(seed.segments_of("End User")) == 3
    assert len(seed.players) == 13


def test_the_report_s_words_stay_with_its_publisher(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (shared / "seed").glob("*.txt")]
    assert texts
    bundled = (BUNDLED / "medical-imaging-outsourcing.toml").read_text(encoding="utf-8")
    sentences = [
        s.strip() for text in texts for s in text.replace("\n", ". ").split(". ") if len(s.split()) > 11
    ]
    assert sentences
    copied = [sentence for sentence in sentences if sentence in bundled]
    assert [s for s in copied if not s.startswith("Medical Imaging Outsourcing Market Growing to")] == []
