"""Personal tokens, for the command line and the add-in: made, listed and revoked by their owner.

Those that Excel gets at a sign-in read only.
"""

import datetime
from contextlib import suppress

from msgspec import Struct
from sqlalchemy import Connection

from addin.server.asking import Asking
from addin.server.operations.permission import Hidden
from addin.server.operations.texts import checked
from markets.catalogs.database import audit, keys
from markets.catalogs.database.keys import Token
from markets.catalogs.wire import LARGEST_NUMBER
from markets.errors import CatalogError, NotFound

MOST_DAYS = 366
USUAL_DAYS = 90
_LONGEST_NAME = 80


class NewToken(Struct, frozen=True):
    """A token with its secret, which is shown this once."""

    id: int
    name: str
    expires_at: datetime.datetime
    token: str


def tokens(asking: Asking) -> list[Token]:
    """Return the person's tokens that are not revoked, without their secrets."""
    with asking.database.reading() as connection:
        return keys.tokens_of(connection, asking.person)


def make_token(asking: Asking, name: str, days: int, *, is_for_excel: bool = False) -> NewToken:
    """Make a token for so many days. Only a page does, in a session: see `addin.server.api.own`."""
    name = checked("token's name", name, _LONGEST_NAME, is_required=True)
    if not 1 <= days <= MOST_DAYS:
        raise CatalogError(f"A token can be used for 1 to {MOST_DAYS} days.")
    ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
    with asking.database.writing() as connection:
        made, secret = keys.make_token(connection, asking.person, name, ends, is_for_excel=is_for_excel)
        detail = f"until {ends:%Y-%m-%d}{', read only' if is_for_excel else ''}"
        _note(asking, connection, "make token", f"{made.id}: {name}", detail)
    return NewToken(made.id, name, ends, secret)


def revoke_token(asking: Asking, token: int) -> None:
    """Revoke a token of the person's own. Raises Hidden for any other."""
    with asking.database.writing() as connection:
        try:
            name = keys.revoke(connection, asking.person, token if 0 < token <= LARGEST_NUMBER else 0)
        except NotFound as error:
            raise Hidden(str(error)) from error
        _note(asking, connection, "revoke token", f"{token}: {name}", "")


def end_excels_token(asking: Asking) -> bool:
    """Revoke the token that asks if it is Excel's; return whether it is. A personal token stays."""
    token = asking.token
    if token is None or not token.is_for_excel:
        return False
    with suppress(Hidden):  # somebody else has just revoked it
        revoke_token(asking, token.id)
    return True


def _note(asking: Asking, connection: Connection, action: str, target: str, detail: str) -> None:
    who = asking.person.email
    audit.note(connection, who, action, target=target, detail=detail, request=asking.request)
