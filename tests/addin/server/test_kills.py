"""The server and PostgreSQL, killed while clients import."""

from tests.load.kills import kill
from tests.postgresql import Postgres

KILLS = 30


def test_after_kills_of_the_server_and_of_postgresql_every_import_is_whole_or_absent() -> None:
    with Postgres() as postgres:
        done = kill(postgres, postgres.database("kills"), KILLS)
    assert sum(done.killed.values()) == KILLS
    assert done.refused == []
    assert done.disagreements == []
    assert done.interrupted >= KILLS / 2  # the kills have met imports
    assert done.acknowledged >= KILLS
