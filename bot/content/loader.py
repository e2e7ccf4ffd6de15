"""Turns the files of the knowledge into values, and says everything that is wrong with their shape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.content import exercise_values, routine_values, values
from bot.content.exercise_schema import ExerciseShape, ExerciseWordsShape
from bot.content.findings import Finding, guess
from bot.content.overlay_rules import weakened_words
from bot.content.pose_schema import PosesShape
from bot.content.pose_values import motions
from bot.content.routine_schema import RecipeShape, RoutineWordsShape
from bot.content.schedule_schema import PlaceWordsShape, ScheduleWordsShape, place_words, schedule_words
from bot.content.schema import (
    CalibrationShape,
    CautionShape,
    EntryShape,
    FactShape,
    MessagesShape,
    NumbersShape,
    RedFlagShape,
    SentencesShape,
    SourceShape,
    TopicShape,
    VocabularyShape,
    WordingShape,
)
from bot.content.shape_findings import shape_finding
from bot.content.shelves import Item, Shelf, Shelves, merged
from bot.content.talk_schema import RoutineTalkShape, routine_talk
from bot.content.tip_schema import TipShape, TipTalkShape, link_target, tip, tip_talk
from bot.core.calibration import UNCALIBRATED
from bot.core.exercises import ExerciseWords
from bot.core.messages import Messages
from bot.core.model import Disclaimer, EmergencyNumbers, Knowledge, Topic
from bot.core.places import PlaceWords
from bot.core.recipes import RoutineWords
from bot.core.routine_talk import RoutineTalk
from bot.core.schedule_words import ScheduleWords
from bot.core.tip_talk import TipTalk
from bot.drawing.poses import Motion

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageContent:
    """The knowledge in one language, how it may be worded, and the files that it came from.

    `unread` are the files whose content is not known, like "en/entries/x.yaml".
    """

    knowledge: Knowledge
    wording: WordingShape
    cautions: Mapping[str, CautionShape]
    motions: Mapping[str, Motion] = field(repr=False)
    topic_labels: Mapping[str, str]
    shelves: Mapping[str, Shelf] = field(repr=False)
    unread: frozenset[str]

    def item(self, kind: str, name: str) -> Item:
        """Where something was written."""
        return self.shelves[kind][name]

    def names(self, kind: str) -> frozenset[str]:
        """The ids of everything of a kind that was written, sound or not."""
        folder = PurePath(self.knowledge.language, kind)
        unread = {path.stem for path in map(PurePath, self.unread) if path.parent == folder}
        return frozenset({*self.shelves[kind], *unread})


Library = Mapping[str, LanguageContent]


def load(roots: Sequence[Path]) -> tuple[Library, list[Finding]]:
    """The content of every language, and the findings on its shape.

    A language that is too broken to be made into values is missing, but its findings are there.
    """
    shelves = Shelves(roots)
    reader = _Reader(shelves)
    library = {}
    for language in shelves.languages():
        content = reader.language(language)
        if content:
            library[language] = content
    return library, sorted({*shelves.findings, *shelves.strays(), *reader.findings})


def builtin_root() -> Path:
    """The folder of the knowledge that ships with the bot: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "knowledge"
    return inside if inside.is_dir() else package.parent / "knowledge"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What was written in one language, in its shape."""

    messages: MessagesShape
    texts: Messages
    vocabulary: VocabularyShape
    wording: WordingShape
    calibration: CalibrationShape | None
    background: tuple[str, ...]
    calm: tuple[str, ...]
    numbers: NumbersShape | None
    entries: Mapping[str, EntryShape]
    red_flags: Mapping[str, RedFlagShape]
    exercises: Mapping[str, ExerciseShape]
    exercise_words: ExerciseWordsShape | None
    routine_talk: RoutineTalkShape | None
    recipes: Mapping[str, RecipeShape]
    routine_words: RoutineWordsShape | None
    tips: Mapping[str, TipShape]
    tip_talk: TipTalkShape | None
    schedule_words: ScheduleWordsShape | None
    place_words: PlaceWordsShape | None


class _Reader:
    """Reads one language after the other; what belongs to all of them is read once."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self.findings: list[Finding] = []
        self._sources = self._parsed(shelves.file("sources.yaml"), SourceShape)
        self._facts = self._parsed(shelves.file("facts.yaml"), FactShape)
        self._topics = self._parsed(shelves.file("topics.yaml"), TopicShape)
        self._poses = shelves.folder("poses")
        self._motions = motions(self._parsed(self._poses, PosesShape))

    def language(self, language: str) -> LanguageContent | None:
        """Everything in one language; None if its sentences or words, or a whole table, can't be used."""
        shelves = self._tables(language)
        written = self._written(language, shelves)
        own = (f"{language}/disclaimers.yaml", f"{language}/cautions.yaml")
        tables = {"sources.yaml", "facts.yaml", "topics.yaml", *own}
        if written is None or not tables.isdisjoint(self._shelves.unread):
            return None
        return LanguageContent(
            knowledge=self._knowledge(language, written, self._disclaimers(shelves["disclaimers"])),
            wording=written.wording,
            cautions=self._parsed(shelves["cautions"], CautionShape),
            motions=self._motions,
            topic_labels=written.messages.topics,
            shelves=shelves,
            unread=frozenset(self._shelves.unread),
        )

    def _tables(self, language: str) -> dict[str, Shelf]:
        """What holds many items: one a file, or one a key."""
        items = self._shelves
        return {
            "sources": items.file("sources.yaml"),
            "facts": items.file("facts.yaml"),
            "topics": items.file("topics.yaml"),
            "poses": self._poses,
            "entries": items.folder(f"{language}/entries"),
            "red_flags": items.folder(f"{language}/red_flags"),
            "exercises": items.folder(f"{language}/exercises"),
            "routines": items.folder(f"{language}/routines"),
            "tips": items.files(f"{language}/tips"),
            "disclaimers": items.file(f"{language}/disclaimers.yaml"),
            "cautions": items.file(f"{language}/cautions.yaml"),
        }

    def _written(self, language: str, shelves: dict[str, Shelf]) -> _Written | None:
        """The shapes of everything; None without sentences, words or wording. All of it is looked at."""
        messages = self._whole(f"{language}/messages.yaml", MessagesShape, shelves, "messages")
        vocabulary = self._whole(f"{language}/vocabulary.yaml", VocabularyShape, shelves, "vocabulary")
        wording = self._whole(f"{language}/wording.yaml", WordingShape, shelves, "wording")
        calibration = self._optional(f"{language}/calibration.yaml", CalibrationShape, shelves, "calibration")
        numbers = self._optional(f"{language}/emergency_numbers.yaml", NumbersShape, shelves, "numbers")
        words = self._optional(
            f"{language}/exercise_words.yaml", ExerciseWordsShape, shelves, "exercise_words"
        )
        around = self._optional(f"{language}/routine_talk.yaml", RoutineTalkShape, shelves, "routine_talk")
        reasons = self._optional(
            f"{language}/routine_words.yaml", RoutineWordsShape, shelves, "routine_words"
        )
        times = self._optional(
            f"{language}/schedule_words.yaml", ScheduleWordsShape, shelves, "schedule_words"
        )
        sending = self._optional(f"{language}/tip_talk.yaml", TipTalkShape, shelves, "tip_talk")
        places = self._optional(f"{language}/place_words.yaml", PlaceWordsShape, shelves, "place_words")
        texts = self._messages(messages, shelves) if messages else None
        entries = self._parsed(shelves["entries"], EntryShape)
        red_flags = self._parsed(shelves["red_flags"], RedFlagShape)
        exercises = self._parsed(shelves["exercises"], ExerciseShape)
        recipes = self._parsed(shelves["routines"], RecipeShape)
        tips = self._parsed(shelves["tips"], TipShape)
        if not (messages and vocabulary and wording and texts):
            return None
        return _Written(
            messages=messages,
            texts=texts,
            vocabulary=vocabulary,
            wording=wording,
            calibration=calibration,
            background=self._sentences(language, "background", shelves),
            calm=self._sentences(language, "calm", shelves),
            numbers=numbers,
            entries=entries,
            red_flags=red_flags,
            exercises=exercises,
            exercise_words=words,
            routine_talk=around,
            recipes=recipes,
            routine_words=reasons,
            tips=tips,
            tip_talk=sending,
            schedule_words=times,
            place_words=places,
        )

    def _knowledge(
        self, language: str, written: _Written, disclaimers: Mapping[str, Disclaimer]
    ) -> Knowledge:
        hidden, labels = self._shelves.hidden, written.messages.topics
        entries, flags, calibration = written.entries, written.red_flags, written.calibration
        exercises, words, around = written.exercises, written.exercise_words, written.routine_talk
        return Knowledge(
            language=language,
            entries={name: values.entry(name, each, language, hidden) for name, each in entries.items()},
            topics={
                name: Topic(id=name, group=each.group, label=labels.get(name, name))
                for name, each in self._topics.items()
            },
            groups=written.messages.groups,
            facts={name: values.fact(name, each) for name, each in self._facts.items()},
            sources={name: values.source(name, each) for name, each in self._sources.items()},
            red_flags={name: values.red_flag(name, each) for name, each in flags.items()},
            disclaimers=disclaimers,
            messages=written.texts,
            commands=written.messages.commands,
            vocabulary=values.vocabulary(written.vocabulary, language),
            calibration=values.calibration(calibration) if calibration else UNCALIBRATED,
            background=written.background,
            calm=written.calm,
            numbers=values.numbers(written.numbers) if written.numbers else EmergencyNumbers(),
            exercises={
                name: exercise_values.exercise(name, e, language, hidden) for name, e in exercises.items()
            },
            exercise_words=exercise_values.words(words) if words else ExerciseWords(),
            routine_talk=routine_talk(around) if around else RoutineTalk(),
            recipes={name: routine_values.recipe(name, r) for name, r in written.recipes.items()},
            routine_words=routine_values.words(written.routine_words)
            if written.routine_words
            else RoutineWords(),
            tips={
                name: tip(name, each)
                for name, each in written.tips.items()
                if link_target(each, language) not in hidden
            },
            tip_talk=tip_talk(written.tip_talk) if written.tip_talk else TipTalk(),
            schedule_words=schedule_words(written.schedule_words)
            if written.schedule_words
            else ScheduleWords(),
            place_words=place_words(written.place_words) if written.place_words else PlaceWords(),
        )

    def _parsed(self, shelf: Shelf, shape: type[Shape]) -> dict[str, Shape]:
        parsed = {name: self._parse(item, shape) for name, item in shelf.items()}
        return {name: value for name, value in parsed.items() if value is not None}

    def _parse(self, item: Item, shape: type[Shape]) -> Shape | None:
        try:
            return shape.model_validate(item.value)
        except ValidationError as error:
            self.findings.extend(shape_finding(item, shape, details) for details in error.errors())
            return None

    def _whole(self, name: str, shape: type[Shape], shelves: dict[str, Shelf], kind: str) -> Shape | None:
        documents = self._shelves.documents(name)
        if not documents:
            return None
        if kind == "vocabulary":
            self.findings.extend(weakened_words(documents))
        document = merged(documents)
        item = Item(kind, document, ())
        shelves[kind] = {kind: item}
        return self._parse(item, shape)

    def _optional(self, name: str, shape: type[Shape], shelves: dict[str, Shelf], kind: str) -> Shape | None:
        """Like _whole, for a file that may be absent."""
        return self._whole(name, shape, shelves, kind) if self._shelves.has(name) else None

    def _sentences(self, language: str, kind: str, shelves: dict[str, Shelf]) -> tuple[str, ...]:
        """The sentences of a file that may be absent."""
        shape = self._optional(f"{language}/{kind}.yaml", SentencesShape, shelves, kind)
        return tuple(shape.sentences) if shape else ()

    def _messages(self, shape: MessagesShape, shelves: Mapping[str, Shelf]) -> Messages | None:
        item = shelves["messages"]["messages"]
        known = {message.name for message in fields(Messages)}
        for name in sorted(known - shape.texts.keys()):
            self.findings.append(item.place("texts", name).finding("The sentence is missing", "Write it"))
        for name in sorted(shape.texts.keys() - known):
            self.findings.append(
                item.place("texts", name).finding("Nothing says this sentence", guess(name, known))
            )
        return Messages(**shape.texts) if shape.texts.keys() == known else None

    def _disclaimers(self, shelf: Shelf) -> dict[str, Disclaimer]:
        for name, item in shelf.items():
            if not isinstance(item.value, str):
                self.findings.append(
                    item.place().finding(f"The disclaimer {name!r} is no text", "Write one text")
                )
        return {
            name: Disclaimer(id=name, text=item.value)
            for name, item in shelf.items()
            if isinstance(item.value, str)
        }
