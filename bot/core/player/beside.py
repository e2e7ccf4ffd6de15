"""What is answered beside a step that runs makes its clock stand. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.core.player.clock import halted, is_running
from bot.core.player.session import RoutineState
from bot.core.talk import Kind, Reply

ASIDE = frozenset({Kind.ANSWER, Kind.CLARIFICATION, Kind.FALLBACK, Kind.DEFER, Kind.RED_FLAG})  # to questions


def beside_step(reply: Reply, state: RoutineState | None, now: datetime, said: str) -> Reply:
    """A reply; one that is about something else than the step that runs halts it, and `said` tells that."""
    if reply.routine is not None or reply.kind not in ASIDE or not is_running(state, now):
        return reply
    return replace(reply, text=f"{reply.text}\n\n{said}", routine=halted(state, now))
