"""The bots under measurement and the double, each as a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit

from house import clean_environment

from benchmarks.figures import Delivered, Run, Rush, Service, Spread, Start
from benchmarks.load_api import SECRET

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAF-a_token_of_no_bot_at_all_0123456789"

STRONG_BACK = ("bot",)


def echo_bot(concurrent_updates: int) -> tuple[str, ...]:
    """The arguments that start the echo bot."""
    return ("benchmarks.echo_bot", str(concurrent_updates))


class Processes:
    """Starts everything with the same place to keep what was learned.

    A bot that complains raises RuntimeError; the echo bot may, since its client gives up early.
    """

    def __init__(self, cache: Path) -> None:
        """`cache` is the folder that stands for the user's cache folder."""
        self._cache = cache

    def start(self, bot: tuple[str, ...]) -> Start:
        """Start a bot, wait for its first poll and end it."""
        with self._double(Rush()) as double, self._polling(bot, double) as (process, seconds):
            return Start(seconds, memory(process.pid))

    def rush(self, bot: tuple[str, ...], rush: Rush) -> Run:
        """Start a bot, let the rush pass and end it."""
        with self._double(rush) as double, self._polling(bot, double) as (process, _):
            served = _next_line(double)
            service = Service(served["replies_per_second"], Spread(**served["took"]))
            return Run(service, memory(process.pid))

    def delivers(self, sender: tuple[str, ...], rush: Rush, data: Path, per_second: int) -> Delivered:
        """Let a program send what it has to; what is due lies in `data`."""
        with self._double(rush) as double:
            url = f"http://127.0.0.1:{_next_line(double)['port']}"
            place = self._place(BOT_TOKEN=TOKEN, BOT_API_URL=url, DATA_DIR=str(data))
            place["env"]["MESSAGES_PER_SECOND"] = str(per_second)
            with _ending(subprocess.Popen([sys.executable, "-m", *sender], **place)):
                return Delivered(**_next_line(double))

    def brought(self, rush: Rush, url: str) -> Service:
        """Start a worker behind each door, let the rush pass and end them."""
        with self._double(rush) as double, ExitStack() as workers:
            api = f"http://127.0.0.1:{_next_line(double)['port']}"
            for door in rush.doors:
                place = self._place(
                    BOT_TOKEN=TOKEN,
                    BOT_API_URL=api,
                    LOG_LEVEL="WARNING",
                    DATABASE_URL=url,
                    WEBHOOK_URL="http://balancer/telegram",
                    WEBHOOK_SECRET=SECRET,
                    WEBHOOK_LISTEN=urlsplit(door).netloc,
                )
                workers.enter_context(_ending(subprocess.Popen([sys.executable, "-m", "bot"], **place)))
            _next_line(double)
            served = _next_line(double)
        return Service(served["replies_per_second"], Spread(**served["took"]))

    def inside(self, texts: tuple[str, ...]) -> Spread:
        """How long the assistant takes for a reply, without Telegram, in a process of its own."""
        arguments = [sys.executable, "-m", "benchmarks.inside"]
        done = subprocess.run(
            arguments, input=json.dumps(texts).encode(), capture_output=True, check=True, **self._place()
        )
        return Spread(**json.loads(done.stdout))

    @contextmanager
    def _double(self, rush: Rush) -> Iterator[subprocess.Popen[bytes]]:
        arguments = [sys.executable, "-m", "benchmarks.load_api", json.dumps(asdict(rush))]
        with _ending(subprocess.Popen(arguments, stdout=subprocess.PIPE, **self._place())) as process:
            yield process

    @contextmanager
    def _polling(
        self, bot: tuple[str, ...], double: subprocess.Popen[bytes]
    ) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
        """A bot that polls the double, and the seconds from its start to the first poll."""
        url = f"http://127.0.0.1:{_next_line(double)['port']}"
        with TemporaryFile() as complaints, TemporaryDirectory() as data:  # each double numbers updates anew
            place = self._place(BOT_TOKEN=TOKEN, BOT_API_URL=url, LOG_LEVEL="WARNING", DATA_DIR=data)
            began = time.monotonic()
            started = subprocess.Popen([sys.executable, "-m", *bot], stderr=complaints, **place)
            with _ending(started) as process:
                yield process, _next_line(double)["first_poll"] - began
            if bot == STRONG_BACK:
                _require_silence(complaints)

    def _place(self, **settings: str) -> dict[str, Any]:
        """Where and with which settings a process runs."""
        tests = str(ROOT / "tests")
        environment = clean_environment(
            PYTHONPATH=tests,
            XDG_CACHE_HOME=str(self._cache),
            MESSAGES_PER_SECOND="100000",  # what is measured is the bot, not Telegram's limit
            **settings,
        )
        return {"cwd": ROOT, "env": environment}


@contextmanager
def _ending(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended at once: how it would end is no part of what is measured."""
    with process:
        try:
            yield process
        finally:
            process.kill()


def _next_line(double: subprocess.Popen[bytes]) -> dict[str, Any]:
    """What the double says next. It ends by itself, so nothing is waited for without end."""
    line = double.stdout.readline() if double.stdout else b""
    if not line:
        raise RuntimeError("The bot did not poll in time, or the double failed.")
    said: dict[str, Any] = json.loads(line)
    return said


def _require_silence(complaints: IO[bytes]) -> None:
    complaints.seek(0)
    said = complaints.read().decode(errors="replace")
    if said:
        raise RuntimeError(f"The bot complained: {said[:2000]}")


def memory(process: int) -> float | None:
    """The resident memory of a process in MiB; Linux tells it, others do not."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024
