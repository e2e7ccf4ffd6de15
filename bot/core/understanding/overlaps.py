"""What a question has in common with a single utterance: an entry may know its words, never together."""

from collections.abc import Callable, Mapping, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]


class Overlaps:
    """The utterances of each entry as sets of tokens, and how much each token tells."""

    def __init__(
        self, utterances: Mapping[str, Sequence[Sequence[str]]], telling: Callable[[str], float]
    ) -> None:
        self._telling = telling
        self._entries = {name: _Said.by(sentences, telling) for name, sentences in utterances.items()}

    def best(self, entry: str, tokens: Sequence[str]) -> float:
        """What a question has in common with the utterance of an entry that is nearest to it.

        Of what both tell, a token each counted once: 0 is nothing, 1 everything. Of the two shares, that of
        the question and that of the utterance, the smaller one counts.
        """
        return self._entries[entry].best({token: self._telling(token) for token in tokens})


class _Said:
    """The utterances of one entry: how much each tells, and by token which of them have it."""

    def __init__(self, told: Weights, having: Mapping[str, NDArray[np.int32]]) -> None:
        self._told = told
        self._having = having

    @classmethod
    def by(cls, sentences: Sequence[Sequence[str]], telling: Callable[[str], float]) -> Self:
        different = list(dict.fromkeys(map(frozenset, sentences)))
        having: dict[str, list[int]] = {}
        for number, tokens in enumerate(different):
            for token in tokens:
                having.setdefault(token, []).append(number)
        return cls(
            np.array([sum(map(telling, sorted(tokens))) for tokens in different]),
            {token: np.array(numbers, dtype=np.int32) for token, numbers in sorted(having.items())},
        )

    def best(self, said: Mapping[str, float]) -> float:
        shared = np.zeros(len(self._told))
        for token, weight in said.items():
            numbers = self._having.get(token)
            if numbers is not None:
                shared[numbers] += weight
        told = np.maximum(self._told, sum(said.values()))
        return float((shared / np.where(told, told, 1.0)).max(initial=0.0))
