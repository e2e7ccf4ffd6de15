"""The shapes of entries and red flags, of cautions, and of what answers rest on."""

from typing import Annotated, Literal

from pydantic import Field

from bot.content.schema.base import CheckedShape, Strict, Text
from bot.core.model import Action, EntryKind, Verified


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
    discreet_name: Annotated[
        Text | None, Field(description="What later replies call it, if nobody who reads along may learn it")
    ] = None
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
