"""Does each utterance find its own entry, and each example its own red flag?"""

from collections.abc import Iterator, Sequence

from bot.content.findings import Finding
from bot.content.library import LanguageContent
from bot.core.conversation import Conversation
from bot.core.model import Action, EntryKind
from bot.core.understanding.outcome import Candidate
from bot.core.understanding.text import key

CLEARLY = 0.7  # share of the likeliest entry's probability below which an utterance is lost to it

_URGENCY = {action: rank for rank, action in enumerate(Action)}


def misheard(content: LanguageContent, conversation: Conversation) -> Iterator[Finding]:
    """Whatever is heard as something else than its author meant."""
    yield from _utterances(content, conversation)
    yield from _leaked_questions(content)
    yield from _red_flags(content, conversation)


def _utterances(content: LanguageContent, conversation: Conversation) -> Iterator[Finding]:
    """Utterances that stand twice, that another entry wins, or that raise a red flag."""
    owners: dict[str, str] = {}
    sure = content.knowledge.calibration.answer_from
    for name, entry in content.knowledge.entries.items():
        item = content.item("entries", name)
        for number, utterance in enumerate(entry.utterances):
            place = item.place("utterances", number)
            owner = owners.setdefault(key(utterance), name)
            if owner != name:
                yield place.finding(
                    f"{utterance!r} is an utterance of {owner!r} too", "Keep it in one of them"
                )
                continue
            winner = _winner(conversation.rank(utterance).ranking, name, sure)
            if winner is not None:
                remedy = "Say it so that it can only be meant here, or move it there"
                yield place.finding(f"{winner!r} wins {utterance!r}", remedy)
            if entry.kind is not EntryKind.DEFER and conversation.literal_alarms(utterance):
                yield place.finding(f"{utterance!r} raises a red flag", "Leave signs of emergencies out")


def _winner(ranking: Sequence[Candidate], name: str, sure: float) -> str | None:
    """The entry that would be answered, and clearly rather, in place of the one that an utterance stands in.

    Said word for word it finds its own all the same; where the bot is not sure it asks back; and what is
    nearly as likely changes with every sentence that is written anywhere.
    """
    best = ranking[0]
    own = next((each.score for each in ranking if each.entry == name), 0.0)
    return best.entry if best.score >= sure and own < CLEARLY * best.score else None


def _leaked_questions(content: LanguageContent) -> Iterator[Finding]:
    """Held-out questions that the matcher is shown after all."""
    entries = content.knowledge.entries
    owners = {key(text): name for name, entry in entries.items() for text in entry.utterances}
    for name, entry in entries.items():
        for number, question in enumerate(entry.held_out):
            if key(question) in owners:
                place = content.item("entries", name).place("held_out", number)
                remedy = "A held-out question is never an utterance: write another one"
                yield place.finding(f"{question!r} is an utterance of {owners[key(question)]!r}", remedy)


def _red_flags(content: LanguageContent, conversation: Conversation) -> Iterator[Finding]:
    """Examples that raise nothing as urgent as their red flag, and look-alikes that raise it."""
    for name, flag in content.knowledge.red_flags.items():
        item = content.item("red_flags", name)
        for number, example in enumerate(flag.examples):
            urgencies = [_URGENCY[alarm.flag.action] for alarm in conversation.alarms(example)]
            if min(urgencies, default=len(_URGENCY)) > _URGENCY[flag.action]:
                remedy = "Add a sign, or words to the concepts of its signs, or more examples like it"
                yield item.place("examples", number).finding(f"{example!r} raises no {name!r}", remedy)
        for number, look_alike in enumerate(flag.look_alikes):
            raised = {alarm.flag.id for alarm in conversation.literal_alarms(look_alike)}
            if name in raised:
                remedy = "Make the signs narrower, without losing an example"
                yield item.place("look_alikes", number).finding(f"{look_alike!r} raises {name!r}", remedy)
