"""How sure an opinion is; and a second one beside that of the words: what an encoder reads. Pure."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import numpy as np

from bot.core.understanding.classifier import score, softmax, train
from bot.core.understanding.encoder import Encoder
from bot.core.understanding.features import ALWAYS, Row
from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.word_vectors import Floats

LEAST = 1e-3  # chance that counts as none


class Standing(NamedTuple):
    """How one class stands among all.

    odds: the log odds of its chance; lead: the log of its chance over that of the best other one; spread: how
    undecided the opinion is as a whole, the entropy of the chances in nats.
    """

    odds: float
    lead: float
    spread: float

    @classmethod
    def of(cls, number: int, chances: Floats) -> Self:
        """That of a class, by its number, among the chances of all."""
        chance = float(chances[number])
        others = np.delete(chances, number)
        lead = log_lead(chance, float(others.max(initial=0.0)))
        kept = np.maximum(chances, np.finfo(np.float32).tiny)
        return cls(log_odds(chance), lead, float(-(kept * np.log(kept)).sum()))


UNDECIDED = Standing(0.0, 0.0, 0.0)  # where nobody has an opinion


def log_odds(chance: float) -> float:
    """The log odds of a chance, kept finite."""
    kept = min(max(chance, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))


def log_lead(chance: float, other: float) -> float:
    """The log of a chance over another one, kept finite."""
    return math.log((chance + LEAST) / (other + LEAST))


class SecondOpinion:
    """Classes that are told apart by what an encoder reads in sentences, word order and all."""

    def __init__(self, encoder: Encoder, weights: Floats) -> None:
        """`weights` are those of the classes, as `train` gives them."""
        self._encoder = encoder
        self._weights = weights

    @classmethod
    def learned(
        cls,
        encoder: Encoder,
        taught: Iterable[tuple[Sequence[str], int]],
        classes: int,
        ridge: float,
        importance: Sequence[float] | None = None,
    ) -> Self | None:
        """What an encoder reads in the words of some sentences, each with its class; else as `train`.

        None without an encoder.
        """
        if not encoder:
            return None
        sentences, labels = zip(*taught, strict=True)
        rows = map(_row, encoder.encode_all(sentences))
        return cls(encoder, train(rows, labels, classes=classes, importance=importance, ridge=ridge))

    @remembers_recent
    def chances(self, words: tuple[str, ...]) -> Floats:
        """The chance of each class."""
        return softmax(score(_row(self._encoder.encode(words)), self._weights))


def _row(encoded: Floats) -> Row:
    return Row(np.array([len(encoded)]), np.array([ALWAYS], dtype=np.float32), encoded)
