"""What was typed: a command with what stands behind it, or a question. Pure."""

import re
from dataclasses import dataclass

from bot.services.commands.table import BY_NAME

_COMMAND = re.compile(r"\s*/([A-Za-z_]\w*)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Typed:
    """A command by its name, ours or not, and its argument."""

    name: str
    argument: str


def command_in(text: str) -> Typed | None:
    """The command that a text is, if it is one."""
    typed = _COMMAND.fullmatch(text)
    return Typed(typed[1].lower(), (typed[2] or "").strip()) if typed else None


def is_bare_command(text: str) -> bool:
    """Whether a text is one of our commands and says nothing else: its name is no word of the person's."""
    typed = command_in(text)
    return typed is not None and typed.name in BY_NAME and not typed.argument


def question_in(text: str) -> str:
    """What is asked: a text, or what stands behind /ask; nothing by any other command."""
    typed = command_in(text)
    if not typed:
        return text
    return typed.argument if typed.name == "ask" else ""
