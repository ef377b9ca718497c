"""The ledger that commands change: the database or the server in use."""

import getpass
import socket

from addin.commands.failures import Misused
from markets.catalogs import places
from markets.catalogs.ledgers import Ledger
from markets.errors import NotAllowed


def ledger() -> Ledger:
    """Return the ledger in use.

    Raises Misused for a folder, which keeps no history, Unavailable, and NotAllowed without a token.
    """
    kept = places.place().ledger(who())
    if kept is None:
        raise Misused(
            "The catalog in use is a folder, which keeps no history. To make a database of it, run "
            "'marketbook catalog init' and then 'marketbook catalog load FOLDER'."
        )
    return kept


def who() -> str:
    """Return who is at this computer, for the history of a database that is changed directly."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # in a container, a user without a name
        user = "unknown"
    return f"{user}@{socket.gethostname()}"


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
