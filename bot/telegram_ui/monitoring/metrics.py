"""Counts what happens, for Prometheus: numbers and kinds, never who or what was said."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

LAG_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """The figures of one process. All names begin with `strong_back_`."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._shown: dict[str, Gauge] = {}
        self._answers = self._counter("answers", "Answers, by what they are.", "kind")
        self._messages = self._counter("messages", "Messages to Telegram, by how it took them.", "outcome")
        self._deliveries = self._counter(
            "deliveries", "Tries to deliver, and what was left out, by how they ended.", "outcome"
        )
        self._polls = self._counter("polls", "Requests for updates, by how they ended.", "outcome")
        self._refused = self._counter(
            "visits_refused", "Requests to the webhook that were refused.", "status"
        )
        self._lag = Histogram(
            "strong_back_lag_seconds",
            "From when an update came until it was handled.",
            buckets=LAG_SECONDS,
            registry=self._registry,
        )

    def answered(self, kind: str) -> None:
        """Count an answer."""
        self._answers.labels(kind).inc()

    def said(self, outcome: str) -> None:
        """Count a message to Telegram: sent, refused (to come again later) or failed."""
        self._messages.labels(outcome).inc()

    def delivered(self, outcome: str) -> None:
        """Count a try to deliver, or what was left out."""
        self._deliveries.labels(outcome).inc()

    def polled(self, outcome: str) -> None:
        """Count a request for updates: ok or failed."""
        self._polls.labels(outcome).inc()

    def turned_away(self, status: int) -> None:
        """Count a request that was refused."""
        self._refused.labels(str(status)).inc()

    def handled(self, seconds: float) -> None:
        """Note how long an update took, from when it came; a clock that was set back counts as nothing."""
        self._lag.observe(max(0.0, seconds))

    def show(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """Show a figure as it is at each look, in the place of one of that name."""
        if name not in self._shown:
            self._shown[name] = Gauge(f"strong_back_{name}", meaning, registry=self._registry)
        self._shown[name].set_function(value)

    def page(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, meaning: str, label: str) -> Counter:
        return Counter(f"strong_back_{name}", meaning, [label], registry=self._registry)
