"""The ledger that commands change: the database or the server in use."""

import getpass
import socket

from addin.commands.failures import Misused
from markets.catalogs import places
from markets.catalogs.copies.ledger import ServerLedger
from markets.catalogs.ledgers import Ledger
from markets.errors import NotAllowed


def ledger() -> Ledger:
    """Return the ledger in use.

    Raises Misused for a folder, which keeps no history, Unavailable, and NotAllowed without a token.
    """
    place = places.place()
    if isinstance(place, places.DatabasePlace):
        database = place.database()
        from markets.catalogs.database.ledger import DatabaseLedger

        return DatabaseLedger(database, who())
    if isinstance(place, places.ServerPlace):
        return ServerLedger(place.url)
    raise Misused(
        "The catalog in use is a folder, which keeps no history. To make a database of it, run "
        "'marketbook catalog init' and then 'marketbook catalog load FOLDER'."
    )


def who() -> str:
    """Return who is at this computer, for the history of a database that is changed directly."""
    return f"{getpass.getuser()}@{socket.gethostname()}"


def workspace_of(kept: Ledger, chosen: str) -> str:
    """Return the workspace to change: the chosen one, else the only one that this person may change."""
    own = [one.name for one in kept.workspaces() if one.role != "reader"]
    if chosen:
        return chosen
    if not own:
        raise NotAllowed("You may not change any workspace. Ask an owner to make you an editor.")
    if len(own) > 1:
        raise Misused(f"You may change several workspaces: {', '.join(own)}. Choose one with --workspace.")
    return own[0]
