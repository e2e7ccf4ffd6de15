"""Warning signs in answers: an entry that lists some names their red flags, and no others."""

from collections import Counter
from collections.abc import Iterator

from bot.content.findings import Finding
from bot.content.library import LanguageContent
from bot.content.rules.wording import sentences
from bot.core.model import Knowledge, RedFlag
from bot.core.safety.signs import SignReader, names
from bot.core.understanding.ear import Stemmer
from bot.core.understanding.text import normalise, split_words

TELLING_FROM = 4  # letters from which a word of a red flag's name may tell which one it is, and
TELLING_UNTIL = 6  # flags that may share it


def unnamed_warnings(content: LanguageContent) -> Iterator[Finding]:
    """Answers that send people to help at once and name no red flag, or one that they do not speak of."""
    knowledge = content.knowledge
    reader = _WarningReader(knowledge)
    for name, entry in knowledge.entries.items():
        item = content.item("entries", name)
        urgent = [phrase for phrase in content.wording.urgent if phrase.lower() in entry.answer.lower()]
        if urgent and not entry.warns_of:
            problem = f"The answer lists warning signs ({urgent[0]!r}) without naming their red flags"
            yield item.place("warns_of").finding(
                problem, "Add 'warns_of: […]' with the ids of these red flags"
            )
        for number, flag in enumerate(entry.warns_of):
            if not reader.speaks_of(entry.answer, knowledge.red_flags[flag]):
                remedy = "Say what the sign is, or take the id out"
                yield item.place("warns_of", number).finding(f"The answer does not speak of {flag!r}", remedy)


class _WarningReader:
    def __init__(self, knowledge: Knowledge) -> None:
        self._signs = SignReader(knowledge.red_flags.values(), knowledge.vocabulary)
        self._stem = Stemmer(knowledge.vocabulary.stemmer)
        shared = Counter(word for flag in knowledge.red_flags.values() for word in self._words(flag.name))
        self._common = {word for word, count in shared.items() if count > TELLING_UNTIL}

    def speaks_of(self, answer: str, flag: RedFlag) -> bool:
        """Whether an answer names a concept of one of the flag's signs, or a telling word of its name."""
        wanted = {concept for sign in flag.signs for concept in names(sign)}
        said = {concept for sentence in sentences(answer) for concept in self._signs.present(sentence)}
        telling = (self._words(answer) & self._words(flag.name)) - self._common
        return bool(wanted & said or telling)

    def _words(self, text: str) -> set[str]:
        words = [word for word in split_words(normalise(text)) if len(word) >= TELLING_FROM]
        return set(self._stem(words))
