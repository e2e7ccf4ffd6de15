"""Turns the files of the knowledge into values, and says everything that is wrong with their shape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from spellchecker import SpellChecker

from bot.content.findings import Finding, guess
from bot.content.overlay_rules import weakened_words
from bot.content.schema import (
    CalibrationShape,
    CautionShape,
    EntryShape,
    FactShape,
    MessagesShape,
    RedFlagShape,
    SentencesShape,
    SourceShape,
    TopicShape,
    VocabularyShape,
    WordingShape,
)
from bot.content.shelves import Item, Shelf, Shelves, merged
from bot.core.calibration import UNCALIBRATED, Calibration, Evidence
from bot.core.messages import Messages
from bot.core.model import (
    ContentCheck,
    Disclaimer,
    Entry,
    Fact,
    Knowledge,
    RedFlag,
    Sign,
    Source,
    Topic,
    Vocabulary,
)

COMMON_FROM = 500  # occurrences in pyspellchecker's corpus from which a word counts as common (28,000 words)

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageContent:
    """The knowledge in one language, how it may be worded, and the files that it came from.

    `unread` are the files whose content is not known, like "en/entries/x.yaml".
    """

    knowledge: Knowledge
    wording: WordingShape
    cautions: Mapping[str, CautionShape]
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


class _Reader:
    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self.findings: list[Finding] = []
        self._sources = self._parsed(shelves.file("sources.yaml"), SourceShape)
        self._facts = self._parsed(shelves.file("facts.yaml"), FactShape)
        self._topics = self._parsed(shelves.file("topics.yaml"), TopicShape)

    def language(self, language: str) -> LanguageContent | None:
        """Everything in one language; None if its sentences or words, or a whole table, can't be used."""
        items = self._shelves
        shelves = {
            "sources": items.file("sources.yaml"),
            "facts": items.file("facts.yaml"),
            "topics": items.file("topics.yaml"),
            "entries": items.folder(language, "entries"),
            "red_flags": items.folder(language, "red_flags"),
            "disclaimers": items.file(f"{language}/disclaimers.yaml"),
            "cautions": items.file(f"{language}/cautions.yaml"),
        }
        messages = self._whole(f"{language}/messages.yaml", MessagesShape, shelves, "messages")
        vocabulary = self._whole(f"{language}/vocabulary.yaml", VocabularyShape, shelves, "vocabulary")
        wording = self._whole(f"{language}/wording.yaml", WordingShape, shelves, "wording")
        calibration = self._optional(f"{language}/calibration.yaml", CalibrationShape, shelves, "calibration")
        background = self._optional(f"{language}/background.yaml", SentencesShape, shelves, "background")
        calm = self._optional(f"{language}/calm.yaml", SentencesShape, shelves, "calm")
        texts = self._messages(messages, shelves) if messages else None
        entries = self._parsed(shelves["entries"], EntryShape)
        flags = self._parsed(shelves["red_flags"], RedFlagShape)
        tables = {
            "sources.yaml",
            "facts.yaml",
            "topics.yaml",
            f"{language}/disclaimers.yaml",
            f"{language}/cautions.yaml",
        }
        if not (messages and vocabulary and wording and texts and tables.isdisjoint(items.unread)):
            return None
        knowledge = Knowledge(
            language=language,
            entries={name: self._entry(name, shape, language) for name, shape in entries.items()},
            topics={
                name: Topic(id=name, group=shape.group, label=messages.topics.get(name, name))
                for name, shape in self._topics.items()
            },
            groups=messages.groups,
            facts={name: _fact(name, shape) for name, shape in self._facts.items()},
            sources={name: _source(name, shape) for name, shape in self._sources.items()},
            red_flags={name: _red_flag(name, shape) for name, shape in flags.items()},
            disclaimers=self._disclaimers(shelves["disclaimers"]),
            messages=texts,
            commands=messages.commands,
            vocabulary=_vocabulary(vocabulary, language),
            calibration=_calibration(calibration) if calibration else UNCALIBRATED,
            background=tuple(background.sentences) if background else (),
            calm=tuple(calm.sentences) if calm else (),
        )
        return LanguageContent(
            knowledge=knowledge,
            wording=wording,
            cautions=self._parsed(shelves["cautions"], CautionShape),
            topic_labels=messages.topics,
            shelves=shelves,
            unread=frozenset(items.unread),
        )

    def _parsed(self, shelf: Shelf, shape: type[Shape]) -> dict[str, Shape]:
        parsed = {name: self._parse(item, shape) for name, item in shelf.items()}
        return {name: value for name, value in parsed.items() if value is not None}

    def _parse(self, item: Item, shape: type[Shape]) -> Shape | None:
        try:
            return shape.model_validate(item.value)
        except ValidationError as error:
            self.findings.extend(_finding(item, shape, details) for details in error.errors())
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

    def _entry(self, name: str, shape: EntryShape, language: str) -> Entry:
        """An entry; what an overlay has hidden is no longer under its answer."""
        checked = ContentCheck(
            date=shape.checked.date, by=shape.checked.by, clinician=shape.checked.clinician
        )
        hidden = self._shelves.hidden
        return Entry(
            id=name,
            kind=shape.kind,
            title=shape.title,
            topic=shape.topic,
            utterances=tuple(shape.utterances),
            held_out=tuple(shape.held_out),
            answer=shape.answer,
            follow_ups=tuple(f for f in shape.follow_ups if f"{language}/entries/{f}" not in hidden),
            disclaimers=tuple(d for d in shape.disclaimers if f"{language}/disclaimers/{d}" not in hidden),
            facts=tuple(shape.facts),
            warns_of=tuple(shape.warns_of),
            checked=checked,
        )

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


