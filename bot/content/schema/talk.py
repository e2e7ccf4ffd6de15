"""The shape of the words around routines."""

from typing import Annotated, Literal

from pydantic import Field

from bot.content.schema.base import Strict, Text
from bot.core.person.readiness import Answer
from bot.core.routines.words import RoutineTalk


class RoutineTalkShape(Strict):
    """routine_talk.yaml: how people ask for a routine and steer it, and what they are asked before it."""

    answers: Annotated[dict[Answer, Text], Field(description="The labels of the answers' buttons")]
    held: Annotated[
        dict[Answer, Text], Field(default_factory=dict, description="The answers as /mydata lists them")
    ]
    questions: Annotated[dict[str, Text], Field(description="What is asked: first, leg, advice …")]
    instead: Annotated[
        dict[Answer, list[Text]], Field(default_factory=dict, description="Entries to read in its place")
    ]
    steering: Annotated[
        dict[str, list[Text]], Field(description="While a routine is shown: what is done, and how it is said")
    ]
    wishes: Annotated[dict[str, list[Text]], Field(description="Anywhere: wishes, and how they are said")]
    things: Annotated[list[Text], Field(description="Words for a routine")]
    now: Annotated[list[Text], Field(description="Words for today")]
    numbers: Annotated[dict[str, int], Field(description="Words for numbers")]
    ordinals: Annotated[
        dict[str, int], Field(default_factory=dict, description="Words for the first, the second …")
    ]
    minutes: Annotated[list[Text], Field(description="Words for minutes")]
    hours: Annotated[list[Text], Field(description="Words for hours")]
    counting_else: Annotated[
        list[Text], Field(default_factory=list, description="Words behind a number that is no time")
    ]
    ages: Annotated[
        list[Text], Field(default_factory=list, description="Words just before a number that is no time")
    ]
    spans: Annotated[
        dict[int, list[Text]],
        Field(default_factory=dict, description="Minutes, and how they are said in a phrase"),
    ]
    taking_back: Annotated[
        list[Text], Field(default_factory=list, description="How every 'never again' is taken back")
    ]
    neither: Annotated[
        dict[str, Text],
        Field(default_factory=dict, description="Words that add what is not there too: the word they repeat"),
    ]
    small: Annotated[list[Text], Field(description="Words that change nothing")]
    needed: Annotated[dict[str, Text], Field(description="Places and equipment, as a card names them")]
    told: Annotated[
        dict[Answer, list[Text]],
        Field(default_factory=dict, description="How people tell of each unasked; '.' is the end of a part"),
    ]
    told_small: Annotated[
        list[Text], Field(default_factory=list, description="Words that may stand between those of 'told'")
    ]
    told_beside: Annotated[
        list[Text],
        Field(default_factory=list, description="What is said beside what is told, of how one is with it"),
    ]
    no_more: Annotated[
        dict[Answer, list[Text]],
        Field(default_factory=dict, description="How people say that something told holds no more"),
    ]
    ticking: Annotated[
        dict[Answer, list[Text]],
        Field(default_factory=dict, description="Words that name an answer while the first card is open"),
    ]
    answering: Annotated[
        dict[str, list[Text]],
        Field(default_factory=dict, description="Whole messages that answer a question before a routine"),
    ]
    lost: Annotated[
        list[Text], Field(default_factory=list, description="How people tell that a pregnancy was lost")
    ]
    lost_doubted: Annotated[
        list[Text],
        Field(default_factory=list, description="Words near it: it was another one, or is not sure"),
    ]
    agreement: Annotated[
        list[Text], Field(default_factory=list, description="How people say that their clinician agreed")
    ]
    untold_before: Annotated[
        list[Text], Field(default_factory=list, description="Words just before that say it is not so")
    ]
    untold_behind: Annotated[
        list[Text], Field(default_factory=list, description="Words just behind that say it is not so")
    ]
    player: Annotated[dict[str, Text], Field(description="What is said while a routine is led through")]
    hurting: Annotated[
        dict[str, list[Text]],
        Field(default_factory=dict, description="While a step runs: that it hurts, and what it is like"),
    ]
    resuming: Annotated[
        dict[Literal["go", "card", "done", "left"], list[Text]],
        Field(default_factory=dict, description="Whole messages that take up a routine that was stopped"),
    ]
    warns: Annotated[dict[str, Text], Field(description="What may be felt in a leg, and its red flag")]
    counting: Annotated[
        dict[str, list[Text]],
        Field(default_factory=dict, description="Whole messages about how regularly somebody trains"),
    ]


def routine_talk(shape: RoutineTalkShape) -> RoutineTalk:
    """The same as a value."""
    return RoutineTalk(
        answers=shape.answers,
        held=shape.held,
        questions=shape.questions,
        instead={answer: tuple(entries) for answer, entries in shape.instead.items()},
        steering={name: tuple(phrases) for name, phrases in shape.steering.items()},
        wishes={name: tuple(phrases) for name, phrases in shape.wishes.items()},
        things=tuple(shape.things),
        now=tuple(shape.now),
        numbers=shape.numbers,
        ordinals=shape.ordinals,
        minutes=tuple(shape.minutes),
        hours=tuple(shape.hours),
        counting_else=frozenset(shape.counting_else),
        ages=frozenset(shape.ages),
        spans={minutes: tuple(phrases) for minutes, phrases in shape.spans.items()},
        taking_back=tuple(shape.taking_back),
        neither=shape.neither,
        small=frozenset(shape.small),
        needed=shape.needed,
        told={answer: tuple(patterns) for answer, patterns in shape.told.items()},
        told_small=frozenset(shape.told_small),
        told_beside=tuple(shape.told_beside),
        no_more={answer: tuple(patterns) for answer, patterns in shape.no_more.items()},
        ticking={answer: tuple(patterns) for answer, patterns in shape.ticking.items()},
        answering={name: tuple(patterns) for name, patterns in shape.answering.items()},
        lost=tuple(shape.lost),
        lost_doubted=tuple(shape.lost_doubted),
        agreement=tuple(shape.agreement),
        untold_before=tuple(shape.untold_before),
        untold_behind=tuple(shape.untold_behind),
        player=shape.player,
        hurting={name: tuple(phrases) for name, phrases in shape.hurting.items()},
        resuming={name: tuple(phrases) for name, phrases in shape.resuming.items()},
        warns=shape.warns,
        counting={name: tuple(phrases) for name, phrases in shape.counting.items()},
    )
