"""The audit log: every change, every other action and every refused attempt. It only grows."""

import datetime

from msgspec import Struct
from sqlalchemy import Connection, insert, select

from markets.catalogs.database.tables import audit

_LONGEST = 500


class Entry(Struct, frozen=True):
    """What somebody did, or was refused. `request` is the id by which the server's log knows it.

    `change` is the number of the change that was made; None for everything else.
    """

    id: int
    at: datetime.datetime
    who: str
    action: str
    target: str
    is_refused: bool
    detail: str
    request: str
    change: int | None


def note(
    connection: Connection,
    who: str,
    action: str,
    *,
    target: str = "",
    workspace: int | None = None,
    is_refused: bool = False,
    detail: str = "",
    request: str = "",
) -> None:
    """Note an action, or with `is_refused` an attempt, in the audit log.

    Changes of the catalog are noted where they are made.
    """
    connection.execute(
        insert(audit).values(
            at=datetime.datetime.now(datetime.UTC),
            request=request,
            who=who,
            action=action,
            workspace_id=workspace,
            target=_shown(target),
            is_refused=is_refused,
            detail=_shown(detail),
        )
    )


def entries(
    connection: Connection, workspace: int, before: int | None = None, limit: int = 100
) -> list[Entry]:
    """Return the last entries about a workspace, newest first; `before`: only those before that one."""
    own = audit.c
    wanted = select(*(own[field] for field in Entry.__struct_fields__)).where(own.workspace_id == workspace)
    if before is not None:
        wanted = wanted.where(own.id < before)
    return [Entry(*row) for row in connection.execute(wanted.order_by(own.id.desc()).limit(limit))]


def _shown(text: str) -> str:
    """What somebody sent, as a log can show it: in one line, with no character that a database refuses."""
    printable = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
    return printable[:_LONGEST]
