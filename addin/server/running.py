"""Running the server: one process, which ends what it has begun before it stops."""

import gc

import structlog
import uvicorn

from addin.listening import listening
from addin.server.app import create_app
from addin.server.logs import set_up_logs
from addin.server.settings import Settings, Unset, provider_from_environment, public_url
from markets.catalogs.database import Database
from markets.catalogs.database.schema import check

_STOP_SECONDS = 30
_GARBAGE = 20_000  # new objects until the next search for it: an answer makes thousands
_KEEP_ALIVE_SECONDS = 75  # longer than proxies keep a connection, so that they never use a closed one

_log = structlog.get_logger()


def run(database: str, address: str, port: int, public: str) -> None:
    """Run the server until a signal stops it. Raises Unavailable, Unset and CannotListen at once."""
    if not database:
        raise Unset("Name the database: --database FILE, or MARKETBOOK_SERVER_DATABASE.")
    _check(database)
    with listening(address, port) as made:
        bound = made.getsockname()[1]
        settings = Settings(database, public_url(public, address, bound), provider_from_environment())
        application = create_app(settings)
        set_up_logs()
        gc.freeze()  # what is there now stays: no search for garbage looks at it again
        gc.set_threshold(_GARBAGE)
        _log.info("listening", address=address, port=bound, public_url=settings.public_url)
        uvicorn.Server(
            uvicorn.Config(
                application.asgi,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_STOP_SECONDS,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            )
        ).run(sockets=[made])


def _check(address: str) -> None:
    """Refuse a database of another schema now, not at the first request."""
    database = Database(address)
    try:
        with database.reading() as connection:
            check(database, connection)
    finally:
        database.close()
