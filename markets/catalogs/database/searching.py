"""Editions found by the names of their markets, without reading a fact."""

import datetime
from collections.abc import Collection, Sequence
from json import dumps
from typing import Any

from msgspec import Struct
from rapidfuzz import fuzz, process
from sqlalchemy import Connection, Select, String, cast, func, or_, select

from markets.catalogs.database.tables import editions, headings, workspaces
from markets.names import name_key

_NEAR_ENOUGH = 72
_NEAR = 10
_LONGEST = 200


class Hit(Struct, frozen=True):
    """An edition as a list shows it."""

    edition: int
    workspace: str
    market: str
    geography: str
    publisher: str
    title: str
    date: datetime.date


def search(
    connection: Connection, inside: Collection[int], text: str, limit: int, skip: int = 0
) -> list[Hit]:
    """Return editions of these workspaces whose market's name or alias contains `text`, or resembles it.

    A name that is the text comes first, then those that begin with it. Blank text: every edition by name.
    At most `limit`, after the first `skip` of them.
    """
    key = name_key(text[:_LONGEST]) if text.strip() else ""
    containing = _containing(inside, text[:_LONGEST].strip(), key)
    found = _hits(connection, containing, key, limit, skip)
    if found or not key or (skip and _hits(connection, containing, key, 1, 0)):
        return found
    near = [match for match, _, _ in _nearest(key, _keys(connection, inside))]
    return _hits(connection, _visible(inside).where(editions.c.market_key.in_(near)), key, limit, skip)


def _visible(inside: Collection[int]) -> Select[Any]:
    newest = select(func.max(headings.c.number)).where(headings.c.edition_id == editions.c.id)
    return (
        select(
            editions.c.id,
            workspaces.c.name,
            headings.c.market,
            headings.c.geography,
            headings.c.publisher,
            headings.c.title,
            headings.c.date,
        )
        .join(headings, headings.c.edition_id == editions.c.id)
        .join(workspaces, workspaces.c.id == editions.c.workspace_id)
        .where(
            editions.c.workspace_id.in_(inside),
            headings.c.number == newest.correlate(editions).scalar_subquery(),
            ~headings.c.is_withdrawn,
        )
    )


def _containing(inside: Collection[int], text: str, key: str) -> Select[Any]:
    if not key:
        return _visible(inside)
    listed = func.lower(cast(headings.c.aliases, String))
    in_aliases = [listed.contains(each, autoescape=True) for each in _spellings(text.lower())]
    return _visible(inside).where(or_(editions.c.market_key.contains(key, autoescape=True), *in_aliases))


def _spellings(text: str) -> set[str]:
    """How a text may be spelled inside JSON: one database keeps characters, and another escapes them."""
    return {dumps(text)[1:-1], dumps(text, ensure_ascii=False)[1:-1]}


def _hits(connection: Connection, wanted: Select[Any], key: str, limit: int, skip: int) -> list[Hit]:
    own = editions.c.market_key
    order = (own != key, ~own.startswith(key, autoescape=True)) if key else ()
    ordered = wanted.order_by(*order, own, editions.c.date.desc(), editions.c.id)
    rows = connection.execute(ordered.limit(limit).offset(skip))
    return [Hit(*row) for row in rows]


def _keys(connection: Connection, inside: Collection[int]) -> list[str]:
    wanted = select(editions.c.market_key).where(editions.c.workspace_id.in_(inside)).distinct()
    return list(connection.scalars(wanted))


def _nearest(key: str, keys: Sequence[str]) -> list[tuple[str, float, int]]:
    return process.extract(key, keys, scorer=fuzz.WRatio, score_cutoff=_NEAR_ENOUGH, limit=_NEAR)
