"""One contender in a process of its own, so that start and memory are its own.

`python -m benchmarks.peers.contender` reads the arguments of `perform` and says its Performance, as JSON.
"""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.figures import Spread, spread
from benchmarks.peers.contenders import CONTENDERS, Rank, Ranking
from benchmarks.processes import memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """How a contender ranked texts by the list that they stood in, and at what cost.

    `training` are the seconds from the first import of its libraries until it can be asked; `memory` is that
    of the whole process in MiB where the system tells it.
    """

    rankings: dict[str, list[Ranking]]
    took: Spread
    training: float
    memory: float | None


def perform(name: str, learn: Any, texts: dict[str, list[str]]) -> Performance:
    """Learn and rank."""
    began = time.perf_counter()
    rank = CONTENDERS[name](**learn)
    training = time.perf_counter() - began
    seconds: list[float] = []
    rankings = {part: [_timed(rank, text, seconds) for text in several] for part, several in texts.items()}
    return Performance(rankings=rankings, took=spread(seconds), training=training, memory=memory(os.getpid()))


def _timed(rank: Rank, text: str, seconds: list[float]) -> Ranking:
    began = time.perf_counter()
    ranking = rank(text)
    seconds.append(time.perf_counter() - began)
    return ranking


def main() -> None:
    """Read, perform, say."""
    sys.stdout.write(json.dumps(asdict(perform(**json.load(sys.stdin)))))


if __name__ == "__main__":
    main()
