"""The signs of red flags, as an editor writes them: concepts that stand near each other and are affirmed.

Reading is linear in the text. A message stands alone.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from bot.core.model import RedFlag, Sign, Vocabulary
from bot.core.safety.general import GAP, Frame, GeneralQuestions
from bot.core.understanding.ear import Stemmer
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.speller import Speller
from bot.core.understanding.text import MAX_REMEMBERED, MAX_WORD, normalise, split_sentences, written_out

NEAR = 12  # words within which the concepts of a sign stand together
SENTENCE_GAP = 5  # words that the end of a sentence counts for
MAX_REASSURED = 400  # characters in which a reassurance is about the sign
DENIAL_REACH = 2  # telling words after "no" or "not" within which what is denied begins

_PIECE = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|,")


@dataclass(frozen=True, slots=True)
class _Message:
    """The stems of a message, where each stands, and which of them begin a new thought."""

    tokens: list[str]
    positions: list[int]
    begins_thought: list[bool]


Present = Mapping[str, Sequence[int]]  # where each concept that a message affirms stands
# A sign by its place among all, and all concepts that it needs.
_Needed = tuple[int, RedFlag, Sign, frozenset[str]]


class SignReader:
    """Reads messages for the concepts that signs are made of, and for whole signs."""

    def __init__(self, flags: Iterable[RedFlag], vocabulary: Vocabulary) -> None:
        self._flags = tuple(flags)
        self._by_first = defaultdict[str, list[_Needed]](list)
        signs = [(flag, sign) for flag in self._flags for sign in flag.signs]
        for rank, (flag, sign) in enumerate(signs):
            needed = frozenset((*sign.all, *sign.context))
            self._by_first[sign.all[0]].append((rank, flag, sign, needed))
        self._vocabulary = vocabulary
        self._stem = Stemmer(vocabulary.stemmer, vocabulary.own_forms)
        concepts = {**vocabulary.concepts, **vocabulary.red_flag_concepts}
        spelled = {
            name: _forms(concepts[name], concepts)
            for name in sorted({*vocabulary.red_flag_concepts, *self._used()} & concepts.keys())
        }
        self._implied = {
            concept: [name for name, patterns in concepts.items() if f"{{{concept}}}" in patterns]
            for concept in vocabulary.decisive
        }
        self._speller = Speller(self._lexicon(spelled), vocabulary.common_words)
        self._concepts = self._index(spelled)
        self._denials = self._index({"denial": _forms(vocabulary.negations, concepts)})
        self._reassurances = self._index({"reassurance": _forms(vocabulary.reassurances, concepts)})
        self._relapses = self._index(
            {"relapse": _forms(vocabulary.recoveries.get("relapses", ()), vocabulary.recoveries)}
        )
        self._false_denials = self._index({"false denial": _forms(vocabulary.false_negations, concepts)})
        self._subjects = frozenset(self._stem(vocabulary.subjects))
        self.skippable = frozenset(self._stem(vocabulary.fillers)) | self._subjects
        self._begins = self._subjects | frozenset(self._stem(vocabulary.turns))
        self._connectors = frozenset(self._stem(vocabulary.connectors))
        self._heard: dict[str, tuple[str, ...]] = {}
        self._leaning = frozenset(self._stem(sorted(vocabulary.leaning)))
        self._askers = frozenset(self._stem(sorted(vocabulary.askers - vocabulary.affected)))
        self._general = self._general_questions()

    def present(self, text: str, told: Iterable[str] = ()) -> Present:
        """The concepts that a message affirms, those told before, and what follows from these."""
        return self.read(text, told)[0]

    def read(self, text: str, told: Iterable[str] = ()) -> tuple[Present, Collection[str]]:
        """What `present` says, and all concepts that a message names or that were told, even denied ones."""
        known = {name for concept in told for name in (concept, *self._implied.get(concept, ()))}
        present, named = self._read(text)
        return {**dict.fromkeys(known, (0,)), **present}, known | named

    def is_reassuring(self, text: str) -> bool:
        """Whether a message says that what it names is past, a matter of interest or a joke.

        In a long message nobody knows what such words are about.
        """
        if len(text) > MAX_REASSURED:
            return False
        return self._holds_any(self._reassurances, text)

    def is_relapse(self, text: str) -> bool:
        """Whether a message says that what was named before is there again, or worse."""
        return self._holds_any(self._relapses, text)

    def is_general(self, text: str) -> bool:
        """Whether a message is one question about a sign in general: nobody is said to have it."""
        sentences = split_sentences(normalise(text))
        return len(sentences) == 1 and self._general.hold(self._hear(text).tokens)

    def goes_back(self, text: str) -> bool:
        """Whether a message may say that somebody is affected by what was named before: "I have that".

        "And what can I do?" asks on without a word of it.
        """
        tokens = self._hear(text).tokens
        asks = next((number for number, token in enumerate(tokens) if token in self._askers), 0)
        said = tokens if self._general.names_affected(tokens[:asks]) else tokens[asks:]
        return self._general.names_affected(said) and not self._leaning.isdisjoint(said)

    def raised(self, present: Present) -> list[tuple[RedFlag, Sign]]:
        """The red flags of which a whole sign is there, each with the first such sign."""
        begun = sorted((each for name in present for each in self._by_first.get(name, ())), key=itemgetter(0))
        whole = {}
        for _, flag, sign, needed in begun:
            if flag.id not in whole and needed.issubset(present) and _holds(sign, present):
                whole[flag.id] = flag, sign
        return list(whole.values())

    def _holds_any(self, index: PhraseIndex, text: str) -> bool:
        tokens = self._hear(text).tokens
        return any(index.at(tokens, number, self.skippable) for number in range(len(tokens)))

    def _used(self) -> set[str]:
        signs = {name for flag in self._flags for sign in flag.signs for name in names(sign)}
        return signs.union(*(flag.only_with for flag in self._flags))

    def _lexicon(self, spelled: Mapping[str, Sequence[str]]) -> list[str]:
        """The words to which typing errors are mended: those of signs in all forms, and those that join."""
        vocabulary = self._vocabulary
        phrases = [form for forms in spelled.values() for form in forms]
        phrases += [*vocabulary.negations, *vocabulary.false_negations]
        words = [word for phrase in phrases for word in self._words(phrase)]
        inflected = self._stem.inflected(vocabulary.common_words, self._stem(words))
        others = [*vocabulary.fillers, *vocabulary.subjects, *vocabulary.turns, *vocabulary.connectors]
        return [*words, *inflected, *others]

    def _index(self, spelled: Mapping[str, Iterable[str]]) -> PhraseIndex:
        return PhraseIndex(
            {name: [self._stem(self._words(form)) for form in forms] for name, forms in spelled.items()}
        )

    def _general_questions(self) -> GeneralQuestions:
        vocabulary = self._vocabulary
        return GeneralQuestions(
            [self._frame(form) for text in vocabulary.general_questions for form in expand_pattern(text, {})],
            self._concepts,
            affected=frozenset(self._stem(vocabulary.affected)),
            joiners=frozenset(self._stem(vocabulary.general_joiners)),
        )

    def _frame(self, form: str) -> Frame:
        before, gap, behind = form.partition(GAP)
        return tuple(self._stem(self._words(before))), tuple(self._stem(self._words(behind))) if gap else None

    def _words(self, normalised: str) -> list[str]:
        return written_out(_PIECE.findall(normalised), self._vocabulary)

    @remembers_recent
    def _hear(self, text: str) -> _Message:
        message = _Message([], [], [])
        position = 0
        for sentence in split_sentences(normalise(text)):
            tokens = [token for word in _PIECE.findall(sentence) for token in self._tokens(word)]
            for number, token in enumerate(tokens):
                message.tokens.append(token)
                message.positions.append(position)
                message.begins_thought.append(number == 0 or token in self._begins)
                position += token not in self.skippable
            position += SENTENCE_GAP
        return message

    def _tokens(self, word: str) -> tuple[str, ...]:
        """The stems that a word stands for, remembered if it is no longer than words are."""
        tokens = self._heard.get(word)
        if tokens is None:
            parts = [part[:MAX_WORD] for part in written_out([word], self._vocabulary)]
            tokens = tuple(self._stem(mended for part in parts for mended in self._mended(part)))
            if len(self._heard) >= MAX_REMEMBERED:
                self._heard.clear()
            if len(word) <= MAX_WORD:
                self._heard[word] = tokens
        return tokens

    def _mended(self, word: str) -> tuple[str, ...]:
        """A word as it was probably meant; "childs" is a possessive, and no typing error for "chills"."""
        mended, owner = self._speller.correct(word), word.removesuffix("s")
        return (owner,) if mended != (word,) and owner in self._vocabulary.common_words else mended

    @remembers_recent
    def _read(self, text: str) -> tuple[Mapping[str, Sequence[int]], frozenset[str]]:
        """Positions of every concept that the message affirms, and all that it names.

        A denial ("no", "without") covers what follows within a few words, and on over "or" and commas to the
        next thing that is named; a new thought ("my", "but", the next sentence) ends it.
        """
        message = self._hear(text)
        present: dict[str, list[int]] = defaultdict(list)
        named: set[str] = set()
        reach, listing, denied = 0, False, False
        behind = 0  # index behind the last phrase that was understood as a whole
        for number, token in enumerate(message.tokens):
            inside = number < behind
            if not inside:
                if message.begins_thought[number]:
                    reach, listing = 0, False
                denied = reach > 0
            found = list(self._concepts.at(message.tokens, number, self.skippable))
            for name, end in found:
                behind = max(behind, end)
                named.add(name)
                if not denied:
                    present[name].append(message.positions[number])
            if found and not inside:
                reach, listing = 0, denied
            elif not inside and (phrase := self._denial(message.tokens, number)):
                behind, reach = phrase
            elif not inside and token in self._connectors:
                reach = DENIAL_REACH if listing else reach
            elif not inside and token not in self.skippable:
                reach, listing = max(0, reach - 1), False
        return dict(present), frozenset(named)

    def _denial(self, tokens: Sequence[str], number: int) -> tuple[int, int] | None:
        """The index behind a denial that begins here and its reach; what only looks like one reaches 0."""
        for index, reach in ((self._false_denials, 0), (self._denials, DENIAL_REACH)):
            for _, end in index.at(tokens, number, self.skippable):
                return end, reach
        return None


def names(sign: Sign) -> tuple[str, ...]:
    """Every concept that a sign speaks of."""
    return (*sign.all, *sign.context, *sign.unless)


def _forms(patterns: Iterable[str], concepts: Mapping[str, Sequence[str]]) -> list[str]:
    """Every phrase that some patterns stand for."""
    return [form for pattern in patterns for form in expand_pattern(pattern, concepts)]


def _holds(sign: Sign, present: Present) -> bool:
    """Whether the concepts of a sign, all of them there, stand near each other and none silences it."""
    if any(name in present for name in sign.unless):
        return False
    first, *others = sign.all
    return any(
        all(_distance(position, present[name]) <= NEAR for name in others) for position in present[first]
    )


def _distance(position: int, positions: Sequence[int]) -> int:
    """How far the nearest of some sorted positions is."""
    place = bisect_left(positions, position)
    return min(abs(near - position) for near in positions[max(0, place - 1) : place + 1])
