"""Faults that would break the bot while it runs: names that lead nowhere. The start stops on them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from bot.content.findings import Finding, guess
from bot.content.library import LanguageContent
from bot.content.rules.routines import routine_words
from bot.content.rules.same_names import filled_in, same_names
from bot.content.rules.schedules import lost_schedule_words, lost_zones
from bot.content.rules.tips import lost_tip_talk, lost_tips
from bot.content.shelves import Item
from bot.core.messages import Messages
from bot.core.model import EntryKind, Vocabulary
from bot.core.person.readiness import QUESTIONS, Answer
from bot.core.placeholders import PLACEHOLDERS
from bot.core.player.words import PLAYER_SAYS, SERIOUS
from bot.core.understanding.phrases import PatternError, expand_pattern
from bot.services.commands.table import LISTED


def broken_references(content: LanguageContent) -> Iterator[Finding]:
    """Every name in the knowledge that leads nowhere."""
    yield from _nothing(content)
    yield from _entries(content)
    yield from _facts(content)
    yield from _red_flags(content)
    yield from _exercises(content)
    yield from _exercise_words(content)
    yield from _routine_talk(content)
    yield from _recipes(content)
    yield from routine_words(content)
    yield from lost_tips(content)
    yield from lost_tip_talk(content)
    yield from lost_schedule_words(content)
    yield from lost_zones(content)
    yield from _cautions(content)
    yield from _topics(content)
    yield from _messages(content)
    yield from _vocabulary(content)


def _unknown(
    item: Item, key: str | tuple[str | int, ...], names: Iterable[str], known: Iterable[str], what: str
) -> Iterator[Finding]:
    known, path = set(known), (key,) if isinstance(key, str) else key
    for number, name in enumerate(names):
        if name not in known:
            yield item.place(*path, number).finding(f"There is no {what} {name!r}", guess(name, known))


def _nothing(content: LanguageContent) -> Iterator[Finding]:
    """Folders that may not be empty: without red flags the bot would be no help to who needs help most."""
    language = content.knowledge.language
    for kind in ("entries", "red_flags"):
        if not content.names(kind):
            yield Finding(
                f"{language}/{kind}", 1, "", "There is nothing in this folder", "Write a first file"
            )


def _entries(content: LanguageContent) -> Iterator[Finding]:
    knowledge = content.knowledge
    for name, entry in knowledge.entries.items():
        item = content.item("entries", name)
        if entry.topic is None and entry.kind is not EntryKind.FALLBACK:
            yield item.place("topic").finding(
                "The topic is missing", "Add 'topic: …' with an id of topics.yaml"
            )
        if entry.topic is not None and entry.topic not in content.names("topics"):
            problem = f"There is no topic {entry.topic!r}"
            yield item.place("topic").finding(problem, guess(entry.topic, content.names("topics")))
        yield from _unknown(item, "follow_ups", entry.follow_ups, content.names("entries"), "entry")
        for follow_up in sorted(entry.asked_next.keys() - content.names("entries")):
            finding = f"There is no entry {follow_up!r}", guess(follow_up, content.names("entries"))
            yield item.place("asked_next", follow_up).finding(*finding)
        yield from _unknown(
            item, "disclaimers", entry.disclaimers, content.names("disclaimers"), "disclaimer"
        )
        yield from _unknown(item, "facts", entry.facts, content.names("facts"), "fact")
        yield from _unknown(item, "warns_of", entry.warns_of, content.names("red_flags"), "red flag")


def _facts(content: LanguageContent) -> Iterator[Finding]:
    for name, fact in content.knowledge.facts.items():
        item = content.item("facts", name)
        yield from _unknown(item, "sources", fact.sources, content.names("sources"), "source")


def _red_flags(content: LanguageContent) -> Iterator[Finding]:
    knowledge = content.knowledge
    concepts = {*knowledge.vocabulary.concepts, *knowledge.vocabulary.red_flag_concepts}
    for name, flag in knowledge.red_flags.items():
        item = content.item("red_flags", name)
        yield from _unknown(item, "sources", flag.sources, content.names("sources"), "source")
        yield from _unknown(item, "only_with", flag.only_with, concepts, "concept")
        for number, sign in enumerate(flag.signs):
            for key, names in (("all", sign.all), ("context", sign.context), ("unless", sign.unless)):
                for concept in names:
                    if concept not in concepts:
                        place = item.place("signs", number, key)
                        yield place.finding(f"There is no concept {concept!r}", guess(concept, concepts))


def _exercises(content: LanguageContent) -> Iterator[Finding]:
    known = content.names("exercises")
    for name, exercise in content.knowledge.exercises.items():
        item = content.item("exercises", name)
        yield from _unknown(item, "easier", exercise.easier, known, "exercise")
        yield from _unknown(item, "harder", exercise.harder, known, "exercise")
        yield from _unknown(item, "facts", exercise.facts, content.names("facts"), "fact")
        if exercise.topic not in content.names("topics"):
            problem = f"There is no topic {exercise.topic!r}"
            yield item.place("topic").finding(problem, guess(exercise.topic, content.names("topics")))


def _recipes(content: LanguageContent) -> Iterator[Finding]:
    muscles = {exercise.muscles for exercise in content.knowledge.exercises.values()}
    for name, recipe in content.knowledge.recipes.items():
        item = content.item("routines", name)
        yield from _unknown(item, "facts", recipe.facts, content.names("facts"), "fact")
        for number, slot in enumerate(recipe.slots):
            path = ("slots", number, "muscles")
            yield from _unknown(item, path, slot.muscles, muscles, "muscle group")


def _exercise_words(content: LanguageContent) -> Iterator[Finding]:
    item = content.shelves.get("exercise_words", {}).get("exercise_words")
    if item is None:
        return
    words, concepts = content.knowledge.exercise_words, content.knowledge.vocabulary.concepts
    for form, patterns in words.forms.items():
        yield from _patterns(item, ("forms", form), patterns, concepts)
    for condition, patterns in words.conditions.items():
        yield from _patterns(item, ("conditions", condition), patterns, concepts)
    for condition, topics in words.topics.items():
        yield from _unknown(item, ("topics", condition), topics, content.names("topics"), "topic")
    of_mistakes = (words.mistakes_in,) if words.mistakes_in else ()
    yield from _unknown(item, "mistakes_in", of_mistakes, content.names("topics"), "topic")
    for section in ("moves_in", "for_adults", "doses_in"):
        named = sorted(getattr(words, section))
        yield from _unknown(item, (section,), named, content.names("topics"), "topic")
    for concept in sorted(words.told.keys() - concepts.keys()):
        place = item.place("told", concept)
        yield place.finding(f"There is no concept {concept!r}", guess(concept, concepts))


def _routine_talk(content: LanguageContent) -> Iterator[Finding]:
    item = content.shelves.get("routine_talk", {}).get("routine_talk")
    if item is None:
        return
    words, concepts = content.knowledge.routine_talk, content.knowledge.vocabulary.concepts
    for name, needed in (
        ("answers", Answer),
        ("questions", QUESTIONS),
        ("player", PLAYER_SAYS),
        ("warns", SERIOUS),
    ):
        yield from same_names(item, name, getattr(words, name), needed)
    for name, text in words.player.items():
        yield from filled_in(item.place("player", name), text, PLAYER_SAYS.get(name, frozenset()))
    flags = content.names("red_flags")
    for kind, flag in words.warns.items():
        if flag not in flags:
            place = item.place("warns", kind)
            yield place.finding(f"There is no red flag {flag!r}", guess(flag, flags))
    for answer, entries in words.instead.items():
        yield from _unknown(item, ("instead", answer), entries, content.names("entries"), "entry")
    for kind in ("steering", "wishes", "told", "no_more", "ticking", "answering"):
        for name, patterns in getattr(words, kind).items():
            yield from _patterns(item, (kind, name), patterns, concepts)
    yield from _patterns(item, ("lost",), words.lost, {})
    yield from _patterns(item, ("told_beside",), words.told_beside, concepts)


def _cautions(content: LanguageContent) -> Iterator[Finding]:
    vocabulary = content.knowledge.vocabulary
    both = {**vocabulary.concepts, **vocabulary.red_flag_concepts}
    for name, caution in content.cautions.items():
        item = content.item("cautions", name)
        flags, said_by = content.names("red_flags"), caution.said_by
        yield from _unknown(item, ("with_signs_of",), caution.with_signs_of, flags, "red flag")
        yield from _unknown(item, ("said_by", "entries"), said_by.entries, content.names("entries"), "entry")
        yield from _unknown(item, ("said_by", "facts"), said_by.facts, content.names("facts"), "fact")
        yield from _patterns(item, ("to",), caution.to, both)
        yield from _patterns(item, ("never",), caution.never, both)
        if not (caution.with_signs_of or said_by.entries or said_by.facts):
            yield item.place("said_by").finding(
                "Nothing says this", "Name entries, facts or red flags that do"
            )


def _topics(content: LanguageContent) -> Iterator[Finding]:
    knowledge = content.knowledge
    messages = content.item("messages", "messages")
    for name, topic in knowledge.topics.items():
        place = content.item("topics", name).place("group")
        if any(each.group == name != each.id for each in knowledge.topics.values()):
            found = f"A group of other topics is named {name!r} too, so that nothing opens this one"
            yield place.finding(found, "Give the group another name")
        if topic.group not in knowledge.groups:
            yield place.finding(f"There is no group {topic.group!r}", guess(topic.group, knowledge.groups))
    yield from same_names(messages, "topics", content.topic_labels, content.names("topics"))
    yield from same_names(messages, "commands", knowledge.commands, LISTED)


def _messages(content: LanguageContent) -> Iterator[Finding]:
    item = content.item("messages", "messages")
    for message in fields(Messages):
        text = getattr(content.knowledge.messages, message.name)
        if message.name in PLACEHOLDERS:
            yield from filled_in(item.place("texts", message.name), text, PLACEHOLDERS[message.name])


def _vocabulary(content: LanguageContent) -> Iterator[Finding]:
    vocabulary: Vocabulary = content.knowledge.vocabulary
    item = content.item("vocabulary", "vocabulary")
    both = {**vocabulary.concepts, **vocabulary.red_flag_concepts}
    for name, patterns in vocabulary.concepts.items():
        yield from _patterns(item, ("concepts", name), patterns, vocabulary.concepts)
    for name, patterns in vocabulary.red_flag_concepts.items():
        yield from _patterns(item, ("red_flag_concepts", name), patterns, both)
    for section in ("reassurances", "negations", "false_negations"):
        yield from _patterns(item, (section,), getattr(vocabulary, section), both)
    for section in ("general_questions", "openers", "swearing", "leads", "acceptances"):
        yield from _patterns(item, (section,), getattr(vocabulary, section), {})
    confessions = [pattern.removeprefix(",").strip() for pattern in vocabulary.confessions]
    yield from _patterns(item, ("confessions",), confessions, {})
    for name, phrases in vocabulary.opposites.items():
        for key, patterns in zip(("one", "other", "neither"), phrases, strict=True):
            yield from _patterns(item, ("opposites", name, key), patterns, vocabulary.concepts)
    yield from _notes(content, item)
    for name, patterns in vocabulary.recoveries.items():
        yield from _patterns(item, ("recoveries", name), patterns, vocabulary.recoveries)
    for section in ("choices", "endings"):
        for name, patterns in getattr(vocabulary, section).items():
            yield from _patterns(item, (section, name), patterns, {})


def _notes(content: LanguageContent, item: Item) -> Iterator[Finding]:
    vocabulary = content.knowledge.vocabulary
    for concept, disclaimer in vocabulary.notes.items():
        if disclaimer not in content.knowledge.disclaimers:
            remedy = guess(disclaimer, content.knowledge.disclaimers)
            yield item.place("notes", concept).finding(f"There is no disclaimer {disclaimer!r}", remedy)
    for disclaimer, patterns in vocabulary.named_notes.items():
        if disclaimer not in content.knowledge.disclaimers:
            remedy = guess(disclaimer, content.knowledge.disclaimers)
            yield item.place("named_notes", disclaimer).finding("There is no such disclaimer", remedy)
        yield from _patterns(item, ("named_notes", disclaimer), patterns, vocabulary.concepts)


def _patterns(
    item: Item, path: tuple[str, ...], patterns: Sequence[str], known: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    for number, pattern in enumerate(patterns):
        try:
            expand_pattern(pattern, known)
        except PatternError as error:
            yield item.place(*path, number).finding(str(error), "Mend the pattern")
