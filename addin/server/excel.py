"""The add-in for Excel in the team's server: each person's answers are from the workspaces that they read."""

from collections.abc import Callable
from dataclasses import dataclass

from litestar import Router

from addin.server.asking import Asking, Asks, by_token_in_excel
from addin.server.operations import end_excels_token
from addin.web import files, handlers
from addin.web.asking import Asker, Found, Given
from udfs.catalog import answer_several


@dataclass(frozen=True)
class Member(Asker):
    """Somebody of the team who asks from Excel."""

    asking: Asking

    @property
    def name(self) -> str:
        """Who it is, as the pane shows it."""
        return self.asking.person.name or self.asking.person.email

    async def answer(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work in a thread in which the worksheet functions read that person's catalog."""
        return await self.asking.house.threads.answer(self._as_this_person(work, *given, **named))

    async def build(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work that takes seconds, in its turn."""
        return await self.asking.house.threads.build(self._as_this_person(work, *given, **named))

    async def sign_out(self) -> bool:
        """End the token that asks if Excel got it at the sign-in; return whether it did."""
        return await self.asking.house.threads.write(end_excels_token, self.asking)

    def _as_this_person(
        self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs
    ) -> Callable[[], Found]:
        def done() -> Found:
            with answer_several().using(self.asking.house.readings.of(self.asking.person)):
                return work(*given, **named)

        return done


def member(asking: Asks) -> Member:
    """Return who asks. A dependency of the handlers, by the name `asker`."""
    return Member(asking)


HANDLERS: list[Router] = [handlers.router([by_token_in_excel], member), files.router()]
"""The add-in's files, and what its scripts ask by a token."""
