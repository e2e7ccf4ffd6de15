"""The shape of the words around times, and the value that is made of it."""

from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import Field

from bot.content.schema.base import Strict, Text
from bot.core.schedules.places import PlaceWords
from bot.core.schedules.schedule import EVERY_DAY, WORKDAYS
from bot.core.schedules.words import DayPart, ScheduleWords

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
GROUPS = {"daily": EVERY_DAY, "workdays": WORKDAYS, "weekend": EVERY_DAY - WORKDAYS}
ListName = Literal[
    "tip", "routine", "reminding", "asking", "past", "to", "range", "except", "weekly", "until", "later",
    "in", "at", "between", "oclock", "small", "question", "how", "about", "denial", "going_on", "doubt",
    "stopping", "more", "instead", "only", "also", "for", "both", "from", "ordinal", "on",
    "this_week", "next_week", "this_month", "next_month", "this_year", "next_year", "gone",
    "skipping", "repeated", "today", "timing", "postponing", "hushing", "no", "correcting", "changing",
    "suggesting", "later_than", "earlier_than",
]  # fmt: skip
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class DayPartShape(Strict):
    """A part of the day."""

    first: Annotated[int, Field(ge=0, le=23, description="The hour from which on it counts")]
    end: Annotated[
        int, Field(ge=1, le=24, description="The hour up to which it counts; may be after midnight")
    ]
    words: Annotated[list[Text], Field(description="What stands beside a time")]
    every: Annotated[list[Text], Field(default_factory=list, description="What means each day at it")]
    once: Annotated[list[Text], Field(default_factory=list, description="What means only today's")]
    at: Annotated[Clock | None, Field(description="When it is if no time is said")] = None


class ScheduleWordsShape(Strict):
    """schedule_words.yaml: how people speak of times, and what is said to times that can't be."""

    sentences: Annotated[dict[str, Text], Field(description="What the bot says, by name")]
    weekdays: Annotated[dict[Weekday, list[Text]], Field(min_length=7, description="The names of each")]
    groups: Annotated[dict[Literal["daily", "workdays", "weekend"], list[Text]], Field(min_length=3)]
    day_letters: Annotated[
        dict[Weekday, list[Text]], Field(default_factory=dict, description="Their letters in a row: MWF")
    ]
    parts: Annotated[dict[str, DayPartShape], Field(description="Parts of the day")]
    minutes_before: Annotated[
        dict[int, list[Text]], Field(description="Minutes, and what stands for them before an hour")
    ]
    times: Annotated[dict[Clock, list[Text]], Field(description="Times with a name, like noon")]
    numbers: Annotated[dict[int, list[Text]], Field(description="Words for numbers")]
    months: Annotated[dict[int, list[Text]], Field(description="The months, 1 to 12")]
    dates: Annotated[
        dict[MonthDay, list[Text]], Field(default_factory=dict, description="Days with a name: 12-25")
    ]
    units: Annotated[dict[int, list[Text]], Field(description="Minutes, and the unit that has so many")]
    pausing: Annotated[
        dict[Literal["plain", "holiday", "ill"], list[Text]], Field(description="Why it pauses")
    ]
    refusals: Annotated[dict[str, list[Text]], Field(description="The sentence, and what it answers")]
    lists: Annotated[dict[ListName, list[Text]], Field(min_length=15, description="All other words")]


def schedule_words(shape: ScheduleWordsShape) -> ScheduleWords:
    """The same as a value."""
    return ScheduleWords(
        weekdays={WEEKDAYS.index(name): tuple(words) for name, words in shape.weekdays.items()},
        groups={GROUPS[name]: tuple(words) for name, words in shape.groups.items()},
        day_letters={WEEKDAYS.index(name): tuple(words) for name, words in shape.day_letters.items()},
        parts={name: _part(part) for name, part in shape.parts.items()},
        minutes_before={number: tuple(words) for number, words in shape.minutes_before.items()},
        times={time.fromisoformat(at): tuple(words) for at, words in shape.times.items()},
        numbers={number: tuple(words) for number, words in shape.numbers.items()},
        months={number: tuple(words) for number, words in shape.months.items()},
        dates={(int(day[:2]), int(day[3:])): tuple(words) for day, words in shape.dates.items()},
        units={timedelta(minutes=number): tuple(words) for number, words in shape.units.items()},
        pausing={name: tuple(words) for name, words in shape.pausing.items()},
        refusals={name: tuple(words) for name, words in shape.refusals.items()},
        lists={name: tuple(words) for name, words in shape.lists.items()},
        sentences=shape.sentences,
    )


def _part(shape: DayPartShape) -> DayPart:
    return DayPart(
        first=shape.first,
        end=shape.end,
        words=tuple(shape.words),
        every=tuple(shape.every),
        once=tuple(shape.once),
        at=time.fromisoformat(shape.at) if shape.at else None,
    )


class PlaceWordsShape(Strict):
    """place_words.yaml: how people speak of where they live."""

    countries: Annotated[
        dict[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], list[Text]],
        Field(description="Further names of countries, by their codes"),
    ]
    abbreviations: Annotated[dict[str, list[Text]], Field(description="Short names of zones")]
    cities: Annotated[dict[str, Text], Field(description="Short names, and the name of the city")]
    utc: Annotated[list[Text], Field(description="Words for UTC")]
    around: Annotated[list[Text], Field(description="What stands before or behind a place")]
    leading: Annotated[
        list[Text], Field(default_factory=list, description="What stands before one in the middle of a wish")
    ]
    ordinary: Annotated[
        list[Text], Field(default_factory=list, description="Names of places that are everyday words")
    ]


def place_words(shape: PlaceWordsShape) -> PlaceWords:
    """The same as a value."""
    return PlaceWords(
        countries={code: tuple(names) for code, names in shape.countries.items()},
        abbreviations={name: tuple(zones) for name, zones in shape.abbreviations.items()},
        cities=shape.cities,
        around=tuple(shape.around),
        utc=tuple(shape.utc),
        leading=tuple(shape.leading),
        ordinary=frozenset(shape.ordinary),
    )
