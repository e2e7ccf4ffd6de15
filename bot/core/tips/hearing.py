"""Hears whole messages about what is sent, and what stands before a place or quiet hours. Pure."""

from collections.abc import Sequence

from bot.core.model import Vocabulary
from bot.core.tips.words import TipTalk
from bot.core.understanding.phrases import expand_pattern
from bot.core.understanding.text import words_of

MOST_WORDS = 10  # that stand before a place or hours


class TipHearing:
    """Knows the phrases of a language, however they are written."""

    def __init__(self, words: TipTalk, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._phrases = {
            self._plain(form): name
            for name, patterns in words.phrases.items()
            for pattern in patterns
            for form in expand_pattern(pattern, {})
        }
        self._moved = self._forms(words.moved)
        self._quieting = self._forms(words.quieting)
        self._first_words = {form.partition(" ")[0] for form in self._moved | self._quieting}

    def phrase(self, text: str) -> str:
        """Which of the whole messages of `TipTalk.phrases` a text is; empty: none."""
        return self._phrases.get(self._plain(text), "")

    def place_in(self, text: str) -> str:
        """The place behind the words for where somebody lives; empty: there are no such words."""
        return self._behind(self._moved, text) or ""

    def hours_in(self, text: str) -> str | None:
        """The hours behind the words for when nothing shall come; None: there are no such words."""
        return self._behind(self._quieting, text)

    def _behind(self, forms: frozenset[str], text: str) -> str | None:
        """What stands, as it was written, behind the longest of some forms that a text begins with."""
        words = text.split()
        if self._plain(text).partition(" ")[0] not in self._first_words:
            return None
        for size in range(min(len(words), MOST_WORDS), 0, -1):
            if self._plain(" ".join(words[:size])) in forms:
                return " ".join(words[size:])
        return None

    def _forms(self, patterns: Sequence[str]) -> frozenset[str]:
        return frozenset(self._plain(form) for text in patterns for form in expand_pattern(text, {}))

    def _plain(self, text: str) -> str:
        return " ".join(words_of(text, self._vocabulary))
