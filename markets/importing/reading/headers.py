"""What a page says about itself: title, publisher, author, date and address, from its head or linked data."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from markets.importing.reading.dates import date_in
from markets.importing.reading.tree import Node, Page

_LONGEST: Final = 300
_MOST_DATA: Final = 300_000
_MOST_ITEMS: Final = 500
_ARTICLES: Final = (
    "Article",
    "NewsArticle",
    "Report",
    "BlogPosting",
    "TechArticle",
    "WebPage",
    "Product",
    "Dataset",
)


@dataclass(frozen=True)
class Header:
    """What a page says about itself; blank if it does not."""

    title: str = ""
    publisher: str = ""
    author: str = ""
    date: datetime.date | None = None
    url: str = ""


def header_of(page: Page) -> Header:
    """Return what a page says about itself. The head of a page is asked before its linked data."""
    meta = _meta(page.root)
    data = _articles(page)

    def stated(*names: str) -> str:
        return next((meta[name] for name in names if meta.get(name)), "")

    def listed(key: str) -> str:
        return next((text for item in data if (text := _named(item.get(key)))), "")

    dated = stated("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate")
    return Header(
        title=_title(page.root)
        or stated("og:title")
        or listed("headline")
        or _first_text(page.root, "title"),
        publisher=stated("og:site_name") or listed("publisher") or stated("dc.publisher", "application-name"),
        author=_name(stated("author", "article:author", "dc.creator")) or listed("author"),
        date=date_in(dated) or date_in(listed("datePublished")) or _time(page.root),
        url=_canonical(page.root) or stated("og:url"),
    )


def _meta(root: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in root.all("meta"):
        given = node.attributes
        name = given.get("property") or given.get("name") or given.get("itemprop") or ""
        found.setdefault(name.lower().strip(), " ".join(given.get("content", "").split())[:_LONGEST])
    return found


def _title(root: Node) -> str:
    """Return the page's main heading, if it has just one."""
    titles = [text for node in islice(root.all("h1"), 5) if (text := node.text)]
    return titles[0][:_LONGEST] if len(set(titles)) == 1 else ""


def _first_text(root: Node, tag: str) -> str:
    return next((node.text for node in root.all(tag)), "")[:_LONGEST]


def _canonical(root: Node) -> str:
    links = (node.attributes for node in root.all("link"))
    address = next((link.get("href", "") for link in links if link.get("rel", "").lower() == "canonical"), "")
    return address if address.startswith(("http://", "https://")) else ""


def _time(root: Node) -> datetime.date | None:
    dates = (date_in(node.attributes.get("datetime") or node.text) for node in root.all("time"))
    return next((date for date in dates if date), None)


def _name(text: str) -> str:
    """Some pages give an author's address where the name should be."""
    return "" if text.startswith(("http://", "https://", "@")) else text


def _articles(page: Page) -> list[dict[str, object]]:
    """Return the linked data about articles, and nothing about the parts of the site."""
    found = []
    for script in page.linked_data:
        try:
            parsed = json.loads(script[:_MOST_DATA])
        except (ValueError, RecursionError):
            continue
        for number, item in enumerate(_items(parsed)):
            if number < _MOST_ITEMS and _kinds(item) & set(_ARTICLES):
                found.append(item)
    return found


def _items(data: object) -> Iterator[dict[str, object]]:
    several = data if isinstance(data, list) else [data]
    for item in several:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (inner for inner in graph if isinstance(inner, dict))


def _kinds(item: dict[str, object]) -> set[str]:
    kind = item.get("@type")
    return {name for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)}


def _named(value: object) -> str:
    """Return a text, or the name of a person or organisation, or of the first of several."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    return _name(" ".join(value.split())[:_LONGEST]) if isinstance(value, str) else ""
