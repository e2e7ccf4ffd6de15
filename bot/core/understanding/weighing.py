"""What speaks for the best candidate, as evidence for how sure the matcher may be. Pure."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.core.understanding.calibration import Evidence
from bot.core.understanding.features import Features, Heard
from bot.core.understanding.opinions import UNDECIDED, Standing, log_lead, log_odds
from bot.core.understanding.overlaps import Overlaps
from bot.core.understanding.word_vectors import Floats

MAX_LENGTH = 15  # words; longer stories are no surer


class Weighing:
    """Gathers the evidence. Entries go by their numbers; the chances of all end with the background's."""

    def __init__(
        self, heard: Mapping[str, Sequence[Heard]], groups: NDArray[np.intp], features: Features
    ) -> None:
        """`heard` are the utterances of each entry, `groups` the number of the group of each."""
        self._groups = groups
        self._features = features
        self._names = tuple(heard)
        self._tokens = [frozenset(t for each in said for t in each.tokens) for said in heard.values()]
        self._overlaps = Overlaps(
            {name: [each.tokens for each in said] for name, said in heard.items()}, features.telling
        )

    def evidence(
        self,
        best: Sequence[int],
        chances: Floats,
        second: Floats | None,
        heard: Heard,
        known: Sequence[str],
    ) -> Evidence:
        """What speaks for the first of the best, also in the second opinion.

        `known` are tokens that hold for the person, beside those that were heard.
        """
        telling = {token: self._features.telling(token) for token in heard.tokens}
        total = sum(telling.values()) or 1.0
        own = self._tokens[best[0]]
        first, following = (float(chances[number]) for number in (best[0], best[min(1, len(best) - 1)]))
        lead = log_lead(first, following if len(best) > 1 else 0.0)
        group = self._standing(best[0], chances)
        meant = UNDECIDED if second is None else self._standing(best[0], second)
        leans = bool(heard.after)
        return Evidence(
            chance=log_odds(first),
            group=group.odds,
            group_lead=group.lead,
            lead=lead,
            background=log_odds(float(chances[-1])),
            spread=group.spread,
            meant=meant.odds,
            meant_lead=meant.lead,
            meant_spread=meant.spread,
            shared=sum(weight for token, weight in telling.items() if token in own) / total,
            unknown=sum(w for token, w in telling.items() if not self._features.knows(token)) / total,
            overlap=self._overlaps.best(self._names[best[0]], [*heard.tokens, *known]),
            length=min(len(heard.tokens), MAX_LENGTH),
            leans=float(leans),
            leaning_group=group.odds * leans,
            leaning_lead=lead * leans,
            leaning_meant=meant.odds * leans,
        )

    def _standing(self, number: int, chances: Floats) -> Standing:
        """How the group of an entry stands among all groups and the background."""
        groups = np.bincount(self._groups, chances[:-1])
        return Standing.of(int(self._groups[number]), np.append(groups, chances[-1]))
