"""Keys by which a person is known again: personal tokens of programs, and sessions of browsers.

A key is 256 random bits. Only its hash is stored, so that nobody who reads the database can use it; such a
key cannot be guessed, and so needs no slow hash.
"""

import datetime
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from markets.catalogs.database.people import Person
from markets.catalogs.database.tables import Utc, sessions, tokens, users
from markets.errors import NotFound

_PREFIX = "mbk_"
"""By which a scanner for secrets, and a person, recognise a token."""

_BYTES = 32
_NOTED_EVERY = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Token:
    """A personal token, without its secret.

    One that is for Excel was given at a sign-in there. It reads only, and ends with the sign-out.
    """

    id: int
    name: str
    created_at: datetime.datetime
    expires_at: datetime.datetime
    used_at: datetime.datetime | None = None
    revoked_at: datetime.datetime | None = None
    is_for_excel: bool = False

    def is_in_force(self, now: datetime.datetime) -> bool:
        """Whether it can be used."""
        return self.revoked_at is None and now < self.expires_at

    def use_is_noted(self, now: datetime.datetime) -> bool:
        """Whether its last use was noted so lately that another one needs no note."""
        return self.used_at is not None and now - self.used_at < _NOTED_EVERY


# Every request asks one of these: they are put together once.
_TOKEN = (
    select(
        *(tokens.c[field] for field in Token.__dataclass_fields__),
        tokens.c.user_id,
        users.c.email,
        users.c.name.label("owner"),
    )
    .join(users, users.c.id == tokens.c.user_id)
    .where(tokens.c.hash == bindparam("hash"))
)
_SESSION = (
    select(users.c.id, users.c.email, users.c.name)
    .join(sessions, sessions.c.user_id == users.c.id)
    .where(sessions.c.hash == bindparam("hash"), sessions.c.expires_at > bindparam("now", type_=Utc))
)


def make_token(
    connection: Connection,
    owner: Person,
    name: str,
    expires_at: datetime.datetime,
    *,
    is_for_excel: bool = False,
) -> tuple[Token, str]:
    """Make a token for a person; return it with its secret, which is nowhere else."""
    secret = _PREFIX + secrets.token_urlsafe(_BYTES)
    now = datetime.datetime.now(datetime.UTC)
    made = connection.execute(
        insert(tokens).values(
            user_id=owner.id,
            name=name,
            hash=_hash(secret),
            created_at=now,
            expires_at=expires_at,
            is_for_excel=is_for_excel,
        )
    )
    number = int(made.inserted_primary_key[0])  # type: ignore[index]
    return Token(number, name, now, expires_at, is_for_excel=is_for_excel), secret


def token_of(connection: Connection, secret: str) -> tuple[Token, Person] | None:
    """Return the token with that secret and its owner, even if it is no longer in force; None if none."""
    row = connection.execute(_TOKEN, {"hash": _hash(secret)}).one_or_none()
    if row is None:
        return None
    *token, user, email, owner = row
    return Token(*token), Person(user, email, owner)


def tokens_of(connection: Connection, owner: Person) -> list[Token]:
    """Return a person's tokens that are not revoked, newest first."""
    wanted = select(*(tokens.c[field] for field in Token.__dataclass_fields__))
    mine = wanted.where(tokens.c.user_id == owner.id, tokens.c.revoked_at.is_(None))
    return [Token(*row) for row in connection.execute(mine.order_by(tokens.c.id.desc()))]


def revoke(connection: Connection, owner: Person, token: int) -> str:
    """Revoke a person's token; return its name. Raises NotFound if there is none."""
    own = tokens.c
    mine = (own.id == token) & (own.user_id == owner.id) & own.revoked_at.is_(None)
    name = connection.scalar(select(own.name).where(mine))
    if name is None:
        raise NotFound(f"There is no token {token}.")
    connection.execute(update(tokens).where(mine).values(revoked_at=datetime.datetime.now(datetime.UTC)))
    return str(name)


def note_use(connection: Connection, token: int) -> None:
    """Note that a token is used now."""
    now = datetime.datetime.now(datetime.UTC)
    connection.execute(update(tokens).where(tokens.c.id == token).values(used_at=now))


def start_session(connection: Connection, owner: Person, lasts: datetime.timedelta) -> str:
    """Start a session of a person in a browser; return its secret. Sessions that have ended are forgotten."""
    now = datetime.datetime.now(datetime.UTC)
    connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
    secret = secrets.token_urlsafe(_BYTES)
    connection.execute(insert(sessions).values(hash=_hash(secret), user_id=owner.id, expires_at=now + lasts))
    return secret


def session_of(connection: Connection, secret: str) -> Person | None:
    """Return whose session that is; None if there is none, or it has ended."""
    asked = {"hash": _hash(secret), "now": datetime.datetime.now(datetime.UTC)}
    row = connection.execute(_SESSION, asked).one_or_none()
    return row and Person(row.id, row.email, row.name)


def end_session(connection: Connection, secret: str) -> None:
    """End a session, if there is such a one."""
    connection.execute(delete(sessions).where(sessions.c.hash == _hash(secret)))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
