"""Makes values out of what was written, once its shape is known to be sound."""

from collections.abc import Collection

from bot.content.schema.base import CheckedShape
from bot.content.schema.entries import EntryShape, FactShape, RedFlagShape, SourceShape
from bot.core.content_check import ContentCheck
from bot.core.model import Entry, Fact, RedFlag, Sign, Source


def entry(name: str, shape: EntryShape, language: str, hidden: Collection[str]) -> Entry:
    """An entry; what an overlay has hidden, like "en/entries/x", is no longer under its answer."""
    return Entry(
        id=name,
        kind=shape.kind,
        title=shape.title,
        topic=shape.topic,
        utterances=tuple(shape.utterances),
        held_out=tuple(shape.held_out),
        answer=shape.answer,
        follow_ups=tuple(f for f in shape.follow_ups if f"{language}/entries/{f}" not in hidden),
        asked_next={
            target: tuple(messages)
            for target, messages in shape.asked_next.items()
            if f"{language}/entries/{target}" not in hidden
        },
        disclaimers=tuple(d for d in shape.disclaimers if f"{language}/disclaimers/{d}" not in hidden),
        facts=tuple(shape.facts),
        warns_of=tuple(shape.warns_of),
        checked=content_check(shape.checked),
    )


def content_check(shape: CheckedShape) -> ContentCheck:
    """Who held a text against its facts, and when."""
    return ContentCheck(date=shape.date, by=shape.by, clinician=shape.clinician)


def fact(name: str, shape: FactShape) -> Fact:
    """A fact."""
    return Fact(id=name, statement=shape.statement, sources=tuple(shape.sources), verified=shape.verified)


def source(name: str, shape: SourceShape) -> Source:
    """A work that facts come from."""
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


def red_flag(name: str, shape: RedFlagShape) -> RedFlag:
    """A red flag with its signs."""
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
        only_with=tuple(shape.only_with),
        discreet_name=shape.discreet_name or "",
    )
