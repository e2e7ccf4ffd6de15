"""Questions about a sign in general, like "is chest pain a warning sign?": nobody is said to have it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from bot.core.understanding.phrases import PhraseIndex

GAP = "..."  # stands in a frame for the sign that is asked about

Stems = tuple[str, ...]
Frame = tuple[Stems, Stems | None]  # what stands before the sign and behind it; None: the sign is named


class GeneralQuestions:
    """Tells questions about a sign from reports of one. When in doubt it is a report."""

    def __init__(
        self,
        frames: Iterable[Frame],
        signs: PhraseIndex,
        *,
        affected: Collection[str],
        joiners: Collection[str],
    ) -> None:
        """All words as stems: `affected` say that somebody has the sign, `joiners` may stand beside one."""
        self._frames: dict[Stems, set[Stems | None]] = defaultdict(set)
        for before, behind in frames:
            self._frames[before].add(behind)
        self._longest = max(map(len, self._frames), default=0)
        self._signs = signs
        self._affected = affected
        self._joiners = joiners

    def hold(self, tokens: Sequence[str]) -> bool:
        """Whether a sentence, as stems, is such a question: a frame, filled with nothing but a sign."""
        for length in range(min(self._longest, len(tokens)) + 1):
            rest = tuple(tokens[length:])
            if any(self._fits(rest, behind) for behind in self._frames.get(tuple(tokens[:length]), ())):
                return True
        return False

    def names_affected(self, tokens: Iterable[str]) -> bool:
        """Whether some stems speak of a person, a possession or a time."""
        return any(token in self._affected for token in tokens)

    def _fits(self, rest: Stems, behind: Stems | None) -> bool:
        """Whether what stands behind the first part of a frame is a sign and its last part."""
        if behind is None:
            return not rest
        end = len(rest) - len(behind)
        return rest[end:] == behind and self._is_sign(rest[:end])

    def _is_sign(self, tokens: Sequence[str]) -> bool:
        """Whether words are those of signs and nothing else, and say of nobody that they are affected."""
        if self.names_affected(tokens):
            return False
        behind = 0
        for number, token in enumerate(tokens):
            behind = max([behind, *(end for _, end in self._signs.at(tokens, number, self._joiners))])
            if number >= behind and token not in self._joiners:
                return False
        return behind > 0
