"""Whether a message is written in a language that the bot does not understand. Pure."""

import unicodedata
from collections.abc import Collection

from bot.core.text import normalise, split_words

FEW = 2  # words up to which a single foreign one says enough


class OtherLanguages:
    """Knows other languages by their letters, and by the small words that everybody uses in them."""

    def __init__(self, foreign_words: Collection[str], common_words: Collection[str]) -> None:
        """`foreign_words` belong to other languages; `common_words` to this one."""
        self._foreign = foreign_words
        self._common = common_words

    def hold(self, text: str) -> bool:
        """Whether a text is in another language. A foreign word in a sentence of this one is no reason."""
        letters = [char for char in text if char.isalpha()]
        if not letters:
            return False
        if sum(not _is_latin(char) for char in letters) * 2 > len(letters):
            return True
        words = split_words(normalise(text))
        foreign = sum(word in self._foreign for word in words)
        native = sum(word in self._common and word not in self._foreign for word in words)
        return foreign > native and (foreign > 1 or len(words) <= FEW)


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN")
