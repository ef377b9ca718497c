"""A PostgreSQL server of the tests' own: started in a temporary folder, and gone with it."""

import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql

from tests.missing import missing

OLDEST = 15
SUPERUSER = "postgres"
ROLE = "marketbook"

_START_SECONDS = 30.0
_STOP_SECONDS = 30.0
_POLL_SECONDS = 0.02
_ATTEMPTS = 3  # another program may take the free port before PostgreSQL does
_ACCOUNT = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this account
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "dynamic_shared_memory_type": "mmap",  # in the folder: a killed server leaves nothing in /dev/shm
    "timezone": "UTC",
}
_RISKY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def required() -> Path:
    """Return the folder of PostgreSQL's programs; without a usable one skip the test, and in CI fail it."""
    programs = _programs()
    if programs is None:
        missing(f"PostgreSQL {OLDEST} or newer is missing. On Debian, 'make test' as root installs it.")
    return programs


class Postgres:
    """A PostgreSQL server on a free port of this machine, for use in a `with` statement.

    What it has committed outlives `kill`. `durable=False` gives that up, and commits without waiting
    for the disk.
    """

    def __init__(self, *, durable: bool = True) -> None:
        self._settings = _SETTINGS if durable else _SETTINGS | _RISKY
        self._programs = Path()
        self._folder = Path()
        self._process: subprocess.Popen[bytes] | None = None
        self._passwords = {name: secrets.token_hex(8) for name in (SUPERUSER, ROLE)}
        self.port = 0

    def __enter__(self) -> Self:
        self._programs = required()
        self._folder = Path(tempfile.mkdtemp(prefix="marketbook-postgres-"))
        try:
            self._initialise()
            for attempt in range(1, _ATTEMPTS + 1):
                self.port = _free_port()
                try:
                    self.start()
                    break
                except RuntimeError:
                    if attempt == _ATTEMPTS or "Address already in use" not in self.log:
                        raise
            self._as_superuser(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(ROLE), sql.Literal(self._passwords[ROLE])
                )
            )
        except BaseException:
            self._clear()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    @property
    def url(self) -> str:
        """The address, for SQLAlchemy, at which the superuser connects."""
        return self._url(SUPERUSER, "postgres")

    @property
    def pid(self) -> int:
        """The process of the running server."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """What the server has logged."""
        path = self._folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def database(self, name: str) -> str:
        """Create an empty database, replacing one of that name; return its address for SQLAlchemy.

        It belongs to a role that may do what it likes there, and is no superuser.
        """
        self._as_superuser(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)),
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(ROLE)),
        )
        return self._url(ROLE, name)

    def start(self) -> None:
        """Start the server, again on its port, and wait until it answers."""
        assert self._process is None, "PostgreSQL is running already."
        settings = {"port": str(self.port)} | self._settings
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._programs / "postgres",
                    "-D",
                    self._data,
                    *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,  # a Ctrl+C is for the tests, which then stop it
                **_account(),
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"PostgreSQL did not start.\n{self.log}")
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Stop the server in good order. Whoever is connected loses the connection."""
        assert self._process is not None, "PostgreSQL is not running."
        self._process.send_signal(signal.SIGINT)
        self._process.wait(_STOP_SECONDS)
        self._process = None

    def kill(self) -> None:
        """Kill the server and all its processes at once, as a power cut would."""
        assert self._process is not None, "PostgreSQL is not running."
        if self._process.poll() is None:
            # Stopped first, it neither starts another process nor mends what the deaths of the others break.
            self._process.send_signal(signal.SIGSTOP)
            for pid in _children(self._process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._process.kill()
        self._process.wait()
        self._process = None

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _url(self, role: str, name: str) -> str:
        return f"postgresql+psycopg://{role}:{self._passwords[role]}@127.0.0.1:{self.port}/{name}"

    def _initialise(self) -> None:
        password = self._folder / "password"
        password.write_text(self._passwords[SUPERUSER], encoding="utf-8")
        if account := _account():
            for path in (self._folder, password):
                shutil.chown(path, account["user"], account["group"])
        done = subprocess.run(
            [
                self._programs / "initdb",
                f"--pgdata={self._data}",
                f"--username={SUPERUSER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",  # on every system there is; what sorts otherwise in production says so itself
                "--no-sync",
            ],
            capture_output=True,
            text=True,
            cwd=self._folder,
            **_account(),
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed.\n{done.stderr}")

    def _as_superuser(self, *statements: sql.Composed) -> None:
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url.replace("+psycopg", ""), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _clear(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)  # at once, but it still tidies up
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        _forget_shared_memory(self._data / "postmaster.pid")
        shutil.rmtree(self._folder, ignore_errors=True)


@cache
def _programs() -> Path | None:
    if sys.platform == "win32":  # a Windows server is stopped and killed in other ways
        return None
    folders = [*Path("/usr/lib/postgresql").glob("*/bin")]
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    versions = {folder: _version(folder) for folder in folders if (folder / "initdb").exists()}
    best = max(versions, key=versions.__getitem__, default=None)
    return best if best is not None and versions[best] >= OLDEST else None


def _version(folder: Path) -> int:
    with contextlib.suppress(OSError):
        done = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
        if found := re.search(r"\d+", done.stdout):
            return int(found[0])
    return 0


def _account() -> dict[str, Any]:
    """As whom PostgreSQL runs: arguments for subprocess."""
    return {"user": _ACCOUNT, "group": _ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}


def _children(pid: int) -> list[int]:
    """The server's processes. Each leads a session of its own, so that killing a group would miss them."""
    if Path("/proc/self/stat").exists():  # Debian has no "ps" unless asked for it
        stats = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                stats.append(
                    (path.parent.name, path.read_text(errors="replace").rpartition(")")[2].split()[1])
                )
    else:
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
        stats = [(line.split()[0], line.split()[1]) for line in listed.stdout.splitlines()]
    return [int(child) for child, parent in stats if int(parent) == pid]


def _forget_shared_memory(lock: Path) -> None:
    """Remove the few bytes of shared memory that a killed server leaves in the kernel."""
    with contextlib.suppress(OSError, IndexError):
        segment = lock.read_text(encoding="utf-8").splitlines()[6].split()[1]
        subprocess.run(["ipcrm", "-m", segment], capture_output=True, check=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
