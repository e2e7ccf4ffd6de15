"""Runs the program as a person does, in a process of its own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from house import clean_environment

MINUTE = 60  # seconds in which any command must have ended


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process has left behind."""

    status: int
    out: str
    err: str


def run_bot(*arguments: str, cwd: Path, stdin: bytes = b"", within: float = MINUTE, **settings: str) -> Ended:
    """Run `python -m bot` in a folder, with nothing set but these settings; it ends `within` seconds."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=clean_environment(**settings),
        timeout=within,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
