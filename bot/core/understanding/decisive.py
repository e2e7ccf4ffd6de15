"""Concepts like a pregnancy, about which an entry must agree with what was said."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from bot.core.understanding.ear import concept_token
from bot.core.understanding.word_vectors import Floats

MISFIT = 1.5  # what an entry loses (of its logit) that disagrees about one
SPEAKS_OF = 0.15  # share of an entry's utterances from which it speaks of a concept,
SPEAKS_OFTEN = 15  # number of them from which it does so too, and
IS_ABOUT = 0.6  # share from which it is about nothing else


class DecisiveConcepts:
    """How much each entry, by its number, speaks of each decisive concept. Concepts go by their tokens."""

    def __init__(self, concepts: Iterable[str], entries: Sequence[Sequence[Collection[str]]]) -> None:
        """`entries` are the tokens of each entry's utterances."""
        self._shares: Mapping[str, Floats] = {
            token: np.array([_share(token, sentences) for sentences in entries], dtype=np.float32)
            for token in map(concept_token, concepts)
        }
        sizes = np.array([len(sentences) for sentences in entries])
        self._silent = {
            token: (shares < SPEAKS_OF) & (np.round(shares * sizes) < SPEAKS_OFTEN)
            for token, shares in self._shares.items()
        }
        self._size = len(entries)

    def about(self, number: int) -> set[str]:
        """The concepts that an entry is about."""
        return {token for token, shares in self._shares.items() if shares[number] >= IS_ABOUT}

    def losses(self, tokens: Collection[str]) -> Floats:
        """What each entry loses: about something that was not said, or silent on something that was."""
        losses = np.zeros(self._size, dtype=np.float32)
        for token, shares in self._shares.items():
            losses += MISFIT * (self._silent[token] if token in tokens else shares >= IS_ABOUT)
        return losses

    def misfits(self, number: int, tokens: Collection[str]) -> Iterator[str]:
        """The concepts for which an entry loses."""
        for token, shares in self._shares.items():
            if self._silent[token][number] if token in tokens else shares[number] >= IS_ABOUT:
                yield token


def _share(token: str, sentences: Sequence[Collection[str]]) -> float:
    """The share of sentences that hold a token."""
    return sum(token in tokens for tokens in sentences) / max(1, len(sentences))
