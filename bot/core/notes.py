"""Disclaimers that belong under an answer because of what the question names. Pure."""

from bot.core.model import Vocabulary
from bot.core.phrases import PhraseIndex, expand_pattern
from bot.core.text import Ear


class Notes:
    """Knows by their words which questions need a disclaimer, whoever asks."""

    def __init__(self, vocabulary: Vocabulary, ear: Ear) -> None:
        self._ear = ear
        self._names = PhraseIndex(
            {
                disclaimer: [
                    form.split() for text in patterns for form in expand_pattern(text, vocabulary.concepts)
                ]
                for disclaimer, patterns in vocabulary.named_notes.items()
            }
        )

    def needed(self, text: str) -> list[str]:
        """The ids of the disclaimers that a question needs, in the order of what it names."""
        words, _ = self._ear.hear(text)
        found = (name for place in range(len(words)) for name, _ in self._names.at(words, place))
        return list(dict.fromkeys(found))
