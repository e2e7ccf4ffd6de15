"""Hears after a red flag that somebody has been seen, is well, or never had what was heard. Pure."""

import re
from collections.abc import Sequence

from bot.core.model import Vocabulary
from bot.core.understanding.ear import Ear
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.text import normalise

END = "."  # stands for the end of a part of a sentence, in patterns too
NEAR = 3  # words before such a phrase within which it is taken back
MAX_WORDS = 200  # of a message that are looked at

_END = re.compile(r"[.,;:!?()\n…]+")


class Recoveries:
    """Looks for phrases; what takes them back counts more."""

    def __init__(self, vocabulary: Vocabulary, ear: Ear) -> None:
        self._ear = ear
        patterns = vocabulary.recoveries
        self._said, self._taken_back, self._relapses = (
            PhraseIndex(
                {
                    name: [
                        form.split()
                        for text in patterns.get(name, ())
                        for form in expand_pattern(text, patterns)
                    ]
                }
            )
            for name in ("said", "taken_back", "relapses")
        )
        self._small = vocabulary.fillers | vocabulary.subjects
        self._turns = vocabulary.turns

    def are_said(self, text: str) -> bool:
        """Whether a message says so, and nothing against it."""
        words = self._words(text)
        places = range(len(words))
        if any(self._relapses.at(words, place, self._small) for place in places):
            return False
        return any(
            self._said.at(words, place, self._small) and not self._is_taken_back(words, place)
            for place in places
        )

    def _is_taken_back(self, words: Sequence[str], start: int) -> bool:
        """Whether the same thought says before a phrase that it is not so."""
        breaks = (place + 1 for place in range(start) if words[place] == END or words[place] in self._turns)
        first = max(breaks, default=0)
        return any(self._taken_back.at(words, place) for place in range(max(first, start - NEAR), start))

    def _words(self, text: str) -> list[str]:
        """The words of a text without greetings; a mark ends each part of a sentence."""
        heard = [END]
        for part in _END.split(normalise(text)):
            words, _ = self._ear.hear(part)
            heard += [*words, END] if words else []
        return heard[:MAX_WORDS]
