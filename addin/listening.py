"""A socket that a server of ours listens at."""

import errno
import socket

from markets.errors import MarketbookError


class CannotListen(MarketbookError):
    """The address or the port is not this computer's, or is in use."""


def listening(address: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0: any that is free. Raises CannotListen."""
    try:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        made = socket.create_server((address, port), family=family, backlog=2048)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does so only for its own sockets
        return made
    except (OSError, OverflowError) as error:
        reason = str(getattr(error, "strerror", None) or error).partition(" (while")[0]
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            reason = "it is in use, perhaps by the same server in another window. Choose another with --port"
        raise CannotListen(f"The server cannot listen at {address}, port {port}: {reason}.") from error
