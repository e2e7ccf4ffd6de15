"""Whether a text is English words at all, or rather another language, or nothing that could be read. Pure."""

from collections.abc import Iterable, Sequence

from bot.core.model import Vocabulary
from bot.core.understanding.text import normalise, split_words


class Languages:
    """Tells other languages from the bot's own by their commonest words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._own = vocabulary.common_words
        self._others = vocabulary.other_languages

    def other(self, text: str) -> str | None:
        """The name of the other language that a text is probably in, if its words show one."""
        words = split_words(normalise(text))
        counts = {name: self._count(words, name) for name in self._others}
        name = max(counts, key=lambda name: counts[name], default=None)
        if name is None:
            return None
        theirs = self._others[name]
        is_marked = any(word in theirs and word not in self._own for word in words)
        own = sum(word in self._own and word not in theirs for word in words)
        return name if is_marked and counts[name] > own else None

    def is_readable(self, words: Iterable[str]) -> bool:
        """Whether some mended words have one of the bot's own language that is more than a letter."""
        return any(len(word) > 1 and word in self._own for word in words)

    def _count(self, words: Sequence[str], name: str) -> int:
        return sum(word in self._others[name] for word in words)
