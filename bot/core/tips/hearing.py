"""Hears whole messages about what is sent, and what stands before a place that somebody lives in. Pure."""

from bot.core.model import Vocabulary
from bot.core.tips.words import TipTalk
from bot.core.understanding.phrases import expand_pattern
from bot.core.understanding.text import words_of


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
        moved = [form for pattern in words.moved for form in expand_pattern(pattern, {})]
        self._moved = [f"{self._plain(form)} " for form in moved]

    def phrase(self, text: str) -> str:
        """Which of the whole messages of `TipTalk.phrases` a text is; empty: none."""
        return self._phrases.get(self._plain(text), "")

    def place_in(self, text: str) -> str:
        """The place behind the words for where somebody lives; empty: there are no such words."""
        plain = self._plain(text)
        return next((plain.removeprefix(form) for form in self._moved if plain.startswith(form)), "")

    def _plain(self, text: str) -> str:
        return " ".join(words_of(text, self._vocabulary))
