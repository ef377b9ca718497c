"""The catalog of a copy: names are held, and an edition is read from its record when it is asked for."""

import datetime
from collections.abc import Hashable
from functools import partial

from markets.catalogs.copies import contents
from markets.catalogs.copies.contents import State
from markets.catalogs.copies.copy import Copy
from markets.catalogs.history import report_with_corrections
from markets.catalogs.indexed import Edition, IndexedCatalog
from markets.errors import CatalogError, Unavailable
from markets.facts import Report

_WHY = {
    "offline": "the server does not answer.",
    "signed out": "you are signed out (the token was revoked or has expired). "
    "Run 'marketbook catalog sign-in'.",
}

_STUCK = "it could not be updated. See the log."


def copy_catalog(copy: Copy, as_of: datetime.date | None = None, *, is_stuck: bool = False) -> IndexedCatalog:
    """Return the catalog of a copy. Raises Unavailable if the copy was never up to date yet.

    Editions published after `as_of` are hidden, and corrections made after it do not count. `is_stuck`:
    the last update failed, which could not even be noted in the copy.
    """
    with copy.reading() as connection:
        state = _usable(copy, contents.state(connection))
        told = notice(state, is_stuck=is_stuck)
        version = (state.id, told, _cursors(contents.workspaces(connection)), as_of)
        editions = [
            Edition(head.source, head.market, partial(_report, copy, edition))
            for edition, head in contents.heads(connection, as_of)
        ]
    how = state.trouble or ("not updated" if is_stuck else "")
    place = f"{copy.server} as of {when(state)}{f', {how}' if how else ''}"
    return IndexedCatalog(editions, version, as_of=as_of, place=place, notice=told)


def copy_version(copy: Copy, as_of: datetime.date | None = None, *, is_stuck: bool = False) -> Hashable:
    """Return the version that such a `copy_catalog` has now. Raises Unavailable as it does."""
    with copy.reading() as connection:
        state = _usable(copy, contents.state(connection))
        return (state.id, notice(state, is_stuck=is_stuck), _cursors(contents.workspaces(connection)), as_of)


def notice(state: State, *, is_stuck: bool = False) -> str:
    """Return what a reader of an answer should know of the copy: how old it is, if it cannot be updated."""
    why = _WHY[state.trouble] if state.trouble else _STUCK if is_stuck else ""
    return f"From the copy of {when(state)}: {why}" if why else ""


def when(state: State) -> str:
    """Return when a copy was last up to date, by the clock of this computer."""
    return f"{state.updated.astimezone():%Y-%m-%d %H:%M}" if state.updated else "never"


def _usable(copy: Copy, state: State) -> State:
    if state.updated is not None:
        return state
    if state.trouble:
        raise Unavailable(f"There is no copy of {copy.server} yet. {state.sentence}")
    raise Unavailable(
        f"The copy of {copy.server} is being fetched for the first time. Calculate again in a moment."
    )


def _cursors(fetched: list[contents.Fetched]) -> tuple[Hashable, ...]:
    return tuple((one.id, one.until, one.stamp) for one in fetched if one.is_whole)


def _report(copy: Copy, edition: int, as_of: datetime.date | None) -> Report:
    with copy.reading() as connection:
        record = contents.record(connection, edition)
    if record is None:
        raise Unavailable("The copy has changed. Calculate again in a moment.")
    try:
        return report_with_corrections(record, as_of)
    except ValueError as error:
        raise CatalogError(f"Edition {edition} of {copy.server}: {error}") from error
