"""Asks the matcher the utterances themselves: those of one fold when only the others were learned."""

from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

from bot.content.evaluation.asking import Answered, Question, evaluate, of_entry
from bot.core.conversation import Conversation
from bot.core.model import Entry

SET = "folds"


def across_folds(conversation: Conversation, folds: int) -> Iterator[Answered]:
    """The replies to all utterances, fold by fold.

    Utterances of an entry that say the same in the same words, in whatever order, stay together. Those that
    say the same as the title are not asked, since the title is always learned. The matcher is learned anew
    for each fold, the red flags are not.
    """
    for fold in range(folds):
        asked: list[Question] = []
        entries = dict(conversation.knowledge.entries)
        for name, entry in entries.items():
            kept, out = _parted(conversation, entry, fold, folds)
            if kept:
                entries[name] = replace(entry, utterances=kept)
                asked += [of_entry(entry, text, SET) for text in out]
        yield from evaluate(conversation.with_entries(entries), asked)


def _parted(
    conversation: Conversation, entry: Entry, fold: int, folds: int
) -> tuple[tuple[str, ...], list[str]]:
    """The utterances of an entry that are learned while a fold is asked, and those that are asked."""
    title = _group(conversation, entry.title)
    groups = {text: _group(conversation, text) for text in entry.utterances}
    out = [
        text
        for text, group in groups.items()
        if group != title and crc32(" ".join(group).encode()) % folds == fold
    ]
    return tuple(text for text in entry.utterances if text not in out), out


def _group(conversation: Conversation, text: str) -> tuple[str, ...]:
    """What utterances share that stay together: the tokens that are heard."""
    return tuple(sorted(set(conversation.interpreter.matcher.ear.hear(text)[1])))
