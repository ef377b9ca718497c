"""A copy holds what its owner may read on the server, and says so when it cannot be brought up to date."""

import datetime
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from markets.catalogs.copies import contents
from markets.catalogs.copies.catalog import copy_catalog, copy_version
from markets.catalogs.copies.client import Client
from markets.catalogs.copies.copy import Copy
from markets.catalogs.copies.updating import update
from markets.catalogs.database import database_catalog, writing
from markets.errors import NotAllowed, NotFound, Unavailable
from tests.markets.catalogs.team import ANN, BEN, Team
from tests.markets.made import made


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path)
    with team.running():
        yield team


@pytest.fixture
def client(team: Team) -> Iterator[Client]:
    with team.client() as client:
        yield client


@pytest.fixture
def copy(team: Team, tmp_path: Path) -> Copy:
    return Copy(tmp_path / "copies" / "copy.sqlite", team.server.url)


def size(copy: Copy, market: str = "Coffee") -> float:
    return copy_catalog(copy).market(market).size(2024).value


def names(copy: Copy) -> list[str]:
    return [one.name for one in copy_catalog(copy).search()]


def bytes_of(copy: Copy) -> bytes:
    return b"".join(path.read_bytes() for path in copy.path.parent.glob(f"{copy.path.name}*"))


def test_a_copy_answers_what_the_server_has_and_follows_its_changes(
    team: Team, client: Client, copy: Copy
) -> None:
    update(copy, client)
    assert size(copy) == 8.6
    before = copy_version(copy)
    assert before == copy_catalog(copy).version
    update(copy, client)
    assert copy_version(copy) == before
    edition = team.enter("team", "Tea", "3")
    team.correct(edition, "3.5")
    update(copy, client)
    assert copy_version(copy) != before
    assert names(copy) == ["Coffee", "Tea"]
    assert size(copy, "Tea") == 3.5
    assert copy_catalog(copy).notice == ""


def test_many_pages_are_one_catalog_that_is_never_half_there(team: Team, copy: Copy) -> None:
    for number in range(7):
        team.enter("team", f"Market {number}")
    asked = []

    class Slowly(Client):
        def updates(self, workspace, since=0, stamp=None, limit=2):  # type: ignore[no-untyped-def]
            with pytest.raises(Unavailable, match="fetched for the first time"):
                copy_catalog(copy)
            asked.append((workspace, since))
            return super().updates(workspace, since, stamp, limit)

    with Slowly(team.server.url, team.token()) as client:
        update(copy, client)
    assert len(names(copy)) == 8
    assert [since for workspace, since in asked if workspace == "team"] == [0, 2, 4, 6]


def test_an_update_that_is_killed_goes_on_where_it_was(team: Team, copy: Copy) -> None:
    for number in range(40):
        team.enter("team", f"Market {number}")
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from markets.catalogs.copies import client\nfrom markets.catalogs.copies.copy import Copy\n"
        "from markets.catalogs.copies.updating import update\n"
        "class Slowly(client.Client):\n"
        "    def updates(self, workspace, since=0, stamp=None, limit=1):\n"
        "        print(since, flush=True)\n        time.sleep(0.02)\n"
        "        return super().updates(workspace, since, stamp, limit)\n"
        "update(Copy(Path(sys.argv[1]), sys.argv[2]), Slowly(sys.argv[2], sys.argv[3]))\n"
    )
    command = [sys.executable, "-c", code, str(copy.path), team.server.url, team.token()]
    for _ in range(3):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(8):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    with pytest.raises(Unavailable, match="fetched for the first time"):
        copy_catalog(copy)
    with copy.reading() as connection:
        reached = max(one.until for one in contents.workspaces(connection) if one.name == "team")
    assert 10 < reached < 40
    with team.client() as client:
        update(copy, client)
    assert len(names(copy)) == 41


