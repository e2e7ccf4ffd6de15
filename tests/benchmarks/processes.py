"""The bots under measurement and the double, each as a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from benchmarks.fast_api import Figures, Rush
from house import clean_environment

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAF-a_token_of_no_bot_at_all_0123456789"
END_SECONDS = 20.0  # within which a bot must end

STRONG_BACK = ("bot",)


def echo_bot(concurrent_updates: int) -> tuple[str, ...]:
    """The arguments that start the echo bot."""
    return ("benchmarks.echo_bot", str(concurrent_updates))


@dataclass(frozen=True, slots=True)
class Run:
    """A bot's way through a rush; memory in MiB where the system tells it."""

    first_poll: float  # seconds from its start
    memory: float | None
    figures: Figures | None


def run(bot: tuple[str, ...], rush: Rush, **settings: str) -> Run:
    """Start a bot against the double, let the rush pass, and end both. Raises RuntimeError if it complains."""
    with _double(rush) as double, TemporaryFile() as complaints:
        settings |= {"BOT_TOKEN": TOKEN, "BOT_API_URL": f"http://127.0.0.1:{_next_line(double)['port']}"}
        began = time.monotonic()
        with _started(bot, settings, complaints) as process:
            first_poll = _next_line(double)["first_poll"] - began
            figures = Figures(**_next_line(double)) if rush.people else None
            memory = _memory(process.pid)
        complaints.seek(0)
        said = complaints.read().decode()
    if said and bot == STRONG_BACK:
        raise RuntimeError(f"The bot complained: {said[:2000]}")
    return Run(first_poll, memory, figures)


@contextmanager
def _double(rush: Rush) -> Iterator[subprocess.Popen[bytes]]:
    arguments = [sys.executable, "-m", "benchmarks.fast_api", json.dumps(asdict(rush))]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, cwd=ROOT, env=_environment()) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def _started(bot: tuple[str, ...], settings: dict[str, str], complaints: Any) -> Iterator[subprocess.Popen[bytes]]:
    arguments = [sys.executable, "-m", *bot]
    environment = _environment(LOG_LEVEL="WARNING", **settings)
    with subprocess.Popen(arguments, stderr=complaints, cwd=ROOT, env=environment) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _environment(**settings: str) -> dict[str, str]:
    return clean_environment(PYTHONPATH=str(ROOT / "tests"), **settings)


def _next_line(double: subprocess.Popen[bytes]) -> dict[str, Any]:
    """What the double says next. It ends by itself, so this waits for ever for nothing."""
    line = double.stdout.readline() if double.stdout else b""
    if not line:
        raise RuntimeError("The bot did not poll in time, or the double failed.")
    said: dict[str, Any] = json.loads(line)
    return said


def _memory(process: int) -> float | None:
    """The resident memory of a process; Linux tells it, others do not."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024
