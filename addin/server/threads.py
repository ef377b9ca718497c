"""Threads in which requests work, so that the server goes on answering others meanwhile.

Changes of a database wait for each other anyway. They queue for one thread, in order and in front of the
database, so that none of them keeps a thread or a connection from those who read.
"""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

_READERS = 4  # of which Python runs one at a time; the others wait for the database
_ANSWERERS = 3  # one more than one person's scripts ask at once
_VISITORS = 4

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Threads:
    """Readers and one writer; some for cells, some for other servers; one each for imports and reports."""

    def __init__(self) -> None:
        self._readers = ThreadPoolExecutor(_READERS, "reader")
        self._answerers = ThreadPoolExecutor(_ANSWERERS, "answerer")
        self._writer = ThreadPoolExecutor(1, "writer")
        self._importer = ThreadPoolExecutor(1, "importer")
        self._builder = ThreadPoolExecutor(1, "builder")
        self._visitors = ThreadPoolExecutor(_VISITORS, "visitor")

    async def read(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work that reads from the database."""
        return await _done(self._readers, work, *given, **named)

    async def answer(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work that answers cells: thousands at once, so that it can take a while."""
        return await _done(self._answerers, work, *given, **named)

    async def write(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work that changes the database."""
        return await _done(self._writer, work, *given, **named)

    async def examine(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work on a file that somebody has sent."""
        return await _done(self._importer, work, *given, **named)

    async def build(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work that builds report sheets."""
        return await _done(self._builder, work, *given, **named)

    async def visit(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work that waits for another server."""
        return await _done(self._visitors, work, *given, **named)

    def later(self, work: Callable[[], None]) -> None:
        """Do work that changes the database when its turn comes. Nobody waits for it."""
        self._writer.submit(work)

    def end(self) -> None:
        """Finish what has begun."""
        readers = (self._importer, self._builder, self._answerers, self._readers)
        for each in (self._visitors, *readers, self._writer):
            each.shutdown()


async def _done(
    pool: ThreadPoolExecutor, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs
) -> Found:
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(pool, lambda: context.run(work, *given, **named))
