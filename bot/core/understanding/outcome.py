"""What comes of listening to an utterance: Match, Unsure or NoMatch, and the grounds. Pure."""

from dataclasses import dataclass

from bot.core.understanding.calibration import Evidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with the confidence, 0 to 1, that it is meant."""

    entry: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What was heard and how it was weighed: the ground of every outcome.

    `misfits` are the decisive concepts about which the best candidate and what was said disagree.
    `opposites`: the pair at whose other pole the entry stands that would have been answered.
    """

    words: tuple[str, ...]
    tokens: tuple[str, ...]
    unknown: tuple[str, ...]
    misfits: tuple[str, ...]
    ranking: tuple[Candidate, ...]
    evidence: Evidence
    opposites: str | None = None

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
