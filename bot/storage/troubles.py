"""What can be wrong with a database, each in one sentence that says what to do."""

from pathlib import Path

from bot.services.ports import StoreError


class DatabaseUnavailableError(StoreError):
    """The database can't be used. Its text is one sentence that says why, without anything that is kept."""


class RestingError(DatabaseUnavailableError):
    """The database failed a moment ago and is not asked again yet."""

    def __init__(self) -> None:
        super().__init__("The database failed a moment ago and is left alone for a while.")


_AT_SQLITE = {  # by how SQLite calls it
    "SQLITE_BUSY": "The database {path} is locked by another program; end that program.",
    "SQLITE_LOCKED": "The database {path} is locked by another program; end that program.",
    "SQLITE_READONLY": "The database {path} can only be read; let the bot's user write it and its folder.",
    "SQLITE_CANTOPEN": "The database {path} can't be opened; set DATA_DIR to another folder.",
    "SQLITE_FULL": "The disk is full: the database {path} can't grow; make room.",
    "SQLITE_IOERR": "The disk is full or fails: the database {path} can't be written; make room, or mend it.",
    "SQLITE_NOTADB": "The file {path} is no database of SQLite; move it away, or restore a backup.",
    "SQLITE_CORRUPT": "The database {path} is damaged; move it away, or restore a backup.",
}
_AT_POSTGRESQL = {  # by SQLSTATE, or its class
    "25P03": "This machine is too busy to keep up with the database at {called}; give it less to do.",
    "25": "The database at {called} can only be read; name the one that is written to.",
    "28": "The database at {called} refuses the user or the password; correct them.",
    "42": "The database at {called} lacks tables, or does not let the bot's user make or use them.",
    "53": "The database at {called} is out of space or connections; make room.",
}
_SLOW = "The database at {called} does not answer in time; find out what it waits for, or mend the way there."
_OUT_OF_REACH = (
    "The database at {called} can't be reached or refuses the bot; start it, or correct the address."
)


def trouble_at_sqlite(error: Exception, path: Path) -> str:
    """What is wrong with a file of SQLite."""
    if isinstance(error, OSError):
        return (
            f"The folder {path.parent} can't be written to ({error.strerror}); set DATA_DIR to another one."
        )
    name = str(getattr(getattr(error, "orig", error), "sqlite_errorname", ""))
    sentence = _AT_SQLITE.get("_".join(name.split("_")[:2]))
    return (
        sentence.format(path=path)
        if sentence
        else f"The database {path} can't be used ({_kind(error, name)})."
    )


def trouble_at_postgresql(error: Exception, called: str) -> str:
    """What is wrong with PostgreSQL, whose address is set as `called`.

    Its own words may hold what is kept, so they are not repeated.
    """
    if isinstance(error, TimeoutError):
        return _SLOW.format(called=called)
    state = str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
    if not state:
        return _OUT_OF_REACH.format(called=called)
    unknown = f"The database at {{called}} can't be used ({_kind(error, state)})."
    return (_AT_POSTGRESQL.get(state) or _AT_POSTGRESQL.get(state[:2], unknown)).format(called=called)


def _kind(error: Exception, code: str) -> str:
    return code or type(error).__name__