def test_two_programs_that_update_at_once_agree(team: Team, copy: Copy) -> None:
    for number in range(30):
        team.enter("team", f"Market {number}")
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from markets.catalogs.copies import client\nfrom markets.catalogs.copies.copy import Copy\n"
        "from markets.catalogs.copies.updating import update\n"
        "class Small(client.Client):\n"
        "    def updates(self, workspace, since=0, stamp=None, limit=2):\n"
        "        return super().updates(workspace, since, stamp, limit)\n"
        "for _ in range(3):\n"
        "    update(Copy(Path(sys.argv[1]), sys.argv[2]), Small(sys.argv[2], sys.argv[3]))\n"
    )
    command = [sys.executable, "-c", code, str(copy.path), team.server.url, team.token()]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    for process in running:
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told.decode()
    assert len(names(copy)) == 31
    with copy.reading() as connection:
        assert [one.is_whole for one in contents.workspaces(connection)] == [True, True]


def test_a_withdrawn_workspace_leaves_no_bytes_in_the_copy(team: Team, client: Client, copy: Copy) -> None:
    team.enter("secret", "Zirconium Plans", "77.125", publisher="Hush Hush Research")
    update(copy, client)
    held = bytes_of(copy)
    assert b"Zirconium Plans" in held and b"Hush Hush" in held and b"77.125" in held
    team.expel("secret")
    update(copy, client)
    assert names(copy) == ["Coffee"]
    held = bytes_of(copy)
    assert not any(word in held for word in (b"Zirconium", b"Hush", b"77.125", b"secret"))
    team.admit("secret")
    update(copy, client)
    assert size(copy, "Zirconium Plans") == 77.125


def test_a_revoked_token_stops_updates_and_the_copy_says_so(team: Team, client: Client, copy: Copy) -> None:
    update(copy, client)
    team.revoke_all()
    with pytest.raises(NotAllowed):
        update(copy, client)
    assert size(copy) == 8.6
    assert copy_catalog(copy).notice.startswith("From the copy of 2")
    assert copy_catalog(copy).notice.endswith(
        ": you are signed out (the token was revoked or has expired). Run 'marketbook catalog sign-in'."
    )
    assert copy_catalog(copy).place.endswith(", signed out")
    with team.client() as again:
        update(copy, again)
    assert copy_catalog(copy).notice == ""


def test_offline_the_copy_answers_and_says_as_of_when(team: Team, client: Client, copy: Copy) -> None:
    update(copy, client)
    online = copy_version(copy)
    team.server.kill()
    with pytest.raises(Unavailable, match="does not answer"):
        update(copy, client)
    assert size(copy) == 8.6
    assert copy_catalog(copy).notice.endswith(": the server does not answer.")
    assert copy_catalog(copy).place.startswith(f"{team.server.url} as of 20")
    assert copy_version(copy) != online
    team.server.start()
    update(copy, client)
    assert copy_catalog(copy).notice == ""


def test_without_a_copy_the_reason_is_that_the_server_does_not_answer(copy: Copy) -> None:
    with pytest.raises(Unavailable, match="does not answer"), Client("http://localhost:9", "t") as nobody:
        update(copy, nobody)
    with pytest.raises(Unavailable, match=r"There is no copy of .* yet\. http://localhost:9 does not answer"):
        copy_catalog(copy)


def test_after_a_backup_is_brought_back_the_copy_is_what_the_server_has(
    team: Team, client: Client, copy: Copy, tmp_path: Path
) -> None:
    team.database.close()
    team.server.stop()
    shutil.copy(team.file, tmp_path / "backup.db")
    team.server.start()
    team.enter("team", "Lost")
    team.enter("team", "Lost Too")
    update(copy, client)
    assert names(copy) == ["Coffee", "Lost", "Lost Too"]
    team.database.close()
    team.server.stop()
    for end in ("-wal", "-shm"):
        Path(f"{team.file}{end}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", team.file)
    team.server.start()
    time.sleep(0.01)
    team.enter("team", "New")
    with team.client() as again:
        update(copy, again)
        assert names(copy) == ["Coffee", "New"]
        before = copy_version(copy)
        update(copy, again)
    assert copy_version(copy) == before


