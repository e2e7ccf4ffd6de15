"""What may stand behind an option, and what is said when it can't be read."""

import argparse
from datetime import date

UNUSABLE = 2  # exit status for settings, content or arguments that can't be used
UNREADY = 3  # exit status of a bot that can't use its database; the next start may
FAULTY = 1  # exit status of a check that found something


def day(text: str) -> date:
    """A day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day. Write one like 2026-11-24.") from None


def positive(text: str) -> int:
    """A whole number of at least one."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("write a whole number, 1 or more")
    return int(text)


def folds(text: str) -> int:
    """A number of folds: two or more."""
    if not text.isdecimal() or int(text) < 2:  # noqa: PLR2004  # one fold would leave nothing to learn
        raise argparse.ArgumentTypeError("write a whole number, 2 or more")
    return int(text)


def database(text: str) -> str:
    """The address of a PostgreSQL database."""
    if not text.startswith(("postgresql://", "postgres://")):
        raise argparse.ArgumentTypeError("write an address like postgresql://user:password@host/name")
    return text
