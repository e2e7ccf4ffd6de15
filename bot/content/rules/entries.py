"""What every entry, topic and fact must have: enough utterances, facts, a fresh check, room in a button."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.content.findings import Finding
from bot.content.library import LanguageContent
from bot.content.shelves import Item
from bot.core.model import Entry, EntryKind, Knowledge, Verified
from bot.core.pages import SMALL_TALK_GROUP
from bot.services import limits

FEWEST_UTTERANCES = 8
FEWEST_HELD_OUT = 3
MAX_CHECK_AGE = timedelta(days=365)

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def incomplete_entries(content: LanguageContent, today: date) -> Iterator[Finding]:
    """Entries that lack something, and words that have no room in Telegram."""
    knowledge = content.knowledge
    for name, entry in knowledge.entries.items():
        item = content.item("entries", name)
        yield from _counts(item, entry)
        yield from _facts(item, entry, knowledge)
        yield from _check(item, entry, today)
        yield from _room(item, entry)
    yield from _labels(content)


def _counts(item: Item, entry: Entry) -> Iterator[Finding]:
    for key, found, fewest in (
        ("utterances", entry.utterances, FEWEST_UTTERANCES),
        ("held_out", entry.held_out, FEWEST_HELD_OUT),
    ):
        if len(found) < fewest:
            problem = f"There are {len(found)} of them"
            yield item.place(key).finding(problem, f"Write {fewest} or more, as different as people are")


def _facts(item: Item, entry: Entry, knowledge: Knowledge) -> Iterator[Finding]:
    if entry.kind not in {EntryKind.ANSWER, EntryKind.DEFER}:
        return
    facts = [knowledge.facts[name] for name in entry.facts if name in knowledge.facts]
    if not entry.facts:
        yield item.place("facts").finding("The answer rests on no fact", "Name the facts that it rests on")
    elif facts and all(fact.verified is Verified.UNVERIFIED for fact in facts):
        remedy = "Rest it on a fact that somebody verified, or take the answer out"
        yield item.place("facts").finding("Nobody verified any of these facts", remedy)


def _check(item: Item, entry: Entry, today: date) -> Iterator[Finding]:
    place = item.place("checked", "date")
    if entry.checked.date > today:
        yield place.finding("The last check lies in the future", "Write the day on which it was done")
    elif today - entry.checked.date > MAX_CHECK_AGE:
        yield place.finding(
            "The last check is more than a year old", "Hold the answer against its facts again"
        )


def _room(item: Item, entry: Entry) -> Iterator[Finding]:
    if not ID.fullmatch(entry.id) or len(entry.id) > limits.MAX_START_PARAMETER:
        remedy = "Name the file with small letters, digits and single hyphens, 64 at most"
        yield item.place().finding(f"{entry.id!r} can't be an id", remedy)
    if len(f"/sources {entry.id}".encode()) > limits.MAX_CALLBACK_BYTES:
        remedy = f"Shorten the file's name; with '/sources ' it may have {limits.MAX_CALLBACK_BYTES} bytes"
        yield item.place().finding("The id does not fit into a button", remedy)
    if len(entry.title) > limits.MAX_BUTTON_LABEL:
        remedy = f"Shorten it to {limits.MAX_BUTTON_LABEL} characters"
        yield item.place("title").finding("The title does not fit on a button", remedy)


def unanswered(content: LanguageContent) -> Iterator[Finding]:
    """Topics and statements that no entry answers, once every entry can be understood."""
    knowledge = content.knowledge
    if content.names("entries") != knowledge.entries.keys():
        return
    answered = {entry.topic for entry in knowledge.entries.values() if entry.kind is EntryKind.ANSWER}
    for name, topic in knowledge.topics.items():
        if topic.group != SMALL_TALK_GROUP and name not in answered:
            yield content.item("topics", name).place().finding("No entry answers this topic", "Write one")
    used = {fact for entry in knowledge.entries.values() for fact in entry.facts}
    for name, fact in knowledge.facts.items():
        is_article = any(
            s in knowledge.sources and knowledge.sources[s].kind == "article" for s in fact.sources
        )
        if is_article and name.startswith("S") and name not in used:
            remedy = "Rest an entry on it"
            yield content.item("facts", name).place().finding("No entry answers this statement", remedy)


def _labels(content: LanguageContent) -> Iterator[Finding]:
    item = content.item("messages", "messages")
    knowledge = content.knowledge
    rooms = (
        ("commands", knowledge.commands, limits.MAX_COMMAND_DESCRIPTION),
        ("groups", knowledge.groups, limits.MAX_BUTTON_LABEL),
        ("topics", {name: topic.label for name, topic in knowledge.topics.items()}, limits.MAX_BUTTON_LABEL),
        ("texts", {"bot_description": knowledge.messages.bot_description}, limits.MAX_DESCRIPTION),
        (
            "texts",
            {"bot_short_description": knowledge.messages.bot_short_description},
            limits.MAX_SHORT_DESCRIPTION,
        ),
    )
    for section, texts, room in rooms:
        for name, text in texts.items():
            if len(text) > room:
                yield item.place(section, name).finding(
                    "The text is too long", f"Shorten it to {room} characters"
                )
