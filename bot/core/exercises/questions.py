"""Which exercise does a message ask about, and what? Only if every word of it is understood. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.exercises.exercise import Condition, Exercise, ExerciseWords
from bot.core.exercises.spelling import NameSpeller
from bot.core.model import Vocabulary
from bot.core.understanding.ear import Ear, Stemmer
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.recent import remembers_recent

NAME = "…"  # stands for the name of an exercise in phrases, and
TOLD = "~"  # for what people tell of themselves
MAX_WORDS = 25  # of a message that can be such a question


class Form(StrEnum):
    """What is asked about an exercise, what decides most first."""

    NEVER = "never"
    AGAIN = "again"
    MISTAKES = "mistakes"
    INSTEAD = "instead"
    EASIER = "easier"
    HARDER = "harder"
    DOSE = "dose"
    MUSCLES = "muscles"
    HOW = "how"
    SUITS = "suits"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseQuestion:
    """A question about an exercise.

    `exercises` are ids: the one that is meant, or those in place of a move that has no file; `asked` are the
    conditions that the question names.
    """

    exercises: tuple[str, ...]
    form: Form
    asked: tuple[Condition, ...] = ()
    is_known: bool = True


@dataclass(slots=True)
class _Reading:
    """A message while it is read: its tokens, what of it is understood, and which exercises are named."""

    tokens: list[str]
    named: tuple[str, ...] = ()
    is_known: bool = True


class ExerciseQuestions:
    """Finds questions about exercises by their names, the forms of questions, and small words."""

    def __init__(
        self, exercises: Mapping[str, Exercise], words: ExerciseWords, vocabulary: Vocabulary
    ) -> None:
        concepts = vocabulary.concepts
        names = {each.id: (each.name, *each.other_names) for each in exercises.values()}
        self._names_speller = NameSpeller(names, vocabulary)
        forms = {name: _spelled(phrases, concepts) for name, phrases in words.forms.items()}
        told = {name.value: _spelled(phrases, concepts) for name, phrases in words.conditions.items()}
        said = [form for phrases in (names, forms, told) for group in phrases.values() for form in group]
        self._ear = Ear(vocabulary, [*said, *words.small, *words.judging])
        self._stem = Stemmer(vocabulary.stemmer)
        self._names = PhraseIndex({name: map(self._stems, forms) for name, forms in names.items()})
        self._replaced = PhraseIndex(
            {each.id: map(self._stems, each.replaces) for each in exercises.values()}
        )
        self._forms = PhraseIndex(
            {name: map(self._form_stems, phrases) for name, phrases in forms.items() if name != "alone"}
        )
        self._alone = {tuple(self._form_stems(phrase)) for phrase in forms.get("alone", ())}
        self._told = PhraseIndex({name: map(self._stems, phrases) for name, phrases in told.items()})
        self._small = frozenset(self._stem(words.small)).union({TOLD})
        self._elsewhere = words.elsewhere
        self._judging = frozenset(self._stem(words.judging))
        self._stand_ins = frozenset(self._stem(words.stand_ins))

    @remembers_recent
    def find(
        self, text: str, about: str | None = None, told: tuple[Condition, ...] = ()
    ) -> ExerciseQuestion | None:
        """The question about an exercise that a message is, word for word; None: it is something else.

        `about` is the exercise that was shown last, for messages like "is there an easier one?"; `told` is
        what holds for the person, so that "can i do the bridge" asks whether it suits them.
        """
        mended = self._names_speller.mend(text)
        reading = _Reading(self._stems(text if mended is None else mended))
        if not 0 < len(reading.tokens) <= MAX_WORDS or not self._named(reading, about):
            return None
        asked = self._conditions(reading)
        if not self._elsewhere.isdisjoint(asked):
            return None
        form, understood = self._form(reading.tokens)
        is_personal = bool(asked) or not self._elsewhere.issuperset(told)
        if form is None and is_personal:
            form = Form.SUITS
        if form is None or (not reading.is_known and form is not Form.INSTEAD):
            return None
        rest = [token for place, token in enumerate(reading.tokens) if place not in understood]
        known = {NAME, *self._small, *(self._judging if is_personal else ())}
        if not known.issuperset(rest):
            return None
        return ExerciseQuestion(exercises=reading.named, form=form, asked=asked, is_known=reading.is_known)

    def named_in(self, text: str) -> list[str]:
        """The ids of the exercises that a text names, as people do who are still typing."""
        tokens = self._stems(text)
        found = (name for place in range(len(tokens)) for name, _ in self._names.at(tokens, place)[:1])
        return list(dict.fromkeys(found))

    def _named(self, reading: _Reading, about: str | None) -> bool:
        """Put one token for the name of one exercise; whether there is one, and no other."""
        tokens, found = _replaced(reading.tokens, self._names, NAME)
        if not found:
            reading.is_known = False
            tokens, found = _replaced(reading.tokens, self._replaced, NAME)
        if not found and about is not None:
            reading.is_known, found = True, [(about,)]
            stand_in = next((place for place, token in enumerate(tokens) if token in self._stand_ins), None)
            tokens = [NAME if place == stand_in else token for place, token in enumerate(tokens)]
        reading.tokens = tokens
        reading.named = found[0] if found else ()
        return len(set(found)) == 1

    def _conditions(self, reading: _Reading) -> tuple[Condition, ...]:
        """Put one token for each thing that people tell of themselves; which these are."""
        reading.tokens, found = _replaced(reading.tokens, self._told, TOLD)
        return tuple(dict.fromkeys(Condition(names[0]) for names in found))

    def _form(self, tokens: Sequence[str]) -> tuple[Form | None, set[int]]:
        """What is asked, and the places of the words that say so."""
        if tuple(tokens) in self._alone:
            return Form.HOW, set(range(len(tokens)))
        found: dict[Form, set[int]] = {}
        for start in range(len(tokens)):
            for name, behind in self._forms.at(tokens, start, self._small):
                found.setdefault(Form(name), set()).update(range(start, behind))
        form = next((form for form in Form if form in found), None)
        return form, set().union(*found.values())

    def _stems(self, text: str) -> list[str]:
        return self._stem(self._ear.hear(text)[0])

    def _form_stems(self, phrase: str) -> list[str]:
        return [stem for word in phrase.split() for stem in ([NAME] if word == NAME else self._stems(word))]


def _spelled(phrases: Iterable[str], concepts: Mapping[str, Sequence[str]]) -> list[str]:
    return [form for phrase in phrases for form in expand_pattern(phrase, concepts)]


def _replaced(
    tokens: Sequence[str], index: PhraseIndex, mark: str
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Tokens with a mark for each phrase of an index, and what those phrases stand for."""
    left: list[str] = []
    found: list[tuple[str, ...]] = []
    place = 0
    while place < len(tokens):
        matches = index.at(tokens, place)
        longest = max((behind for _, behind in matches), default=place)
        if matches:
            found.append(tuple(name for name, behind in matches if behind == longest))
        left.append(mark if matches else tokens[place])
        place = max(longest, place + 1)
    return left, found
