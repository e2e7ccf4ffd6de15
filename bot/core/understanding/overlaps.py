"""What a question has in common with a single utterance: an entry may know its words, never together."""

import itertools
from collections.abc import Callable, Mapping, Sequence

import numpy as np


class Overlaps:
    """The utterances of each entry as sets of tokens, and how much each token tells."""

    def __init__(
        self, utterances: Mapping[str, Sequence[Sequence[str]]], telling: Callable[[str], float]
    ) -> None:
        self._telling = telling
        different = [list(dict.fromkeys(map(frozenset, sentences))) for sentences in utterances.values()]
        starts = itertools.accumulate(map(len, different), initial=0)
        self._spans = dict(zip(utterances, itertools.pairwise(starts), strict=True))
        self._told = np.array(
            [sum(map(telling, sorted(tokens))) for sentences in different for tokens in sentences]
        )
        having: dict[str, list[int]] = {}
        for number, tokens in enumerate(itertools.chain.from_iterable(different)):
            for token in tokens:
                having.setdefault(token, []).append(number)
        self._having = {token: np.array(numbers, dtype=np.int32) for token, numbers in sorted(having.items())}

    def best(self, entry: str, tokens: Sequence[str]) -> float:
        """What a question has in common with the utterance of an entry that is nearest to it.

        Of what both tell, a token each counted once: 0 is nothing, 1 everything. Of the two shares, that of
        the question and that of the utterance, the smaller one counts.
        """
        start, end = self._spans[entry]
        shared = np.zeros(end - start)
        said = {token: self._telling(token) for token in tokens}
        for token, weight in said.items():
            numbers = self._having.get(token)
            if numbers is not None:
                first, behind = numbers.searchsorted((start, end))
                shared[numbers[first:behind] - start] += weight
        told = np.maximum(self._told[start:end], sum(said.values()))
        return float((shared / np.where(told, told, 1.0)).max(initial=0.0))
