"""The shape of a tip and of the words around tips, and the values that are made of them."""

from typing import Annotated, Literal

from pydantic import Field

from bot.content.schema.base import Strict, Text
from bot.core.exercises.exercise import PREFIX, Condition
from bot.core.tips.tip import Tip, TipAudience
from bot.core.tips.words import TipTalk


class TipShape(Strict):
    """One tip: a key of any file in tips/."""

    text: Annotated[Text, Field(description="What the bot says: one idea, 60 words at most")]
    audience: Annotated[TipAudience, Field(description="Whom it is for")]
    equipment: Annotated[
        Literal["", "band", "ball", "dumbbells", "rowing_machine"],
        Field(description="For the audience equipment: what it is about"),
    ] = ""
    not_for: Annotated[
        list[Condition | Literal["flare"]],
        Field(default_factory=list, description="Conditions, or flare, with which nobody gets it"),
    ]
    link: Annotated[Text, Field(description="Where 'more' leads: an entry, or exercise:<id>")]
    facts: Annotated[list[Text], Field(min_length=1, description="Ids of facts.yaml that it rests on")]


def tip(name: str, shape: TipShape) -> Tip:
    """A tip."""
    return Tip(
        id=name,
        text=shape.text,
        audience=shape.audience,
        facts=tuple(shape.facts),
        link=shape.link,
        equipment=shape.equipment,
        not_for=frozenset(str(each) for each in shape.not_for),
    )


def link_target(shape: TipShape, language: str) -> str:
    """What a tip leads to, as overlays hide it: like "en/entries/x"."""
    kind = "exercises" if shape.link.startswith(PREFIX) else "entries"
    return f"{language}/{kind}/{shape.link.removeprefix(PREFIX)}"


class TipTalkShape(Strict):
    """tip_talk.yaml: what is said around tips and reminders."""

    says: Annotated[dict[str, Text], Field(description="What the bot says, by name")]
    places: Annotated[dict[str, Text], Field(description="Time zones that are offered, with their labels")]
    moved: Annotated[list[Text], Field(description="What stands before a place that somebody lives in")]
    quieting: Annotated[
        list[Text], Field(default_factory=list, description="What stands before hours in which nothing comes")
    ]
    phrases: Annotated[dict[str, list[Text]], Field(description="Whole messages, by what they mean")]


def tip_talk(shape: TipTalkShape) -> TipTalk:
    """The same as a value."""
    phrases = {name: tuple(patterns) for name, patterns in shape.phrases.items()}
    return TipTalk(
        says=shape.says,
        places=shape.places,
        phrases=phrases,
        moved=tuple(shape.moved),
        quieting=tuple(shape.quieting),
    )
