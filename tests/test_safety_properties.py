"""What must not switch a red flag off: harmless words, case, punctuation, a typing error, two messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from house import Clock
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.core.conversation import Conversation
from bot.core.model import Action, RedFlag
from bot.core.talk import Turn
from bot.core.understanding.text import normalise

BEFORE = [
    "hi",
    "hello",
    "hey there",
    "good morning",
    "sorry to bother you",
    "ok so",
    "please",
    "quick question",
]
BEHIND = [
    "thanks",
    "thank you",
    "please",
    "cheers",
    "many thanks",
    "lol",
    "any ideas",
    "what do you think",
    "xx",
]
MARKS = ["", ".", "...", "!", "!!!", "?", "???", " :)", " -", "…"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"

_URGENCY = {action: rank for rank, action in enumerate(Action)}
_LONG_WORD = re.compile(r"(?<![\w'’])[a-z]{5,}(?![\w'’])")

repeatable = settings(max_examples=150, deadline=None, derandomize=True)


@dataclass(frozen=True, slots=True)
class Flags:
    """The red flags with their examples, and the words that the bot knows."""

    conversation: Conversation
    words: Sequence[str]

    def example(self, data: st.DataObject) -> tuple[RedFlag, str]:
        """A flag, and an example that raises it."""
        flag = data.draw(st.sampled_from(list(self.conversation.knowledge.red_flags.values())))
        example = data.draw(st.sampled_from(flag.examples))
        assume(self.raises(example, flag))
        return flag, example

    def raises(self, text: str, flag: RedFlag) -> bool:
        """Whether a message raises something as urgent as a flag."""
        alarms = self.conversation.alarms(text)
        return any(_URGENCY[alarm.flag.action] <= _URGENCY[flag.action] for alarm in alarms)

    def can_only_be(self, word: str, typed: str) -> bool:
        """Whether no known word but one is as near to what was typed, as it is heard, as a typing error."""
        near = extract(normalise(typed), self.words, scorer=OSA.distance, score_cutoff=1, limit=2)
        return [found for found, _, _ in near] == [word]


@pytest.fixture(scope="module")
def flags(conversation: Conversation) -> Flags:
    knowledge = conversation.knowledge
    written = {
        word
        for flag in knowledge.red_flags.values()
        for example in flag.examples
        for word in _LONG_WORD.findall(example.lower())
    }
    vocabulary = knowledge.vocabulary
    spelled_out = {*vocabulary.contractions, *vocabulary.misspellings}
    return Flags(conversation, sorted({*vocabulary.common_words, *written} - spelled_out))


@repeatable
@given(data=st.data())
def test_harmless_words_around_it_switch_no_red_flag_off(data: st.DataObject, flags: Flags) -> None:
    flag, example = flags.example(data)
    before, behind = data.draw(st.sampled_from(["", *BEFORE])), data.draw(st.sampled_from(["", *BEHIND]))
    assert flags.raises(f"{before} {example} {behind}", flag)


@repeatable
@given(data=st.data())
def test_case_and_punctuation_switch_no_red_flag_off(data: st.DataObject, flags: Flags) -> None:
    flag, example = flags.example(data)
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
    mark = data.draw(st.sampled_from(MARKS))
    bare = re.sub(r"(?<=[^\W\d])[,!?;:](?!\S)", "", example)  # as somebody types who leaves signs out
    text = data.draw(st.sampled_from([example, bare]))
    assert flags.raises(f"{case(text)}{mark}", flag)


@repeatable
@given(data=st.data())
def test_a_typing_error_in_a_long_word_switches_no_red_flag_off(data: st.DataObject, flags: Flags) -> None:
    flag, example = flags.example(data)
    places = [found.span() for found in _LONG_WORD.finditer(example) if found[0] in flags.words]
    assume(places)
    start, end = data.draw(st.sampled_from(places))
    typed = data.draw(_mistyped(example[start:end]))
    assume(flags.can_only_be(example[start:end], typed))
    assert flags.raises(example[:start] + typed + example[end:], flag)


@repeatable
@given(data=st.data())
def test_two_messages_switch_no_red_flag_off(data: st.DataObject, flags: Flags, clock_now: Clock) -> None:
    flag, example = flags.example(data)
    words = example.split()
    assume(len(words) > 1)
    place = data.draw(st.integers(1, len(words) - 1))
    first, second = " ".join(words[:place]), " ".join(words[place:])
    talk, turn = flags.conversation, Turn(text=first, now=clock_now())
    raised = talk.heed(first)
    reply = talk.warn(raised) or talk.advise(raised, talk.answer(first))
    raised_then = talk.heed(second, talk.interpreter.remember(None, turn, reply))
    actions = [_URGENCY[each.action] for each in (raised, raised_then) if each]
    assert min(actions, default=len(_URGENCY)) <= _URGENCY[flag.action]


@pytest.fixture(scope="module")
def clock_now() -> Clock:
    return Clock()


@st.composite
def _mistyped(draw: st.DrawFn, word: str) -> str:
    """A word with a letter left out, doubled or taken for another, or two letters swapped."""
    place = draw(st.integers(0, len(word) - 2))
    letter = draw(st.sampled_from(LETTERS))
    head, this, after, tail = word[:place], word[place], word[place + 1], word[place + 2 :]
    errors = [head + after + tail, head + this + letter + after + tail, head + letter + after + tail]
    return draw(st.sampled_from([*errors, head + after + this + tail]))
