"""What came out of a run of all benchmarks, and what it says about the goals. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.figures import Run, Spread, Start

FIRST_POLL_GOAL = 3.0  # seconds from the start of the process, with a warm cache
RATIO_GOALS = {
    0.0: 1.0,
    0.05: 4.0,
}  # replies a second as a multiple of the echo bot's best, by latency in seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where it was measured. `load` is the average number of busy processes in the minute before."""

    cores: int
    system: str
    python: str
    library: str
    load: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rushes:
    """How both bots got through rushes at one latency in seconds; the echo bot's by concurrent updates."""

    latency: float
    bot: Run
    echo: dict[int, Run]

    @property
    def best(self) -> int:
        """The number of concurrent updates at which the echo bot said most."""
        return max(self.echo, key=lambda number: self.echo[number].service.replies_per_second)

    @property
    def ratio(self) -> float:
        """Our replies a second as a multiple of the echo bot's best."""
        return self.bot.service.replies_per_second / self.echo[self.best].service.replies_per_second


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that was measured in one run."""

    machine: Machine
    cold: Start
    warm: Sequence[Start]
    echo_start: Start
    inside: Spread
    rushes: Sequence[Rushes]

    @property
    def first_poll(self) -> float:
        """Seconds from a start with a warm cache to the first poll: the median."""
        return median(start.seconds for start in self.warm)


def table(results: Results) -> str:
    """All figures as a table in Markdown."""
    start, echo, inside = results.warm[0], results.echo_start, results.inside
    lines = [
        "| | Strong Back | Echo bot at its best | Ratio |",
        "|---|---|---|---|",
        *(line for rushes in results.rushes for line in _served(rushes)),
        f"| Start until the first poll, warm cache | {results.first_poll:.2f} s | {echo.seconds:.2f} s | |",
        f"| Start until the first poll, cold cache | {results.cold.seconds:.1f} s | | |",
        f"| Memory at the first poll | {_mebibytes(start.memory)} | {_mebibytes(echo.memory)} | |",
        f"| Text to reply inside the process, p50 / p95 / p99 | {_milliseconds(inside)} | | |",
    ]
    return "\n".join(lines)


def _served(rushes: Rushes) -> Iterator[str]:
    at, bot, best = f"at {rushes.latency * 1000:.0f} ms", rushes.bot, rushes.echo[rushes.best]
    ours, others = bot.service.replies_per_second, best.service.replies_per_second
    yield f"| Replies a second {at} | {ours:.0f} | {others:.0f} (with {rushes.best}) | {rushes.ratio:.2f} |"
    took = f"{_milliseconds(bot.service.took)} | {_milliseconds(best.service.took)}"
    yield f"| Update to reply {at}, p50 / p95 / p99 | {took} | |"
    yield f"| Memory after that | {_mebibytes(bot.memory)} | {_mebibytes(best.memory)} | |"


def echo_table(results: Results) -> str:
    """The echo bot's replies a second by concurrent updates, as a table in Markdown."""
    numbers = list(results.rushes[0].echo)
    lines = [
        f"| Echo bot, concurrent updates | {' | '.join(map(str, numbers))} |",
        f"|---|{'---|' * len(numbers)}",
    ]
    for rushes in results.rushes:
        said = (f"{rushes.echo[number].service.replies_per_second:.0f}" for number in numbers)
        lines.append(f"| Replies a second at {rushes.latency * 1000:.0f} ms | {' | '.join(said)} |")
    return "\n".join(lines)


def goals(results: Results) -> Iterator[str]:
    """Each goal with what was reached, a sentence each."""
    for rushes in results.rushes:
        goal = RATIO_GOALS[rushes.latency]
        yield (
            f"At {rushes.latency * 1000:.0f} ms {goal:g} times the echo bot's best: "
            f"{_verdict(is_reached=rushes.ratio >= goal)}, {rushes.ratio:.2f} times."
        )
    seconds = results.first_poll
    verdict = _verdict(is_reached=seconds <= FIRST_POLL_GOAL)
    yield f"First poll within {FIRST_POLL_GOAL:g} s: {verdict}, {seconds:.2f} s."


def where(machine: Machine) -> str:
    """The machine in a sentence."""
    return (
        f"Measured on {machine.cores} cores ({machine.system}, Python {machine.python}, "
        f"python-telegram-bot {machine.library}), load {machine.load:.1f} before; "
        "the bot, the double and the system share them."
    )


def _verdict(*, is_reached: bool) -> str:
    return "reached" if is_reached else "missed"


def _milliseconds(took: Spread) -> str:
    digits = 1 if took.p99 < 100 else 0
    return " / ".join(f"{part:.{digits}f}" for part in (took.p50, took.p95, took.p99)) + " ms"


def _mebibytes(memory: float | None) -> str:
    return "unknown" if memory is None else f"{memory:.0f} MiB"
