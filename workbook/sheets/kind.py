"""What a sheet of the workbook template declares."""

from collections.abc import Callable
from dataclasses import dataclass

from workbook.draft import Draft


@dataclass(frozen=True)
class Sheet:
    """A sheet: its title, what it is about, and its builder, which adds its page to a draft.

    The user's sheets have inputs: a refresh keeps them as they are.
    """

    title: str
    about: str
    build: Callable[[Draft], None]
    is_users: bool = False

    @property
    def key(self) -> str:
        """The key of the sheet in its mark, which stays the same if the user renames the sheet."""
        return self.title.lower()
