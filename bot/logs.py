"""Logging that carries no token and nothing that people wrote."""

import logging
import re

QUIET = (  # these log messages, addresses and what is kept
    *("telegram", "httpx", "httpcore", "apscheduler", "asyncio"),
    *("sqlalchemy", "aiosqlite", "psycopg", "alembic"),
)

_TOKEN = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{10,}")


class RedactingFormatter(logging.Formatter):
    """Takes tokens out of a finished log line, wherever they came from, tracebacks included."""

    def __init__(self, token: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The log line."""
        line = super().format(record)
        if self._token:
            line = line.replace(self._token, "<token>")
        return _TOKEN.sub("<token>", line)


def configure_logging(level: str, token: str | None) -> None:
    """Log to standard error. Libraries that would log messages speak only when something is wrong."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(token))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
