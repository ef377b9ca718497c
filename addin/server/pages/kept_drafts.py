"""Drafts between two steps of an import: the browser keeps what was found, and cannot change it.

A draft is signed with a key that only this session and this workspace have. Nothing of it is stored here.
"""

import base64
import binascii
import datetime
import hashlib
import hmac
from typing import Final

import msgspec
from msgspec import Struct

from addin.commands.read_files import UNKNOWN, Read
from markets.catalogs.statements import Statement, report, statements
from markets.catalogs.wire import Submitted
from markets.errors import NotAllowed
from markets.facts import Report, Source, Subject
from markets.importing.drafts import Draft, Unsure
from markets.importing.keeping import comment_on
from markets.listing import Row

REQUIRED: Final = ("publisher", "date")
"""What a text may not say of its edition, and a report needs."""


class KeptUnsure(Struct, frozen=True):
    """What is no fact, in words, and the reason."""

    row: Row
    reason: str


class Part(Struct, frozen=True):
    """One report of an import."""

    source: Source
    market: Subject
    statements: tuple[Statement, ...]
    unsure: tuple[KeptUnsure, ...]

    @property
    def report(self) -> Report:
        """The report of everything that is sure."""
        return report(self.source, self.market, list(self.statements))

    @property
    def draft(self) -> Draft:
        """The report with what is unsure."""
        return Draft(self.report, tuple(Unsure(one.row, one.reason) for one in self.unsure))

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody has said of the edition yet."""
        return tuple(name for name in REQUIRED if getattr(self.source, name) == getattr(UNKNOWN, name))


class KeptDraft(Struct, frozen=True):
    """An import that waits for a person's yes: the name of its file, its mark, remarks and reports."""

    file: str
    mark: str
    remarks: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody has said yet of an edition."""
        return tuple(name for name in REQUIRED if any(name in part.missing for part in self.parts))

    @property
    def submitted(self) -> tuple[Submitted, ...]:
        """The reports that have a fact, as they are entered."""
        return tuple(
            Submitted(
                source=part.source,
                market=part.market,
                statements=part.statements,
                comment=comment_on(self.file, self.mark),
                mark=self.mark,
                why=f"import of {self.file}"[:500],
            )
            for part in self.parts
            if part.statements
        )

    def told(self, publisher: str, date: datetime.date | None) -> "KeptDraft":
        """Return the draft with what a person says where the text says nothing."""
        given = {"publisher": publisher, "date": date}
        parts = []
        for part in self.parts:
            said = {name: value for name, value in given.items() if value and name in part.missing}
            source = msgspec.structs.replace(part.source, **said)
            parts.append(msgspec.structs.replace(part, source=source))
        return msgspec.structs.replace(self, parts=tuple(parts))


def kept(read: Read, file: str) -> KeptDraft:
    """Return what was read from a file as a draft that a browser can keep."""
    parts = (
        Part(
            one.report.source,
            one.report.market,
            tuple(statements(one.report)),
            tuple(KeptUnsure(unsure.row, unsure.reason) for unsure in one.unsure),
        )
        for one in read.drafts
    )
    return KeptDraft(file, read.mark, read.remarks, tuple(parts))


def sealed(draft: KeptDraft, session: str, workspace: str) -> str:
    """Return a draft as text, signed for a session and a workspace."""
    content = base64.urlsafe_b64encode(msgspec.json.encode(draft)).decode()
    return f"{_signature(content, session, workspace)}.{content}"


def unsealed(text: str, session: str, workspace: str) -> KeptDraft:
    """Return a draft that `sealed` made. Raises NotAllowed for any other text, session or workspace."""
    signature, _, content = text.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(content, session, workspace).encode()):
        raise NotAllowed("This review is not of this session and workspace. Read the file again.")
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(content), type=KeptDraft)
    except (binascii.Error, msgspec.DecodeError) as error:  # of another version of this server
        raise NotAllowed("This review is too old. Read the file again.") from error


def _signature(content: str, session: str, workspace: str) -> str:
    key = hashlib.sha256(f"draft of {session}".encode(errors="replace")).digest()
    return hmac.new(key, f"{workspace}\n{content}".encode(errors="replace"), hashlib.sha256).hexdigest()