def test_while_a_copy_is_fetched_anew_the_former_one_answers(team: Team, client: Client, copy: Copy) -> None:
    update(copy, client)
    with copy.writing() as connection:
        at = contents.workspaces(connection)[-1]
        contents.begin_anew(connection, at)
    assert names(copy) == ["Coffee"]
    update(copy, client)
    assert names(copy) == ["Coffee"]


def test_another_account_finds_nothing_of_the_former_ones(team: Team, client: Client, copy: Copy) -> None:
    team.enter("secret", "Zirconium Plans")
    update(copy, client)
    team.admit("team", BEN)
    with team.client(BEN) as other:
        update(copy, other)
    assert names(copy) == ["Coffee"]
    assert b"Zirconium" not in bytes_of(copy)


def test_a_clock_that_runs_back_harms_nothing(
    team: Team, client: Client, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(copy, client)
    with copy.writing() as connection:
        connection.execute("UPDATE about SET updated = '2199-01-01T00:00:00+00:00'")
    team.enter("team", "Tea")
    update(copy, client)
    assert names(copy) == ["Coffee", "Tea"]
    assert "2199" not in copy_catalog(copy).place


def test_corrections_after_the_day_do_not_count(team: Team, client: Client, copy: Copy) -> None:
    edition = team.enter("team", "Tea", "3")
    team.correct(edition, "3.5")
    update(copy, client)
    day = datetime.date(2024, 12, 31)
    assert copy_catalog(copy, day).market("Tea").size(2024).value == 3
    assert copy_catalog(copy).market("Tea").size(2024).value == 3.5


def test_the_copy_is_the_users_alone_and_has_no_token(team: Team, copy: Copy) -> None:
    token = team.token()
    with Client(team.server.url, token) as client:
        update(copy, client)
        assert token not in repr(client) + repr(vars(client))
    assert token.encode() not in bytes_of(copy)
    if os.name != "nt":
        assert copy.path.stat().st_mode & 0o777 == 0o600


def test_the_client_says_what_the_server_refuses(team: Team, client: Client) -> None:
    with pytest.raises(NotFound):
        client.record(10**6)
    with pytest.raises(NotFound):
        client.updates("elsewhere")
    with Client(team.server.url, "no-such-token") as stranger, pytest.raises(NotAllowed):
        stranger.me()
    assert not client.marked("team", "0" * 64)
    assert [one.market for one in client.search("coffee")] == ["Coffee"]


def test_a_copy_that_is_deleted_during_its_update_is_not_taken_for_whole(team: Team, copy: Copy) -> None:
    for number in range(4):
        team.enter("team", f"Market {number}")

    class Deleting(Client):
        def updates(self, workspace, since=0, stamp=None, limit=2):  # type: ignore[no-untyped-def]
            if since == 2:
                copy.delete()
            return super().updates(workspace, since, stamp, limit)

    with Deleting(team.server.url, team.token()) as client, pytest.raises(Unavailable, match="was deleted"):
        update(copy, client)
    with pytest.raises(Unavailable, match="There is no copy"):
        copy_catalog(copy)
    with team.client() as client:
        update(copy, client)
    assert len(names(copy)) == 5


def test_a_day_before_an_edition_was_withdrawn_or_renamed_is_as_it_was(
    team: Team, client: Client, copy: Copy
) -> None:
    renamed = made([(2024, "3")], name="Tea")
    team.enter_report("team", renamed)
    euros = msgspec.structs.replace(renamed.market, currency="EUR")
    team.enter_report("team", msgspec.structs.replace(renamed, market=euros))
    with team.database.writing() as connection:
        author = writing.Author(ANN, writing.workspace(connection, "team"))
        writing.withdraw(connection, author, 1)
    update(copy, client)
    yesterday = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=1)
    for as_of in (None, yesterday):
        expected = database_catalog(team.database, as_of).search()
        assert copy_catalog(copy, as_of).search() == expected
    assert [(one.name, one.unit.currency) for one in expected] == [("Coffee", "USD"), ("Tea", "USD")]
