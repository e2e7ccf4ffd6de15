"""At each start the red flags are tried; a bot that would not hear one of them serves nobody."""

import time
from pathlib import Path

import pytest
from command import run_bot
from trees import Tree

from bot.core.conversation import Conversation

DEAF = """\
name: A sign that nobody hears
action: emergency
advice: Call 112, 999 or 911.
signs:
  - all: [numb, saddle]
sources: [NHS-BP]
examples: ["…", "?!", "- -"]
look_alikes: [a b c]
"""


def test_the_shipped_red_flags_are_all_heard_well_under_a_second(conversation: Conversation) -> None:
    started = time.perf_counter()
    assert conversation.unheard() == []
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("token", ["", "123456:ABC-def"], ids=["in the terminal", "in Telegram"])
def test_a_bot_with_a_broken_red_flag_serves_nobody(token: str, overlay: Tree, tmp_path: Path) -> None:
    overlay.write("en/red_flags/deaf.yaml", DEAF)
    ended = run_bot(cwd=tmp_path, stdin=b"hello\n", BOT_TOKEN=token, KNOWLEDGE_DIR=str(overlay.root))
    assert (ended.status, ended.out) == (2, "")
    assert "en/red_flags/deaf.yaml:1: examples: This red flag is not raised by '…'." in ended.err
    assert "Traceback" not in ended.err
