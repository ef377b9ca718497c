"""People, their roles, tokens and sessions, in both databases."""

import datetime

import pytest
from sqlalchemy import select, update

from markets.catalogs.database import Database, keys, people, writing
from markets.catalogs.database.tables import sessions, tokens
from markets.errors import CatalogError, NotAllowed, NotFound

ISSUER = "https://login.example.com"
DAY = datetime.timedelta(days=1)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def test_an_address_is_one_person_however_it_is_spelled(database: Database) -> None:
    with database.writing() as connection:
        ann = people.invited(connection, " Ann@Example.com ", "Ann")
        assert people.invited(connection, "ann@example.com") == ann
        assert people.person(connection, "ANN@example.com") == ann


@pytest.mark.parametrize(
    "text",
    ["", "ann", "ann@", "@x.org", "a b@x.org", "a\x00@x.org", "a@x.org\nb@x.org", "a" * 330 + "@x.org"],
)
def test_what_is_no_address_is_refused(database: Database, text: str) -> None:
    with pytest.raises(CatalogError, match="not an e-mail address"), database.writing() as connection:
        people.invited(connection, text)


def test_roles_are_per_workspace_and_everyone_reads_what_is_everyones(database: Database) -> None:
    with database.writing() as connection:
        team = writing.workspace(connection, "team", make=True)
        writing.workspace(connection, "others", make=True)
        bundled = writing.workspace(connection, "bundled", make=True, is_everyones=True)
        ann = people.invited(connection, "ann@example.com")
        assert people.set_role(connection, team, ann, "editor") is None
        assert people.set_role(connection, team, ann, "owner") == "editor"
        people.set_role(connection, bundled, ann, "owner")
        found = people.places(connection, ann)
        assert [(place.name, place.role) for place in found] == [("bundled", "reader"), ("team", "owner")]
        assert people.places(connection, ann, "others") == []
        assert [place.allows("editor") for place in found] == [False, True]


def test_the_last_owner_stays(database: Database) -> None:
    with database.writing() as connection:
        team = writing.workspace(connection, "team", make=True)
        ann, ben = (people.invited(connection, f"{name}@example.com") for name in ("ann", "ben"))
        people.set_role(connection, team, ann, "owner")
        people.set_role(connection, team, ben, "editor")
        with pytest.raises(CatalogError, match="needs an owner"):
            people.remove(connection, team, ann)
        with pytest.raises(CatalogError, match="needs an owner"):
            people.set_role(connection, team, ann, "reader")
        people.set_role(connection, team, ben, "owner")
        assert people.remove(connection, team, ann) == "owner"
        assert [(one.person.email, one.role) for one in people.members(connection, team)] == [
            ("ben@example.com", "owner")
        ]
        with pytest.raises(NotFound):
            people.remove(connection, team, ann)


def test_an_invited_person_is_linked_by_a_verified_address_only(database: Database) -> None:
    with database.writing() as connection:
        ann = people.invited(connection, "ann@example.com")
        for email, is_verified in (("ann@example.com", False), ("", True)):
            with pytest.raises(NotAllowed):
                people.signed_in(connection, ISSUER, "s1", email, "Ann", is_verified=is_verified)
        linked = people.signed_in(connection, ISSUER, "s1", "Ann@example.com", "Ann", is_verified=True)
        assert linked.id == ann.id
        again = people.signed_in(connection, ISSUER, "s1", "new@example.com", "Ann B.", is_verified=False)
        assert again == people.Person(ann.id, "ann@example.com", "Ann B.")
        with pytest.raises(NotAllowed, match="another account"):
            people.signed_in(connection, ISSUER, "s2", "ann@example.com", "Eve", is_verified=True)
        with pytest.raises(NotAllowed, match="another account"):
            people.signed_in(connection, f"{ISSUER}/other", "s1", "ann@example.com", "Eve", is_verified=True)


def test_a_token_is_stored_hashed_and_found_by_its_secret(database: Database) -> None:
    with database.writing() as connection:
        ann = people.invited(connection, "ann@example.com")
        token, secret = keys.make_token(connection, ann, "laptop", _now() + DAY)
    with database.reading() as connection:
        stored = connection.scalars(select(tokens.c.hash)).one()
        assert secret.startswith("mbk_") and len(secret) >= 47
        assert secret not in stored and len(stored) == 64
        found = keys.token_of(connection, secret)
        assert found is not None
        assert (found[0].id, found[1]) == (token.id, ann)
        assert found[0].is_in_force(_now()) and not found[0].is_in_force(_now() + DAY)
        for wrong in ("", "mbk_", secret[:-1], secret.upper(), stored, "\ud800"):
            assert keys.token_of(connection, wrong) is None


def test_the_use_of_a_token_is_noted_once_an_hour(database: Database) -> None:
    with database.writing() as connection:
        ann = people.invited(connection, "ann@example.com")
        _, secret = keys.make_token(connection, ann, "laptop", _now() + DAY)
        token = keys.token_of(connection, secret)[0]  # type: ignore[index]
        assert not token.use_is_noted(_now())
        keys.note_use(connection, token.id)
        used = keys.token_of(connection, secret)[0]  # type: ignore[index]
        assert used.use_is_noted(_now())
        assert not used.use_is_noted(_now() + datetime.timedelta(minutes=61))


def test_a_token_says_whether_it_is_for_excel(database: Database) -> None:
    with database.writing() as connection:
        ann = people.invited(connection, "ann@example.com")
        made = [
            keys.make_token(connection, ann, "Excel", _now() + DAY, is_for_excel=is_for_excel)
            for is_for_excel in (True, False)
        ]
        found = [keys.token_of(connection, secret) for _, secret in made]
    assert [token.is_for_excel for token, _ in made] == [True, False]
    assert [one and one[0] for one in found] == [token for token, _ in made]


def test_only_its_owner_revokes_a_token(database: Database) -> None:
    with database.writing() as connection:
        ann, eve = (people.invited(connection, f"{name}@example.com") for name in ("ann", "eve"))
        token, secret = keys.make_token(connection, ann, "laptop", _now() + DAY)
        with pytest.raises(NotFound):
            keys.revoke(connection, eve, token.id)
        assert keys.revoke(connection, ann, token.id) == "laptop"
        with pytest.raises(NotFound):
            keys.revoke(connection, ann, token.id)
        assert keys.tokens_of(connection, ann) == []
        assert not keys.token_of(connection, secret)[0].is_in_force(_now())  # type: ignore[index]


def test_a_session_ends_by_itself_and_is_forgotten(database: Database) -> None:
    with database.writing() as connection:
        ann = people.invited(connection, "ann@example.com")
        secret = keys.start_session(connection, ann, DAY)
        assert keys.session_of(connection, secret) == ann
        assert keys.session_of(connection, f"{secret}x") is None
        connection.execute(update(sessions).values(expires_at=_now()))
        assert keys.session_of(connection, secret) is None
        another = keys.start_session(connection, ann, DAY)
        assert len(connection.execute(select(sessions)).all()) == 1
        keys.end_session(connection, another)
        assert keys.session_of(connection, another) is None
