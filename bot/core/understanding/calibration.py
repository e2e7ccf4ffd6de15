"""How sure the matcher is: a logistic function of its evidence, fitted to questions with known answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

ROUNDS = 30
RIDGE = 1e-3  # keeps the fit finite where the evidence separates right from wrong


class Evidence(NamedTuple):
    """What speaks for the best candidate.

    chance: the log odds of its chance; group: those of all entries of its group together; lead, group_lead:
    the logs of these chances over the next one's; background: the log odds that nothing is meant that the
    bot knows; spread: the entropy over the groups; meant, meant_lead, meant_spread: group, group_lead and
    spread in the second opinion, 0 without one; shared, unknown: the shares, 0 to 1, of the telling words
    that its utterances hold and that nobody's do; overlap: the share, 0 to 1, that the question and the
    utterance nearest to it have in common of both; length: words, at most fifteen; leans: 1 if the question
    leaned on what was said before it; leaning_group, leaning_lead, leaning_meant: group, lead and meant
    again, but 0 if it did not lean.
    """

    chance: float
    group: float
    group_lead: float
    lead: float
    background: float
    spread: float
    meant: float
    meant_lead: float
    meant_spread: float
    shared: float
    unknown: float
    overlap: float
    length: float
    leans: float
    leaning_group: float
    leaning_lead: float
    leaning_meant: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The weights of the evidence, a constant first, and the confidences that decide.

    From `answer_from` an answer is given, from `offer_from` questions are offered.
    """

    weights: tuple[float, ...]
    answer_from: float
    offer_from: float

    def confidence(self, evidence: Evidence) -> float:
        """How sure it is, 0 to 1, that the best candidate is meant."""
        constant, *weights = self.weights
        logit = constant + sum(weight * value for weight, value in zip(weights, evidence, strict=True))
        return float(1 / (1 + np.exp(-logit)))


_USUAL = {"chance": 0.3, "group": 0.2, "lead": 0.5, "shared": 3.0, "unknown": -0.7, "length": 0.05}
UNCALIBRATED = Calibration(
    weights=(-2.0, *(_USUAL.get(part, 0.0) for part in Evidence._fields)), answer_from=0.75, offer_from=0.2
)


def fit(evidence: Sequence[Evidence], right: Sequence[bool]) -> tuple[float, ...]:
    """The weights by logistic regression (Newton's method): a constant, then one a part of the evidence."""
    rows = np.column_stack([np.ones(len(evidence)), np.array(evidence, dtype=np.float64)])
    targets = np.array(right, dtype=np.float64)
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (targets - chances) - RIDGE * weights
        curvature = (rows * (chances * (1 - chances))[:, None]).T @ rows + RIDGE * np.eye(rows.shape[1])
        weights = weights + np.linalg.solve(curvature, gradient)
    return tuple(round(float(weight), 4) for weight in weights)
