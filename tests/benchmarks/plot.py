"""Draws the replies a second of both bots."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.results import RATIO_GOALS, Results, Rushes
from benchmarks.ticks import Tick

OURS, OTHERS, GOAL = "#2a6f6b", "#b8bfc6", "#c0562f"


def draw(results: Results, path: Path) -> None:
    """Write a picture as PNG: a panel for each latency, in which each bot is a bar and the goal a line."""
    mpl.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
    figure = Figure(figsize=(9, 3.8), layout="constrained")
    for number, rushes in enumerate(results.rushes, start=1):
        _panel(figure.add_subplot(1, len(results.rushes), number), rushes)
    figure.savefig(path, dpi=120, metadata={"Software": None})


def _panel(axes: Axes, rushes: Rushes) -> None:
    labels = [*(f"echo\n{number}" for number in rushes.echo), "Strong\nBack"]
    runs = [*rushes.echo.values(), rushes.bot]
    heights = [run.service.replies_per_second for run in runs]
    bars = axes.bar(labels, heights, color=[*([OTHERS] * len(rushes.echo)), OURS])
    axes.bar_label(bars, fmt="%.0f", padding=2)
    goal = RATIO_GOALS[rushes.latency]
    height = goal * max(heights[:-1])
    axes.axhline(height, color=GOAL, linestyle="--", linewidth=1)
    axes.text(len(labels) - 0.5, height, f"goal: {goal:g} × the best", color=GOAL, ha="right", va="bottom")
    axes.set_title(f"Bot API answers after {rushes.latency * 1000:.0f} ms")
    axes.set_ylabel("replies a second")
    axes.margins(y=0.15)


def draw_growth(ticks: Sequence[Tick], path: Path) -> None:
    """Write a picture as PNG: how long a look takes by the number of subscribers, a line a database."""
    figure = Figure(figsize=(6, 3.4), layout="constrained")
    axes = figure.add_subplot()
    for database, color in (("SQLite", OTHERS), ("PostgreSQL", OURS)):
        of_it = [tick for tick in ticks if tick.database == database]
        sizes, looks = [tick.subscribers for tick in of_it], [tick.look for tick in of_it]
        axes.plot(sizes, looks, marker="o", color=color, label=database)
    axes.axhline(5, color=GOAL, linestyle="--", linewidth=1, label="goal: under 5 ms")
    axes.set(xscale="log", xlabel="subscribers, none due", ylabel="milliseconds a look", ylim=(0, 6))
    axes.legend(frameon=False)
    figure.savefig(path, dpi=120, metadata={"Software": None})
