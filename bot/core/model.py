"""The nouns of the knowledge. Values are frozen, made of tuples and strings, and know nothing of files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.content_check import ContentCheck
from bot.core.exercises.exercise import Exercise, ExerciseWords
from bot.core.messages import Messages
from bot.core.routines.recipes import Recipe, RoutineWords
from bot.core.routines.words import RoutineTalk
from bot.core.schedules.places import PlaceWords
from bot.core.schedules.words import ScheduleWords
from bot.core.tips.tip import Tip
from bot.core.tips.words import TipTalk
from bot.core.understanding.calibration import UNCALIBRATED, Calibration
from bot.core.understanding.encoder import Encoder
from bot.core.understanding.word_vectors import WordVectors


class EntryKind(StrEnum):
    """What a matched entry is: knowledge, chit-chat, a case for a professional, or a subject not covered."""

    ANSWER = "answer"
    SMALL_TALK = "small_talk"
    DEFER = "defer"
    FALLBACK = "fallback"


class Action(StrEnum):
    """What a red flag asks for, the most urgent first."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    SAME_DAY = "same_day"
    SEE_DOCTOR = "see_doctor"


class Verified(StrEnum):
    """How well a fact was checked: read at its publisher, read in somebody's summary, or not at all."""

    READ = "read"
    SECOND_HAND = "second_hand"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A work that facts come from. `names` are the words by which an answer may call its publisher."""

    id: str
    publisher: str
    title: str
    year: str
    url: str
    kind: str
    checked: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement with the works that carry it, the first of them above all."""

    id: str
    statement: str
    sources: tuple[str, ...]
    verified: Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject that questions are browsed under."""

    id: str
    group: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answerable question: what people say (utterances) and what the bot says (answer).

    `warns_of` are the red flags whose signs the answer lists.
    """

    id: str
    kind: EntryKind
    title: str
    topic: str | None
    utterances: tuple[str, ...]
    held_out: tuple[str, ...]
    answer: str
    follow_ups: tuple[str, ...]
    asked_next: Mapping[str, tuple[str, ...]]
    disclaimers: tuple[str, ...]
    facts: tuple[str, ...]
    warns_of: tuple[str, ...]
    checked: ContentCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Concepts that together raise a red flag.

    `all` stand near each other; `context` anywhere in the message; `unless` silences the sign.
    """

    all: tuple[str, ...]
    context: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """A situation in which the bot says stop and whom to call, before and instead of everything else.

    Likeness to the examples raises it only beside one of the concepts of `only_with`, if it names any.
    `discreet_name` is what later replies call it if nobody who reads along may learn what it is.
    """

    id: str
    name: str
    action: Action
    advice: str
    signs: tuple[Sign, ...]
    sources: tuple[str, ...]
    examples: tuple[str, ...]
    look_alikes: tuple[str, ...]
    only_with: tuple[str, ...] = ()
    discreet_name: str = ""

    @property
    def later_name(self) -> str:
        """What it is called in later replies."""
        return self.discreet_name or self.name


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """The words of a language as the bot hears them.

    `concepts` maps an idea to the forms that people give it; an entry must agree with a question about the
    `decisive` ones; `opposites` maps a pair to the phrases of its two poles (a second one without phrases is
    whatever does not say the first) and those that only look like it; signs tell `own_forms` from other
    words of their stem; `common_words` are never taken for typing errors; `vectors` say what words mean,
    `encoder` what sentences do.
    """

    stemmer: str
    own_forms: frozenset[str] = frozenset()
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    red_flag_concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decisive: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    own_subject: tuple[str, ...] = ()
    opposites: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    contractions: Mapping[str, str] = field(default_factory=dict)
    misspellings: Mapping[str, str] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()
    negations: tuple[str, ...] = ()
    false_negations: tuple[str, ...] = ()
    reassurances: tuple[str, ...] = ()
    general_questions: tuple[str, ...] = ()
    general_joiners: frozenset[str] = frozenset()
    affected: frozenset[str] = frozenset()
    connectors: frozenset[str] = frozenset()
    openers: tuple[str, ...] = ()
    swearing: tuple[str, ...] = ()
    other_languages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leaning: frozenset[str] = frozenset()
    askers: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    leads: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    endings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside_endings: frozenset[str] = frozenset()
    acceptances: tuple[str, ...] = ()
    confessions: tuple[str, ...] = ()
    recoveries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    named_notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    common_words: frozenset[str] = frozenset()
    vectors: WordVectors = field(default_factory=WordVectors.none)
    encoder: Encoder = field(default_factory=Encoder.none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclaimer:
    """A short note under an answer."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNumbers:
    """The words for the numbers to call: as texts have them, and by country code what takes their place."""

    usual: str = ""
    countries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything that the bot knows in one language."""

    language: str
    entries: Mapping[str, Entry]
    topics: Mapping[str, Topic]
    groups: Mapping[str, str]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    red_flags: Mapping[str, RedFlag]
    disclaimers: Mapping[str, Disclaimer]
    messages: Messages
    commands: Mapping[str, str]
    vocabulary: Vocabulary
    calibration: Calibration = UNCALIBRATED
    background: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()
    numbers: EmergencyNumbers = EmergencyNumbers()
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    exercise_words: ExerciseWords = field(default_factory=ExerciseWords)
    routine_talk: RoutineTalk = field(default_factory=RoutineTalk)
    recipes: Mapping[str, Recipe] = field(default_factory=dict)
    routine_words: RoutineWords = field(default_factory=RoutineWords)
    tips: Mapping[str, Tip] = field(default_factory=dict)
    tip_talk: TipTalk = field(default_factory=TipTalk)
    schedule_words: ScheduleWords = field(default_factory=ScheduleWords)
    place_words: PlaceWords = field(default_factory=PlaceWords)
