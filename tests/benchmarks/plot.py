"""Draws the replies a second of both bots."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.results import RATIO_GOALS, Results, Rushes

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
