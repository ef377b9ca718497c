"""What a server and its clients say to each other, as JSON."""

import datetime
from typing import Final, Literal

from msgspec import Struct

from markets.catalogs.records import Record
from markets.catalogs.statements import Statement
from markets.facts import Source, Subject

Role = Literal["reader", "editor", "owner"]
ROLES: tuple[Role, ...] = ("reader", "editor", "owner")
"""From least to most: each may do all that the one before may."""

LARGEST_NUMBER: Final = 2**31 - 1
"""No edition, change or token has a larger number: a database's columns hold none."""


class Workspace(Struct, frozen=True):
    """A workspace that a person may read, and as what. `is_everyones`: nobody changes it there."""

    name: str
    role: Role
    is_everyones: bool = False


class Me(Struct, frozen=True):
    """Who is asking, and which workspaces they may read."""

    email: str
    name: str
    workspaces: tuple[Workspace, ...]


class Updates(Struct, frozen=True):
    """What has changed in a workspace since a client asked last: at most a page of it.

    Ask next with `until` and `stamp`. `is_complete`: there is no more now. `is_restart`: the server does not
    know the client's last change (a backup was brought back), and begins with the first; what the client
    holds of the workspace no longer counts.
    """

    until: int
    stamp: datetime.datetime | None
    is_complete: bool
    is_restart: bool
    records: tuple[Record, ...]


class Hit(Struct, frozen=True):
    """An edition that a search has found."""

    edition: int
    workspace: str
    market: str
    geography: str
    publisher: str
    title: str
    date: datetime.date


class Submitted(Struct, frozen=True, kw_only=True):
    """A report to enter, with its file's name, the comment above it, and the mark of the imported text."""

    source: Source
    market: Subject
    statements: tuple[Statement, ...]
    file: str = ""
    comment: str = ""
    mark: str = ""
    why: str = ""


class Accepted(Struct, frozen=True):
    """What became of a submitted report: its edition, and how many facts are new, revised, withdrawn.

    `is_heading_revised`: its source or market is another than before.
    """

    edition: int
    new: int
    revised: int = 0
    withdrawn: int = 0
    is_first: bool = False
    is_heading_revised: bool = False

    @property
    def changes_something(self) -> bool:
        """Whether the edition is another than before."""
        return self.is_first or self.is_heading_revised or bool(self.new or self.revised or self.withdrawn)


class Correction(Struct, frozen=True):
    """A fact as it should be (None: withdrawn), and the revision that its author has seen."""

    seen: int
    statement: Statement | None
    why: str = ""


class Addition(Struct, frozen=True):
    """A fact that an edition states and nobody entered."""

    statement: Statement
    why: str = ""


class Added(Struct, frozen=True):
    """The number of the new fact."""

    fact: int


class Withdrawal(Struct, frozen=True):
    """Why an edition should not have been entered."""

    why: str = ""


class Corrected(Struct, frozen=True):
    """The number of the new revision, of a fact or of an edition's heading."""

    number: int


class Failure(Struct, frozen=True, omit_defaults=True):
    """Why a request was refused: a sentence, all problems, and the id by which the server's log knows it.

    After a conflict, `theirs` is the fact as somebody else has corrected it, and `seen` its revision.
    """

    message: str
    request: str = ""
    problems: tuple[str, ...] = ()
    theirs: Statement | None = None
    seen: int | None = None
