"""What somebody has filtered by is there again after a refresh that was cancelled."""

from pathlib import Path

from tests.addin.web.refreshing.comparing import changes
from tests.addin.web.refreshing.in_browser import Open
from tests.web.books import book_of


def test_a_filter_comes_back_with_what_it_filters_by(on_the_web: Open, book: Path) -> None:
    before = book_of(book)
    filtered = next(sheet for sheet in before["sheets"] if sheet["filter"])
    filtered["filter"]["criteria"] = {"1": {"filterOn": "Values", "values": ["reported"]}}
    on_the_web.open(before)
    outcome = on_the_web.refresh(cancel_at=f"Writing {before['sheets'][-1]['name']}")
    assert outcome.kind == "AbortError"
    assert changes(on_the_web.book, before) == []
