"""What the API and the pages both do. Each operation checks the role, and what is changed is audited.

An operation is an ordinary function that works in a thread; see `addin.server.threads`. Each raises
Hidden for what the person may not see, whether or not there is such a thing, NotAllowed for what a reader
may see and not change, CatalogError for what is not valid, and Unavailable.
"""

from addin.server.operations.changing import add, correct, submit, withdraw
from addin.server.operations.drafts import Drafted, examine, place_to_import, read_draft
from addin.server.operations.permission import Hidden
from addin.server.operations.reading import MOST_RECORDS, edition, events, marked, search, updates
from addin.server.operations.staff import audit_entries, me, members, remove_member, set_member
from addin.server.operations.tokens import NewToken, end_excels_token, make_token, revoke_token, tokens

__all__ = [
    "MOST_RECORDS",
    "Drafted",
    "Hidden",
    "NewToken",
    "add",
    "audit_entries",
    "correct",
    "edition",
    "end_excels_token",
    "events",
    "examine",
    "make_token",
    "marked",
    "me",
    "members",
    "place_to_import",
    "read_draft",
    "remove_member",
    "revoke_token",
    "search",
    "set_member",
    "submit",
    "tokens",
    "updates",
    "withdraw",
]
