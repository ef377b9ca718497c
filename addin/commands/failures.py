"""The failures of commands themselves. All other errors come from the parts that they call."""

from pathlib import Path

from markets.errors import MarketbookError


class Misused(MarketbookError):
    """A command that is used wrongly: exit code 2."""


class Failed(MarketbookError):
    """A command that could not be carried out."""


class AlreadyThere(MarketbookError):
    """A file that would be overwritten."""


def refuse_output(out: Path, *, force: bool) -> None:
    """Refuse a file to write that is a folder, or is there and may not be replaced.

    Raises Failed and AlreadyThere.
    """
    if out.is_dir() or (out.parent.exists() and not out.parent.is_dir()):
        kind = f"{out} is a folder" if out.is_dir() else f"{out.parent} is not a folder"
        raise Failed(f"{kind}. Choose another file name.")
    if out.exists() and not force:
        raise AlreadyThere(f"{out} already exists. Use --force to replace it.")
