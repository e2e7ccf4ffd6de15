"""At each start the red flags are tried; a bot that would not hear one of them serves nobody."""

from pathlib import Path

import pytest
from command import run_bot
from trees import Tree

from bot.content.loader import load
from bot.core.conversation import Conversation

LEARNS_WITHIN = 600.0  # seconds, on a machine that is busy with other tests

DEAF = """\
name: An itching ear
action: see_doctor
advice: Please book an appointment.
signs:
  - all: [numb, saddle]
sources: [NHS-BP]
examples: [my left ear itches, the ear is itchy today, such an itch in this ear]
look_alikes: [my left ear itches, my left ear itches, the ear is itchy today, such an itch in this ear]
"""


def test_the_shipped_red_flags_are_all_heard(conversation: Conversation) -> None:
    assert conversation.unheard() == []


def test_a_red_flag_whose_examples_are_its_look_alikes_is_not_heard(small: Tree, overlay: Tree) -> None:
    overlay.write("en/red_flags/deaf.yaml", DEAF.replace("NHS-BP", "NHS"))
    library, _ = load([small.root, overlay.root])
    assert ("deaf", "my left ear itches") in Conversation(library["en"].knowledge).unheard()


@pytest.mark.parametrize("token", ["", "123456:ABC-def"], ids=["in the terminal", "in Telegram"])
def test_a_bot_with_a_broken_red_flag_serves_nobody(token: str, overlay: Tree, tmp_path: Path) -> None:
    overlay.write("en/red_flags/deaf.yaml", DEAF)
    settings = {"BOT_TOKEN": token, "KNOWLEDGE_DIR": str(overlay.root)}
    ended = run_bot(cwd=tmp_path, stdin=b"hello\n", within=LEARNS_WITHIN, **settings)
    assert (ended.status, ended.out) == (2, "")
    assert (
        "en/red_flags/deaf.yaml:1: examples: This red flag is not raised by 'my left ear itches'."
        in ended.err
    )
    assert "Traceback" not in ended.err
