"""What people tell of themselves, in words, that stands before a routine or an exercise. Pure."""

import re
from collections.abc import Iterator, Sequence

from bot.core.model import Vocabulary
from bot.core.person.readiness import OF_PREGNANCY, SUPERSEDED, Answer, Answers
from bot.core.routines.words import RoutineTalk
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.text import normalise, split_words, written_out

END = "."  # stands for the end of a part of a sentence, in patterns too
NEAR = 4  # words before what is told, or behind it, within which it can be taken back
MAX_WORDS = 200  # of a message that are looked at

_END = re.compile(r"[.,;:!?()\n…]+")


class Telling:
    """Hears what is told; what is said not to be so, or to be over, counts for nothing."""

    def __init__(self, words: RoutineTalk, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._numbers = words.numbers
        self._small = words.told_small
        concepts = vocabulary.concepts
        self._told, self._no_more, self._ticking = (
            PhraseIndex(
                {
                    answer.value: [
                        form.split() for pattern in patterns for form in expand_pattern(pattern, concepts)
                    ]
                    for answer, patterns in section.items()
                }
            )
            for section in (words.told, words.no_more, words.ticking)
        )
        self._lost = PhraseIndex(
            {"lost": [form.split() for text in words.lost for form in expand_pattern(text, {})]}
        )
        said_beside = [*words.told_beside, *words.agreement]
        self._beside = PhraseIndex(
            {"beside": [form.split() for text in said_beside for form in expand_pattern(text, concepts)]}
        )
        self._doubt = PhraseIndex({"doubt": [phrase.split() for phrase in words.lost_doubted]})
        self._before = PhraseIndex({"not": [phrase.split() for phrase in words.untold_before]})
        self._behind = PhraseIndex({"not": [phrase.split() for phrase in words.untold_behind]})

    @remembers_recent
    def tells(self, text: str) -> Answers:
        """What a message tells of its writer."""
        return self._told_in(self._heard(text)) - self.takes_back(text)

    def names(self, text: str) -> Answers:
        """What an answer to the question what holds names in a word; not what it says not to be so."""
        named = frozenset(Answer(name) for name, _, _ in self._found(self._heard(text), self._ticking))
        return named - self.takes_back(text)

    def mentions(self, text: str) -> bool:
        """Whether such an answer names anything that may hold, be it to say that it is not so."""
        words = self._heard(text)
        return any(self._ticking.at(words, start, self._small) for start in range(len(words)))

    @remembers_recent
    def takes_back(self, text: str) -> Answers:
        """What a message says of its writer to hold no more, or not at all; with a pregnancy all of it."""
        words = self._heard(text)
        is_lost = next(self._losses(words), None) is not None
        names = self.says_no_more(text) | ({Answer.PREGNANCY} if is_lost else frozenset())
        over = names | OF_PREGNANCY if Answer.PREGNANCY in names else names
        told = self._told_in(words) - SUPERSEDED
        return over - (OF_PREGNANCY if told & OF_PREGNANCY else frozenset()) - told

    @remembers_recent
    def says_no_more(self, text: str) -> Answers:
        """What a message says of its writer not to be so, by itself; of a loss it says more than that."""
        words = self._heard(text)
        found = (self._no_more.at(words, start, self._small) for start in range(len(words)))
        return frozenset(Answer(name) for names in found for name, _ in names)

    def _told_in(self, words: Sequence[str]) -> Answers:
        """What is told, but for what belongs to a loss: "i was 12 weeks pregnant and lost it"."""
        losses = list(self._losses(words))
        return frozenset(
            Answer(name)
            for name, start, behind in self._found(words, self._told)
            if not any(first <= start and behind <= last for first, last in losses)
        )

    def _losses(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where it is said for sure that a pregnancy was lost just now."""
        for start in range(len(words)):
            for _, behind in self._lost.at(words, start, self._small):
                near = range(max(0, start - NEAR), min(len(words), behind + NEAR))
                is_doubted = any(self._doubt.at(words, place) for place in near)
                if not is_doubted and not self._is_taken_back(words, start, behind):
                    yield start, behind

    def rest(self, text: str) -> str:
        """A message without what it tells of its writer and how they are; as it is if it tells nothing."""
        said, heard = [("", END), *self._words(text)], self._heard(text)
        told = [(start, behind) for _, start, behind in self._found(heard, self._told)]
        if not told:
            return text
        beside = [(at, end) for at in range(len(heard)) for _, end in self._beside.at(heard, at, self._small)]
        out = {place for start, behind in (*told, *beside) for place in range(start, behind)}
        return " ".join(word for place, (word, _) in enumerate(said) if word and place not in out)

    @remembers_recent
    def _heard(self, text: str) -> Sequence[str]:
        return (END, *(counted for _, counted in self._words(text)))[:MAX_WORDS]

    def _found(self, words: Sequence[str], phrases: PhraseIndex) -> Iterator[tuple[str, int, int]]:
        """What some phrases tell, by its name, each with the places of its first word and behind its last."""
        for start in range(len(words)):
            for name, behind in phrases.at(words, start, self._small):
                if not self._is_taken_back(words, start, behind):
                    yield name, start, behind

    def _is_taken_back(self, words: Sequence[str], start: int, behind: int) -> bool:
        """Whether the same part of the sentence says that it is not so."""
        first = max((place + 1 for place in range(start) if words[place] == END), default=0)
        last = next((place for place in range(behind - 1, len(words)) if words[place] == END), len(words))
        before = range(max(first, start - NEAR), start)
        after = range(behind, min(last, behind + NEAR))
        return any(self._before.at(words, place) for place in before) or any(
            self._behind.at(words, place) for place in after
        )

    def _words(self, text: str) -> Iterator[tuple[str, str]]:
        """The words of a text, as they stand and in digits; a mark ends each part of a sentence."""
        for part in _END.split(normalise(text)):
            words = written_out(split_words(part), self._vocabulary)
            counted = [(word, str(self._numbers.get(word, word))) for word in words]
            yield from (*counted, ("", END)) if counted else ()
