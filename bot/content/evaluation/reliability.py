"""Is a probability of 0.8 right eight times in ten? Compares what the matcher claims with what came true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BINS = 10  # of equal width


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about one probability: how many, what was claimed on average, the share that is right."""

    count: int
    claimed: float
    right: float


def reliability(claims: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Claims, each a probability and whether it came true, by the probability; no empty bins."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for claimed, is_right in claims:
        bins.setdefault(min(int(claimed * BINS), BINS - 1), []).append((claimed, is_right))
    return [_bin(bins[number]) for number in sorted(bins)]


def expected_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: how far claim and truth lie apart on average, 0 to 1."""
    count = sum(each.count for each in bins)
    apart = sum(each.count * abs(each.claimed - each.right) for each in bins)
    return round(apart / count, 4) if count else 0.0


def _bin(pairs: Sequence[tuple[float, bool]]) -> Bin:
    count = len(pairs)
    return Bin(
        count=count,
        claimed=sum(claimed for claimed, _ in pairs) / count,
        right=sum(is_right for _, is_right in pairs) / count,
    )
