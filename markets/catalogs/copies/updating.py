"""Updates of a copy: only what changed since the last one, a page at a time.

Each page is one transaction, added only if the copy still stands where the page was asked for. So a
killed update goes on where it was, and two at once do no harm.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from markets.catalogs.chosen import NEEDS_TEAM
from markets.catalogs.copies import contents
from markets.catalogs.copies.contents import Fetched, Trouble
from markets.catalogs.copies.copy import Copy
from markets.catalogs.copies.tokens import token
from markets.catalogs.wire import Updates
from markets.errors import MarketbookError, NotAllowed, NotFound, Unavailable

if TYPE_CHECKING:
    from markets.catalogs.copies.client import Client


def update_from_server(copy: Copy) -> None:
    """Update a copy with the user's token; see `update`."""
    with _noting(copy), connected(copy.server, token(copy.server)) as client:
        update(copy, client)


def connected(server: str, own: str) -> "Client":
    """Return the client for a server and a token. Raises Unavailable without the extra `team`."""
    try:
        from markets.catalogs.copies.client import Client
    except ImportError as error:
        raise Unavailable(NEEDS_TEAM) from error
    return Client(server, own)


def update(copy: Copy, client: "Client") -> None:
    """Bring a copy to what the server has and the user may read now; delete what may not be read any more.

    Raises NotAllowed if the server does not know the token, and Unavailable if it does not answer: the
    copy then stays, and says so.
    """
    with _noting(copy):
        started = datetime.datetime.now(datetime.UTC)
        me = client.me()
        with copy.writing() as connection:
            contents.take_account(connection, me.email)
            contents.take_workspaces(connection, me.workspaces)
            is_clean = contents.state(connection).is_clean
        if not is_clean:
            _clean(copy)
        for workspace in me.workspaces:
            _fetch(copy, client, workspace.name)
        with copy.writing() as connection:
            if {one.name for one in me.workspaces} - {one.name for one in contents.members(connection)}:
                raise Unavailable(f"The copy of {copy.server} was deleted while it was updated.")
            contents.note_success(connection, started)


def _fetch(copy: Copy, client: "Client", name: str) -> None:
    """Fetch the pages of a workspace until it is up to date."""
    restarts, is_complete = 0, False
    while not is_complete:
        at = _standing(copy, name)
        page = client.updates(name, at.until, at.stamp)
        restarts += page.is_restart
        if restarts > 1 or not _is_sound(page, at):
            raise Unavailable(f"{client.url} gives updates of {name} that do not fit together.")
        with copy.writing() as connection:
            if at in contents.workspaces(connection):  # no other program was faster
                row = contents.begin_anew(connection, at) if page.is_restart else at.id
                contents.add(connection, row, page)
        is_complete = page.is_complete


def _standing(copy: Copy, name: str) -> Fetched:
    """Return where to go on with a workspace: in the row that is not whole yet, if there is one."""
    with copy.reading() as connection:
        rows = [one for one in contents.workspaces(connection) if one.name == name]
    if not rows:
        raise Unavailable(f"The copy of {copy.server} was deleted while it was updated.")
    return min(rows, key=lambda one: one.is_whole)


def _is_sound(page: Updates, at: Fetched) -> bool:
    """Return whether a page leads on, and is of the workspace that it was asked for."""
    since = 0 if page.is_restart else at.until
    leads_on = page.until > since or (page.is_complete and page.until == since)
    return leads_on and all(record.workspace == at.name and record.headings for record in page.records)


def _clean(copy: Copy) -> None:
    """Leave no bytes of what was deleted; if another program reads the copy, the next update does it."""
    with suppress(Unavailable):
        copy.clean()
        with copy.writing() as connection:
            contents.note_clean(connection, is_clean=True)


@contextmanager
def _noting(copy: Copy) -> Iterator[None]:
    """Note in the copy why an update failed, for whoever reads its answers."""
    try:
        yield
    except MarketbookError as error:
        _note(copy, "signed out" if isinstance(error, NotAllowed) else "offline", str(error))
        if isinstance(error, NotFound):  # a workspace that was withdrawn meanwhile; the next update knows
            raise Unavailable(str(error)) from error
        raise


def _note(copy: Copy, trouble: Trouble, sentence: str) -> None:
    with suppress(Unavailable):
        with copy.reading() as connection:
            known = contents.state(connection)
        if (known.trouble, known.sentence) != (trouble, sentence):
            with copy.writing() as connection:
                contents.note_trouble(connection, trouble, sentence)
