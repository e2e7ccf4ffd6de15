"""Which entry does this utterance ask for? Match, Unsure or NoMatch, and why."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from bot.core.features import Features, Floats, Row
from bot.core.model import Vocabulary
from bot.core.text import Ear, concept_token, key

MAX_HEARD = 500  # characters that are matched; the red-flag check before this reads everything
RANKED = 5  # candidates that are weighed closely

ANSWER_FROM = 0.75  # confidence from which an answer is given
OFFER_FROM = 0.2  # confidence from which questions are offered

RIDGE = 0.5  # regularisation of the classifier
MISFIT = 0.3  # what an entry loses that disagrees with the question about a decisive concept
SPEAKS_OF = 0.15  # share of an entry's utterances from which it speaks of a concept, and
IS_ABOUT = 0.6  # from which it is about nothing else

# Confidence is a logistic function, fitted on half of the questions in tests/evaluation and the entries'
# held-out questions; on the other half 0.9 meant right in 94 of 100.
CONSTANT, BY_SCORE, BY_MARGIN, BY_UNKNOWN, BY_SHARED, BY_LENGTH = -4.08, 6.39, 1.51, -0.69, 3.40, 0.095
MAX_LENGTH = 15  # words; longer stories are no surer


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with the confidence, 0 to 1, that it is meant."""

    entry: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What was heard and how it was weighed: the ground of every outcome."""

    words: tuple[str, ...]
    tokens: tuple[str, ...]
    unknown: tuple[str, ...]
    ranking: tuple[Candidate, ...]

    @property
    def margin(self) -> float:
        """The lead of the best candidate over the next."""
        best, second, *_ = (*(candidate.score for candidate in self.ranking), 0.0, 0.0)
        return best - second


@dataclass(frozen=True, slots=True)
class Match:
    """One entry is meant. `exact`: the utterance is one of its own, word for word."""

    entry: str
    score: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Unsure:
    """One of a few entries is probably meant, the likeliest first."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Nothing that the bot knows is meant; the nearest entries, for a way on."""

    nearest: tuple[Candidate, ...]


Outcome = Match | Unsure | NoMatch


class Matcher:
    """Kernel ridge classification over words, pairs of words and letter sequences.

    One closed-form solution instead of an optimiser: the same numbers on every machine, in about a second.
    """

    def __init__(self, ear: Ear, entries: Mapping[str, Sequence[str]], decisive: Iterable[str]) -> None:
        self._ear = ear
        self._names = tuple(entries)
        heard = {name: [ear.hear(utterance) for utterance in entries[name]] for name in entries}
        self._features = Features.fit([each for sentences in heard.values() for each in sentences])
        rows = [self._features.row(*each) for sentences in heard.values() for each in sentences]
        labels = [number for number, name in enumerate(entries) for _ in entries[name]]
        self._weights = _ridge(self._features, rows, labels)
        self._own = {key(utterance): name for name in reversed(self._names) for utterance in entries[name]}
        self._tokens = {
            name: frozenset(token for _, tokens in sentences for token in tokens)
            for name, sentences in heard.items()
        }
        self._shares = {
            concept_token(concept): np.array(
                [_share(concept_token(concept), heard[name]) for name in self._names]
            )
            for concept in decisive
        }

    @classmethod
    def train(cls, entries: Iterable[tuple[str, Sequence[str]]], vocabulary: Vocabulary) -> Self:
        """A matcher for `(id, utterances)` pairs. The same sentence in two entries counts for the first."""
        known = dict(entries)
        ear = Ear(vocabulary, [utterance for utterances in known.values() for utterance in utterances])
        return cls(ear, known, vocabulary.decisive)

    def match(self, utterance: str) -> tuple[Outcome, Hearing]:
        """The outcome for what somebody said, and its grounds. Only the first characters count."""
        hearing = self._hear(utterance[:MAX_HEARD])
        own = self._own.get(key(utterance[:MAX_HEARD]))
        if own is not None:
            return Match(own, 1.0, exact=True), hearing
        best = hearing.ranking[0]
        if best.score >= ANSWER_FROM:
            return Match(best.entry, best.score, exact=False), hearing
        if best.score >= OFFER_FROM:
            return Unsure(hearing.ranking), hearing
        return NoMatch(hearing.ranking), hearing

    def _hear(self, utterance: str) -> Hearing:
        words, tokens = self._ear.hear(utterance)
        row = self._features.row(words, tokens)
        scores = row.weights @ self._weights[row.indices] - self._misfits(tokens)
        best = [int(number) for number in np.argsort(-scores, kind="stable")[:RANKED]]
        rivals = [best[1], *[best[0]] * (RANKED - 1)] if len(best) > 1 else best
        ranking = [
            Candidate(
                self._names[number],
                self._confidence(number, float(scores[number]), float(scores[rival]), tokens),
            )
            for number, rival in zip(best, rivals, strict=False)
        ]
        unknown = tuple(token for token in tokens if not self._features.knows(token))
        return Hearing(words=tuple(words), tokens=tuple(tokens), unknown=unknown, ranking=tuple(ranking))

    def _misfits(self, tokens: Sequence[str]) -> Floats:
        """What each entry loses: about something that was not said, or silent on something decisive."""
        losses = np.zeros(len(self._names), dtype=np.float32)
        for token, shares in self._shares.items():
            losses += MISFIT * (shares < SPEAKS_OF if token in tokens else shares >= IS_ABOUT)
        return losses

    def _confidence(self, number: int, score: float, rival: float, tokens: Sequence[str]) -> float:
        """How sure it is that the entry of that number is meant, 0 to 1."""
        telling = {token: self._features.telling(token) for token in tokens}
        total = sum(telling.values()) or 1.0
        own = self._tokens[self._names[number]]
        shared = sum(weight for token, weight in telling.items() if token in own) / total
        unknown = sum(weight for token, weight in telling.items() if not self._features.knows(token)) / total
        logit = CONSTANT + BY_SCORE * score + BY_MARGIN * (score - rival)
        logit += BY_UNKNOWN * unknown + BY_SHARED * shared + BY_LENGTH * min(len(tokens), MAX_LENGTH)
        return 1 / (1 + math.exp(-logit))


def _ridge(features: Features, rows: Sequence[Row], labels: Sequence[int]) -> Floats:
    """The weight of each feature for each entry: (K + ridge)^-1 Y, brought back from rows to features."""
    targets = np.zeros((len(rows), max(labels) + 1), dtype=np.float32)
    targets[np.arange(len(rows)), labels] = 1
    kernel = features.kernel(rows)
    kernel[np.diag_indices_from(kernel)] += RIDGE
    dual = np.linalg.solve(kernel, targets)
    weights = np.zeros((len(features), targets.shape[1]), dtype=np.float32)
    for row, share in zip(rows, dual, strict=True):
        weights[row.indices] += np.outer(row.weights, share)
    return weights


def _share(token: str, sentences: Sequence[tuple[Sequence[str], Sequence[str]]]) -> float:
    """The share of sentences that hold a token."""
    return sum(token in tokens for _, tokens in sentences) / max(1, len(sentences))
