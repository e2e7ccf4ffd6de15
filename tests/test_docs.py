"""What the README promises is what there is."""

import re
from pathlib import Path

import pytest

from bot.command_line.arguments import parser
from bot.config import Settings
from bot.core.conversation import Conversation
from bot.core.talk import Kind
from bot.services.commands.table import LISTED

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MODULES = sorted(
    path.relative_to(ROOT / "bot").as_posix()
    for path in (ROOT / "bot").rglob("*.py")
    if path.name != "__init__.py" and path.parent.name != "versions"
)


def _first_cells(heading: str) -> list[str]:
    """What stands first in the rows of the table under a heading."""
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)


def test_the_readme_lists_the_commands_of_the_chat() -> None:
    assert _first_cells("In the chat") == [f"/{name}" for name in LISTED]


def test_the_readme_lists_the_settings() -> None:
    assert _first_cells("Settings") == [name.upper() for name in Settings.model_fields]


def test_the_readme_lists_the_commands_of_the_command_line() -> None:
    told = {words.split()[1] for words in _first_cells("On the command line") if " " in words}
    known = set(re.findall(r"^    (\w+)  ", parser().format_help(), flags=re.MULTILINE))
    assert told == known


def test_the_readme_names_targets_that_make_knows() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make (\w+)`", README)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("how offen shud i train my back", Kind.ANSWER),
        ("whats the capital of france", Kind.FALLBACK),
        ("my back went last night and now im numb down there", Kind.RED_FLAG),
    ],
)
def test_the_readme_shows_a_conversation_that_happens(
    said: str, kind: Kind, conversation: Conversation
) -> None:
    assert f"> {said}\n" in README
    reply = conversation.warn(conversation.heed(said)) or conversation.answer(said)
    assert reply.kind is kind
    shown = " ".join(README.split(f"> {said}\n", 1)[1].split("[…]", 1)[0].split())
    assert " ".join(reply.text.replace("**", "").split())[:60] in shown


@pytest.mark.parametrize("module", MODULES)
def test_the_architecture_names_every_module_in_its_room(module: str) -> None:
    *rooms, name = module.split("/")
    told = ARCHITECTURE
    for room in rooms:
        told = told.split(f"── {room}/", 1)[1]
    assert name in (told.split("── ", 1)[0] if rooms else told)


@pytest.mark.parametrize("link", re.findall(r"\]\(((?!http)[^)]+)\)", README))
def test_the_links_of_the_readme_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
