"""What must not switch a red flag off: harmless words, case, punctuation, a typing error, a second message."""

from collections.abc import Callable

import pytest
from house import Clock
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.bootstrap import make_conversations
from bot.config import Settings
from bot.core.conversation import Conversation
from bot.core.model import Action, RedFlag, Turn

BEFORE = ["hi", "hello", "hey there", "good morning", "sorry to bother you", "ok so", "please", "quick question"]
BEHIND = ["thanks", "thank you", "please", "cheers", "many thanks", "lol", "any ideas", "what do you think", "xx"]
MARKS = ["", ".", "...", "!", "!!!", "?", "???", " :)", " - ", "…"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LEAST_LETTERS = 5  # of a word that may hide a typing error

_URGENCY = {action: rank for rank, action in enumerate(Action)}

Said = tuple[RedFlag, str]  # a flag, and an example that raises it
repeatable = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def raised(conversation: Conversation) -> Callable[[str, RedFlag], bool]:
    """Whether a message raises something as urgent as a flag."""

    def is_raised(text: str, flag: RedFlag) -> bool:
        return any(_as_urgent(alarm.flag, flag) for alarm in conversation.alarms(text))

    return is_raised


def _as_urgent(raised: RedFlag | None, flag: RedFlag) -> bool:
    return raised is not None and _URGENCY[raised.action] <= _URGENCY[flag.action]


@st.composite
def examples(draw: st.DrawFn) -> Said:
    """An example of a red flag."""
    conversation = make_conversations(Settings(bot_token=None, knowledge_dir=None, language="en"))["en"]
    flag = draw(st.sampled_from(list(conversation.knowledge.red_flags.values())))
    return flag, draw(st.sampled_from(flag.examples))
