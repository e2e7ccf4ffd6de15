"""Multinomial logistic regression, trained to near convergence in seconds with nothing but numpy."""

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from bot.core.understanding.features import Row
from bot.core.understanding.word_vectors import Floats

ROUNDS = 40  # of which the last ten change one question in a hundred
BOUND = 0.5  # the curvature of the loss never exceeds half that of least squares (Böhning 1992)
BLOCK = 2048  # sentences that are spread out at once, so that memory stays flat


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, row by row."""
    exponents: Floats = np.subtract(scores, scores.max(axis=-1, keepdims=True), dtype=np.float32)
    np.exp(exponents, out=exponents)
    exponents /= exponents.sum(axis=-1, keepdims=True)
    return exponents


def score(row: Row, weights: Floats) -> Floats:
    """What each class scores for a row, with weights as `train` gives them."""
    meant = weights[-1 - len(row.meaning) : -1]
    return np.asarray(row.values @ weights[row.columns] + row.meaning @ meant, dtype=np.float32)


def train(
    rows: Iterable[Row],
    labels: Sequence[int],
    *,
    classes: int,
    importance: Sequence[float] | None = None,
    ridge: float,
) -> Floats:
    """The weight of each column (down) for each class (across) that tells the labels of the rows best.

    Every row ends with the last column. `importance` says how much each row counts, 1 if it is left out;
    `ridge` is the regularisation of the loss, a sum over the rows.

    Newton's method with one fixed bound on the curvature, so that a single matrix is inverted, and with
    Nesterov's momentum.
    """
    table = _Table(rows)
    ridge /= len(labels)
    counts = np.ones(len(labels)) if importance is None else np.array(importance)
    shares = (counts / counts.sum()).astype(np.float32)[:, None]
    steps = np.linalg.inv(_curvature(table, shares, ridge))
    weights = ahead = np.zeros((table.columns, classes), dtype=np.float32)
    momentum = 1.0
    for _ in range(ROUNDS):
        gradient = np.float32(ridge) * ahead
        for start, spread in table.blocks():
            errors = softmax(spread @ ahead)
            errors[np.arange(len(spread)), labels[start : start + len(spread)]] -= 1
            errors *= shares[start : start + BLOCK]
            gradient += spread.T @ errors
        better = ahead - steps @ gradient
        stronger = (1 + math.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead = better + np.float32((momentum - 1) / stronger) * (better - weights)
        weights, momentum = better, stronger
    return weights


def _curvature(table: "_Table", shares: Floats, ridge: float) -> Floats:
    """What bounds the curvature of the loss everywhere."""
    curvature = np.zeros((table.columns, table.columns), dtype=np.float32)
    for start, spread in table.blocks():
        curvature += spread.T @ (spread * shares[start : start + BLOCK])
    curvature *= np.float32(BOUND)
    curvature[np.diag_indices(table.columns)] += np.float32(ridge)
    return curvature


class _Block(NamedTuple):
    """Some rows: where their values stand in the matrix of the block, put end to end, and what they mean."""

    places: NDArray[np.int32]
    values: Floats
    meaning: Floats

    @classmethod
    def of(cls, rows: Sequence[Row], columns: int) -> Self:
        starts = np.repeat(np.arange(len(rows)) * columns, [len(row.columns) for row in rows])
        return cls(
            (np.concatenate([row.columns for row in rows]) + starts).astype(np.int32),
            np.concatenate([row.values for row in rows]),
            np.array([row.meaning for row in rows]),
        )


class _Table:
    """Many rows, which are spread out block by block."""

    def __init__(self, rows: Iterable[Row]) -> None:
        rest = iter(rows)
        first = list(itertools.islice(rest, BLOCK))
        self.columns = int(first[0].columns[-1]) + 1
        self._blocks = [_Block.of(first, self.columns)]
        while block := list(itertools.islice(rest, BLOCK)):
            self._blocks.append(_Block.of(block, self.columns))

    def blocks(self) -> Iterator[tuple[int, Floats]]:
        """The rows as dense matrices, each with the number of its first row and gone with the next one."""
        room = np.empty((BLOCK, self.columns), dtype=np.float32)
        for number, (places, values, meaning) in enumerate(self._blocks):
            room.fill(0)
            room.reshape(-1)[places] = values
            room[: len(meaning), -1 - meaning.shape[1] : -1] = meaning
            yield number * BLOCK, room[: len(meaning)]
