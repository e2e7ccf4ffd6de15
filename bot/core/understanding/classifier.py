"""Multinomial logistic regression, trained to near convergence in seconds with nothing but numpy."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from bot.core.understanding.features import Row
from bot.core.understanding.word_vectors import Floats

ROUNDS = 40  # of which the last ten change one question in a hundred
BOUND = 0.5  # the curvature of the loss never exceeds half that of least squares (Böhning 1992)
BLOCK = 2048  # sentences that are spread out at once, so that memory stays flat


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, row by row."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(exponents / exponents.sum(axis=-1, keepdims=True), dtype=np.float32)


def score(row: Row, weights: Floats) -> Floats:
    """What each class scores for a row, with weights as `train` gives them."""
    meant = weights[-1 - len(row.meaning) : -1]
    return np.asarray(row.values @ weights[row.columns] + row.meaning @ meant, dtype=np.float32)


def train(
    rows: Sequence[Row],
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
    columns = int(rows[0].columns[-1]) + 1
    ridge /= len(rows)
    counts = np.ones(len(rows)) if importance is None else np.array(importance)
    shares = (counts / counts.sum()).astype(np.float32)[:, None]
    steps = np.linalg.inv(_curvature(rows, shares, columns, ridge))
    weights = ahead = np.zeros((columns, classes), dtype=np.float32)
    momentum = 1.0
    for _ in range(ROUNDS):
        gradient = np.float32(ridge) * ahead
        for start, spread in _blocks(rows, columns):
            errors = softmax(spread @ ahead)
            errors[np.arange(len(spread)), labels[start : start + len(spread)]] -= 1
            gradient += spread.T @ (errors * shares[start : start + BLOCK])
        better = ahead - steps @ gradient
        stronger = (1 + math.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead = better + np.float32((momentum - 1) / stronger) * (better - weights)
        weights, momentum = better, stronger
    return weights


def _curvature(rows: Sequence[Row], shares: Floats, columns: int, ridge: float) -> Floats:
    """What bounds the curvature of the loss everywhere."""
    curvature = np.zeros((columns, columns), dtype=np.float32)
    for start, spread in _blocks(rows, columns):
        curvature += spread.T @ (spread * shares[start : start + BLOCK])
    curvature *= np.float32(BOUND)
    curvature[np.diag_indices(columns)] += np.float32(ridge)
    return curvature


def _blocks(rows: Sequence[Row], columns: int) -> Iterator[tuple[int, Floats]]:
    """The rows as dense matrices, block by block, each with the number of its first row."""
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        spread = np.zeros((len(block), columns), dtype=np.float32)
        down = np.repeat(np.arange(len(block)), [len(row.columns) for row in block])
        spread[down, np.concatenate([row.columns for row in block])] = np.concatenate(
            [row.values for row in block]
        )
        spread[:, -1 - len(block[0].meaning) : -1] = [row.meaning for row in block]
        yield start, spread
