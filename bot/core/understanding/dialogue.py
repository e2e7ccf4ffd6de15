"""How a message leans on the talk before it, and which questions it holds. Pure."""

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.core.model import Vocabulary
from bot.core.talk import Context, Kind, Suggestion
from bot.core.understanding.ear import Ear, concept_token
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.text import key, words_of

UNOFFERED = "/unoffered"  # what somebody says who chose what was not there
BEFORE_ASKER = 4  # words within which "which machines" belongs to "should I use"
SHORT = 3  # words up to which a question may lean on the talk, even if it is whole in itself
# Of 1,300 follow-ups and 900 new questions in people's own words, those of more words that were answered as a
# follow-up only because of the talk were answered wrongly twice as often as rightly.
WHOLE = 10
LONG = 14  # words from which a message is searched for its questions
CONFESSED_WITHIN = 7  # words from "i am" or "i had" to what is confessed
LEAST_WORDS = 2  # of a question among several

_NUMBER = re.compile(r"\s*#?(\d{1,2})\s*[.)]?\s*")
_SENTENCE = re.compile(r"[^.!?;:\n…]+[.!?;:\n…]*")
_ORDINALS = {"first": 0, "second": 1, "third": 2, "last": -1, "yes": 0}


class Dialogue:
    """Reads messages as turns of a talk."""

    def __init__(self, vocabulary: Vocabulary, ear: Ear) -> None:
        self._vocabulary = vocabulary
        self._ear = ear
        self._decisive = [concept_token(concept) for concept in vocabulary.decisive]
        self._choices = {
            key(form): name
            for name, patterns in vocabulary.choices.items()
            for pattern in patterns
            for form in expand_pattern(pattern, vocabulary.concepts)
        }
        self._endings = _named(vocabulary.endings)
        self._acceptances = _index(vocabulary.acceptances)
        self._confessions = PhraseIndex(
            {"": [form for text in vocabulary.confessions for form in _confession(text)]}
        )
        self._denials = frozenset(vocabulary.negations)
        self._objections = self._denials.union(vocabulary.turns)
        self._swearing = _index(vocabulary.swearing)
        self._leads = _index(vocabulary.leads)
        self._elsewhere = {concept_token(concept) for concept in vocabulary.elsewhere}
        self._own = {token for word in vocabulary.own_subject for token in ear.hear(word)[1]}
        self._bare = vocabulary.bare | vocabulary.leaning | vocabulary.askers | vocabulary.joiners

    def choice(self, text: str) -> str | None:
        """Which of the choices in the vocabulary, like "yes" or "more", a message is in other words."""
        return self._choices.get(key(text))

    def pick(self, text: str, context: Context | None) -> str:
        """What a person says who chose a suggestion by its number or in words; anything else as it is."""
        if context is None:
            return text
        number = _NUMBER.fullmatch(text)
        if number:
            return _chosen(context.suggestions, int(number[1]) - 1, text)
        choice = self.choice(text)
        if choice == "no" and context.kind is Kind.CLARIFICATION:
            return "/none"
        if context.entry and (choice == "more" or (choice == "yes" and _is_answered(context))):
            return "/more"
        if choice not in _ORDINALS or (choice == "yes" and context.kind is not Kind.CLARIFICATION):
            return text
        offered = [suggestion for suggestion in context.suggestions if suggestion.entry]
        return _chosen(offered, _ORDINALS[choice], text)

    def is_elsewhere(self, tokens: Collection[str]) -> bool:
        """Whether the tokens of a message speak of another subject and not of the bot's own."""
        return not self._elsewhere.isdisjoint(tokens) and not self.is_own(tokens)

    def is_own(self, tokens: Collection[str]) -> bool:
        """Whether the tokens of a message name the bot's own subject."""
        return not self._own.isdisjoint(tokens)

    def is_bare(self, text: str) -> bool:
        """Whether a message names no subject of its own, like "and how often?"."""
        words = words_of(text, self._vocabulary)
        return bool(words) and self._bare.issuperset(words)

    @remembers_recent
    def without_swearing(self, text: str) -> str:
        """A message without its swear words; as it is if it has none or nothing else."""
        words = words_of(text, self._vocabulary)
        kept: list[str] = []
        position = 0
        while position < len(words):
            _, behind = next(iter(self._swearing.at(words, position)), ("", position))
            kept += words[position : position + 1] if behind == position else []
            position = max(behind, position + 1)
        return " ".join(kept) if kept and len(kept) < len(words) else text

    def leans(self, text: str) -> bool:
        """Whether a message may go on with the talk: it is short, or has a word like "and" or "it"."""
        words = words_of(text, self._vocabulary)
        return len(words) <= SHORT or not self._vocabulary.leaning.isdisjoint(words)

    @remembers_recent
    def ending(self, text: str) -> str | None:
        """What a message that does no more than end a talk is heard as."""
        words = words_of(text, self._vocabulary)
        found = [(n, *each) for n in range(len(words)) for each in self._endings.at(words, n)[:1]]
        if not found or self.questions(text) or not self._objections.isdisjoint(words):
            return None
        taken = {number for start, _, behind in found for number in range(start, behind)}
        rest = [word for number, word in enumerate(words) if number not in taken]
        accepts = any(self._acceptances.at(rest, number) for number in range(len(rest)))
        adds_nothing = self._vocabulary.beside_endings.issuperset(rest)
        is_over = adds_nothing or (accepts and not self.is_own(self._ear.hear(" ".join(rest))[1]))
        return found[0][1] if is_over and not self.asked_in_story(text) else None

    def stands_alone(self, text: str) -> bool:
        """Whether a message has so many words that it hardly needs those before it to be understood."""
        return len(words_of(text, self._vocabulary)) > WHOLE

    def is_long(self, text: str) -> bool:
        """Whether a message is rather a story than a question."""
        return len(words_of(text, self._vocabulary)) >= LONG

    @remembers_recent
    def questions(self, text: str) -> Sequence[str]:
        """The questions of a message, as far as its words show them, in order."""
        parts = (part for sentence in _SENTENCE.findall(text) for part in self._parts(sentence))
        return tuple(part for part in parts if self._is_question(part))

    def asked_in_story(self, text: str) -> list[str]:
        """What a long message asks, each question without the story that leads to it."""
        clauses = [part.split() for sentence in _SENTENCE.findall(text) for part in self._parts(sentence)]
        asked = [" ".join(words[start:]) for words in clauses for start in self._starts(words)]
        return [question for question in asked if len(words_of(question, self._vocabulary)) >= LEAST_WORDS]

    def mentioned(self, text: str) -> list[str]:
        """The decisive concepts, as tokens, that a message names, whomever they hold for."""
        _, tokens = self._ear.hear(text)
        return [token for token in self._decisive if token in tokens]

    @remembers_recent
    def confessed(self, text: str) -> Sequence[str]:
        """The decisive concepts, as tokens, that a person tells of themselves."""
        return tuple(self._confessed(text))

    def _confessed(self, text: str) -> Iterator[str]:
        for sentence in _SENTENCE.findall(text):
            words = self._told(sentence)
            for start in range(len(words)):
                for _, behind in self._confessions.at(words, start):
                    if self._denials.issuperset(words[behind : behind + 1]) and behind < len(words):
                        continue  # "i am not pregnant"
                    _, tokens = self._ear.hear(" ".join(words[start : behind + CONFESSED_WITHIN]))
                    yield from (token for token in self._decisive if token in tokens)

    def _starts(self, words: Sequence[str]) -> Iterator[int]:
        """Where a question begins in a sentence: behind "my question is", or at "… how often can I"."""
        plain = [key(word) for word in words]
        for number, (word, after) in enumerate(itertools.pairwise(plain)):
            yield from (behind for _, behind in self._leads.at(plain, number)[:1] if behind < len(words))
            if word in self._vocabulary.askers and after in self._vocabulary.subjects:
                yield self._first_asker(words, plain, number)

    def _first_asker(self, words: Sequence[str], plain: Sequence[str], number: int) -> int:
        """The place of the asker that a question begins with, which may stand some words before another."""
        first = number
        for place in range(number - 1, max(-1, number - 1 - BEFORE_ASKER), -1):
            if words[place].endswith(","):
                break
            if plain[place] in self._vocabulary.askers:
                first = place
        return first

    def _parts(self, sentence: str) -> Iterator[str]:
        """A sentence, cut before each "and how …"."""
        words = sentence.split()
        plain = [key(word) for word in words]
        cuts = [
            number
            for number, (word, after) in enumerate(itertools.pairwise(plain))
            if number and word in self._vocabulary.joiners and after in self._vocabulary.askers
        ]
        for start, end in itertools.pairwise([0, *cuts, len(words)]):
            yield " ".join(words[start:end])

    def _told(self, sentence: str) -> list[str]:
        """The words of a sentence, with a comma before each of its clauses."""
        return [word for clause in sentence.split(",") for word in (",", *words_of(clause, self._vocabulary))]

    def _is_question(self, part: str) -> bool:
        words = [word for word in words_of(part, self._vocabulary) if word not in self._vocabulary.joiners]
        asks = part.rstrip().endswith("?") or (bool(words) and words[0] in self._vocabulary.askers)
        return asks and len(words) >= LEAST_WORDS


def _is_answered(context: Context) -> bool:
    """Whether the last reply was an ordinary answer, after which "yes" asks for what else there is."""
    return context.kind is Kind.ANSWER and context.alert is None


def _chosen(suggestions: Sequence[Suggestion], number: int, text: str) -> str:
    """The utterance of one of some suggestions. There may be none at all, or none of that number."""
    if not suggestions:
        return text
    return suggestions[number].utterance if -1 <= number < len(suggestions) else UNOFFERED


def _confession(pattern: str) -> Iterator[list[str]]:
    """The forms of a pattern, which may begin with a comma for the beginning of a clause."""
    at_start = [","] if pattern.startswith(",") else []
    for form in expand_pattern(pattern.removeprefix(",").strip(), {}):
        yield [*at_start, *form.split()]


def _named(patterns: Mapping[str, Sequence[str]]) -> PhraseIndex:
    """Phrases by what they are heard as."""
    return PhraseIndex(
        {
            name: [key(form).split() for text in texts for form in expand_pattern(text, {})]
            for name, texts in patterns.items()
        }
    )


def _index(patterns: Sequence[str]) -> PhraseIndex:
    return PhraseIndex({"": [key(form).split() for text in patterns for form in expand_pattern(text, {})]})
