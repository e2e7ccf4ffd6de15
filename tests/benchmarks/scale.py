"""The second part of `make bench`: deliveries, webhooks with one and two workers, and ticks by size.

`python -m benchmarks.scale 0.01` does a hundredth of it and writes nothing.
"""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from databases import PostgreSQL, postgresql
from subscribers import RULES, subscriber

from benchmarks.__main__ import CHATS, OPEN_QUESTIONS, PAGE, QUESTIONS
from benchmarks.figures import Delivered, Rush, Service
from benchmarks.plot import draw_growth
from benchmarks.processes import Processes
from benchmarks.ticks import Tick, ticks
from bot.bootstrap import utc_now
from bot.storage.database import Database
from bot.storage.subscriptions import DatabaseSubscriptionStore

FROM, TO = "<!-- scale: from here -->\n", "<!-- scale: to here -->\n"
AT_ONCE = (1, 16, 64, 256)  # messages of the plain loop
LATENCY = 0.05
DELIVERIES, PACED, PACE = 4000, 300, 30
SIZES = (1_000, 10_000, 100_000, 1_000_000)
FIRST_DOOR = 18_180
LOOK_GOAL, CLAIM_GOAL, RATIO_GOAL = 5.0, 5.0, 4.0  # milliseconds, seconds, times the plain loop's best

LEAST_PACE = 0.97  # of the allowed one, while there is work


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Everything that was measured in one run; the plain loop's by messages at once, services by workers."""

    ours: Delivered
    plain: dict[int, Delivered]
    paced: Delivered
    brought: dict[int, Service]
    ticks: list[Tick]


def main(share: float) -> None:
    """Measure, and write everything down unless it is only a part."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "run").mkdir()
        with postgresql(place / "run") as server:
            scale = asyncio.run(_measure(place, server, share))
    text = "\n".join(_lines(scale))
    _say(f"\n{text}")
    if share < 1:
        return
    before, rest = PAGE.read_text(encoding="utf-8").split(FROM)
    PAGE.write_text(f"{before}{FROM}\n{text}\n\n{TO}{rest.split(TO)[1]}", encoding="utf-8")
    (PAGE.parent / "growth.json").write_text(json.dumps(asdict(scale), indent=1) + "\n", encoding="utf-8")
    draw_growth(scale.ticks, PAGE.parent / "growth.png")


async def _measure(place: Path, server: PostgreSQL, share: float) -> Scale:
    processes = Processes(place / "cache")
    count = round(DELIVERIES * share)
    plain = {number: await _plain(processes, number, count, place) for number in AT_ONCE}
    ours = await _ours(processes, place / "all", count, 100_000)
    paced = await _ours(processes, place / "paced", max(PACE * 3, round(PACED * share)), PACE)
    brought = {workers: _brought(processes, workers, server.new()) for workers in (1, 2)}
    sizes = tuple(size for size in SIZES if size <= SIZES[-1] * share) or SIZES[:1]
    return Scale(
        ours=ours,
        plain=plain,
        paced=paced,
        brought=brought,
        ticks=await ticks(place, server.new, sizes, _say),
    )


async def _plain(processes: Processes, at_once: int, count: int, place: Path) -> Delivered:
    sender = ("benchmarks.plain_loop", str(at_once), str(count))
    found = processes.delivers(sender, Rush(latency=LATENCY, deliveries=count), place, 30)
    _say(f"plain loop, {at_once} at once: {found.per_second:.0f} a second")
    return found


async def _ours(processes: Processes, data: Path, count: int, per_second: int) -> Delivered:
    database = Database(data)
    subscriptions = DatabaseSubscriptionStore(database, RULES)
    for chat in range(1_000_000, 1_000_000 + count):
        await subscriptions.save(subscriber(chat, due=utc_now()))
    await database.close()
    rush = Rush(latency=LATENCY, deliveries=count)
    found = processes.delivers(("deliverer",), rush, data, per_second)
    _say(f"deliveries: {found.per_second:.1f} a second, {found.busiest} at most in one")
    return found


def _brought(processes: Processes, workers: int, url: str) -> Service:
    texts = tuple(json.loads(line)["text"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines())
    first = FIRST_DOOR + workers
    doors = tuple(f"http://127.0.0.1:{first + number}/telegram" for number in range(workers))
    rush = Rush(
        latency=LATENCY,
        chats=CHATS,
        open_questions=OPEN_QUESTIONS,
        texts=texts,
        warm_up=12.0,  # until the workers have parted the chats
        doors=doors,
    )
    service = processes.brought(rush, url)
    _say(f"webhooks, {workers} worker(s): {service.replies_per_second:.0f} replies a second")
    return service


def _lines(scale: Scale) -> list[str]:
    best = max(scale.plain, key=lambda number: scale.plain[number].per_second)
    ratio = scale.ours.per_second / scale.plain[best].per_second
    kept = scale.paced.per_second / PACE
    look, claims = max(tick.look for tick in scale.ticks), max(tick.claims for tick in scale.ticks)
    paced = f"{scale.paced.per_second:.1f}, {scale.paced.busiest} at most in any second"
    return [
        "| | |",
        "|---|---|",
        f"| Deliveries a second without a limit, at {LATENCY * 1000:.0f} ms | {scale.ours.per_second:.0f} |",
        f"| A plain loop at its best ({best} at once) | {scale.plain[best].per_second:.0f} |",
        f"| Deliveries a second at a limit of {PACE} | {paced} |",
        *(
            f"| Replies a second by webhook, PostgreSQL, workers: {workers} | {each.replies_per_second:.0f} |"
            for workers, each in scale.brought.items()
        ),
        "",
        "| Subscribers | Database | A look, none due | 10,000 claims |",
        "|---|---|---|---|",
        *(
            f"| {tick.subscribers:,} | {tick.database} | {tick.look:.2f} ms | {tick.claims:.2f} s |"
            for tick in scale.ticks
        ),
        "",
        f"- {RATIO_GOAL:g} times the plain loop's best: {_verdict(ratio >= RATIO_GOAL)}, {ratio:.2f} times.",
        f"- 97 to 100 % of the pace: {_verdict(LEAST_PACE <= kept <= 1)}, {kept:.1%}.",
        f"- A look in under {LOOK_GOAL:g} ms: {_verdict(look < LOOK_GOAL)}, {look:.2f} ms.",
        f"- 10,000 claims in under {CLAIM_GOAL:g} s: {_verdict(claims < CLAIM_GOAL)}, {claims:.2f} s.",
    ]


def _verdict(is_reached: bool) -> str:  # noqa: FBT001  # the one thing it says
    return "reached" if is_reached else "missed"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
