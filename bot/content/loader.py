"""Turns the files of the knowledge into values, and says everything that is wrong with their shape."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.content import encoder, word_vectors
from bot.content.findings import Finding, guess
from bot.content.library import LanguageContent, Library
from bot.content.rules.overlays import weakened_words
from bot.content.schema.entries import (
    CautionShape,
    EntryShape,
    FactShape,
    RedFlagShape,
    SourceShape,
    TopicShape,
)
from bot.content.schema.exercises import ExerciseShape, ExerciseWordsShape
from bot.content.schema.faults import shape_finding
from bot.content.schema.language import (
    CalibrationShape,
    MessagesShape,
    NumbersShape,
    SentencesShape,
    VocabularyShape,
    WordingShape,
)
from bot.content.schema.poses import PosesShape
from bot.content.schema.routines import RecipeShape, RoutineWordsShape
from bot.content.schema.schedules import PlaceWordsShape, ScheduleWordsShape, place_words, schedule_words
from bot.content.schema.talk import RoutineTalkShape, routine_talk
from bot.content.schema.tips import TipShape, TipTalkShape, tip_talk
from bot.content.shelves import Item, Shelf, Shelves, merged
from bot.content.values.exercises import exercise_words
from bot.content.values.poses import motions
from bot.content.values.routines import routine_words
from bot.content.written import Items, Sentences, Shared, Words, Written, knowledge
from bot.core.exercises.exercise import ExerciseWords
from bot.core.messages import Messages
from bot.core.model import Disclaimer
from bot.core.routines.recipes import RoutineWords
from bot.core.routines.words import RoutineTalk
from bot.core.schedules.places import PlaceWords
from bot.core.schedules.words import ScheduleWords
from bot.core.tips.words import TipTalk
from bot.core.understanding.encoder import Encoder
from bot.core.understanding.word_vectors import WordVectors

Shape = TypeVar("Shape", bound=BaseModel)
Shipped = TypeVar("Shipped", WordVectors, Encoder)


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


class _Reader:
    """Reads one language after the other; what belongs to all of them is read once."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self.findings: list[Finding] = []
        self._shared = Shared(
            sources=self._parsed(shelves.file("sources.yaml"), SourceShape),
            facts=self._parsed(shelves.file("facts.yaml"), FactShape),
            topics=self._parsed(shelves.file("topics.yaml"), TopicShape),
        )
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
            knowledge=knowledge(written, self._shared, self._shelves.hidden),
            wording=written.sentences.wording,
            cautions=self._parsed(shelves["cautions"], CautionShape),
            motions=self._motions,
            topic_labels=written.sentences.messages.topics,
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

    def _written(self, language: str, shelves: dict[str, Shelf]) -> Written | None:
        """Everything in its shape; None without sentences, vocabulary or wording. All of it is looked at."""
        sentences = self._sentences(language, shelves)
        words, items = self._words(language, shelves), self._items(shelves)
        if sentences is None:
            return None
        return Written(language=language, sentences=sentences, words=words, items=items)

    def _sentences(self, language: str, shelves: dict[str, Shelf]) -> Sentences | None:
        messages = self._whole(language, "messages", MessagesShape, shelves)
        vocabulary = self._whole(language, "vocabulary", VocabularyShape, shelves)
        wording = self._whole(language, "wording", WordingShape, shelves)
        calibration = self._optional(language, "calibration", CalibrationShape, shelves)
        numbers = self._optional(language, "emergency_numbers", NumbersShape, shelves)
        background = self._optional(language, "background", SentencesShape, shelves)
        calm = self._optional(language, "calm", SentencesShape, shelves)
        texts = self._messages(messages, shelves) if messages else None
        roots = self._shelves.roots
        if not (messages and vocabulary and wording and texts):
            return None
        return Sentences(
            messages=messages,
            texts=texts,
            vocabulary=vocabulary,
            wording=wording,
            calibration=calibration,
            numbers=numbers,
            vectors=self._shipped(word_vectors.read(language, roots), WordVectors.none()),
            encoder=self._shipped(encoder.read(language, roots), Encoder.none()),
            background=tuple(background.sentences) if background else (),
            calm=tuple(calm.sentences) if calm else (),
        )

    def _shipped(self, found: Shipped | Finding | None, otherwise: Shipped) -> Shipped:
        """What a language brings ready-made, or what takes its place if there is none that is whole."""
        if isinstance(found, Finding):
            self.findings.append(found)
            return otherwise
        return otherwise if found is None else found

    def _words(self, language: str, shelves: dict[str, Shelf]) -> Words:
        exercises = self._optional(language, "exercise_words", ExerciseWordsShape, shelves)
        around = self._optional(language, "routine_talk", RoutineTalkShape, shelves)
        reasons = self._optional(language, "routine_words", RoutineWordsShape, shelves)
        times = self._optional(language, "schedule_words", ScheduleWordsShape, shelves)
        sending = self._optional(language, "tip_talk", TipTalkShape, shelves)
        places = self._optional(language, "place_words", PlaceWordsShape, shelves)
        return Words(
            exercises=exercise_words(exercises) if exercises else ExerciseWords(),
            routine_talk=routine_talk(around) if around else RoutineTalk(),
            routines=routine_words(reasons) if reasons else RoutineWords(),
            schedule=schedule_words(times) if times else ScheduleWords(),
            tip_talk=tip_talk(sending) if sending else TipTalk(),
            places=place_words(places) if places else PlaceWords(),
        )

    def _items(self, shelves: Mapping[str, Shelf]) -> Items:
        return Items(
            entries=self._parsed(shelves["entries"], EntryShape),
            red_flags=self._parsed(shelves["red_flags"], RedFlagShape),
            exercises=self._parsed(shelves["exercises"], ExerciseShape),
            recipes=self._parsed(shelves["routines"], RecipeShape),
            tips=self._parsed(shelves["tips"], TipShape),
            disclaimers=self._disclaimers(shelves["disclaimers"]),
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

    def _whole(self, language: str, kind: str, shape: type[Shape], shelves: dict[str, Shelf]) -> Shape | None:
        """What a file as a whole says; `kind` is its name."""
        documents = self._shelves.documents(f"{language}/{kind}.yaml")
        if not documents:
            return None
        if kind == "vocabulary":
            self.findings.extend(weakened_words(documents))
        item = Item(kind, merged(documents), ())
        shelves[kind] = {kind: item}
        return self._parse(item, shape)

    def _optional(
        self, language: str, kind: str, shape: type[Shape], shelves: dict[str, Shelf]
    ) -> Shape | None:
        """Like _whole, for a file that may be absent."""
        is_there = self._shelves.has(f"{language}/{kind}.yaml")
        return self._whole(language, kind, shape, shelves) if is_there else None

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
