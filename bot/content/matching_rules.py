"""Does each utterance find its own entry, and does no harmless one raise a red flag?"""

from collections.abc import Iterator

from bot.content.findings import Finding
from bot.content.loader import LanguageContent
from bot.core.conversation import Conversation
from bot.core.model import EntryKind
from bot.core.safety import RedFlagCheck
from bot.core.text import key


def misheard_utterances(content: LanguageContent) -> Iterator[Finding]:
    """Utterances that stand twice, that another entry wins, or that raise a red flag."""
    conversation = Conversation(content.knowledge)
    owners: dict[str, str] = {}
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
            winner = conversation.rank(utterance).ranking[0].entry
            if winner != name:
                remedy = "Say it so that it can only be meant here, or move it there"
                yield place.finding(f"{winner!r} wins {utterance!r}", remedy)
            if entry.kind is not EntryKind.DEFER and conversation.warn(utterance):
                yield place.finding(f"{utterance!r} raises a red flag", "Leave signs of emergencies out")
    yield from _leaked_questions(content, owners)


def _leaked_questions(content: LanguageContent, owners: dict[str, str]) -> Iterator[Finding]:
    for name, entry in content.knowledge.entries.items():
        for number, question in enumerate(entry.held_out):
            if key(question) in owners:
                place = content.item("entries", name).place("held_out", number)
                remedy = "A held-out question is never an utterance: write another one"
                yield place.finding(f"{question!r} is an utterance of {owners[key(question)]!r}", remedy)


def misheard_red_flags(content: LanguageContent) -> Iterator[Finding]:
    """Examples that do not raise their red flag, and look-alikes that do."""
    knowledge = content.knowledge
    check = RedFlagCheck(knowledge.red_flags.values(), knowledge.vocabulary)
    for name, flag in knowledge.red_flags.items():
        item = content.item("red_flags", name)
        for number, example in enumerate(flag.examples):
            if name not in {alarm.flag.id for alarm in check.find(example)}:
                remedy = "Add a sign, or words to the concepts of its signs"
                yield item.place("examples", number).finding(f"{example!r} raises no {name!r}", remedy)
        for number, look_alike in enumerate(flag.look_alikes):
            if name in {alarm.flag.id for alarm in check.find(look_alike)}:
                remedy = "Make the signs narrower, without losing an example"
                yield item.place("look_alikes", number).finding(f"{look_alike!r} raises {name!r}", remedy)
