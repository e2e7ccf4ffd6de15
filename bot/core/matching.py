"""Which entry does this utterance ask for? Match, Unsure or NoMatch, and why."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from bot.core.calibration import UNCALIBRATED, Calibration, Evidence
from bot.core.classifier import softmax, train
from bot.core.features import Features, Floats, Heard
from bot.core.model import Vocabulary
from bot.core.text import Ear, concept_token, key

MAX_HEARD = 500  # characters that are matched; the red-flag check before this reads everything
RANKED = 5  # candidates that are weighed closely

MISFIT = 1.5  # what an entry loses (of its logit) that disagrees about a decisive concept
SPEAKS_OF = 0.15  # share of an entry's utterances from which it speaks of a concept, and
IS_ABOUT = 0.6  # from which it is about nothing else

LEAST = 1e-3  # chance that counts as none
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
    evidence: Evidence

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
    """Multinomial logistic regression over words, pairs of words and letter sequences, and its doubts."""

    def __init__(
        self,
        entries: Mapping[str, Sequence[str]],
        vocabulary: Vocabulary,
        groups: Mapping[str, str],
        calibration: Calibration,
        background: Sequence[str],
    ) -> None:
        ear = Ear(vocabulary, [utterance for utterances in entries.values() for utterance in utterances])
        self._ear = ear
        self._calibration = calibration
        self._groups = np.array([groups.get(name, name) for name in entries])
        self._names = tuple(entries)
        heard = {name: [ear.hear(utterance) for utterance in entries[name]] for name in entries}
        self._features = Features.fit([each for sentences in heard.values() for each in sentences])
        taught = [(each, number) for number, name in enumerate(entries) for each in heard[name]]
        taught += [(ear.hear(sentence), len(entries)) for sentence in background]
        self._weights = train(
            [self._features.row(*each) for each, _ in taught],
            [label for _, label in taught],
            columns=len(self._features),
            classes=len(entries) + 1,
        )
        self._own = {key(utterance): name for name in reversed(self._names) for utterance in entries[name]}
        self._tokens = {
            name: frozenset(token for _, tokens in sentences for token in tokens)
            for name, sentences in heard.items()
        }
        self._shares = {
            concept_token(concept): np.array(
                [_share(concept_token(concept), heard[name]) for name in self._names]
            )
            for concept in vocabulary.decisive
        }

    @classmethod
    def train(
        cls,
        entries: Iterable[tuple[str, Sequence[str]]],
        vocabulary: Vocabulary,
        groups: Mapping[str, str] | None = None,
        calibration: Calibration = UNCALIBRATED,
        background: Sequence[str] = (),
    ) -> Self:
        """A matcher for `(id, utterances)` pairs. The same sentence in two entries counts for the first.

        `groups` says which entries are near each other, so that a close second of the same group is no doubt;
        `background` are sentences that no entry answers.
        """
        return cls(dict(entries), vocabulary, groups or {}, calibration, background)

    def match(self, utterance: str) -> tuple[Outcome, Hearing]:
        """The outcome for what somebody said, and its grounds. Only the first characters count."""
        hearing = self._hear(utterance[:MAX_HEARD])
        own = self._own.get(key(utterance[:MAX_HEARD]))
        if own is not None:
            return Match(own, 1.0, exact=True), hearing
        best = hearing.ranking[0]
        if best.score >= self._calibration.answer_from:
            return Match(best.entry, best.score, exact=False), hearing
        if best.score >= self._calibration.offer_from:
            return Unsure(hearing.ranking), hearing
        return NoMatch(hearing.ranking), hearing

    def _hear(self, utterance: str) -> Hearing:
        words, tokens = self._ear.hear(utterance)
        row = self._features.row(words, tokens)
        scores = row.values @ self._weights[row.columns]
        scores[:-1] -= self._misfits(tokens)
        chances = softmax(scores)[:-1]  # the last is the background's
        best = [int(number) for number in np.argsort(-chances, kind="stable")[:RANKED]]
        evidence = self._evidence(best, chances, tokens)
        sure = self._calibration.confidence(evidence)
        ranking = [
            Candidate(self._names[number], sure * float(chances[number] / chances[best[0]]))
            for number in best
        ]
        unknown = tuple(token for token in tokens if not self._features.knows(token))
        return Hearing(
            words=tuple(words),
            tokens=tuple(tokens),
            unknown=unknown,
            ranking=tuple(ranking),
            evidence=evidence,
        )

    def _misfits(self, tokens: Sequence[str]) -> Floats:
        """What each entry loses: about something that was not said, or silent on something decisive."""
        losses = np.zeros(len(self._names), dtype=np.float32)
        for token, shares in self._shares.items():
            losses += MISFIT * (shares < SPEAKS_OF if token in tokens else shares >= IS_ABOUT)
        return losses

    def _evidence(self, best: Sequence[int], chances: Floats, tokens: Sequence[str]) -> Evidence:
        """What speaks for the first of the best."""
        first, second = float(chances[best[0]]), float(chances[best[1]]) if len(best) > 1 else 0.0
        group = float(chances[self._groups == self._groups[best[0]]].sum())
        telling = {token: self._features.telling(token) for token in tokens}
        total = sum(telling.values()) or 1.0
        own = self._tokens[self._names[best[0]]]
        return Evidence(
            chance=_logit(first),
            group=_logit(group),
            lead=math.log((first + LEAST) / (second + LEAST)),
            shared=sum(weight for token, weight in telling.items() if token in own) / total,
            unknown=sum(w for token, w in telling.items() if not self._features.knows(token)) / total,
            length=min(len(tokens), MAX_LENGTH),
        )


def _logit(chance: float) -> float:
    """The log odds of a chance, kept finite."""
    kept = min(max(chance, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))


def _share(token: str, sentences: Sequence[Heard]) -> float:
    """The share of sentences that hold a token."""
    return sum(token in tokens for _, tokens in sentences) / max(1, len(sentences))
