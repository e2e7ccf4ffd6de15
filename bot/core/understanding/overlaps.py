"""What a question has in common with a single utterance: an entry may know its words, never together."""

from collections.abc import Callable, Collection, Mapping, Sequence


class Overlaps:
    """The utterances of each entry as sets of tokens, and how much each token tells."""

    def __init__(
        self, utterances: Mapping[str, Sequence[Sequence[str]]], telling: Callable[[str], float]
    ) -> None:
        self._telling = telling
        self._utterances = {
            name: [(tokens, self._told(tokens)) for tokens in dict.fromkeys(map(frozenset, sentences))]
            for name, sentences in utterances.items()
        }

    def best(self, entry: str, tokens: Sequence[str]) -> float:
        """What a question has in common with the utterance of an entry that is nearest to it.

        Of what both tell, a token each counted once: 0 is nothing, 1 everything. Of the two shares, that of
        the question and that of the utterance, the smaller one counts.
        """
        said = {token: self._telling(token) for token in tokens}
        most = sum(said.values())
        return max(
            (
                sum(weight for token, weight in said.items() if token in utterance) / (max(most, told) or 1.0)
                for utterance, told in self._utterances[entry]
            ),
            default=0.0,
        )

    def _told(self, tokens: Collection[str]) -> float:
        return sum(map(self._telling, sorted(tokens)))
