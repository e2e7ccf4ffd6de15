"""The shape of each knowledge file: what lint holds it against, and what editors complete from."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.core.model import Action, EntryKind, Verified

Text = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A shape that knows all of its keys."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class CheckedShape(Strict):
    """The last content check."""

    date: Annotated[dt.date, Field(description="The day of the check, like 2026-11-24")]
    by: Annotated[Text, Field(description="Who held the answer against its facts")]
    clinician: Annotated[bool, Field(description="true only if that person is a clinician")]


class EntryShape(Strict):
    """One answerable question: entries/<id>.yaml."""

    title: Annotated[Text, Field(description="The question as the bot repeats it and as buttons show it")]
    kind: Annotated[EntryKind, Field(description="answer unless said otherwise")] = EntryKind.ANSWER
    topic: Annotated[str | None, Field(description="An id of topics.yaml")] = None
    utterances: Annotated[list[Text], Field(description="What people type when they want this answer")]
    held_out: Annotated[
        list[Text], Field(description="Questions that are only ever evaluated, never matched")
    ] = []
    answer: Annotated[Text, Field(description="What the bot says; the first sentence answers")]
    follow_ups: Annotated[list[Text], Field(description="Ids of entries to offer next")] = []
    asked_next: Annotated[
        dict[str, list[Text]],
        Field(description="Ids of entries, and the short messages that ask for them just after this answer"),
    ] = {}
    disclaimers: Annotated[list[Text], Field(description="Ids of disclaimers.yaml")] = []
    facts: Annotated[list[Text], Field(description="Ids of facts.yaml that the answer rests on")] = []
    warns_of: Annotated[
        list[Text], Field(description="Ids of the red flags whose signs the answer lists")
    ] = []
    checked: CheckedShape


class SignShape(Strict):
    """Concepts that together raise the flag."""

    all: Annotated[list[Text], Field(min_length=1, description="Concepts that stand near each other")]
    context: Annotated[list[Text], Field(description="Concepts anywhere in the message")] = []
    unless: Annotated[list[Text], Field(description="Concepts that silence this sign")] = []


class RedFlagShape(Strict):
    """One red flag: red_flags/<id>.yaml."""

    name: Annotated[Text, Field(description="How /redflags lists it")]
    action: Annotated[Action, Field(description="What it asks for")]
    advice: Annotated[Text, Field(description="What the bot says, the action first")]
    signs: Annotated[list[SignShape], Field(min_length=1, description="Any one of them raises the flag")]
    only_with: Annotated[
        list[Text],
        Field(description="Concepts; without a whole sign one of them must be named, or told before"),
    ] = []
    sources: Annotated[list[Text], Field(min_length=1, description="Ids of sources.yaml")]
    examples: Annotated[list[Text], Field(min_length=3, description="Messages that must raise it")]
    look_alikes: Annotated[list[Text], Field(min_length=1, description="Messages that must not")]


class SaidByShape(Strict):
    """Where a caution comes from."""

    entries: Annotated[list[Text], Field(description="Ids of entries whose answers say it")] = []
    facts: Annotated[list[Text], Field(description="Ids of facts.yaml that say it")] = []


class CautionShape(Strict):
    """What must not be recommended, and to whom: a key of cautions.yaml."""

    to: Annotated[
        list[Text], Field(description="Phrases by which these people are named; with neither: everybody")
    ] = []
    with_signs_of: Annotated[list[Text], Field(description="Or ids of red flags whose signs they have")] = []
    never: Annotated[list[Text], Field(min_length=1, description="Phrases that name what is not for them")]
    said_by: SaidByShape


class SourceShape(Strict):
    """One work in sources.yaml."""

    publisher: Text
    title: Text
    year: Text
    url: str = ""
    licence: Text
    kind: Literal["article", "guidance", "experience"]
    level: Literal["publisher", "reproduction", "summary", "unverified"]
    checked: Text
    recheck: bool
    names: list[Text] = []


class FactShape(Strict):
    """One fact in facts.yaml."""

    statement: Text
    sources: Annotated[list[Text], Field(min_length=1)]
    verified: Verified


class TopicShape(Strict):
    """One topic in topics.yaml."""

    group: Text
    definition: Text


class MessagesShape(Strict):
    """messages.yaml."""

    texts: dict[str, Text]
    commands: dict[str, Text]
    groups: dict[str, Text]
    topics: dict[str, Text]


class OppositesShape(Strict):
    """Two poles: an answer that stands at one of them is not given to a question at the other."""

    one: Annotated[list[Text], Field(min_length=1, description="Phrases of one pole")]
    other: Annotated[
        list[Text], Field(description="Phrases of the other; left out: whatever does not say the first")
    ] = []
    neither: Annotated[list[Text], Field(description="Longer phrases that only look like a pole")] = []


class VocabularyShape(Strict):
    """vocabulary.yaml: how people of this language say things."""

    stemmer: Annotated[Text, Field(description="A Snowball algorithm, like english")]
    own_forms: Annotated[
        list[Text], Field(description="Words that signs tell from others of their stem, like 'legs'")
    ] = []
    contractions: dict[str, Text] = {}
    misspellings: dict[str, Text] = {}
    openers: Annotated[list[Text], Field(description="Greetings and thanks around a question")] = []
    swearing: Annotated[list[Text], Field(description="Words that mean nothing in a question")] = []
    other_languages: Annotated[
        dict[str, list[Text]], Field(description="The commonest words of other languages, by their names")
    ] = {}
    fillers: Annotated[list[Text], Field(description="Words that change no sign")] = []
    subjects: Annotated[list[Text], Field(description="Fillers that begin a new thought")] = []
    turns: Annotated[list[Text], Field(description="Words like 'but' that end a denial")] = []
    negations: Annotated[list[Text], Field(description="Words that deny what follows")] = []
    false_negations: Annotated[list[Text], Field(description="Phrases that only look like a denial")] = []
    connectors: Annotated[list[Text], Field(description="Words that carry a denial on")] = []
    reassurances: Annotated[
        list[Text], Field(description="Phrases that make a sign doubtful, like 'years ago'")
    ] = []
    general_questions: Annotated[
        list[Text],
        Field(description="Frames of questions about a sign in general; ... stands for the sign"),
    ] = []
    general_joiners: Annotated[
        list[Text], Field(description="Words that may stand beside the sign in such a question")
    ] = []
    affected: Annotated[
        list[Text], Field(description="Words that say that somebody has a sign, like 'my' or 'since'")
    ] = []
    leaning: Annotated[list[Text], Field(description="Words that go on with what was said before")] = []
    askers: Annotated[list[Text], Field(description="Words that questions begin with")] = []
    joiners: Annotated[list[Text], Field(description="Words that join two questions")] = []
    bare: Annotated[list[Text], Field(description="Words that name no subject, like 'often'")] = []
    leads: Annotated[
        list[Text], Field(description="Phrases behind which a story asks, like 'my question is'")
    ] = []
    choices: Annotated[
        dict[Literal["first", "second", "third", "last", "yes", "no", "more", "why"], list[Text]],
        Field(description="How people choose among what was offered"),
    ] = {}
    confessions: Annotated[
        list[Text], Field(description="Words after which people tell of themselves, like 'i have'")
    ] = []
    recoveries: Annotated[
        list[Text], Field(description="Whole messages of somebody who is well again after a red flag")
    ] = []
    notes: Annotated[
        dict[str, Text],
        Field(description="The disclaimer under every answer to somebody who told this of themselves"),
    ] = {}
    named_notes: Annotated[
        dict[str, list[Text]],
        Field(description="A disclaimer, and the words in a question that ask for it, whoever asks"),
    ] = {}
    concepts: Annotated[dict[str, list[Text]], Field(description="An idea and the ways to say it")] = {}
    decisive: Annotated[
        list[Text], Field(description="Concepts that an answer must share with a question")
    ] = []
    elsewhere: Annotated[list[Text], Field(description="Concepts of other subjects, like train tickets")] = []
    own_subject: Annotated[
        list[Text], Field(description="Words by which a message is about the bot's subject all the same")
    ] = []
    opposites: Annotated[
        dict[str, OppositesShape],
        Field(description="Words that turn a question round, like before and after"),
    ] = {}
    red_flag_concepts: Annotated[
        dict[str, list[Text]], Field(description="The same, for red flags only")
    ] = {}


class SentencesShape(Strict):
    """background.yaml: what the bot has nothing to answer to; calm.yaml: what raises no red flag."""

    sentences: list[Text]


class NumbersShape(Strict):
    """emergency_numbers.yaml: whom to call, in words."""

    usual: Annotated[Text, Field(description="The words for the numbers as every text has them")]
    countries: Annotated[
        dict[str, Text], Field(description="What takes their place in a country, by its two capital letters")
    ] = {}


class CalibrationShape(Strict):
    """calibration.yaml: how sure the matcher may be. `evaluate --update` writes it, nobody else."""

    weights: Annotated[
        dict[str, float], Field(description="A constant and the weight of each part of the evidence")
    ]
    answer_from: Annotated[float, Field(ge=0, le=1, description="Confidence that answers")]
    offer_from: Annotated[float, Field(ge=0, le=1, description="Confidence that offers questions")]


class ForbiddenShape(Strict):
    """Words that the bot must not say, and what to say instead."""

    words: Annotated[list[Text], Field(min_length=1)]
    instead: Text
    even_denied: Annotated[bool, Field(description="true: not even with 'not' before it")] = False
    subject: Annotated[
        Literal["anybody", "not_others", "bot"],
        Field(
            description="Of whom it must not be said: of anybody, of the bot or nobody in particular, "
            "or of the bot by name"
        ),
    ] = "anybody"


class WordingShape(Strict):
    """wording.yaml: how the bot may speak in this language."""

    max_grade: Annotated[float | None, Field(description="Flesch-Kincaid grade; leave out to skip")] = None
    plain_terms: Annotated[list[Text], Field(description="Long words that everybody knows")] = []
    denials: Annotated[list[Text], Field(description="Words that make a forbidden word harmless")] = []
    roles: Annotated[list[Text], Field(description="People who may do what the bot may not")] = []
    against: Annotated[
        list[Text], Field(description="Phrases that advise against what follows, like 'leave out'")
    ] = []
    drawbacks: Annotated[
        list[Text], Field(description="Phrases that advise against what stands before them, like 'is not'")
    ] = []
    urgent: Annotated[
        list[Text], Field(description="Phrases that send people to help at once: warning signs stand beside")
    ] = []
    itself: Annotated[list[Text], Field(description="Words by which the bot speaks of itself")] = []
    forbidden: list[ForbiddenShape] = []
