"""The shapes of what a language says and hears: its sentences, vocabulary, numbers, wording, calibration."""

from typing import Annotated, Literal

from pydantic import Field

from bot.content.schema.base import Strict, Text


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
    endings: Annotated[
        dict[str, list[Text]],
        Field(description="What ends a talk, as it is heard, and the ways to say it"),
    ] = {}
    beside_endings: Annotated[
        list[Text], Field(description="Words that add nothing to these, like 'doc'")
    ] = []
    acceptances: Annotated[
        list[Text], Field(description="Words with which people accept an answer, like 'i will'")
    ] = []
    confessions: Annotated[
        list[Text], Field(description="Words after which people tell of themselves, like 'i have'")
    ] = []
    recoveries: Annotated[
        dict[str, list[Text]],
        Field(
            description="Ways to say after a red flag that one is well, what takes that back, and their parts"
        ),
    ] = {}
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
