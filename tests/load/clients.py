"""The process of the clients, beside the server's: tasks come in, and what was answered goes out."""

import asyncio
import gc
import subprocess
import sys
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from tests.load.journal import Sent
from tests.load.person import Answered, Person, Task


class Told(Struct):
    """What all clients were answered, and what they sent to change something."""

    answered: list[Answered]
    journal: list[Sent]


def run(tasks: Sequence[Task]) -> Told:
    """Let clients work at the same time, in a process of their own; return what they were told."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.clients"],
        input=msgspec.msgpack.encode(tasks),
        stdout=subprocess.PIPE,
        check=True,
    )
    return msgspec.msgpack.decode(done.stdout, type=Told)


async def _work(tasks: Sequence[Task]) -> Told:
    people = [Person(task) for task in tasks]
    gc.freeze()
    await asyncio.gather(*(person.use() for person in people))
    return Told(
        [each for person in people for each in person.answered],
        [each for person in people for each in person.journal],
    )


if __name__ == "__main__":
    given = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=list[Task])
    sys.stdout.buffer.write(msgspec.msgpack.encode(asyncio.run(_work(given))))
