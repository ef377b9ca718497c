"""The log: a few rotating files in the user's log folder, shared by all hosts."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

import platformdirs

_LOGGER: Final = logging.getLogger("marketbook")
_FORMAT: Final = "%(asctime)s %(levelname)s %(message)s"
_BYTES, _FILES = 500_000, 3


def log_path() -> Path:
    """Return the path of the log file: on Windows marketbook/Logs/marketbook.log under %LOCALAPPDATA%."""
    return platformdirs.user_log_path("marketbook", appauthor=False) / "marketbook.log"


def excel_log_path() -> Path:
    """Return the path of the log of the add-in's VBA, for failures to reach Python."""
    return log_path().with_name("excel.log")


def open_log() -> logging.Logger:
    """Return Marketbook's logger, which writes to the log file from the first call on.

    If the log folder cannot be created, nothing is logged, but the functions still work.
    """
    if not _LOGGER.handlers:
        _LOGGER.addHandler(_handler())
        _LOGGER.setLevel(logging.INFO)
    return _LOGGER


def _handler() -> logging.Handler:
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return logging.NullHandler()
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORMAT))
    return handler


def last_lines(count: int) -> list[str]:
    """Return the last lines of the logs, the VBA's first; none if nothing was logged."""
    lines = []
    for path, encoding in ((excel_log_path(), "utf-16"), (log_path(), "utf-8")):
        if path.is_file():
            lines += path.read_text(encoding=encoding, errors="replace").splitlines()[-count:]
    return lines