def _finding(item: Item, shape: type[BaseModel], details: ErrorDetails) -> Finding:
    """What pydantic found, as an author reads it."""
    last = str(details["loc"][-1]) if details["loc"] else item.id
    said = details["input"]
    problem, remedy = {
        "missing": ("The key is missing", f"Add '{last}: …'"),
        "enum": (f"{said!r} is no choice", f"Write {details.get('ctx', {}).get('expected')}"),
        "list_type": ("This should be a list", "Write each item in a line of its own after '- '"),
        "bool_parsing": (f"{said!r} is neither true nor false", "Write true or false"),
        "string_too_short": ("This is empty", "Write the text after the colon"),
        "too_short": ("These are too few", details["msg"]),
        "string_type": ("This should be one text", "Write the text after the colon, quoted if need be"),
        "model_type": ("This should have keys of its own", "Write them indented below"),
        "dict_type": ("This should have keys of its own", "Write them indented below"),
    }.get(details["type"], (f"{said!r} can't be used", details["msg"]))
    if details["type"] == "extra_forbidden":
        problem, remedy = "The key is not known", guess(last, _keys(shape, details["loc"][:-1]))
    return item.place(*details["loc"]).finding(problem, remedy)


def _keys(shape: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys that are known where `path` leads in a shape."""
    known = shape
    for part in path:
        if isinstance(part, str) and part in known.model_fields:
            inner = known.model_fields[part].annotation
            candidates = [inner, *getattr(inner, "__args__", ())]
            known = next((c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)), known)
    return list(known.model_fields)


def _fact(name: str, shape: FactShape) -> Fact:
    return Fact(id=name, statement=shape.statement, sources=tuple(shape.sources), verified=shape.verified)


def _source(name: str, shape: SourceShape) -> Source:
    return Source(
        id=name,
        publisher=shape.publisher,
        title=shape.title,
        year=shape.year,
        url=shape.url,
        kind=shape.kind,
        checked=shape.checked,
        names=tuple(shape.names),
    )


def _red_flag(name: str, shape: RedFlagShape) -> RedFlag:
    return RedFlag(
        id=name,
        name=shape.name,
        action=shape.action,
        advice=shape.advice,
        signs=tuple(
            Sign(all=tuple(sign.all), context=tuple(sign.context), unless=tuple(sign.unless))
            for sign in shape.signs
        ),
        sources=tuple(shape.sources),
        examples=tuple(shape.examples),
        look_alikes=tuple(shape.look_alikes),
    )


def _calibration(shape: CalibrationShape) -> Calibration:
    parts = ("constant", *Evidence._fields)
    return Calibration(
        weights=tuple(shape.weights.get(part, 0.0) for part in parts),
        answer_from=shape.answer_from,
        offer_from=shape.offer_from,
    )


def _vocabulary(shape: VocabularyShape, language: str) -> Vocabulary:
    return Vocabulary(
        stemmer=shape.stemmer,
        concepts={name: tuple(forms) for name, forms in shape.concepts.items()},
        red_flag_concepts={name: tuple(forms) for name, forms in shape.red_flag_concepts.items()},
        decisive=tuple(shape.decisive),
        opposites={
            name: (tuple(pair.one), tuple(pair.other), tuple(pair.neither))
            for name, pair in shape.opposites.items()
        },
        contractions=shape.contractions,
        misspellings=shape.misspellings,
        openers=tuple(shape.openers),
        fillers=frozenset(shape.fillers),
        subjects=frozenset(shape.subjects),
        turns=frozenset(shape.turns),
        negations=tuple(shape.negations),
        false_negations=tuple(shape.false_negations),
        reassurances=tuple(shape.reassurances),
        connectors=frozenset(shape.connectors),
        leaning=frozenset(shape.leaning),
        askers=frozenset(shape.askers),
        joiners=frozenset(shape.joiners),
        choices={name: tuple(forms) for name, forms in shape.choices.items()},
        confessions=tuple(shape.confessions),
        notes=shape.notes,
        common_words=_common_words(language),
    )


@cache
def _common_words(language: str) -> frozenset[str]:
    """The words that people of this language use often; none where the library has no list of it."""
    try:
        counts = SpellChecker(language=language).word_frequency.dictionary
    except ValueError:
        return frozenset()
    return frozenset(word for word, count in counts.items() if count >= COMMON_FROM)
