"""What was written in one language, its shape known to be sound, and the knowledge that is made of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from bot.content.schema.entries import EntryShape, FactShape, RedFlagShape, SourceShape, TopicShape
from bot.content.schema.exercises import ExerciseShape
from bot.content.schema.language import (
    CalibrationShape,
    MessagesShape,
    NumbersShape,
    VocabularyShape,
    WordingShape,
)
from bot.content.schema.routines import RecipeShape
from bot.content.schema.tips import TipShape, link_target, tip
from bot.content.values.entries import entry, fact, red_flag, source
from bot.content.values.exercises import exercise
from bot.content.values.language import calibration, numbers, vocabulary
from bot.content.values.routines import recipe
from bot.core.exercises.exercise import ExerciseWords
from bot.core.messages import Messages
from bot.core.model import Disclaimer, EmergencyNumbers, Knowledge, Topic
from bot.core.routines.recipes import RoutineWords
from bot.core.routines.words import RoutineTalk
from bot.core.schedules.places import PlaceWords
from bot.core.schedules.words import ScheduleWords
from bot.core.tips.words import TipTalk
from bot.core.understanding.calibration import UNCALIBRATED
from bot.core.understanding.encoder import Encoder
from bot.core.understanding.word_vectors import WordVectors

_Shape = TypeVar("_Shape")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What belongs to all languages."""

    sources: Mapping[str, SourceShape]
    facts: Mapping[str, FactShape]
    topics: Mapping[str, TopicShape]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """How the bot speaks and hears: its sentences, its vocabulary, and what it learns from."""

    messages: MessagesShape
    texts: Messages
    vocabulary: VocabularyShape
    wording: WordingShape
    calibration: CalibrationShape | None
    numbers: NumbersShape | None
    vectors: WordVectors
    encoder: Encoder
    background: tuple[str, ...]
    calm: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words around each subject that has some of its own."""

    exercises: ExerciseWords
    routine_talk: RoutineTalk
    routines: RoutineWords
    tip_talk: TipTalk
    schedule: ScheduleWords
    places: PlaceWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """What there are many of, by their ids."""

    entries: Mapping[str, EntryShape]
    red_flags: Mapping[str, RedFlagShape]
    exercises: Mapping[str, ExerciseShape]
    recipes: Mapping[str, RecipeShape]
    tips: Mapping[str, TipShape]
    disclaimers: Mapping[str, Disclaimer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Everything that was written in one language."""

    language: str
    sentences: Sentences
    words: Words
    items: Items


def knowledge(written: Written, shared: Shared, hidden: Collection[str]) -> Knowledge:
    """The knowledge in one language; what leads to hidden entries is left out."""
    said, items = written.sentences, written.items
    known = Knowledge(
        language=written.language,
        entries=_each(partial(entry, language=written.language, hidden=hidden), items.entries),
        topics=_topics(shared, said.messages),
        groups=said.messages.groups,
        facts=_each(fact, shared.facts),
        sources=_each(source, shared.sources),
        red_flags=_each(red_flag, items.red_flags),
        disclaimers=items.disclaimers,
        messages=said.texts,
        commands=said.messages.commands,
        vocabulary=replace(
            vocabulary(said.vocabulary, written.language), vectors=said.vectors, encoder=said.encoder
        ),
        calibration=calibration(said.calibration) if said.calibration else UNCALIBRATED,
        background=said.background,
        calm=said.calm,
        numbers=numbers(said.numbers) if said.numbers else EmergencyNumbers(),
    )
    return _with_training(known, written, hidden)


def _with_training(known: Knowledge, written: Written, hidden: Collection[str]) -> Knowledge:
    """The same with exercises, routines and tips, and the words around them."""
    words, items = written.words, written.items
    return replace(
        known,
        exercises=_each(partial(exercise, language=written.language, hidden=hidden), items.exercises),
        exercise_words=words.exercises,
        routine_talk=words.routine_talk,
        recipes=_each(recipe, items.recipes),
        routine_words=words.routines,
        tips=_each(tip, _reachable(items.tips, written.language, hidden)),
        tip_talk=words.tip_talk,
        schedule_words=words.schedule,
        place_words=words.places,
    )


def _each(make: Callable[[str, _Shape], _Value], shapes: Mapping[str, _Shape]) -> dict[str, _Value]:
    return {name: make(name, shape) for name, shape in shapes.items()}


def _reachable(tips: Mapping[str, TipShape], language: str, hidden: Collection[str]) -> dict[str, TipShape]:
    return {name: each for name, each in tips.items() if link_target(each, language) not in hidden}


def _topics(shared: Shared, messages: MessagesShape) -> dict[str, Topic]:
    labels = messages.topics
    return {
        name: Topic(id=name, group=each.group, label=labels.get(name, name))
        for name, each in shared.topics.items()
    }
